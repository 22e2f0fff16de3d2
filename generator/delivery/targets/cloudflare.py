"""Cloudflare Pages, through its own program, as there is no documented other way; the site changes in one step."""

from __future__ import annotations

import re

from generator.delivery.message import Receipt
from generator.delivery.targets.public import Public
from generator.delivery.targets.target import Target
from generator.errors import RefusedError

MOST_FILES, LARGEST = 20_000, 25 * 2**20


class CloudflareTarget(Target):
    """One project of Cloudflare Pages."""

    def check(self) -> None:
        """The program has to be there."""
        self.run([self.setting("program"), "--version"])

    def deploy(self, public: Public) -> Receipt:
        """Hand the folder to the program; it puts up only what is new."""
        if len(public.digests) > MOST_FILES:
            raise RefusedError(f"Cloudflare Pages takes {MOST_FILES:,} files, and the site has {len(public.digests):,}")
        for path in public.digests:
            if (public.folder / path).stat().st_size > LARGEST:
                raise RefusedError(f"Cloudflare Pages takes files up to 25 MiB, and {path} has more")
        names = {"CLOUDFLARE_API_TOKEN": "api_token", "CLOUDFLARE_ACCOUNT_ID": "account_id"}
        secrets = {variable: self.secrets[name] for variable, name in names.items() if name in self.secrets}
        command = [self.setting("program"), "pages", "deploy", str(public.folder.resolve())]
        command += [f"--project-name={self.setting('project')}", f"--branch={self.setting('branch')}"]
        said = self.run([*command, "--commit-dirty=true"], {**secrets, "CI": "1"}).decode("utf-8", "replace")
        address = re.search(r"https://\S+\.pages\.dev\S*", said)
        return Receipt(public.digest, address[0] if address else "", f"{len(public.digests)} files")
