"""What each part could still take, and taking it: a figure is said once, and a topic told once."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import CHOSEN, OutlinePart, Variant
from generator.narrative.newsroom import Candidate, Said
from generator.narrative.planning.planned import Chosen, Opening, Plan, count

THIN = "too little of it was left to say"
"""What became of a passage that could not fill a paragraph."""
LEAST = 13
"""Words from which a passage makes a paragraph of a section."""


def usable(made: Plan, candidate: Candidate, part: str, said: Said) -> tuple[Variant, ...]:
    """The part's wordings that can be filled and repeat nothing already said."""
    offers = made.tonight.offers(candidate, part)
    return tuple([one for one, states in offers if not states & said and made.speaks(candidate, one, said)])


def opened(made: Plan, part: OutlinePart) -> list[Chosen]:
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
        if told := next((topic for topic in (fragment.topic, *fragment.covers) if topic in made.topics), ""):
            made.outcomes.setdefault(fragment.key, f"its topic, {told}, was already told")
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
                all_states |= made.tonight.statements.barred(line)
    return Opening(Chosen(candidate, tuple(variants)), all_states)


def add(made: Plan, part: OutlinePart, chosen: Chosen) -> None:
    """Let a fragment speak in the part."""
    made.parts.setdefault(part.key, []).append(chosen)
    count(made, chosen.candidate, "body", chosen.variants[0])
    made.outcomes[chosen.fragment.key] = "spoke"
    made.topics |= chosen.fragment.topics


def take_wanted(made: Plan, part: OutlinePart, wanted: Sequence[str]) -> None:
    """The fragments that an editor wants in the part, as far as they can speak there."""
    for key in wanted[: part.maximum]:
        for choice in [one for one in opened(made, part) if one.fragment.key == key]:
            add(made, part, choice)


def take(made: Plan, part: OutlinePart, number: int) -> None:
    """As many of the most newsworthy fragments that the part can still take, as far as there are any."""
    for _ in range(number):
        choices = opened(made, part)
        if not choices:
            return
        add(made, part, choices[0])


def thin(made: Plan, chosen: Chosen) -> bool:
    """Whether what is left of a passage, once all that is said already is left out, makes no paragraph."""
    if made.length(chosen) >= LEAST:
        return False
    made.outcomes.setdefault(chosen.fragment.key, THIN)
    return True
