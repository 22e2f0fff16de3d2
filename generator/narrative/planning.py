"""A session in; a plan out: the angle of the day, and which fragments speak in which part.

The most newsworthy true situation sets the angle. Each part then takes its least number of fragments, the
parts that speak for and against take a pair of like length, and what room is left goes to whatever is most
newsworthy. A figure is said once: a fragment that would repeat one gives way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations, product

import numpy as np

from generator.errors import CommentaryError, CoreSymbolError
from generator.model import CHOSEN, Bearing, Fragment, OutlinePart, Trial, Variant
from generator.narrative.newsroom import Candidate, Said, Tonight

ANGLE_PARTS = ("headline", "standfirst", "lead", "bottom line", "post")
"""The parts of the page that the angle of the day supplies."""
NUT_GRAF = "nut graf"
"""The paragraph below the lead that says what the story is about, where a story has one."""
SAID_BY_ANGLE = ("standfirst", "lead", NUT_GRAF, "bottom line")
LEAD, TAKEAWAYS, BOTTOM_LINE = "lead", "takeaways", "bottom line"
_FLOOR = 1.0
"""Bits times weight below which a fragment is not added for its own sake."""
THIN = "too little of it was left to say"
"""What became of a passage that could not fill a paragraph."""
_RARE = 7.0
"""Bits times weight from which a fragment is chosen before the sides are."""
LEAST = 13
"""Words from which a passage makes a paragraph of a section."""
_ALIKE = 0.75
"""The shorter of the two sides has at least this share of the longer one's words."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A fragment that is to speak, and the wordings it may use, the first by turn."""

    candidate: Candidate
    variants: tuple[Variant, ...]

    @property
    def fragment(self) -> Fragment:
        return self.candidate.fragment


@dataclass(frozen=True, slots=True)
class Opening:
    """A fragment that could still speak in a part, and all that its wordings state between them."""

    chosen: Chosen
    states: Said


@dataclass(slots=True)
class Plan:
    """What one session's edition is to say."""

    tonight: Tonight
    angle: Candidate
    angle_variants: dict[str, tuple[Variant, ...]]
    parts: dict[str, list[Chosen]] = field(default_factory=dict)
    said: Said = 0
    counted: dict[tuple[str, str], Said] = field(default_factory=dict)
    """What each chosen wording was counted as saying, by fragment and part of the page."""
    topics: set[str] = field(default_factory=set)
    outcomes: dict[str, str] = field(default_factory=dict)
    words: int = 0
    looked_at: dict[str, tuple[int, list[Opening]]] = field(default_factory=dict)
    """Each part's openings when it was last looked at, and how many fragments had been chosen by then."""

    def lines(self, candidate: Candidate, variant: Variant, said: Said) -> tuple[Variant, ...]:
        """The wording's lines that are said today, besides all that is `said` already."""
        bearing = Bearing.of(candidate.fragment.tone, self.angle.fragment.tone)
        return self.tonight.lines(candidate, variant, said, bearing)

    def speaks(self, candidate: Candidate, variant: Variant, said: Said) -> bool:
        """Whether any line of the wording is said today, besides all that is `said` already."""
        bearing = Bearing.of(candidate.fragment.tone, self.angle.fragment.tone)
        return self.tonight.speaks(candidate, variant, said, bearing)

    def length(self, chosen: Chosen) -> int:
        """About how many words a passage would make now, in the wording whose turn it is."""
        lines = self.lines(chosen.candidate, chosen.variants[0], self.said)
        return sum(self.tonight.length(line) for line in lines if line is lines[0] or line.optional)

    def sections(self, standfirst: str) -> tuple[OutlinePart, ...]:
        """The article's parts in today's order: those that the story puts first, that which the fragment of the
        standfirst stands in if the kind lets it come first, then the others."""
        outline, order = self.tonight.newsroom.outline, [*self.angle.fragment.order]
        order += [
            key for key in outline.first if any(one.fragment.key == standfirst for one in self.parts.get(key, ()))
        ]
        parts = outline.parts
        return tuple(sorted(parts, key=lambda part: order.index(part.key) if part.key in order else len(order)))


