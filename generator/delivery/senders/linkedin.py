"""LinkedIn: the same text twice is refused, and the refusal names the post that is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from generator.delivery.message import Absent, Kept, Message, Receipt, Sender
from generator.errors import RefusedError, UnsureError

_SIGNS = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_LINK = re.compile(r"https?://[^\s<>\"]+")
_TAG = re.compile(r"(?<![\w&/#])#(\w*[^\W\d_]\w*)")
_URN = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+")


def commentary(text: str) -> str:
    """The text as LinkedIn reads it: its own signs escaped, tags as tags, and addresses left as they are."""
    parts: list[str] = []
    place = 0
    for match in sorted([*_LINK.finditer(text), *_TAG.finditer(text)], key=lambda match: match.start()):
        if match.start() < place:  # a tag inside an address
            continue
        parts.append(_escaped(text[place : match.start()]))
        parts.append(match[0] if match[0].startswith("http") else f"{{hashtag|\\#|{_escaped(match[1])}}}")
        place = match.end()
    return "".join([*parts, _escaped(text[place:])])


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda match: f"\\{match[0]}", text)


class LinkedIn(Sender):
    """Posts as one member or page."""

    def check(self) -> None:
        """Ask for a place for a picture, which tries the token, the author and the version, and is seen by nobody."""
        self.wire.headers |= {
            "Authorization": f"Bearer {self.secrets['token']}",
            "LinkedIn-Version": self.setting("version"),
            "X-Restli-Protocol-Version": "2.0.0",
        }
        self._place_for_picture()

    def _place_for_picture(self) -> tuple[str, str]:
        given = {"initializeUploadRequest": {"owner": self.setting("author")}}
        try:
            answer = self.wire.harmless("POST", "/images", params={"action": "initializeUpload"}, json=given)
        except RefusedError as error:
            if error.status == 426:
                version = self.setting("version")
                why = f"LinkedIn has ended its version {version}; set a newer 'version' in content/deliveries.yaml"
                raise RefusedError(why, status=426) from error
            raise
        return answer.text("value", "uploadUrl"), answer.text("value", "image")

    def prepare(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Kept:
        """Take up the picture."""
        if not message.picture:
            return {}
        address, image = self._place_for_picture()
        if not address or not image:
            raise RefusedError("LinkedIn gave no place for the picture", later=True)
        headers = {"Content-Type": "application/octet-stream"}
        self.wire.harmless("PUT", address, content=message.picture.content, headers=headers)
        return {"image": image}

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Post it; a refusal that names the post that is there already is as good as an answer."""
        spread = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
        given: dict[str, Any] = {
            "author": self.setting("author"),
            "commentary": commentary(message.text),
            "visibility": "PUBLIC",
            "distribution": spread,
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }
        if message.picture and "image" in kept:
            given["content"] = {"media": {"id": kept["image"], "altText": message.picture.alt[:4_000]}}
        try:
            answer = self.wire.change("POST", "/posts", json=given)
        except RefusedError as error:
            if error.status == 422 and "DUPLICATE_POST" in f"{error} {error.data}":
                if found := _URN.search(f"{error} {error.data}"):
                    return self._receipt(found[0], "it was there already")
                raise UnsureError(f"{error}, without saying where") from error
            raise
        urn = answer.headers.get("x-restli-id", "")
        if not urn:
            raise UnsureError("LinkedIn answered without the post")
        return self._receipt(urn)

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """Read the author's newest posts, which a page may and a member usually may not."""
        author = quote(self.setting("author"), safe="")
        headers = {"X-RestLi-Method": "FINDER"}
        answer = self.wire.read(f"/posts?q=author&author={author}&count=20&sortBy=CREATED", headers=headers)
        for post in answer.rows("elements"):
            if _bare(str(post.get("commentary", ""))) == _bare(commentary(message.text)):
                return self._receipt(str(post.get("id", "")))
        return Absent.UNCERTAIN

    def _receipt(self, urn: str, note: str = "") -> Receipt:
        return Receipt(urn, f"https://www.linkedin.com/feed/update/{urn}/", note)


def _bare(text: str) -> str:
    return "".join(re.sub(r"\{hashtag\|\\?#\|(\w+)\}", r"#\1", text).replace("\\", "").split())
