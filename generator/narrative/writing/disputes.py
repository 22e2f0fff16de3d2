"""Tells which side of a dispute a wording takes, so that no issue takes both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.model import Dispute, Variant
from generator.narrative.language.stretches import MARK, any_of


class Stand(NamedTuple):
    """One side of the dispute with that number."""

    dispute: int
    first: bool

    @property
    def other(self) -> Stand:
        """The opposite side."""
        return Stand(self.dispute, not self.first)


def stands(disputes: Sequence[Dispute], variant: Variant) -> tuple[Stand, ...]:
    """The sides that a wording's own words take."""
    text = MARK.join(variant.plain)
    return tuple(
        Stand(number, first)
        for number, dispute in enumerate(disputes)
        for first, words in ((True, dispute.one), (False, dispute.other))
        if any_of(words).search(text)
    )