def plan(tonight: Tonight) -> Plan:
    """The plan for one session."""
    made = _with_angle(tonight)
    _take_trial(made)
    outline = tonight.newsroom.outline
    sides = [part for part in outline.parts if part.key in outline.balance]
    sections = [part for part in outline.parts if part.key not in (*outline.balance, TAKEAWAYS)]
    for part in sections:
        _take_wanted(made, part, tonight.wanted(part.key))
    for part in sections:
        _take(made, part, part.minimum - len(made.parts.get(part.key, ())))
    _fill(made, sections, _RARE)  # before the sides, which find other figures more easily
    _take_sides(made, sides)
    for part in sections:
        if part.key == BOTTOM_LINE:  # before the rest, that its figures are still to be told
            _take(made, part, part.maximum - len(made.parts.get(part.key, ())))
    _fill(made, sections)
    for part in sections:
        made.parts.get(part.key, []).sort(key=partial(_place, part))
    return made


def _take_trial(made: Plan) -> None:
    """Give the issue's test its place before all others: a later issue answers it, so it has to be told."""
    case = made.tonight.trial
    for part in made.tonight.newsroom.outline.parts:
        if case and part.key == BOTTOM_LINE and part.slot == case.slot:
            found = next((one for one in _open(made, part) if one.fragment is case), None)
            if found:
                _add(made, part, found)


def trial_told(made: Plan) -> Trial | None:
    """The test that the article sets, if its words are told."""
    case = made.tonight.trial
    return case.trial if case and made.outcomes.get(case.key) == "spoke" else None


def _place(part: OutlinePart, chosen: Chosen) -> int:
    return part.place(chosen.fragment.topic)


def _with_angle(tonight: Tonight) -> Plan:
    story = tonight.choices.story if tonight.choices else ""
    candidates = tonight.candidates(tonight.newsroom.outline.angle)
    for candidate in sorted(candidates, key=lambda one: one.fragment.key != story) if story else candidates:
        if made := told_as(tonight, candidate):
            if candidate.fragment.key == story:
                over = candidates[: candidates.index(candidate)]
                made.outcomes |= {one.fragment.key: CHOSEN for one in over}
            return made
    newsroom = tonight.newsroom
    if missing := _without_close(tonight):
        raise CoreSymbolError(f"{tonight.realiser.session}: no edition without a close of {' and '.join(missing)}.")
    raise CommentaryError(
        f"content/{newsroom.edition}/{newsroom.outline.angle}/: no angle can be told on this session. "
        "Add a fragment without a `when` that names only figures which are always there."
    )


def told_as(tonight: Tonight, candidate: Candidate) -> Plan | None:
    """A plan that has this story for its angle, and nothing beside it yet; None where the story cannot be told."""
    variants = _angle_variants(tonight, candidate)
    if variants is None:
        return None
    made = Plan(tonight, candidate, variants)
    for part in said_by(candidate.fragment):
        count(made, candidate, part, variants[part][0])
    made.topics |= candidate.fragment.topics
    made.outcomes[candidate.fragment.key] = "spoke"
    return made


def count(made: Plan, candidate: Candidate, part: str, variant: Variant) -> None:
    """Take a wording's lines of today as said."""
    tonight, states = made.tonight, 0
    for line in made.lines(candidate, variant, made.said):
        states |= tonight.said(line)
        made.words += tonight.length(line) if line is variant or line.optional else 0
    for other, place in made.counted:  # what passages may leave out is left to the wording that cannot do without it
        if place == "body":
            made.counted[other, place] &= ~tonight.said(variant)
    made.counted[candidate.fragment.key, part] = states
    made.said |= states


def _without_close(tonight: Tonight) -> list[str]:
    """The core segments that have no close on the session."""
    universe, figures = tonight.newsroom.publication.universe, tonight.newsroom.figures
    levels = {universe.segments[key].price or key: figures.printed(f"{key}_level") for key in universe.core}
    return [symbol for symbol, level in levels.items() if np.isnan(level[tonight.row])]


def untold(tonight: Tonight) -> tuple[Candidate, str] | None:
    """The most newsworthy story, if it cannot be told, and the part of the page that it has no words for.

    The part is empty where each has some, but none that do not repeat each other's figures.
    """
    best, *others = tonight.candidates(tonight.newsroom.outline.angle)
    if _angle_variants(tonight, best) is not None or not any(_angle_variants(tonight, one) for one in others):
        return None  # where none can be told, the session has no article
    return best, next((part for part, found in _speaking(tonight, best).items() if not found), "")


def said_by(story: Fragment) -> tuple[str, ...]:
    """The parts of the article that a story speaks: one that was given no nut graf has none."""
    return tuple(part for part in SAID_BY_ANGLE if part != NUT_GRAF or part in [*story.parts])


