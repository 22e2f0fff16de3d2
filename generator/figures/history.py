"""A figure against its own past: rank, percentile, and highest or lowest since when.

Any numeric figure can carry these suffixes. They compare printed values, so that a sentence never ranks apart two
numbers that look the same to a reader; only levels and ratios are compared unrounded, as records are. A missing session
may have held the highest or the lowest value, so the past that counts starts over after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from generator.figures import standings
from generator.figures.horizons import HORIZONS, PERIODS, SPOKEN, RowNumbers
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.rounding import DECIMALS
from generator.figures.windows import at, mean_since, shifted
from generator.model import Basis, Column, FigureDefinition, PriceInput, Unit

COMPARABLE = frozenset(Unit) - {Unit.NAME, Unit.DATE, Unit.FLAG}
COARSE = frozenset({Unit.COUNT, Unit.BASIS_POINTS})
"""Units without decimals, whose mean needs one."""


@dataclass(frozen=True, slots=True)
class Operator:
    """What a suffix makes of a figure; `rows` gives the sessions whose evidence backs it."""

    suffix: str
    unit: Unit | None
    """None: the figure's own."""
    words: str
    formula: str
    column: Callable[[str, Columns], Column]
    rows: Callable[[str, Columns, int], Iterable[int]]
    decimals: int | None = None
    compares: bool = True
    """Whether it compares a value with all that came before."""

    def measure(self, of: Measure) -> Measure | None:
        """The measure of the figure with this suffix, or None if the figure has no numbers to compare."""
        if self.suffix not in (BEFORE.suffix, *AGO) and of.definition.unit not in COMPARABLE:
            return None
        name = of.definition.name
        return Measure(self._definition(of.definition), partial(self._column, name), partial(self._inputs, name))

    def _column(self, name: str, columns: Columns) -> Column:
        """The column, absent on sessions whose own price is missing."""
        values, gaps = self.column(name, columns), columns.gaps(columns.symbols(name))
        if gaps.size and self.compares:
            values = values.copy()
            values[gaps] = np.nan
        return values

    def _definition(self, of: FigureDefinition) -> FigureDefinition:
        renamed = replace(
            of,
            name=f"{of.name}_{self.suffix}",
            label=f"{of.label}, {self.words}",
            formula=f"{self.formula}: {of.formula}",
        )
        if self.unit is None:
            decimals = 1 if self.suffix == "average_1y" and of.unit in COARSE else of.decimals
            return replace(renamed, decimals=decimals)
        decimals = DECIMALS[self.unit] if self.decimals is None else self.decimals
        return replace(renamed, unit=self.unit, basis=Basis.NONE, decimals=decimals, signed=False, vocabulary=())

    def _inputs(self, name: str, columns: Columns, row: int) -> Inputs:
        found: dict[PriceInput, None] = {}
        for session in sorted({session for session in self.rows(name, columns, row) if session >= 0}):
            found.update(dict.fromkeys(columns.evidence(name, session)))
        return tuple(found)


def _whole(name: str, columns: Columns, row: int) -> Iterable[int]:
    return int(standings.first_rows(name, columns)[row]), row


def _compared(last: Callable[[str, Columns], RowNumbers], name: str, columns: Columns, row: int) -> Iterable[int]:
    return int(last(name, columns)[row]), row


def _yesterday(name: str, columns: Columns, row: int) -> Iterable[int]:
    return (row - 1,)


def _year(name: str, columns: Columns, row: int) -> Iterable[int]:
    return int(columns.year_opens[row]), row


def _extremes() -> Iterable[Operator]:
    for side, other, last, sign in (
        ("highest", "higher", standings.last_as_high, 1.0),
        ("lowest", "lower", standings.last_as_low, -1.0),
    ):
        least = f"as {other.removesuffix('er')} or {other}"
        yield Operator(
            f"{side}_since",
            Unit.DATE,
            f"last earlier session {least}",
            f"last earlier session whose value was {least}",
            partial(standings.since, last),
            partial(_compared, last),
        )
        yield Operator(
            f"sessions_since_{other}",
            Unit.COUNT,
            f"sessions since one {least}",
            f"sessions from the last earlier one whose value was {least} to this one",
            partial(standings.sessions_since, last),
            partial(_compared, last),
        )
        yield Operator(
            side,
            Unit.FLAG,
            f"{side} to date",
            f"no earlier value was {least}",
            partial(standings.unmatched, sign),
            _whole,
        )


BEFORE = Operator(
    "before",
    None,
    "one session earlier",
    "the value one session earlier",
    lambda name, columns: shifted(columns.values(name)),
    _yesterday,
    compares=False,
)


def _period_before(period: str, columns: Columns) -> RowNumbers:
    """For each session, the last row of the period before its own; -1 in the first period."""
    return columns.span(HORIZONS[f"{period[0]}td"])[1]


def _ago(period: str) -> Operator:
    spoken = SPOKEN[period]
    return Operator(
        f"{period}_ago",
        None,
        f"at the end of the {spoken} before",
        f"the value on the last session of the {spoken} before",
        lambda name, columns: at(columns.values(name), _period_before(period, columns)),
        lambda name, columns, row: (int(_period_before(period, columns)[row]),),
        compares=False,
    )


AGO = {operator.suffix: operator for operator in map(_ago, PERIODS)}

OPERATORS: Mapping[str, Operator] = {
    operator.suffix: operator
    for operator in (
        Operator(
            "rank",
            Unit.COUNT,
            "rank among all sessions to date, highest first",
            "one more than the count of earlier sessions with a higher value",
            lambda name, columns: standings.standing(name, columns).higher + 1.0,
            _whole,
        ),
        Operator(
            "rank_low",
            Unit.COUNT,
            "rank among all sessions to date, lowest first",
            "one more than the count of earlier sessions with a lower value",
            lambda name, columns: standings.standing(name, columns).lower + 1.0,
            _whole,
        ),
        Operator(
            "n",
            Unit.COUNT,
            "sessions observed to date",
            "count of sessions up to this one with a value",
            lambda name, columns: standings.standing(name, columns).seen + 1.0,
            _whole,
        ),
        Operator(
            "percentile",
            Unit.PERCENT,
            "percentile among all sessions to date",
            "share of sessions up to this one with a value no higher than this session's",
            standings.percentile,
            _whole,
            decimals=0,
        ),
        Operator(
            "first",
            Unit.DATE,
            "first observation",
            "first session with a value since any that is missing",
            standings.first,
            _whole,
        ),
        *_extremes(),
        Operator(
            "average_1y",
            None,
            "mean of the past year",
            "mean over the sessions since the same day a year before, this one included",
            lambda name, columns: mean_since(columns.values(name), columns.year_opens),
            _year,
            compares=False,
        ),
        *AGO.values(),
    )
}
LONGEST_FIRST = sorted(OPERATORS, key=len, reverse=True)


def find(name: str, base: Callable[[str], Measure | None]) -> Measure | None:
    """The measure of a figure followed by an operator, by `_before`, or by an operator and `_before`; else None."""
    stem = name.removesuffix(f"_{BEFORE.suffix}")
    if stem != name:
        of = base(stem) or _operated(stem, base)
        return BEFORE.measure(of) if of else None
    return _operated(name, base)


def _operated(name: str, base: Callable[[str], Measure | None]) -> Measure | None:
    for suffix in LONGEST_FIRST:
        of = base(name.removesuffix(f"_{suffix}")) if name.endswith(f"_{suffix}") else None
        if of:
            return OPERATORS[suffix].measure(of)
    return None
