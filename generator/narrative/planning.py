"""A session in; a plan out: the angle of the day, and which fragments speak in which part.

The most newsworthy true situation sets the angle. Each part then takes its least number of fragments, the
parts that speak for and against take a pair of like length, and what room is left goes to whatever is most
newsworthy. A figure is said once: a fragment that would repeat one gives way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from generator.errors import CommentaryError
from generator.model import Fragment, OutlinePart, Variant
from generator.narrative.newsroom import Candidate, Newsroom, Said
from generator.narrative.voice import Register, Voice

ANGLE_PARTS = ("headline", "standfirst", "lead", "bottom line", "post")
"""The parts of the page that the angle of the day supplies."""
_SAID_BY_ANGLE = ("standfirst", "lead", "bottom line")
LEAD, TAKEAWAYS = "lead", "takeaways"
_FLOOR = 1.0
"""Bits times weight below which a fragment is not added for its own sake."""
_ALIKE = 0.75
"""The shorter of the two sides has at least this share of the longer one's words."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A fragment that is to speak, and the wordings it may use, the first by turn."""

    candidate: Candidate
    variants: tuple[Variant, ...]
    words: int

    @property
    def fragment(self) -> Fragment:
        return self.candidate.fragment


@dataclass(slots=True)
class Plan:
    """What one session's edition is to say."""

    row: int
    angle: Candidate
    angle_variants: dict[str, tuple[Variant, ...]]
    parts: dict[str, list[Chosen]] = field(default_factory=dict)
    said: set[Said] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    outcomes: dict[str, str] = field(default_factory=dict)
    words: int = 0


def plan(newsroom: Newsroom, row: int) -> Plan:
    """The plan for the session on that row."""
    made = _with_angle(newsroom, row)
    outline = newsroom.outline
    sides = [part for part in outline.parts if part.key in outline.balance]
    sections = [part for part in outline.parts if part.key not in (*outline.balance, TAKEAWAYS)]
    for part in sections:
        _take(newsroom, made, part, part.minimum)
    _take_sides(newsroom, made, sides)
    _fill(newsroom, made, sections)
    return made


def _with_angle(newsroom: Newsroom, row: int) -> Plan:
    for candidate in newsroom.candidates(row, newsroom.outline.angle):
        variants = _angle_variants(newsroom, candidate, row)
        if variants is not None:
            made = Plan(row, candidate, variants)
            for part in _SAID_BY_ANGLE:
                made.said |= newsroom.said(variants[part][0], row)
                made.words += _length(newsroom, candidate, variants[part][0], row)
            made.topics.add(candidate.fragment.topic)
            made.outcomes[candidate.fragment.key] = "spoke"
            return made
    raise CommentaryError(
        f"content/{newsroom.edition}/{newsroom.outline.angle}/: no angle can be told on this session. "
        "Add a fragment without a `when` that names only figures which are always there."
    )


def _angle_variants(newsroom: Newsroom, candidate: Candidate, row: int) -> dict[str, tuple[Variant, ...]] | None:
    """The angle's wordings by part, so that no part of the article repeats another's figures; None if none do."""
    found = {part: newsroom.wordings(candidate, part, row) for part in ANGLE_PARTS}
    for choice in product(*(found[part] for part in _SAID_BY_ANGLE)):
        said = [item for variant in choice for item in newsroom.said(variant, row)]
        if len(said) == len(set(said)):
            first = {part: (variant, *found[part]) for part, variant in zip(_SAID_BY_ANGLE, choice, strict=True)}
            return found | first if all(found.values()) else None
    return None


def usable(newsroom: Newsroom, candidate: Candidate, part: str, row: int, said: Iterable[Said]) -> tuple[Variant, ...]:
    """The part's wordings that can be filled and repeat nothing already said."""
    spoken = frozenset(said)
    return tuple(
        variant for variant in newsroom.wordings(candidate, part, row) if not newsroom.said(variant, row) & spoken
    )


def _length(newsroom: Newsroom, candidate: Candidate, variant: Variant, row: int) -> int:
    sentence = newsroom.realiser(row).sentence(candidate.fragment, variant, candidate.past, Voice(row, Register.BRIEF))
    return sentence.words if sentence else 0


