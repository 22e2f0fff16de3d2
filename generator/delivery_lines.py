"""Set what a delivery did, or would do, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.delivery.carrying import Step
    from generator.delivery.outbox import Record
    from generator.verbs.deliver import Delivered
from generator.lines import legible


def delivery_lines(delivered: Delivered) -> Iterator[str]:
    """What was delivered, a line for each message; of a dry run, each message as it would go out."""
    if delivered.live:
        for one in delivered.outcomes:
            state = (one.state or "not sent") if one.fresh or one.state != "sent" else "out already"
            why = f"  ({legible(one.why)})" if one.why else ""
            yield f"{one.channel:<11} {_part(one.key):<22} {state:<11} {one.address}{why}".rstrip()
        return
    yield f"dry run of {delivered.issue.name}; --live sends it. This would happen, in this order:"
    awaited = not delivered.await_pages or not delivered.issue.address
    listed = False
    for step in delivered.steps:
        if step.message and not awaited:
            awaited = True
            pages = " and ".join(filter(None, (delivered.issue.address, delivered.issue.card)))
            yield f"wait until {pages} answer"
        if step.message and step.message.recipient:
            if not listed:
                yield from _list_lines(delivered.steps)
            listed = True
            continue
        yield from _step_lines(step)
    total = sum(step.cost for step in delivered.steps if step.due)
    due = sum(step.due for step in delivered.steps)
    yield f"{due} of {len(delivered.steps)} steps are due; they cost ${total:.3f}"


def _part(key: str) -> str:
    return key.split(":")[2]


def _list_lines(steps: Iterable[Step]) -> Iterator[str]:
    """One mail to many recipients."""
    mails = [step for step in steps if step.message and step.message.recipient]
    due = sum(step.due for step in mails)
    message = mails[0].message
    assert message is not None  # they were chosen so
    name = mails[0].delivery.service.name
    yield legible(f"{name}: {due} of {len(mails)} mails to be sent. Subject: {message.subject}")
    yield f"    the issue's newsletter.eml, {len(message.mail):,} bytes, to each recipient alone"


def _step_lines(step: Step) -> Iterator[str]:
    known = {
        "sent": "out already",
        "unknown": "in doubt: it is looked for first",
        "sending": "cut off: it is looked for first",
    }
    state = step.held or known.get(step.state or "", "to be sent")
    cost = f", ${step.cost:.3f}" if step.cost else ""
    name = step.delivery.service.name
    if step.public is not None:
        yield legible(f"{name}: {len(step.public.digests)} files of {step.public.folder}/: {state}")
        return
    message = step.message
    assert message is not None  # a step has one or the other
    if message.subject:
        size = f"{len(message.html.encode()):,} bytes of HTML, {len(message.text.encode()):,} of text"
        yield legible(f"{name}, {step.key.part}: {state}. Subject: {message.subject}")
        yield f"    the issue's newsletter.html and newsletter.txt as they stand, {size}"
        return
    yield legible(f"{name}, post {step.key.part}: {state}, {step.counts}{cost}")
    if message.picture:
        yield legible(f"    with a picture of {len(message.picture.content):,} bytes: {message.picture.alt}")
    yield from (legible(f"    | {line}") for line in message.text.splitlines())


def status_lines(records: Iterable[Record]) -> Iterator[str]:
    """A line for each message that was ever planned, and below one in doubt how it is resolved."""
    for one in records:
        what = one.address or legible(one.why)
        yield f"{one.at:%Y-%m-%d %H:%M} UTC  {one.state:<8} {one.key}  {what}".rstrip()
        if one.state in ("unknown", "sending"):
            yield "    look whether it is out, then: commentary deliver --resolve KEY sent, or retry"
