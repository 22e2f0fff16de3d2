"""Tables and charts before they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from generator.model.sentences import Piece


@dataclass(frozen=True, slots=True)
class Table:
    """The day's moves: one row per segment, one cell per horizon; None where a figure is absent."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Piece | None, ...]], ...]


Cell = tuple[Piece, ...]
"""Words and figures that stand together in a table; empty where one of its figures is absent."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A small table inside the article: rows under headings, each row after its label."""

    key: str
    caption: Cell
    corner: str
    """The heading of the first column."""
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, tuple[Cell, ...]], ...]

    @property
    def cells(self) -> Iterator[Cell]:
        """All that it prints, in order."""
        yield from (self.caption, *self.columns)
        for label, cells in self.rows:
            yield from (label, *cells)

    @property
    def pieces(self) -> Cell:
        """The same, piece by piece."""
        return tuple(chain.from_iterable(self.cells))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: a segment rebased to 100 at the chart's first session, or a figure, whose name it has."""

    label: str
    symbol: str
    values: tuple[float, ...]
    """From the first place on; a line that goes on in the future ends before the last."""


@dataclass(frozen=True, slots=True)
class LineChart:
    title: str
    description: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    steps: tuple[int, ...] = ()
    """Instead of days: sessions before and after an event."""
    base: float = 100.0
    """The value whose level is drawn strongest, if it is on the axis: where columns begin."""
    logarithmic: bool = False
    columns: bool = False
    """Whether columns are drawn, side by side at each day, and no lines."""
    shaded: tuple[tuple[int, int], ...] = ()
    """The first and last place of each stretch that is shaded."""
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    """Between what values a band is drawn behind the lines, place by place."""

    @property
    def places(self) -> int:
        """How many places there are from left to right."""
        return len(self.steps or self.days)


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    percent: float
    """Rounded, in percent."""
    printed: str


@dataclass(frozen=True, slots=True)
class BarChart:
    title: str
    description: str
    bars: tuple[Bar, ...]
