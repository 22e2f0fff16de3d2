"""X: it knows no key, so what is in doubt is looked for among the account's own posts; each post costs money."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from generator.delivery.message import Absent, Kept, Message, Picture, Receipt, Sender
from generator.delivery.senders.oauth1 import Keys, signed
from generator.delivery.senders.words import links, plain
from generator.errors import RefusedError, UnsureError

LARGEST_PICTURE = 5_000_000
_LOOK_BACK = timedelta(minutes=10)


class X(Sender):
    """Posts to one account."""

    def check(self) -> None:
        """Ask whose keys they are."""
        self.wire.sign = self._signature
        answer = self.wire.read("/users/me")
        self.about["id"], self.about["name"] = answer.text("data", "id"), answer.text("data", "username")
        if not self.about["id"]:
            raise RefusedError("X did not say whose keys they are")

    def _signature(self, method: str, address: str, query: Mapping[str, str]) -> Mapping[str, str]:
        keys = Keys(**{name: self.secrets[name] for name in self.delivery.service.required})
        stamp = int(self.clock().timestamp())
        return {"Authorization": signed(keys, method, address, query, os.urandom(16).hex(), stamp)}

    def prepare(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Kept:
        """Take up the picture with its words."""
        made = {"media": self._media(message.picture)} if message.picture else {}
        return {**made, **({"parent": before[-1].id} if before else {})}

    def _media(self, picture: Picture) -> str:
        if len(picture.content) > LARGEST_PICTURE:
            raise RefusedError(f"X takes pictures up to {LARGEST_PICTURE:,} bytes, and the card has more")
        files = {"media": ("card.png", picture.content, "image/png")}
        given = {"media_category": "tweet_image", "media_type": "image/png"}
        media = self.wire.harmless("POST", "/media/upload", files=files, data=given).text("data", "id")
        if not media:
            raise RefusedError("X took up the picture without saying what it is called", later=True)
        words = {"id": media, "metadata": {"alt_text": {"text": picture.alt[:1_000]}}}
        self.wire.harmless("POST", "/media/metadata", json=words)
        return media

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Post it. That the same text is there already proves that an earlier try arrived."""
        given: dict[str, Any] = {"text": message.text}
        if "media" in kept:
            given["media"] = {"media_ids": [kept["media"]]}
        if "parent" in kept:
            given["reply"] = {"in_reply_to_tweet_id": kept["parent"]}
        try:
            answer = self.wire.change("POST", "/tweets", json=given)
        except RefusedError as error:
            if error.status == 403 and "duplicate" in str(error).lower():
                raise UnsureError(
                    f"{error}. So an earlier try has arrived, or the same words were posted by hand"
                ) from error
            raise
        if not answer.text("data", "id"):
            raise UnsureError("X answered without the post")
        return self._receipt(answer.text("data", "id"))

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """Read the account's newest posts since the first try."""
        since = self.clock() - age - _LOOK_BACK
        given = {"max_results": "50", "start_time": f"{since:%Y-%m-%dT%H:%M:%SZ}"}
        answer = self.wire.read(f"/users/{self.about['id']}/tweets", params=given)
        for post in answer.rows("data"):
            if plain(str(post.get("text", ""))) == plain(message.text):
                return self._receipt(str(post.get("id", "")))
        return Absent.UNCERTAIN

    def _receipt(self, id: str) -> Receipt:
        return Receipt(id, f"https://x.com/{self.about.get('name') or 'i'}/status/{id}")

    def cost(self, message: Message) -> float:
        """A post with an address costs more."""
        alt: float = self.setting("cost_alt") if message.picture else 0.0
        post: float = self.setting("cost_address" if links(message.text) else "cost_post")
        return post + alt
