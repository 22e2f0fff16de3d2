"""What is sent, and what came of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any

from generator.delivery.outbox import Clock, Key
from generator.delivery.wire import Wire
from generator.model import Delivery


@dataclass(frozen=True, slots=True)
class Picture:
    """The card that goes with a post, and its words for those who do not see it."""

    content: bytes
    alt: str
    address: str = ""
    """Where it stands on the site, for networks that fetch it themselves."""


@dataclass(frozen=True, slots=True)
class Message:
    """One post, or one mail."""

    key: Key
    text: str
    picture: Picture | None = None
    subject: str = ""
    html: str = ""
    mail: bytes = b""
    """The whole mail as it stands in the issue, headers and all."""
    unsubscribe: str = ""
    """The address in it at which a reader unsubscribes."""
    recipient: str = ""
    link: str = ""
    """The article's address."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a service calls what it has published, and where it is seen."""

    id: str
    address: str = ""
    note: str = ""


class Absent(Enum):
    """What reading back can find other than the message itself."""

    CERTAIN = "it is not there, or asking again cannot publish it twice"
    UNCERTAIN = "it was not found, which proves nothing"


Kept = Mapping[str, str]


@dataclass(slots=True)
class Sender(ABC):
    """Speaks to one service; each service is a subclass. None of its methods is called twice for one change."""

    delivery: Delivery
    secrets: Mapping[str, str]
    wire: Wire
    clock: Clock
    about: dict[str, str] = field(default_factory=dict)
    """What `check` learnt of the account."""

    def setting(self, name: str) -> Any:
        """A setting of the publication's."""
        return self.delivery.settings[name]

    @abstractmethod
    def check(self) -> None:
        """Raise `RefusedError` if the account does not let us in; nothing changes by it."""

    def prepare(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Kept:
        """Do all that nobody sees (a picture, a draft), and give back what the outbox should keep.

        `kept` is what an earlier try left there.
        """
        return kept

    @abstractmethod
    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """The one change that is seen. Raises `RefusedError`, or `UnsureError` where it may have happened."""

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """The message by the service's own means, first tried so long ago; `RefusedError` if it cannot be read."""
        return Absent.UNCERTAIN

    def cost(self, message: Message) -> float:
        """What the service charges for it, in dollars."""
        return 0.0
