"""What wordings state on one session, as bits: a figure is said once, and of a dispute one side alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from generator.model import Variant
from generator.narrative.writing.disputes import Stand
from generator.narrative.writing.script import Scripts, Stated

Said = int
"""What has been stated on one session, one bit for each figure; equal amounts of one segment share theirs."""


@dataclass(frozen=True)
class Statements:
    """What wordings state on the session of one row."""

    scripts: Scripts
    row: int
    disputes: int
    """How many disputes the publication knows."""
    _said: dict[str, Said] = field(default_factory=dict)
    _figures: dict[str, Said] = field(default_factory=dict)
    _bits: dict[Hashable, Said] = field(default_factory=dict)

    def said(self, variant: Variant) -> Said:
        """What the lines of a wording that always stand state, and the sides that they take."""
        found = self._said.get(variant.source)
        if found is None:
            script = self.scripts.of(variant)
            found = self._said[variant.source] = self._stated(script.states) | self._bits_of(script.stands)
        return found

    def barred(self, variant: Variant) -> Said:
        """What keeps a wording off the page once it is said: its own figures, and the other sides of its stands."""
        script = self.scripts.of(variant)
        if not script.stands:
            return self.said(variant)
        return self._stated(script.states) | self._bits_of(stand.other for stand in script.stands)

    def sides(self, said: Said) -> Said:
        """The sides alone of what has been said: all that binds a part of the page which may repeat figures."""
        return said & self._sides

    @cached_property
    def _sides(self) -> Said:
        return self._bits_of(Stand(number, first) for number in range(self.disputes) for first in (True, False))

    def _bits_of(self, stands: Iterable[Stand]) -> Said:
        taken = 0
        for stand in stands:
            taken |= self.bit(stand)
        return taken

    def stated(self, names: Iterable[str]) -> Said:
        """What printing the figures called `names` states."""
        known = (self.scripts.stated(name) for name in names)
        return self._stated(stated for stated in known if stated)

    def bit(self, what: Hashable) -> Said:
        """The bit that stands for `what` on this session."""
        found = self._bits.get(what)
        if found is None:
            found = self._bits[what] = 1 << len(self._bits)
        return found

    def _stated(self, states: Iterable[Stated]) -> Said:
        said = 0
        for stated in states:
            found = self._figures.get(stated.name)
            said |= self._figure(stated) if found is None else found
        return said

    def _figure(self, stated: Stated) -> Said:
        printed: float = stated.printed.item(self.row)
        if printed != printed:  # NaN: absent
            found = 0
        elif stated.quantity and printed:
            found = self.bit((stated.owner, stated.unit, abs(printed)))
        else:
            found = self.bit(stated.name)
        self._figures[stated.name] = found
        return found
