"""Whether there is something to say on every possible session: each part that must not be empty needs such a fragment.

A fragment always has something to say if it has no rule, and at least one of its wordings names only figures that exist
from the first session on and need no prices but the core's. No data is needed to check this: the figures are looked up
on a market of one session.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

import numpy as np

from generator.errors import ContentError, Fault
from generator.model import Figures, Fragment, Outline, Publication, Variant
from generator.narrative.language.lexicalisation import Verbs
from generator.narrative.planning import ANGLE_PARTS, TAKEAWAYS, said_by
from generator.narrative.situations.earlier import EarlierTest
from generator.narrative.situations.figures import AllFigures
from generator.narrative.situations.newsworthiness import Axis
from generator.narrative.situations.trials import Trials
from generator.narrative.writing.script import Scripts

_HINT = "Add a fragment without a `when` that names only closing levels, days and names."


def silent_faults(publication: Publication, edition: str, first: Figures) -> Iterator[Fault]:
    """The parts of an edition that could be left empty; `first` are the figures of a market's first session."""
    always = Always(publication, first)
    outline = publication.outlines[edition]
    fragments = publication.fragments[edition]
    where = f"content/kinds/{edition}.yaml:1"
    angles = [item for item in fragments if item.slot == outline.angle and _always_holds(item)]
    if not any(always.sets_the_angle(item) for item in angles):
        yield Fault(where, f"on some sessions no angle can be told from the folder '{outline.angle}'. {_HINT}")
    for part in outline.parts:
        if part.minimum == 0 or part.key in _without_minimum(outline):
            continue
        free = [item for item in fragments if item.slot == part.slot and _always_holds(item)]
        if not any(part.tone in (None, item.tone) and always.speaks(item, fragments) for item in free):
            message = (
                f"part '{part.key}' may be left empty on some sessions, and asks for {part.minimum} at least. {_HINT}"
            )
            yield Fault(where, message)


def _always_holds(fragment: Fragment) -> bool:
    return not fragment.when


def _without_minimum(outline: Outline) -> tuple[str, ...]:
    """Parts filled by other rules: the two sides as a pair of similar length, the takeaways with whatever there is."""
    return (*outline.balance, TAKEAWAYS)


class Always:
    """Tells whether fragments can be used on every session."""

    def __init__(self, publication: Publication, first: Figures) -> None:
        none = Trials((), Axis(np.ones(len(first.sessions), dtype=np.bool_)), first)
        figures = AllFigures.of(publication, first).beside(EarlierTest(none, publication.trials))
        verbs = Verbs(publication.lexicon, publication.universe)
        self._scripts = Scripts(figures, verbs, publication.universe.segments, publication.lexicon)

    def sets_the_angle(self, fragment: Fragment) -> bool:
        """Whether every part of the angle has a wording, and the prose parts need not repeat each other's figures."""
        found = {part: self._wordings(fragment, part) for part in {*ANGLE_PARTS, *said_by(fragment)}}
        if not all(found.values()):
            return False
        chosen = product(*(found[part] for part in said_by(fragment)))
        return any(self._apart(variants) for variants in chosen)

    def speaks(self, fragment: Fragment, others: Iterable[Fragment]) -> bool:
        """Whether a wording states nothing that may have been said before, and no other part has the same topic."""
        topics = {other.topic for other in others if other.slot != fragment.slot}
        if fragment.topic and fragment.topic in topics:
            return False
        return any(not self._scripts.of(variant).states for variant in self._wordings(fragment, "body"))

    def _wordings(self, fragment: Fragment, part: str) -> list[Variant]:
        """The part's wordings whose figures exist on the first session."""
        try:
            variants = fragment.parts.get(part, ())
            return [variant for variant in variants if self._there(variant)]
        except ContentError:
            return []  # reported elsewhere

    def _there(self, variant: Variant) -> bool:
        script = self._scripts.of(variant)
        return variant.always_speaks and bool(script.there[0]) and not script.recalls and not script.base_rates

    def _apart(self, variants: Iterable[Variant]) -> bool:
        """Whether no two wordings state the same figure, or amounts of one segment in one unit, which may be equal."""
        heads = [
            {(one.owner, one.unit) if one.quantity else one.name for one in self._scripts.of(variant).states}
            for variant in variants
        ]
        return not any(one & other for one, other in combinations(heads, 2))
