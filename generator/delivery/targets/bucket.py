"""A store like S3, through `aws` or `rclone`, which keep its keys: articles first, lists after, then what is gone."""

from __future__ import annotations

from generator.delivery.message import Receipt
from generator.delivery.targets.public import OURS, Public
from generator.delivery.targets.target import Target
from generator.errors import RefusedError

_LISTS = ("*.html", "*.xml", "*.json", "*.txt")
"""What stands at the top of a site."""


class BucketTarget(Target):
    """One bucket, or a folder in one."""

    def check(self) -> None:
        """The program has to be there, and the destination be one of its kind."""
        program, destination = self.setting("program"), self.setting("destination")
        if program == "aws" and not destination.startswith("s3://"):
            raise RefusedError("'destination' should be such as s3://bucket/folder for aws")
        if program == "rclone" and ":" not in destination:
            raise RefusedError("'destination' should be such as remote:bucket/folder for rclone")
        self.run([program, "--version"])

    def deploy(self, public: Public) -> Receipt:
        """Two rounds, so that no list leads to an article that is not there yet."""
        source, destination = str(public.folder.resolve()), str(self.setting("destination"))
        if self.setting("program") == "aws":
            command = ["aws", "s3", "sync", source, destination, "--only-show-errors", "--no-progress"]
            command += [f"--endpoint-url={self.setting('endpoint')}"] if self.setting("endpoint") else []
            top = [path for path in public.digests if "/" not in path]
            command += [f"--exclude=*{OURS}*"]
            self.run([*command, *(f"--exclude={path}" for path in top)])
            self.run([*command, "--delete"])
        else:
            lists = [f"--exclude=/{name}" for name in _LISTS]
            common = ["--checksum", f"--exclude={OURS}*", source, destination]
            self.run(["rclone", "copy", *common, *lists])
            self.run(["rclone", "sync", *common])
        return Receipt(public.digest, destination, f"{len(public.digests)} files")
