"""listmonk: a campaign with our mark among its tags; it can begin to run only while it is a draft."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from generator.delivery.message import Message
from generator.delivery.senders.drafts import DraftSender, Held, Stand
from generator.errors import RefusedError


class Listmonk(DraftSender):
    """One server of listmonk's."""

    leaving = "{{ UnsubscribeURL }}"

    def check(self) -> None:
        """Ask for one campaign."""
        pair = f"{self.secrets['user']}:{self.secrets['token']}"
        self.wire.headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        self.wire.hide(b64encode(pair.encode()).decode())
        self.wire.read("/api/campaigns", params={"per_page": "1"})

    def look_up(self, message: Message) -> Held | None:
        """The newest campaign with our mark."""
        given = {"per_page": "100", "order_by": "created_at", "order": "DESC", "no_body": "true"}
        for one in self.wire.read("/api/campaigns", params=given).rows("data", "results"):
            tags = one.get("tags")
            if isinstance(tags, list) and self.mark(message) in tags:
                return self._held(one)
        return None

    def create(self, message: Message) -> Held:
        """A campaign is a draft until its status is changed."""
        given: dict[str, Any] = {
            "name": message.key.issue,
            "subject": message.subject,
            "lists": self.setting("lists"),
            "type": "regular",
            "content_type": "html",
            "body": self.page(message),
            "altbody": self.words(message),
            "tags": [self.mark(message)],
        }
        if self.setting("sender"):
            given["from_email"] = self.setting("sender")
        return self._held(self.wire.change("POST", "/api/campaigns", json=given).get("data"))

    def _held(self, one: object) -> Held:
        if not isinstance(one, dict) or not one.get("id"):
            raise RefusedError("listmonk answered without the campaign", later=True)
        stand = Stand.DRAFT if one.get("status") == "draft" else Stand.GOING
        address = f"{self.wire.base.rstrip('/')}/admin/campaigns/{one['id']}"
        return Held(str(one["id"]), stand, str(one.get("subject", "")), address)

    def start(self, message: Message, held: Held) -> None:
        """Let it run."""
        self.wire.change("PUT", f"/api/campaigns/{held.id}/status", json={"status": "running"})