def _speaking(tonight: Tonight, candidate: Candidate) -> dict[str, tuple[Variant, ...]]:
    """A story's wordings, by part, that say anything on this session."""
    bearing = Bearing.of(candidate.fragment.tone, candidate.fragment.tone)
    return {
        part: tuple([one for one in tonight.wordings(candidate, part) if tonight.speaks(candidate, one, 0, bearing)])
        for part in dict.fromkeys((*ANGLE_PARTS, *said_by(candidate.fragment)))
    }


def _angle_variants(tonight: Tonight, candidate: Candidate) -> dict[str, tuple[Variant, ...]] | None:
    """The angle's wordings by part, so that no part of the article repeats another's figures; None if none do."""
    found, parts = _speaking(tonight, candidate), said_by(candidate.fragment)
    for choice in product(*(found[part] for part in parts)):
        if not any(tonight.barred(one) & tonight.said(other) for one, other in combinations(choice, 2)):
            first = {part: (variant, *found[part]) for part, variant in zip(parts, choice, strict=True)}
            return found | first if all(found.values()) else None
    return None


def usable(made: Plan, candidate: Candidate, part: str, said: Said) -> tuple[Variant, ...]:
    """The part's wordings that can be filled and repeat nothing already said."""
    offers = made.tonight.offers(candidate, part)
    return tuple([one for one, states in offers if not states & said and made.speaks(candidate, one, said)])


def _open(made: Plan, part: OutlinePart) -> list[Chosen]:
    """The fragments that part could still take, most newsworthy first.

    What is said and told only grows: a fragment that has had to give way does not come back, and is not asked again.
    """
    chosen, candidates = made.looked_at.get(part.key) or (-1, _candidates(made, part))
    now = sum(map(len, made.parts.values()))
    if chosen == now:
        return [opening.chosen for opening in candidates]
    taken = {already.fragment.key for already in made.parts.get(part.key, ())}
    found = []
    for opening in candidates:
        fragment = opening.chosen.fragment
        if fragment.key in taken:
            continue
        if fragment.topic and fragment.topic in made.topics:
            made.outcomes.setdefault(fragment.key, f"its topic, {fragment.topic}, was already told")
            continue
        if opening.states & made.said:
            opening = _opening(made, opening.chosen.candidate)
        if not opening.chosen.variants:
            made.outcomes.setdefault(fragment.key, "its figures were already said, or one is absent")
            continue
        found.append(opening)
    made.looked_at[part.key] = (now, found)
    return [opening.chosen for opening in found]


def _candidates(made: Plan, part: OutlinePart) -> list[Opening]:
    """Every fragment of the part whose rule holds, with its wordings; none in whose place an editor chose another."""
    over = made.tonight.choices.passed_over.get(part.key, frozenset()) if made.tonight.choices else frozenset[str]()
    made.outcomes |= dict.fromkeys(over, CHOSEN)
    return [
        _opening(made, candidate)
        for candidate in made.tonight.candidates(part.slot)
        if (not part.tone or candidate.fragment.tone is part.tone) and candidate.fragment.key not in over
        if candidate.fragment.own_part in ("", part.key)
    ]


def _opening(made: Plan, candidate: Candidate) -> Opening:
    """The candidate with those of its wordings that repeat nothing already said."""
    variants, all_states = [], 0
    for variant, states in made.tonight.offers(candidate, "body"):
        if not states & made.said and made.speaks(candidate, variant, made.said):
            variants.append(variant)
            all_states |= states
            for line in () if variant.always_speaks else variant.then:  # once they are said elsewhere it has no words
                all_states |= made.tonight.barred(line)
    return Opening(Chosen(candidate, tuple(variants)), all_states)


def _add(made: Plan, part: OutlinePart, chosen: Chosen) -> None:
    made.parts.setdefault(part.key, []).append(chosen)
    count(made, chosen.candidate, "body", chosen.variants[0])
    made.outcomes[chosen.fragment.key] = "spoke"
    if chosen.fragment.topic:
        made.topics.add(chosen.fragment.topic)


def _take_wanted(made: Plan, part: OutlinePart, wanted: Sequence[str]) -> None:
    """The fragments that an editor wants in the part, as far as they can speak there."""
    for key in wanted[: part.maximum]:
        for choice in [one for one in _open(made, part) if one.fragment.key == key]:
            _add(made, part, choice)


