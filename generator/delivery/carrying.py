"""The steps of a delivery done in order: site, pages, mail, posts; nothing goes out before every account lets us in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.delivery.courier import Courier, Outcome
from generator.delivery.issue import ReadyIssue
from generator.delivery.message import Message, Sender
from generator.delivery.outbox import Clock, Key, Outbox, State
from generator.delivery.planning import chained
from generator.delivery.services import is_site, sender_for, target_for
from generator.delivery.targets.public import Public
from generator.delivery.targets.target import Target
from generator.delivery.wire import Wire
from generator.errors import DeliveryError, RefusedError, UnsureError
from generator.model import Deliveries, Delivery

_PICTURE = re.compile(r"<img\b[^>]*?\bsrc=\"(https?://[^\"]+)\"")
_PAGE_WAITS = (0.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One message, or the site, and what is to become of it."""

    delivery: Delivery
    key: Key
    state: State | None
    """What the outbox knows of it."""
    message: Message | None = None
    public: Public | None = None
    cost: float = 0.0
    counts: str = ""
    """How long a post is, as its network counts."""
    held: str = ""
    """Why it would not be sent."""

    @property
    def due(self) -> bool:
        """Whether there is something left to do."""
        return self.state is not State.SENT and not self.held


@dataclass(slots=True)
class Run:
    """A delivery while it lasts."""

    issue: ReadyIssue
    deliveries: Deliveries
    steps: list[Step]
    secrets: dict[str, str]
    cache: Path
    patience: float
    clock: Clock
    senders: dict[str, Sender] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    """Channels that waiting may help, and why."""

    def close(self) -> None:
        """Let every connection go."""
        ones: tuple[Sender | Target, ...] = (*self.senders.values(), *self.targets.values())
        for one in ones:
            one.wire.close()


def carried(run: Run, box: Outbox) -> Iterator[Outcome]:
    """Site, pages, mail, posts; what fails above keeps what rests on it from going out."""
    _check_all(run)
    for step in run.steps:
        if step.due and step.state is None:
            box.add(str(step.key), State.PLANNED)
    failed = ""
    for step in run.steps:
        if step.public is not None:
            outcome = _deployed(run, box, step, step.public)
            failed = failed or ("" if outcome.state is State.SENT else f"the site is not up ({step.delivery.channel})")
            yield outcome
    words = [step for step in run.steps if step.message is not None]
    awaited = run.deliveries.await_pages and any(step.due for step in words)
    if not failed and awaited and run.issue.address:
        failed = _silent(run, [address for address in (run.issue.address, run.issue.card) if address])
    pictures = _pictures(words)
    unseen = _silent(run, list(dict.fromkeys(pictures))) if pictures and awaited and not failed else ""
    for name in dict.fromkeys(step.delivery.channel for step in words):
        steps = [step for step in words if step.delivery.channel == name]
        yield from _carry_channel(run, box, steps, failed or (unseen if _pictures(steps) else ""))


def _check_all(run: Run) -> None:
    """Ask every service that has something to do whether it lets us in; all that is wrong is told at once."""
    faults: list[str] = []
    for step in run.steps:
        name = step.delivery.channel
        if not step.due or name in run.senders or name in run.targets:
            continue
        one: Sender | Target
        if is_site(step.delivery):
            one = run.targets[name] = target_for(step.delivery, run.secrets, run.clock, run.patience, run.cache)
        else:
            one = run.senders[name] = sender_for(step.delivery, run.secrets, run.clock, run.patience)
        try:
            one.check()
        except (RefusedError, UnsureError) as error:
            if isinstance(error, UnsureError) or error.later:
                run.skipped[name] = str(error)
            else:
                faults.append(f"{step.delivery.service.name}: {error}")
    if faults:
        raise DeliveryError("\n".join([*faults, "Nothing was sent, on any channel."]))


def _deployed(run: Run, box: Outbox, step: Step, public: Public) -> Outcome:
    """The site in its place; as often as it takes, since putting it twice is the same as once."""
    name, key = step.delivery.channel, str(step.key)
    if step.state is State.SENT:
        record = box.newest[name]
        return Outcome(name, key, State.SENT, record.why, record.address, fresh=False)
    if name in run.skipped:
        return Outcome(name, key, None, run.skipped[name], later=True)
    box.add(key, State.SENDING)
    try:
        receipt = run.targets[name].deploy(public)
    except RefusedError as error:
        record = box.add(key, State.REFUSED, why=str(error))
        return Outcome(name, key, State.REFUSED, record.why, later=error.later)
    except UnsureError as error:
        record = box.add(key, State.UNKNOWN, why=f"{error}; the next delivery puts it up again")
        return Outcome(name, key, State.UNKNOWN, record.why, later=True)
    except DeliveryError as error:  # a file of the site has changed meanwhile
        return Outcome(name, key, State.REFUSED, box.add(key, State.REFUSED, why=str(error)).why, later=True)
    record = box.add(key, State.SENT, id=receipt.id, address=receipt.address, why=receipt.note)
    return Outcome(name, key, State.SENT, record.why, record.address)


def _silent(run: Run, addresses: Sequence[str]) -> str:
    """Why what leads to these addresses must wait: the first of them that does not answer; empty if all do."""
    wire = Wire("the site", "", patience=run.patience, follow=True)
    try:
        for address in addresses:
            why = ""
            for wait in _PAGE_WAITS:
                wire.pause(wait)
                try:
                    wire.read(address)
                    why = ""
                    break
                except RefusedError as error:
                    why = f"{address} does not answer yet ({error})"
            if why:
                return why
    finally:
        wire.close()
    return ""


def _pictures(steps: Sequence[Step]) -> list[str]:
    """The pictures that a newsletter takes from the site; a mail that carries its own takes none."""
    pages = {step.message.html for step in steps if step.message and step.due and not step.message.recipient}
    return [html.unescape(address) for page in pages for address in _PICTURE.findall(page)]


def _carry_channel(run: Run, box: Outbox, steps: Sequence[Step], failed: str) -> Iterator[Outcome]:
    name = steps[0].delivery.channel
    why = failed or run.skipped.get(name, "")
    if why:
        for step in steps:
            done = step.state is State.SENT
            yield Outcome(name, str(step.key), step.state if done else None, "" if done else why, later=True)
        return
    if name not in run.senders:  # everything is out, or held back
        for step in steps:
            record = box.latest.get(str(step.key))
            state = step.state if step.state is State.SENT else None
            yield Outcome(name, str(step.key), state, step.held, record.address if record else "", fresh=False)
        return
    messages = [step.message for step in steps if step.message is not None]
    yield from Courier(run.senders[name], box, run.clock).carry(messages, chained=chained(steps[0].delivery))
