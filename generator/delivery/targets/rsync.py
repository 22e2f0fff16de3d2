"""A folder on another machine, by rsync: what articles need first, then home page and feeds, then what is gone."""

from __future__ import annotations

from generator.delivery.message import Receipt
from generator.delivery.targets.public import OURS, Public
from generator.delivery.targets.target import Target

_LISTS = ("/*.html", "/*.xml", "/*.json", "/*.txt")
"""What stands at the top of a site: the home page, feeds and maps, which lead to articles."""


class RsyncTarget(Target):
    """Copies what is new over ssh, or to a folder of this machine."""

    def check(self) -> None:
        """The program has to be there."""
        self.run(["rsync", "--version"])

    def deploy(self, public: Public) -> Receipt:
        """Two rounds, so that no list leads to an article that is not there yet."""
        source, destination = f"{public.folder.resolve()}/", str(self.setting("destination"))
        ssh = {"RSYNC_RSH": "ssh -o BatchMode=yes"}
        common = ["rsync", "--recursive", "--times", "--checksum", "--delay-updates", "--chmod=D755,F644"]
        common += [f"--exclude={OURS}*"]
        self.run([*common, *(f"--exclude={name}" for name in _LISTS), "--", source, destination], ssh)
        self.run([*common, "--delete-after", "--", source, destination], ssh)
        return Receipt(public.digest, destination, f"{len(public.digests)} files")
