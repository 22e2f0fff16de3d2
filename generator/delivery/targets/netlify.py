"""Netlify: tell it the digest of every file, give it those that it lacks; the site then changes in one step."""

from __future__ import annotations

from urllib.parse import quote

from generator.delivery.message import Receipt
from generator.delivery.targets.public import Public
from generator.delivery.targets.target import Target
from generator.errors import RefusedError, UnsureError


class NetlifyTarget(Target):
    """One site of Netlify's."""

    def check(self) -> None:
        """Ask for the site."""
        self.wire.headers["Authorization"] = f"Bearer {self.secrets['token']}"
        self.wire.read(f"/sites/{self.setting('site')}")

    def deploy(self, public: Public) -> Receipt:
        """A deployment by digests. Begun twice it is two deployments of one site, of which the later shows."""
        digests = {f"/{path}": public.sha1(path) for path in public.digests}
        made = self.wire.harmless("POST", f"/sites/{self.setting('site')}/deploys", json={"files": digests})
        id, wanted = made.text("id"), made.get("required")
        if not id or not isinstance(wanted, list):
            raise RefusedError("Netlify began no deployment", later=True)
        given = 0
        for path, digest in digests.items():
            if digest in wanted:
                wanted.remove(digest)
                headers = {"Content-Type": "application/octet-stream"}
                content = public.read(path[1:])
                self.wire.harmless("PUT", f"/deploys/{id}/files{quote(path)}", content=content, headers=headers)
                given += 1
        return self._ready(id, f"{given} of {len(digests)} files put")

    def _ready(self, id: str, note: str) -> Receipt:
        """The deployment once it shows."""
        for wait in (0, 1, 2, 5, 10, 20, 40, 60):
            self.wire.pause(wait)
            answer = self.wire.read(f"/deploys/{id}")
            state = answer.text("state")
            if state == "ready":
                return Receipt(id, answer.text("ssl_url") or answer.text("url"), note)
            if state == "error":
                raise RefusedError(f"Netlify could not deploy: {self.wire.scrubbed(answer.text('error_message'))}")
        raise UnsureError("Netlify has all files, and the site is not ready yet")
