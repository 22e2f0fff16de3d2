"""Threads: a container is made and then published once; what became of it can be asked for a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from generator.delivery.message import Absent, Kept, Message, Receipt, Sender
from generator.delivery.senders.graph import judged
from generator.delivery.senders.words import plain
from generator.errors import RefusedError, UnsureError


class Threads(Sender):
    """Posts to one profile."""

    def _token(self) -> dict[str, str]:
        return {"access_token": self.secrets["token"]}

    def check(self) -> None:
        """Ask whose token it is."""
        answer = self.wire.read("/me", params={"fields": "id,username", **self._token()})
        if answer.text("id") != self.setting("user"):
            raise RefusedError(f"the token is of the profile {answer.text('id') or 'of nobody'}, not of 'user'")
        self.about["name"] = answer.text("username")

    def prepare(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Kept:
        """Make a container, and wait until it is finished; one that an earlier try left is taken again."""
        if "container" in kept and self._status(kept["container"]) == "FINISHED":
            return kept
        given = {"media_type": "TEXT", "text": message.text}
        if message.picture and message.picture.address:
            given |= {"media_type": "IMAGE", "image_url": message.picture.address}
            given["alt_text"] = message.picture.alt[:1_000]
        if before:
            given["reply_to_id"] = before[-1].id
        answer = self.wire.harmless("POST", f"/{self.setting('user')}/threads", data={**given, **self._token()})
        container = answer.text("id")
        if not container:
            raise RefusedError("Threads took the post up without saying what it is called", later=True)
        for wait in (1, 3, 6, 10, 20, 30):
            status = self._status(container)
            if status == "FINISHED":
                return {"container": container}
            if status in ("ERROR", "EXPIRED"):
                raise RefusedError(f"Threads could not make the post ({status}); the card has to answer at its address")
            self.wire.pause(wait)
        raise RefusedError("Threads has not made the post ready", later=True)

    def _status(self, container: str) -> str:
        return self.wire.read(f"/{container}", params={"fields": "status", **self._token()}).text("status")

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Publish the container, which can be done once."""
        given = {"creation_id": kept["container"], **self._token()}
        try:
            answer = self.wire.change("POST", f"/{self.setting('user')}/threads_publish", data=given)
        except RefusedError as error:
            raise judged(error) from error
        if not answer.text("id"):
            raise UnsureError("Threads answered without the post")
        return self._receipt(answer.text("id"))

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """Ask what became of the container; until it is published, publishing it again cannot make two."""
        if "container" not in kept:
            return Absent.UNCERTAIN
        status = self._status(kept["container"])
        if status != "PUBLISHED":
            return Absent.CERTAIN if status in ("FINISHED", "EXPIRED", "ERROR") else Absent.UNCERTAIN
        given = {"fields": "id,text,permalink", "limit": "25", **self._token()}
        for post in self.wire.read(f"/{self.setting('user')}/threads", params=given).rows("data"):
            if plain(str(post.get("text", ""))) == plain(message.text):
                return Receipt(str(post.get("id", "")), str(post.get("permalink", "")))
        return Receipt(kept["container"], note="it is published, and not among the newest posts yet")

    def _receipt(self, id: str) -> Receipt:
        try:
            link = self.wire.read(f"/{id}", params={"fields": "permalink", **self._token()}).text("permalink")
        except RefusedError:
            link = ""
        return Receipt(id, link)
