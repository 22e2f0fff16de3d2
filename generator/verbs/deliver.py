"""Deliver an issue, or show what that would do: site, pages, mail, posts, in this order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from generator.channels.setting import LENGTHS
from generator.delivery.carrying import Run, Step, carried
from generator.delivery.courier import OTHER_WORDS, Outcome
from generator.delivery.credentials import ended, ending, missing, read_secrets
from generator.delivery.issue import ReadyIssue, folder_of, opens, read_issue, require_open, told
from generator.delivery.outbox import Key, Outbox, Record, State, opened_outbox, read_outbox
from generator.delivery.planning import messages_of
from generator.delivery.services import is_site, sender_for
from generator.delivery.targets.public import read_public
from generator.editorial.channels import gather_channels
from generator.editorial.deliveries import read_deliveries
from generator.errors import DeliveryError, SettingsError
from generator.market.patience import patience
from generator.market.sessions import present
from generator.model import SERVICES, Channel, Deliveries, Delivery, Settings
from generator.project import find_project
from generator.publishing.approvals import read_approvals
from generator.verbs.approve import require_same

CACHE = ".commentary-delivery"
"""A folder beside the archive, for what targets keep; it can be removed at any time."""
_EXAMPLE = re.compile(r"(?:^|\.)example(?:\.(?:com|org|net))?$", re.IGNORECASE)
STALE = timedelta(days=7)
"""How old the newest issue may be, unless its session is named."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for besides the settings of every command."""

    channels: Sequence[str] = ()
    """Empty: all that the publication has set."""
    live: bool = False
    public: Path | None = None
    """The built site, in place of the one that the publication names."""
    rehearsal: bool = False
    """Whether a simulated market may be put into a folder."""
    digest: str = ""
    """The hash of the issue that somebody was shown; another one is not delivered."""
    approval: bool = False
    """Whether it goes out only if a person has approved it, be the publication's setting what it may."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was done of an issue, or would be."""

    issue: ReadyIssue
    live: bool
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...] = ()
    notices: tuple[str, ...] = ()
    await_pages: bool = False

    @property
    def exit_code(self) -> int:
        """0: all is out; 3: waiting helps with all that is not; 1: a person has to look."""
        left = [one for one in self.outcomes if one.state is not State.SENT]
        if not left:
            return 0
        return 3 if all(one.later or (one.state is None and not one.why.startswith("it is out")) for one in left) else 1


def deliver(settings: Settings, order: Order) -> Delivered:
    """Deliver the issue if the order is live, else say what that would do."""
    root = find_project(settings.project).root
    deliveries = read_deliveries(root)
    chosen = _chosen(deliveries, order.channels)
    issue = read_issue(_folder(settings))
    require_same(issue, order.digest)
    _require_real(issue, chosen, order)
    secrets = read_secrets(os.environ)
    lacking = [*_unapproved(settings.output, issue, order.approval or deliveries.approval)]
    lacking += [*_nobodys(issue, chosen), *missing(chosen, secrets), *ended(chosen, present().date())]
    box = read_outbox(settings.output)
    steps = _steps(chosen, issue, root, order, box)
    notices = [*_notices(box), *ending(chosen, present().date())]
    if issue.simulated:
        notices.append(f"{issue.name}: its market is simulated; --live puts its site into a folder, and no more.")
    if not order.live:
        moment = opens(issue, deliveries.not_before)
        wait = [f"{issue.name} goes out from {told(moment)}"] if moment else []
        channels, _ = gather_channels(root / "content")
        plan = tuple(replace(step, cost=_cost(step, secrets), counts=_counts(step, channels or ())) for step in steps)
        return Delivered(issue, False, plan, (), (*notices, *wait, *lacking), deliveries.await_pages)
    require_open(issue, deliveries.not_before, present())
    if lacking:
        raise DeliveryError("\n".join(lacking))
    run = Run(issue, deliveries, steps, secrets, settings.output / CACHE, patience(), present)
    with opened_outbox(settings.output, present, run.patience) as box:
        run.steps = _steps(chosen, issue, root, order, box)
        try:
            outcomes = tuple(carried(run, box))
        finally:
            run.close()
        return Delivered(issue, True, tuple(run.steps), outcomes, tuple(notices), deliveries.await_pages)


def channels_set(settings: Settings) -> tuple[str, ...]:
    """The channels that the publication has set, in the order of delivery."""
    return tuple(one.channel for one in read_deliveries(find_project(settings.project).root).channels)


def statuses(output: Path, session: date | None = None) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """The last record of every message, and what is to be said of the outbox itself."""
    box = read_outbox(output)
    found = box.latest.values()
    shown = tuple(one for one in found if session is None or one.key.startswith(session.isoformat()))
    return shown, _notices(box)


def resolve(output: Path, key: str, verdict: str) -> Record:
    """Put down what a person has found out of a message that is in doubt: that it is out, or may be sent again."""
    with opened_outbox(output, present, patience()) as box:
        record = box.latest.get(key)
        if record is None:
            raise DeliveryError(f"{box.path}: has no message '{key}'. 'commentary deliver --status' lists them.")
        if record.state not in (State.UNKNOWN, State.SENDING):
            raise DeliveryError(f"'{key}' is {record.state}, which is certain; there is nothing to resolve.")
        if verdict == "sent":
            return box.add(key, State.SENT, why="a person has seen it")
        return box.add(key, State.REFUSED, why="a person has seen that it is not out; it will be sent again")


