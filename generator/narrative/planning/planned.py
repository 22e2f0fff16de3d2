"""What one issue is to say: its story, and which passages speak in which part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.model import Bearing, Fragment, OutlinePart, Variant
from generator.narrative.newsroom import Candidate, Place, Said, Tonight

ANGLE_PARTS = ("headline", "standfirst", "lead", "bottom line", "post")
"""The parts of the page that the angle of the day supplies."""
NUT_GRAF = "nut graf"
"""The paragraph below the lead that says what the story is about, where a story has one."""
SAID_BY_ANGLE = ("standfirst", "lead", NUT_GRAF, "bottom line")
LEAD, TAKEAWAYS, BOTTOM_LINE = "lead", "takeaways", "bottom line"


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

    def lines(
        self, candidate: Candidate, variant: Variant, said: Said, found: Sequence[frozenset[str]] = ()
    ) -> tuple[Variant, ...]:
        """The wording's lines that are said today, besides all that is `said` already, below what was `found`."""
        return self.tonight.lines(candidate, variant, said, self._place(candidate, found))

    def speaks(self, candidate: Candidate, variant: Variant, said: Said) -> bool:
        """Whether any line of the wording is said today, besides all that is `said` already."""
        return self.tonight.speaks(candidate, variant, said, self._place(candidate))

    def _place(self, candidate: Candidate, found: Sequence[frozenset[str]] = ()) -> Place:
        return Place(Bearing.of(candidate.fragment.tone, self.angle.fragment.tone), found)

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


def count(made: Plan, candidate: Candidate, part: str, variant: Variant) -> None:
    """Take a wording's lines of today as said."""
    tonight, states = made.tonight, 0
    for line in made.lines(candidate, variant, made.said):
        states |= tonight.statements.said(line)
        made.words += tonight.length(line) if line is variant or line.optional else 0
    for other, place in made.counted:  # what passages may leave out is left to the wording that cannot do without it
        if place == "body":
            made.counted[other, place] &= ~tonight.statements.said(variant)
    made.counted[candidate.fragment.key, part] = states
    made.said |= states


def said_by(story: Fragment) -> tuple[str, ...]:
    """The parts of the article that a story speaks: one that was given no nut graf has none."""
    return tuple(part for part in SAID_BY_ANGLE if part != NUT_GRAF or part in [*story.parts])
