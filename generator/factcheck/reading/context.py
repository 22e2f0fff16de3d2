"""What the sentences before hand on to a sentence: the span they were about, and what they spoke of."""

from __future__ import annotations

from dataclasses import dataclass

from generator.factcheck.reading.axis import Span
from generator.factcheck.reading.names import Name


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence may mean without saying it."""

    carried: Span | None = None
    """The span of the sentence before, which may go on."""
    told: tuple[Span, ...] = ()
    """Every span told of before in the article."""
    before: tuple[Name, ...] = ()
    """What the sentence before was about, which `it` and `that performance` may mean."""
    same: Span | None = None
    """The one span that the sentence before told of, if all of that was understood: `over the same period`."""
    index: Name | None = None
    """The index that was spoken of last, which `the index` means."""
    indices: tuple[Name, ...] = ()
    """Every index that the article has spoken of."""
    section: Span | None = None
    """The span of the section it stands in, such as `For the week:`, which is its own where it names none."""
    doubt: bool = False
    """Whether the sentence before was about a span that was not understood, which may go on."""
    early: bool = False
    """Whether the paragraph says that its numbers were not final."""
    small: bool = False
    """Whether the paragraph speaks of small-cap sectors, so that a sector's name means one of those."""


NOTHING = Context()
