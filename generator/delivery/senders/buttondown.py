"""Buttondown: a draft with our mark in its metadata, sent under a key that the service knows again."""

from __future__ import annotations

from generator.delivery.message import Message
from generator.delivery.senders.drafts import DraftSender, Held, Stand
from generator.delivery.wire import at
from generator.errors import RefusedError

_FANCY = "<!-- buttondown-editor-mode: fancy -->\n"
"""Has the service take the page as it stands, rather than as Markdown."""


class Buttondown(DraftSender):
    """One newsletter."""

    leaving = "{{ unsubscribe_url }}"

    def check(self) -> None:
        """Ask for the newest draft, which a key that has ended may not see."""
        self.wire.headers |= {
            "Authorization": f"Token {self.secrets['key']}",
            "X-API-Version": self.setting("version"),
        }
        self.wire.read("/emails", params={"status": "draft"})

    def look_up(self, message: Message) -> Held | None:
        """The newest mail that bears our mark."""
        for page in ("1", "2"):
            answer = self.wire.read("/emails", params={"ordering": "-creation_date", "page": page})
            for one in answer.rows("results"):
                if at(one, "metadata", "commentary") == self.mark(message):
                    return _held(one)
            if not answer.get("next"):
                break
        return None

    def create(self, message: Message) -> Held:
        """A draft: without its status the service would send it."""
        given = {
            "subject": message.subject,
            "body": f"{_FANCY}{self.page(message)}",
            "status": "draft",
            "metadata": {"commentary": self.mark(message)},
        }
        headers = {"X-Idempotency-Key": f"draft {self.mark(message)}"}
        made = self.wire.change("POST", "/emails", json=given, headers=headers).json()
        if not isinstance(made, dict) or made.get("status") != "draft" or not made.get("id"):
            raise RefusedError("Buttondown made no draft of it; see in its own list what became of it")
        return _held(made)

    def start(self, message: Message, held: Held) -> None:
        """Send it, once for its key."""
        headers = {"X-Idempotency-Key": f"send {self.mark(message)}", "X-Buttondown-Live-Dangerously": "true"}
        self.wire.change("POST", f"/emails/{held.id}/publish", headers=headers)


def _held(one: dict[str, object]) -> Held:
    stand = Stand.DRAFT if one.get("status") == "draft" else Stand.GOING
    return Held(str(one.get("id", "")), stand, str(one.get("subject", "")), str(one.get("absolute_url") or ""))
