"""Messages through the outbox to a service: each at most once, and whatever is not certain is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.delivery.message import Absent, Message, Receipt, Sender
from generator.delivery.outbox import Outbox, Record, State
from generator.errors import RefusedError, UnsureError

LOOKS = (0.0, 3.0, 7.0, 12.0, 20.0)
"""Seconds to wait before each look for a message whose answer was lost; what shows late shows within half a minute."""
OTHER_WORDS = "it is out already in other words ({state}). A post is not sent twice; correct that one by hand"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message in this run."""

    channel: str
    key: str
    state: State | None
    """None: it was not tried."""
    why: str = ""
    address: str = ""
    fresh: bool = True
    """Whether this run did it."""
    later: bool = False
    """Whether waiting helps."""


@dataclass(slots=True)
class Courier:
    """Carries the messages of one channel."""

    sender: Sender
    outbox: Outbox
    clock: Callable[[], datetime]

    def carry(self, messages: Sequence[Message], *, chained: bool) -> Iterator[Outcome]:
        """Each message's outcome; where they are a thread, nothing follows a post that is not out."""
        before: list[Receipt] = []
        stopped = ""
        for message in messages:
            if stopped:
                why = f"not sent, as {stopped} is not out"
                yield Outcome(self.sender.delivery.channel, str(message.key), None, why)
                continue
            outcome = self._one(message, before)
            yield outcome
            if outcome.state is State.SENT:
                record = self.outbox.latest[str(message.key)]
                before.append(Receipt(record.id, record.address))
            elif chained:
                stopped = f"part {message.key.part}"

    def _one(self, message: Message, before: Sequence[Receipt]) -> Outcome:
        key, box = str(message.key), self.outbox
        record = box.latest.get(key)
        if record and record.state is State.SENT:
            return self._outcome(record, fresh=False)
        if other := box.other_words(message.key):
            return Outcome(self.sender.delivery.channel, key, None, OTHER_WORDS.format(state=other.state))
        if record and record.state is State.SENDING:
            record = box.add(key, State.UNKNOWN, why="the run ended before an answer came")
        if record and record.state is State.UNKNOWN:
            found = self._look(message, before, record, LOOKS[:1])
            if isinstance(found, Receipt):
                return self._sent(key, found)
            if found is Absent.UNCERTAIN:
                return self._outcome(record, fresh=False)
        return self._try(message, before, again=True)

    def _try(self, message: Message, before: Sequence[Receipt], *, again: bool) -> Outcome:
        """Send it; where the answer is lost, look for it, and send it again only if that cannot double it."""
        key, box = str(message.key), self.outbox
        record = box.latest.get(key)
        doubt = record is not None and record.state is State.UNKNOWN
        try:
            kept = self.sender.prepare(message, before, record.kept if record else {})
        except (RefusedError, UnsureError) as error:
            return self._refused(key, error, doubt)
        box.add(key, State.SENDING, kept=kept)
        try:
            return self._sent(key, self.sender.publish(message, before, kept))
        except RefusedError as error:
            return self._refused(key, error, doubt)
        except UnsureError as error:
            record = box.add(key, State.UNKNOWN, why=str(error))
        found = self._look(message, before, record, LOOKS)
        if isinstance(found, Receipt):
            return self._sent(key, found)
        if found is Absent.CERTAIN and again:
            return self._try(message, before, again=False)
        return self._outcome(record)

    def _look(
        self, message: Message, before: Sequence[Receipt], record: Record, waits: Sequence[float]
    ) -> Receipt | Absent:
        """What reading back finds; what cannot be read is uncertain."""
        found: Receipt | Absent = Absent.UNCERTAIN
        for wait in waits:
            self.sender.wire.pause(wait)
            age = self.clock() - self.outbox.begun.get(record.key, record.at)
            try:
                found = self.sender.find(message, before, record.kept, age)
            except (RefusedError, UnsureError):
                found = Absent.UNCERTAIN
            if isinstance(found, Receipt):
                break
        return found

    def _sent(self, key: str, receipt: Receipt) -> Outcome:
        return self._outcome(self.outbox.add(key, State.SENT, id=receipt.id, address=receipt.address, why=receipt.note))

    def _refused(self, key: str, error: RefusedError | UnsureError, doubt: bool) -> Outcome:
        """A try that came to nothing; of an earlier one that is in doubt it proves nothing."""
        later = isinstance(error, UnsureError) or error.later
        state, also = (State.UNKNOWN, "an earlier try may have arrived; again: ") if doubt else (State.REFUSED, "")
        return self._outcome(self.outbox.add(key, state, why=f"{also}{error}"), later=later)

    def _outcome(self, record: Record, *, fresh: bool = True, later: bool = False) -> Outcome:
        channel = self.sender.delivery.channel
        return Outcome(channel, record.key, record.state, record.why, record.address, fresh, later)
