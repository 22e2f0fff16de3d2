"""A page of Facebook's: it knows no key, so what is in doubt is looked for in the page's own feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from generator.delivery.message import Absent, Kept, Message, Receipt, Sender
from generator.delivery.senders.graph import judged
from generator.delivery.senders.words import plain
from generator.errors import RefusedError, UnsureError


class Facebook(Sender):
    """Posts to one page."""

    def _token(self) -> dict[str, str]:
        return {"access_token": self.secrets["token"]}

    def check(self) -> None:
        """Ask whose token it is: a person's token would post as that person."""
        answer = self.wire.read("/me", params={"fields": "id", **self._token()})
        if answer.text("id") != self.setting("page"):
            raise RefusedError("the token is not the page's own; take the one that Facebook names for the page")

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Post it with the article's address, of which Facebook makes the card."""
        given = {"message": message.text, **({"link": message.link} if message.link else {}), **self._token()}
        try:
            answer = self.wire.change("POST", f"/{self.setting('page')}/feed", data=given)
        except RefusedError as error:
            raise judged(error) from error
        if not answer.text("id"):
            raise UnsureError("Facebook answered without the post")
        return Receipt(answer.text("id"), f"https://www.facebook.com/{answer.text('id')}")

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """Read the page's newest posts."""
        given = {"fields": "id,message,permalink_url", "limit": "25", **self._token()}
        for post in self.wire.read(f"/{self.setting('page')}/feed", params=given).rows("data"):
            if plain(str(post.get("message", ""))) == plain(message.text):
                return Receipt(str(post.get("id", "")), str(post.get("permalink_url", "")))
        return Absent.UNCERTAIN