def _take(made: Plan, part: OutlinePart, number: int) -> None:
    for _ in range(number):
        choices = _open(made, part)
        if not choices:
            return
        _add(made, part, choices[0])


@dataclass(frozen=True, slots=True)
class _Side:
    """A way to fill one of the two sides: what it states and the topics it takes, its length, its worth."""

    chosen: tuple[Chosen, ...]
    states: Said
    barred: Said
    words: int
    worth: float

    def __add__(self, other: _Side) -> _Side:
        states, barred = self.states | other.states, self.barred | other.barred
        return _Side(self.chosen + other.chosen, states, barred, self.words + other.words, self.worth + other.worth)


def _take_sides(made: Plan, sides: Sequence[OutlinePart]) -> None:
    """One or two fragments for each side, so that the two sides come out of like length."""
    first, second = (_ways(made, part) for part in sides)
    best = _best_pair(first, second)
    if best is None:
        for part in sides:
            _take(made, part, 1)
        return
    for part, side in zip(sides, best, strict=True):
        for chosen in side.chosen:
            _add(made, part, chosen)


def _best_pair(first: Iterable[_Side], second: Sequence[_Side]) -> tuple[_Side, _Side] | None:
    """Two sides that repeat nothing of each other: of like length if any are, and of those the most newsworthy."""
    best, merit = None, (False, -1.0)
    for one in first:
        for other in second:
            shorter, longer = (one.words, other.words) if one.words < other.words else (other.words, one.words)
            likeness = shorter / (longer or 1)
            alike = likeness >= _ALIKE
            worth = (alike, one.worth + other.worth if alike else likeness)
            if worth > merit and not one.barred & other.states:
                best, merit = (one, other), worth
    return best


def _ways(made: Plan, part: OutlinePart) -> list[_Side]:
    """Ways to fill one side: one of its best fragments, or two that do not repeat each other."""
    wanted = set(made.tonight.wanted(part.key))
    openings = sorted(_open(made, part), key=lambda one: one.fragment.key not in wanted)
    single = [_side(made, chosen) for chosen in openings if not _thin(made, chosen)][:6]
    double = [one + other for one, other in combinations(single, 2) if not one.barred & other.states]
    ways = single + double if part.maximum > 1 else single
    return [one for one in ways if wanted <= {chosen.fragment.key for chosen in one.chosen}] or ways


def _side(made: Plan, chosen: Chosen) -> _Side:
    topic = chosen.fragment.topic
    told = made.tonight.bit(("topic", topic)) if topic else 0
    first = chosen.variants[0]
    states, barred = made.tonight.said(first) | told, made.tonight.barred(first) | told
    return _Side((chosen,), states, barred, made.length(chosen), chosen.candidate.score)


def _thin(made: Plan, chosen: Chosen) -> bool:
    """Whether what is left of a passage, once all that is said already is left out, makes no paragraph."""
    if made.length(chosen) >= LEAST:
        return False
    made.outcomes.setdefault(chosen.fragment.key, THIN)
    return True


def _fill(made: Plan, sections: Sequence[OutlinePart], rare: float = 0.0) -> None:
    """Give the room that is left to sections that are still empty, then to the most newsworthy fragments of any.

    With `rare`, only fragments that weigh as much are chosen.
    """
    least, most = made.tonight.newsroom.outline.words
    refused: set[str] = set()
    while True:
        choices = []
        for number, part in enumerate(sections):
            open_to = _open(made, part) if len(made.parts.get(part.key, ())) < part.maximum else []
            silent = not made.parts.get(part.key)  # what is always so speaks where nothing else does
            told = (one for one in open_to if one.fragment.key not in refused and (silent or one.fragment.when))
            best = next(told, None)
            if best and best.candidate.score >= rare:
                choices.append((not made.parts.get(part.key), best.candidate.score, -number, part, best))
        if not choices:
            return
        empty, score, _, part, chosen = max(choices, key=lambda choice: choice[:3])
        dull = score < _FLOOR and not empty
        if _thin(made, chosen):
            refused.add(chosen.fragment.key)
            continue
        if made.words >= least and (dull or made.words + made.length(chosen) > most):
            refused.add(chosen.fragment.key)
            made.outcomes.setdefault(chosen.fragment.key, "there was no room left, or too little news in it")
            continue
        _add(made, part, chosen)
