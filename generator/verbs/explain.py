"""Explain an issue: who spoke, who was passed over, and how near each rule was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan

from generator.assembly import Desk
from generator.errors import ContentError, Fault
from generator.loading import load_prices, open_publication
from generator.model import Figures, Publication, Settings, Signal, Weighed
from generator.narrative.composing.composition import compose
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import plan
from generator.narrative.situations.rules import distances, read_rule


@dataclass(frozen=True, slots=True)
class Considered:
    """One fragment: its standing on the session, and what an editor of its rule wants to know."""

    standing: Weighed
    distances: tuple[str, ...]
    """Each comparison of its rule, in words, with its value and how far it was from flipping."""
    followed: tuple[str, ...]
    """In words, what followed its situation in the past, where it spoke by a rule."""
    when: str = ""
    """Its rule."""

    @property
    def spoke(self) -> bool:
        """Whether it is in the edition."""
        return self.standing.outcome == "spoke"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the edition, and every fragment there is for it: those that spoke first, then the rarest first."""

    name: str
    considered: tuple[Considered, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One signal of a reading: whether it holds, and each comparison of its rule, in words."""

    key: str
    holds: bool | None
    """None where a figure of its rule is absent."""
    distances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadSession:
    """How far a reading fits the session."""

    key: str
    says: str
    signals: tuple[Seen, ...]

    @property
    def held(self) -> int:
        """How many signals hold."""
        return sum(signal.holds is True for signal in self.signals)

    @property
    def missed(self) -> int:
        """How many are known and do not hold."""
        return sum(signal.holds is False for signal in self.signals)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an edition says what it says."""

    edition: str
    session: date
    angle: str
    """The fragment that leads it."""
    parts: tuple[Part, ...]
    readings: tuple[ReadSession, ...] = ()
    """The readings, those that fit best first; none where one part alone was asked for."""


def explanation(settings: Settings, slot: str | None) -> Explanation:
    """Part by part, or for one part, who spoke and who did not, how rare each was, and how near its rule was."""
    publication = open_publication(settings)
    market = load_prices(settings, publication)
    return explained(Desk.over(publication, settings.edition, market), len(market.sessions) - 1, slot)


def explained(desk: Desk, row: int, slot: str | None = None) -> Explanation:
    """The same for the session on a row of a desk."""
    newsroom = desk.newsroom
    planned = plan(newsroom.at(row))
    compose(planned)
    weighed = planned.tonight.weigh(planned.outcomes, every=True)
    slots = list(dict.fromkeys(item.slot for item in weighed))
    if slot is not None and slot not in slots:
        raise ContentError([Fault("explain", f"there is no part '{slot}'; these there are: {', '.join(slots)}.")])
    ranked = sorted(weighed, key=lambda item: (item.outcome != "spoke", not item.held, -item.surprisal))
    parts = (
        Part(name, tuple(_considered(newsroom, item, row) for item in ranked if item.slot == name))
        for name in ([slot] if slot else slots)
    )
    readings = () if slot else _readings(desk.publication, newsroom.figures, row)
    return Explanation(newsroom.edition, newsroom.days[row], planned.angle.fragment.key, tuple(parts), readings)


def _readings(publication: Publication, figures: Figures, row: int) -> tuple[ReadSession, ...]:
    """Each reading on the session, those of which most holds first."""
    found = [
        ReadSession(
            reading.key,
            reading.says,
            tuple(_seen(f"{reading.key}_{one.key}", one, figures, row) for one in reading.signals),
        )
        for reading in publication.readings
    ]
    return tuple(sorted(found, key=lambda read: read.missed - read.held))


def _seen(name: str, signal: Signal, figures: Figures, row: int) -> Seen:
    value: float = figures.printed(name).item(row)
    rule = read_rule(signal.when, figures.catalogue, signal.line)
    return Seen(signal.key, None if isnan(value) else bool(value), distances(rule, figures, row))


def _considered(newsroom: Newsroom, item: Weighed, row: int) -> Considered:
    fragment, rule = newsroom.by_key[item.fragment], newsroom.rules[item.fragment]
    followed = newsroom.recall.lines(fragment, row) if item.outcome == "spoke" and rule.text else ()
    return Considered(item, distances(rule, newsroom.seen_by(fragment), row), tuple(followed), rule.text)
