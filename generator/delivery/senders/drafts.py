"""Services for newsletters: find or make a draft under our mark, see that it is ours, and change its state once.

A second draft would harm nobody, and no service sends one draft twice. What a person has changed is never sent.
"""

from __future__ import annotations

import html
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from generator.delivery.message import Absent, Kept, Message, Receipt, Sender
from generator.errors import RefusedError

_TEMPLATE_MARKS = ("{{", "{%", "{#", "*|")


class Stand(StrEnum):
    """How far a draft is."""

    DRAFT = "draft"
    GOING = "going out"
    """It goes out, or is out: nothing is left for us to change."""


@dataclass(frozen=True, slots=True)
class Held:
    """A draft that a service holds."""

    id: str
    stand: Stand
    subject: str
    address: str = ""
    stamp: str = ""
    """What a service wants back with a change."""


class DraftSender(Sender):
    """The part that all such services share; each says how its drafts are found, made and sent."""

    leaving = ""
    """What the service puts in place of the address at which a reader unsubscribes; empty where it adds its own."""

    @abstractmethod
    def look_up(self, message: Message) -> Held | None:
        """The draft under our mark, wherever it stands by now."""

    @abstractmethod
    def create(self, message: Message) -> Held:
        """A new draft, under our mark, asked for once: where the answer is lost it is looked up. Nobody sees it."""

    @abstractmethod
    def start(self, message: Message, held: Held) -> None:
        """The one change of state after which it goes out."""

    def mark(self, message: Message) -> str:
        """What a draft is known by: the issue and its words, whether it is to be sent or left."""
        return f"{message.key.issue}:{message.key.digest}"

    def page(self, message: Message) -> str:
        """The page with the service's own way to unsubscribe; `RefusedError` for words it would take for code."""
        self._require_plain(message)
        if not self.leaving or not message.unsubscribe:
            return message.html
        return message.html.replace(html.escape(message.unsubscribe), self.leaving)

    def words(self, message: Message) -> str:
        """The same of the plain text."""
        self._require_plain(message)
        if not self.leaving or not message.unsubscribe:
            return message.text
        return message.text.replace(message.unsubscribe, self.leaving)

    def _require_plain(self, message: Message) -> None:
        for text in (message.subject, message.html, message.text):
            if found := next((mark for mark in _TEMPLATE_MARKS if mark in text), ""):
                name = self.delivery.service.name
                raise RefusedError(f"the newsletter holds '{found}', which {name} would take for an instruction")

    @property
    def sends(self) -> bool:
        """Whether the draft is sent, rather than left."""
        return bool(self.setting("send"))

    def prepare(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Kept:
        """Have the draft there, where it is to be sent."""
        return {"draft": self._draft(message).id} if self.sends else {}

    def _draft(self, message: Message) -> Held:
        held = self.look_up(message) or self.create(message)
        if held.stand is Stand.DRAFT and held.subject != message.subject:
            raise RefusedError("the draft is not as we left it: its subject was changed; send it by hand, or remove it")
        return held

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Leave the draft, or send it."""
        held = self._draft(message)
        if not self.sends:
            note = "a draft; nobody was mailed" if held.stand is Stand.DRAFT else "a person has sent it"
            return Receipt(held.id, held.address, note)
        if held.stand is Stand.DRAFT:
            self.start(message, held)
        return Receipt(held.id, held.address)

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """See how far the draft is; while it is a draft, sending it once more cannot send it twice."""
        held = self.look_up(message)
        if held is None:
            return Absent.UNCERTAIN if self.sends else Absent.CERTAIN
        if held.stand is Stand.DRAFT and self.sends:
            return Absent.CERTAIN
        return Receipt(held.id, held.address)
