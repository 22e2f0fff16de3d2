"""Mastodon: a status under a key that the server knows for an hour; later, the account's statuses are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from generator.delivery.message import Absent, Kept, Message, Picture, Receipt, Sender
from generator.delivery.senders.words import plain, plain_html
from generator.errors import RefusedError, UnsureError

KNOWN_AGAIN = timedelta(minutes=50)
"""Servers keep the key for an hour; some of it is left to clocks that differ."""


class Mastodon(Sender):
    """Posts to one account."""

    def check(self) -> None:
        """Ask whose token it is."""
        self.wire.headers["Authorization"] = f"Bearer {self.secrets['token']}"
        answer = self.wire.read("/api/v1/accounts/verify_credentials")
        self.about["id"] = answer.text("id")
        if not self.about["id"]:
            raise RefusedError("Mastodon did not say whose token it is")

    def prepare(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Kept:
        """Take up the picture, and wait until the server has made its sizes."""
        made = {"media": self._media(message.picture)} if message.picture else {}
        return {**made, **({"parent": before[-1].id} if before else {})}

    def _media(self, picture: Picture) -> str:
        files = {"file": ("card.png", picture.content, "image/png")}
        given = {"description": picture.alt[:1_500]}
        answer = self.wire.harmless("POST", "/api/v2/media", files=files, data=given)
        media, status = answer.text("id"), answer.status
        for wait in (1, 2, 4, 8, 15):
            if status == 200 and media:
                return media
            if not media:
                break
            self.wire.pause(wait)
            status = self.wire.read(f"/api/v1/media/{media}").status
        if status == 200 and media:
            return media
        raise RefusedError("Mastodon took up the picture and has not made it ready", later=True)

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Post the status under its key."""
        given: dict[str, Any] = {"status": message.text, "visibility": self.setting("visibility"), "language": "en"}
        if "media" in kept:
            given["media_ids"] = [kept["media"]]
        if "parent" in kept:
            given["in_reply_to_id"] = kept["parent"]
        headers = {"Idempotency-Key": sha256(str(message.key).encode()).hexdigest()}
        answer = self.wire.change("POST", "/api/v1/statuses", json=given, headers=headers)
        if not answer.text("id"):
            raise UnsureError("Mastodon answered without the status")
        return Receipt(answer.text("id"), answer.text("url"))

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """Read the account's newest statuses; while the server knows the key, posting again cannot make two."""
        given = {"limit": "40", "exclude_reblogs": "true"}
        answer = self.wire.read(f"/api/v1/accounts/{self.about['id']}/statuses", params=given)
        for status in answer.rows():
            if plain_html(str(status.get("content", ""))) == plain(message.text):
                return Receipt(str(status.get("id", "")), str(status.get("url", "")))
        return Absent.CERTAIN if age < KNOWN_AGAIN else Absent.UNCERTAIN
