"""Ghost: a post found by its slug; mail goes out only as it turns from draft to published, so once."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

from generator.delivery.message import Message
from generator.delivery.senders.drafts import DraftSender, Held, Stand
from generator.errors import RefusedError

_API = "/ghost/api/admin"


class Ghost(DraftSender):
    """One site of Ghost's."""

    def check(self) -> None:
        """Ask for the newsletters; to send, the one that is named has to be among them."""
        self.wire.sign = self._token
        self.wire.headers["Accept-Version"] = "v5.0"
        answer = self.wire.read(f"{_API}/newsletters/")
        slugs = [one.get("slug") for one in answer.rows("newsletters")]
        if self.sends and self.setting("newsletter") not in slugs:
            raise RefusedError(f"'newsletter' should be one of {', '.join(map(str, slugs))}, or nobody is mailed")

    def _token(self, method: str, address: str, query: Mapping[str, str]) -> Mapping[str, str]:
        """A token of five minutes (JWT, HS256), made of the key's two halves."""
        id, _, secret = self.secrets["admin_key"].partition(":")
        now = int(self.clock().timestamp())
        parts = [{"alg": "HS256", "typ": "JWT", "kid": id}, {"iat": now, "exp": now + 240, "aud": "/admin/"}]
        signed = ".".join(_encoded(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
        try:
            signature = hmac.new(bytes.fromhex(secret), signed.encode(), sha256).digest()
        except ValueError as error:
            raise RefusedError(
                "COMMENTARY_GHOST_ADMIN_KEY is no Admin API key: an id, a colon, and hex digits"
            ) from error
        return {"Authorization": f"Ghost {signed}.{_encoded(signature)}"}

    def _slug(self, message: Message) -> str:
        return message.key.issue.replace("/", "-")

    def look_up(self, message: Message) -> Held | None:
        """The post at our slug: a second one would be given another name in silence."""
        try:
            answer = self.wire.read(f"{_API}/posts/slug/{self._slug(message)}/")
        except RefusedError as error:
            if error.status == 404:
                return None
            raise
        return _held(answer.get("posts", 0))

    def create(self, message: Message) -> Held:
        """A draft, its page in one card of HTML, which the editor leaves as it is."""
        card = f"<!--kg-card-begin: html-->\n{self.page(message)}\n<!--kg-card-end: html-->"
        post = {"title": message.subject, "slug": self._slug(message), "html": card, "status": "draft"}
        answer = self.wire.change("POST", f"{_API}/posts/", params={"source": "html"}, json={"posts": [post]})
        return _held(answer.get("posts", 0))

    def start(self, message: Message, held: Held) -> None:
        """Publish it to the newsletter, if nobody has changed it since it was read."""
        post = {"status": "published", "updated_at": held.stamp}
        given = {"newsletter": self.setting("newsletter")}
        self.wire.change("PUT", f"{_API}/posts/{held.id}/", params=given, json={"posts": [post]})


def _held(post: object) -> Held:
    if not isinstance(post, dict) or not post.get("id"):
        raise RefusedError("Ghost answered without the post", later=True)
    stand = Stand.DRAFT if post.get("status") == "draft" else Stand.GOING
    told = {name: str(post.get(name) or "") for name in ("id", "title", "url", "updated_at")}
    return Held(told["id"], stand, told["title"], told["url"], told["updated_at"])


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