def _open(newsroom: Newsroom, made: Plan, part: OutlinePart) -> list[Chosen]:
    """The fragments that part could still take, most newsworthy first."""
    taken = {chosen.fragment.key for chosen in made.parts.get(part.key, ())}
    found = []
    for candidate in newsroom.candidates(made.row, part.slot):
        fragment = candidate.fragment
        if fragment.key in taken or (part.tone and fragment.tone is not part.tone):
            continue
        if fragment.topic and fragment.topic in made.topics:
            made.outcomes.setdefault(fragment.key, f"its topic, {fragment.topic}, was already told")
            continue
        variants = usable(newsroom, candidate, "body", made.row, made.said)
        if not variants:
            made.outcomes.setdefault(fragment.key, "its figures were already said, or one is absent")
            continue
        found.append(Chosen(candidate, variants, _length(newsroom, candidate, variants[0], made.row)))
    return found


def _add(newsroom: Newsroom, made: Plan, part: OutlinePart, chosen: Chosen) -> None:
    made.parts.setdefault(part.key, []).append(chosen)
    made.said |= newsroom.said(chosen.variants[0], made.row)
    made.words += chosen.words
    made.outcomes[chosen.fragment.key] = "spoke"
    if chosen.fragment.topic:
        made.topics.add(chosen.fragment.topic)


def _take(newsroom: Newsroom, made: Plan, part: OutlinePart, number: int) -> None:
    for _ in range(number):
        choices = _open(newsroom, made, part)
        if not choices:
            return
        _add(newsroom, made, part, choices[0])


def _take_sides(newsroom: Newsroom, made: Plan, sides: Sequence[OutlinePart]) -> None:
    """One or two fragments for each side, so that the two sides come out of like length."""
    first, second = sides
    groups = [_groups(newsroom, made, part) for part in (first, second)]
    pairs = [(one, other) for one, other in product(*groups) if not _clash(newsroom, made, one, other)]
    if not pairs:
        for part in sides:
            _take(newsroom, made, part, 1)
        return
    best = max(
        pairs,
        key=lambda pair: (
            _likeness(*pair) >= _ALIKE,
            _worth(*pair) if _likeness(*pair) >= _ALIKE else _likeness(*pair),
        ),
    )
    for part, group in zip(sides, best, strict=True):
        for chosen in group:
            _add(newsroom, made, part, chosen)


def _groups(newsroom: Newsroom, made: Plan, part: OutlinePart) -> list[tuple[Chosen, ...]]:
    """Ways to fill one side: one of its best fragments, or two that do not repeat each other."""
    choices = _open(newsroom, made, part)[:6]
    pairs = [
        (one, other)
        for n, one in enumerate(choices)
        for other in choices[n + 1 :]
        if part.maximum > 1 and not _clash(newsroom, made, (one,), (other,))
    ]
    return [*((one,) for one in choices), *pairs]


def _clash(newsroom: Newsroom, made: Plan, one: Sequence[Chosen], other: Sequence[Chosen]) -> bool:
    """Whether two sets of fragments share a topic or a figure."""
    topics = [{chosen.fragment.topic for chosen in group if chosen.fragment.topic} for group in (one, other)]
    said = [
        {item for chosen in group for item in newsroom.said(chosen.variants[0], made.row)} for group in (one, other)
    ]
    return bool(topics[0] & topics[1] or said[0] & said[1])


def _likeness(one: Sequence[Chosen], other: Sequence[Chosen]) -> float:
    lengths = sorted(sum(chosen.words for chosen in group) for group in (one, other))
    return lengths[0] / max(lengths[1], 1)


def _worth(one: Sequence[Chosen], other: Sequence[Chosen]) -> float:
    return sum(chosen.candidate.score for group in (one, other) for chosen in group)


def _fill(newsroom: Newsroom, made: Plan, sections: Sequence[OutlinePart]) -> None:
    """Give the room that is left to the most newsworthy fragments of any section."""
    least, most = newsroom.outline.words
    refused: set[str] = set()
    while True:
        choices = [
            (chosen.candidate.score, -number, part, chosen)
            for number, part in enumerate(sections)
            if len(made.parts.get(part.key, ())) < part.maximum
            for chosen in _open(newsroom, made, part)
            if chosen.fragment.key not in refused
        ]
        if not choices:
            return
        score, _, part, chosen = max(choices, key=lambda choice: choice[:2])
        if made.words >= least and (score < _FLOOR or made.words + chosen.words > most):
            refused.add(chosen.fragment.key)
            made.outcomes.setdefault(chosen.fragment.key, "there was no room left, or too little news in it")
            continue
        _add(newsroom, made, part, chosen)
