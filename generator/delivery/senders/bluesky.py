"""Bluesky: a record under a key that comes from the issue, so that the same post put twice is one post."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from generator.delivery.message import Absent, Kept, Message, Picture, Receipt, Sender
from generator.delivery.outbox import Key
from generator.delivery.senders.words import spans
from generator.errors import RefusedError, UnsureError

COLLECTION = "app.bsky.feed.post"
LARGEST_PICTURE = 2_000_000
_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
"""Base 32 that sorts as the numbers do."""


def record_key(key: Key) -> str:
    """The record's key, a timestamp as the network wants it (TID), by issue and part alone; parts are in order."""
    day = datetime.fromisoformat(key.issue.partition("/")[0]).date()
    digest = int.from_bytes(sha256(f"{key.issue}:{key.channel}".encode()).digest()[:8], "big")
    evening = int(datetime.combine(day, time(21), UTC).timestamp()) * 1_000_000 + digest % 3_000_000_000
    number = evening + int(key.part) * 1_000_000 << 10 | (digest >> 40) & 0x3FF
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


class Bluesky(Sender):
    """Posts to one account."""

    def check(self) -> None:
        """Open a session, which is used for all that follows."""
        given = {"identifier": self.setting("handle"), "password": self.secrets["password"]}
        answer = self.wire.harmless("POST", "/xrpc/com.atproto.server.createSession", json=given)
        self.about["did"], token = answer.text("did"), answer.text("accessJwt")
        if not self.about["did"] or not token:
            raise RefusedError("Bluesky opened a session without naming the account")
        self.wire.hide(token, answer.text("refreshJwt"))
        self.wire.headers["Authorization"] = f"Bearer {token}"

    def prepare(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Kept:
        """Take up the picture, and fix the moment that the post bears."""
        made = {"created": kept.get("created") or f"{self.clock():%Y-%m-%dT%H:%M:%S.000Z}"}
        if message.picture:
            made["blob"] = self._blob(message.picture)
        if before:
            made |= {"root": before[0].id, "parent": before[-1].id}
        return made

    def _blob(self, picture: Picture) -> str:
        if len(picture.content) > LARGEST_PICTURE:
            raise RefusedError(f"Bluesky takes pictures up to {LARGEST_PICTURE:,} bytes, and the card has more")
        headers = {"Content-Type": "image/png"}
        answer = self.wire.harmless(
            "POST", "/xrpc/com.atproto.repo.uploadBlob", content=picture.content, headers=headers
        )
        blob = answer.get("blob")
        if not isinstance(blob, dict):
            raise RefusedError("Bluesky took up the picture without saying where it is")
        return json.dumps(blob)

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Put the record where none may be yet."""
        given = {**self._at(message), "record": self._record(message, kept), "swapRecord": None}
        try:
            answer = self.wire.change("POST", "/xrpc/com.atproto.repo.putRecord", json=given)
        except RefusedError as error:
            if error.status == 400 and "InvalidSwap" in str(error):
                return self._already(message)
            raise
        if not answer.text("uri"):
            raise UnsureError("Bluesky answered without the post's address")
        return self._receipt(answer.text("uri"), answer.text("cid"))

    def _already(self, message: Message) -> Receipt:
        """The post that stands there, if it is this one."""
        found = self.find(message, (), {}, timedelta())
        if isinstance(found, Receipt):
            return found
        raise RefusedError("Bluesky holds another post under this issue's key; see what it says")

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """Read the record under its key. Where there is none, putting it cannot make two."""
        try:
            answer = self.wire.read("/xrpc/com.atproto.repo.getRecord", params=self._at(message))
        except RefusedError as error:
            if "RecordNotFound" in str(error):
                return Absent.CERTAIN
            raise
        if answer.text("value", "text") == message.text:
            return self._receipt(answer.text("uri"), answer.text("cid"))
        return Absent.UNCERTAIN

    def _at(self, message: Message) -> dict[str, str]:
        return {"repo": self.about["did"], "collection": COLLECTION, "rkey": record_key(message.key)}

    def _record(self, message: Message, kept: Kept) -> dict[str, Any]:
        facets = [
            {
                "index": {"byteStart": span.start, "byteEnd": span.end},
                "features": [
                    {"$type": "app.bsky.richtext.facet#link", "uri": span.value}
                    if span.kind == "link"
                    else {"$type": "app.bsky.richtext.facet#tag", "tag": span.value}
                ],
            }
            for span in spans(message.text)
        ]
        record: dict[str, Any] = {"$type": COLLECTION, "text": message.text, "createdAt": kept["created"]}
        record |= {"langs": ["en"], **({"facets": facets} if facets else {})}
        if message.picture and "blob" in kept:
            image = {"image": json.loads(kept["blob"]), "alt": message.picture.alt}
            record["embed"] = {"$type": "app.bsky.embed.images", "images": [image]}
        if "root" in kept:
            record["reply"] = {name: _reference(kept[name]) for name in ("root", "parent")}
        return record

    def _receipt(self, uri: str, cid: str) -> Receipt:
        address = f"https://bsky.app/profile/{self.setting('handle')}/post/{uri.rpartition('/')[2]}"
        return Receipt(f"{uri} {cid}", address)


def _reference(id: str) -> dict[str, str]:
    uri, _, cid = id.partition(" ")
    return {"uri": uri, "cid": cid}
