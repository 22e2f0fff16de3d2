"""Mailchimp: a campaign whose title is our mark; once it was sent, sending it is refused."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from generator.delivery.message import Message
from generator.delivery.senders.drafts import DraftSender, Held, Stand
from generator.delivery.wire import at
from generator.errors import RefusedError


class Mailchimp(DraftSender):
    """One audience."""

    leaving = "*|UNSUB|*"

    def check(self) -> None:
        """Ask whether the key is good; its end names the data centre."""
        key = self.secrets["key"]
        centre = key.rpartition("-")[2]
        if "-" not in key or not centre.isalnum():
            raise RefusedError(
                "COMMENTARY_MAILCHIMP_KEY is no key of Mailchimp's: it ends in a data centre such as -us21"
            )
        self.wire.base = self.setting("base") or f"https://{centre}.api.mailchimp.com/3.0"
        encoded = b64encode(f"commentary:{key}".encode()).decode()
        self.wire.hide(encoded)
        self.wire.headers["Authorization"] = f"Basic {encoded}"
        self.wire.read("/ping")

    def look_up(self, message: Message) -> Held | None:
        """The newest campaign with our mark."""
        given = {"count": "100", "sort_field": "create_time", "sort_dir": "DESC"}
        for one in self.wire.read("/campaigns", params=given).rows("campaigns"):
            if at(one, "settings", "title") == self.mark(message):
                held = _held(one)
                if held.stand is Stand.DRAFT:
                    self._fill(message, held)  # a kill may have fallen between the campaign and its content
                return held
        return None

    def create(self, message: Message) -> Held:
        """A campaign, then its content."""
        settings: dict[str, Any] = {
            "subject_line": message.subject,
            "title": self.mark(message),
            "from_name": self.setting("sender_name"),
            "reply_to": self.setting("reply_to"),
        }
        given = {"type": "regular", "recipients": {"list_id": self.setting("audience")}, "settings": settings}
        held = _held(self.wire.change("POST", "/campaigns", json=given).json())
        self._fill(message, held)
        return held

    def _fill(self, message: Message, held: Held) -> None:
        given = {"html": self.page(message), "plain_text": self.words(message)}
        self.wire.harmless("PUT", f"/campaigns/{held.id}/content", json=given)

    def start(self, message: Message, held: Held) -> None:
        """Send it, if the service finds nothing wrong with it."""
        answer = self.wire.read(f"/campaigns/{held.id}/send-checklist")
        if answer.get("is_ready") is not True:
            said = "; ".join(str(one.get("details", "")) for one in answer.rows("items") if one.get("type") == "error")
            raise RefusedError(f"Mailchimp will not send it: {self.wire.scrubbed(said)}")
        self.wire.change("POST", f"/campaigns/{held.id}/actions/send")


def _held(one: object) -> Held:
    if not isinstance(one, dict) or not one.get("id"):
        raise RefusedError("Mailchimp answered without the campaign", later=True)
    stand = Stand.DRAFT if one.get("status") == "save" else Stand.GOING
    subject = str(at(one, "settings", "subject_line") or "")
    return Held(str(one["id"]), stand, subject, str(one.get("archive_url") or ""))
