"""Kit: a broadcast whose description is our mark; it is a draft until it has a time at which it is sent."""

from __future__ import annotations

from typing import Any

from generator.delivery.message import Message
from generator.delivery.senders.drafts import DraftSender, Held, Stand
from generator.errors import RefusedError


class Kit(DraftSender):
    """One account."""

    leaving = "{{ unsubscribe_url }}"

    def check(self) -> None:
        """Ask whose key it is."""
        self.wire.headers["X-Kit-Api-Key"] = self.secrets["key"]
        self.wire.read("/account")

    def look_up(self, message: Message) -> Held | None:
        """The newest broadcast with our mark."""
        for one in self.wire.read("/broadcasts", params={"per_page": "100"}).rows("broadcasts"):
            if one.get("description") == self.mark(message):
                return _held(one)
        return None

    def create(self, message: Message) -> Held:
        """A broadcast without a time."""
        return _held(self.wire.change("POST", "/broadcasts", json=self._given(message, None)).get("broadcast"))

    def _given(self, message: Message, send_at: str | None) -> dict[str, Any]:
        given: dict[str, Any] = {"subject": message.subject, "content": self.page(message), "public": False}
        return {**given, "description": self.mark(message), "send_at": send_at}

    def start(self, message: Message, held: Held) -> None:
        """Give it a time: now."""
        given = self._given(message, f"{self.clock():%Y-%m-%dT%H:%M:%SZ}")
        self.wire.change("PUT", f"/broadcasts/{held.id}", json=given)


def _held(one: object) -> Held:
    if not isinstance(one, dict) or not one.get("id"):
        raise RefusedError("Kit answered without the broadcast", later=True)
    stand = Stand.DRAFT if one.get("send_at") is None else Stand.GOING
    return Held(str(one["id"]), stand, str(one.get("subject", "")), str(one.get("public_url") or ""))