# --- what is to be done -------------------------------------------------------------------------


def _chosen(deliveries: Deliveries, names: Sequence[str]) -> tuple[Delivery, ...]:
    held = {one.channel: one for one in deliveries.channels}
    if not held:
        raise DeliveryError(
            "content/deliveries.yaml sets no delivery. docs/delivering.md shows what to write for each service."
        )
    for name in names:
        if name not in SERVICES:
            raise SettingsError(f"There is no channel '{name}'. These there are: {', '.join(SERVICES)}.")
        if name not in held:
            raise DeliveryError(f"content/deliveries.yaml does not set '{name}'. It sets {', '.join(held)}.")
    return tuple(one for one in deliveries.channels if not names or one.channel in names)


def _folder(settings: Settings) -> Path:
    folder = folder_of(settings.output, settings.edition, settings.session)
    if not settings.session and present().date() - date.fromisoformat(folder.parent.name) > STALE:
        raise DeliveryError(
            f"{folder}: the last issue is more than {STALE.days} days old. If it is to go out, name it: "
            f"--session {folder.parent.name}."
        )
    return folder


def _require_real(issue: ReadyIssue, chosen: Sequence[Delivery], order: Order) -> None:
    """Invented prices reach nobody: at most a folder, in a rehearsal. To look at what would go out is free."""
    if not issue.simulated or not order.live:
        return
    if not order.rehearsal:
        raise DeliveryError(
            f"{issue.folder}: its market is simulated, so it is not delivered. --rehearsal puts its site into a folder."
        )
    if other := [one.channel for one in chosen if one.channel != "folder"]:
        raise DeliveryError(
            f"{issue.folder}: its market is simulated, and a rehearsal reaches a folder alone, not {', '.join(other)}. "
            "Name the channel: commentary deliver folder --rehearsal."
        )


def _unapproved(output: Path, issue: ReadyIssue, wanted: bool) -> Iterator[str]:
    """A line if the issue wants approval, or has changed since somebody approved it."""
    approval = read_approvals(output).get(issue.name)
    again = f"commentary approve {issue.kind} --session {issue.session} --by NAME."
    if approval and approval.digest != issue.digest:
        told = f"{approval.at:%Y-%m-%d %H:%M} UTC"
        yield f"{issue.name} is another than {approval.by} approved on {told}. Read it, then: {again}"
    elif wanted and not approval:
        yield f"{issue.name} is not approved. Read it, then: {again}"


def _nobodys(issue: ReadyIssue, chosen: Sequence[Delivery]) -> Iterator[str]:
    """A line if mail and posts would lead to the example's address."""
    host = urlsplit(issue.address).hostname or ""
    if _EXAMPLE.search(host) and not all(map(is_site, chosen)):
        what = "Change 'url' in content/publication.yaml, and write it again."
        yield f"{issue.name} leads to {host}, which is nobody's. {what}"


def _steps(chosen: Sequence[Delivery], issue: ReadyIssue, root: Path, order: Order, box: Outbox) -> list[Step]:
    """Every step, in order; raises `DeliveryError` with all that the issue or the site lacks."""
    steps: list[Step] = []
    faults: list[str] = []
    for delivery in chosen:
        try:
            steps += [_site(delivery, issue, order, box)] if is_site(delivery) else _words(delivery, issue, root, box)
        except DeliveryError as error:
            faults.append(str(error))
    if faults:
        raise DeliveryError("\n".join(faults))
    return steps


def _site(delivery: Delivery, issue: ReadyIssue, order: Order, box: Outbox) -> Step:
    public = read_public(order.public or Path(delivery.settings["public"]))
    if issue.address and not public.page(issue.address):
        what = f"has no page of {issue.name} (at {issue.address})"
        raise DeliveryError(f"{public.folder}: {what}. Build it first: commentary site.")
    # What is out in one place is still due in another.
    place = repr(sorted((name, str(value)) for name, value in delivery.settings.items()))
    key = Key.of(issue.name, delivery.channel, "site", public.digest.encode(), place.encode())
    return Step(delivery, key, State.SENT if box.holds(key) else None, public=public)


def _words(delivery: Delivery, issue: ReadyIssue, root: Path, box: Outbox) -> Iterator[Step]:
    for message in messages_of(delivery, issue, root):
        other = None if box.state(message.key) is State.SENT else box.other_words(message.key)
        held = OTHER_WORDS.format(state=other.state) if other else ""
        yield Step(delivery, message.key, box.state(message.key), message, held=held)


def _cost(step: Step, secrets: dict[str, str]) -> float:
    if step.message is None:
        return 0.0
    return sender_for(step.delivery, secrets, present, 1.0).cost(step.message)


def _counts(step: Step, channels: Sequence[Channel]) -> str:
    """How long a post is, as the channel counts that makes its file."""
    if step.message is None or step.message.subject:
        return ""
    file = step.delivery.posts_file or step.delivery.settings["channels"][step.key.part]
    for channel in channels:
        if file in [one.path for one in channel.files]:
            return f"{LENGTHS[channel.counts](step.message.text):,} of {channel.limit:,} as {channel.name} counts"
    return f"{len(step.message.text):,} characters"


def _notices(box: Outbox) -> tuple[str, ...]:
    if not box.torn:
        return ()
    return (f"{box.path}: its last line was cut off, as a run was killed. Nothing had been sent on its account.",)
