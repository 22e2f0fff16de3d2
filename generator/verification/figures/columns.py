"""Any figure's column over every session: the name is parsed independently, the values are computed by SQL."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

import numpy as np

from generator.errors import UnknownFigureError
from generator.model import Calendar, Fact, Kind, Reading, Unit, Universe
from generator.verification.figures.of_anchors import of_anchor
from generator.verification.figures.of_calendars import Calendars
from generator.verification.figures.of_clusters import of_cluster
from generator.verification.figures.of_events import of_events
from generator.verification.figures.of_explained import of_explained
from generator.verification.figures.of_groups import of_group
from generator.verification.figures.of_leads import of_leads
from generator.verification.figures.of_measured import of_measured
from generator.verification.figures.of_policy import Policy
from generator.verification.figures.of_rallies import of_rally
from generator.verification.figures.of_readings import of_reading
from generator.verification.figures.of_releases import of_release
from generator.verification.figures.of_segments import measures
from generator.verification.figures.of_several import of_basket, of_pair
from generator.verification.figures.of_sources import Sources
from generator.verification.figures.of_spells import of_spell
from generator.verification.figures.of_time import OPERATORS, against_past, calendar
from generator.verification.figures.of_trials import EarlierTests
from generator.verification.figures.of_wholes import of_whole
from generator.verification.figures.prices import PriceTable
from generator.verification.figures.spec import Spec, printed

Answered = np.ndarray[tuple[int], np.dtype[Any]]
"""A column that SQL returned; NULL is masked."""
ELSEWHERE = (Kind.YIELD, Kind.COMMODITY, Kind.CURRENCY, Kind.CRYPTO)
"""Kinds that do not trade on the stock exchange's days."""
_CITED_AT = ("jump1", "jump2", "jump3")
"""Sessions of the past whose events a sentence may cite."""


@dataclass(frozen=True, slots=True)
class Computed:
    """One figure over every session: unrounded and as printed, NaN where it is absent."""

    spec: Spec
    values: array[float]
    printed: array[float]


class SqlColumns:
    """Every figure that a ledger or a rule names, each computed once for all sessions."""

    def __init__(
        self,
        prices: PriceTable,
        universe: Universe,
        facts: tuple[Fact, ...],
        calendars: tuple[Calendar, ...] = (),
        readings: tuple[Reading, ...] = (),
        tests: EarlierTests | None = None,
    ) -> None:
        self.prices = prices
        self.universe = universe
        self._facts = facts
        self._readings = readings
        self.tests = tests or EarlierTests()
        self._sources, self._calendars = Sources(facts), Calendars(calendars)
        self._policy = Policy(facts, universe, self.spec)
        self._specs: dict[str, Spec | None] = {}
        self._tables: set[str] = set()
        self._computed: dict[str, Computed] = {}
        self._answers: dict[str, list[tuple[object, ...]]] = {}

    @property
    def simulated(self) -> bool:
        """Whether the market was made up."""
        return self.prices.simulated

    def missing(self, symbols: frozenset[str]) -> list[int]:
        """The rows on which any of the symbols should have a price but has none, oldest first."""
        return sorted({row for symbol in symbols for row in self._missing(symbol)})

    @cache  # noqa: B019 - one reader lives as long as its run
    def _missing(self, symbol: str) -> frozenset[int]:
        """Rows without a price between the first and the last price; none for what does not trade on the exchange."""
        users = [one for one in self.universe.segments.values() if symbol in (one.price, one.total)]
        if any(one.kind in ELSEWHERE for one in users):
            return frozenset()
        rows: set[int] = set()
        for field in ("close", "adj_close"):
            if any((one.price if field == "close" else one.total) == symbol for one in users):
                held = f"(SELECT min(n) AS a, max(n) AS b FROM {self.series(symbol, field)} WHERE v IS NOT NULL)"
                inside = f"SELECT n FROM {self.series(symbol, field)}, {held} WHERE v IS NULL AND n > a AND n < b"
                rows |= {row for (row,) in self.run(inside) if isinstance(row, int)}
        return frozenset(rows)

    def series(self, symbol: str, field: str) -> str:
        """A table `(n, v)` of raw prices."""
        return self.prices.series(symbol, field)

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """The rows that `sql` returns."""
        return self.prices.cursor.execute(sql).fetchall()

    def arrays(self, sql: str) -> dict[str, Answered]:
        """The columns that `sql` returns, whole: of thousands of rows each, far quicker than row by row."""
        found: dict[str, Any] = dict(self.prices.cursor.execute(sql).fetchnumpy())
        return found

    def asked(self, sql: str) -> list[tuple[object, ...]]:
        """The rows that `sql` returns, cached."""
        if sql not in self._answers:
            self._answers[sql] = self.run(sql)
        return self._answers[sql]

    def once(self, name: str, query: Callable[[], str]) -> str:
        """The table of that name, which several figures use; the first time it is made of what `query` asks for."""
        if name not in self._tables:
            self._tables.add(name)
            self.run(f'CREATE TABLE "{name}" AS {query()}')
        return f'"{name}"'

    def table(self, name: str) -> str:
        """A table `(n, v, p)` of the figure; raises `UnknownFigureError`."""
        spec = self.spec(name)
        if spec is None:
            raise UnknownFigureError(name)
        return self.once(name, lambda: self._query(spec))

    def _query(self, spec: Spec) -> str:
        shown = printed("v", spec.unit, spec.decimals)
        return f"SELECT n, v, {shown} AS p FROM (SELECT n, v::DOUBLE AS v FROM ({spec.sql(self)})) ORDER BY n"

    def spec(self, name: str) -> Spec | None:
        """What the name means, or None for an unknown name."""
        if name not in self._specs:
            known = self.tests.spec(name) or of_reading(name, self._readings)
            self._specs[name] = known or self._base(name) or self._operated(name)
        return self._specs[name]

    def _base(self, name: str) -> Spec | None:
        found = calendar(name) or self._sources.spec(name) or self._calendars.spec(name)
        found = found or self._of_segment(name) or of_basket(name, self.universe)
        for several in (of_group, of_pair, of_leads, of_release):
            found = found or several(name, self.universe)
        found = found or of_whole(name, self._base) or of_spell(name, self._base)
        for several in (of_explained, of_rally):
            found = found or several(name, self.universe)
        found = found or of_anchor(name, self.universe, lambda stem: self._base(stem) or self._operated(stem))
        found = found or of_measured(name, self.universe, self._sources) or self._policy.spec(name)
        found = found or of_cluster(name, self.universe, self._facts)
        return found or of_events(name, self.universe, self._facts, self.spec)

    def _of_segment(self, name: str) -> Spec | None:
        for key in self._by_length:
            suffix = name.removeprefix(f"{key}_") if name.startswith(f"{key}_") else ""
            for measure in measures().get(suffix, ()):
                spec = measure.spec(name, self.universe.segments[key], suffix)
                if spec:
                    return spec
        return None

    @cached_property
    def _by_length(self) -> list[str]:
        return sorted(self.universe.segments, key=len, reverse=True)

    def _operated(self, name: str) -> Spec | None:
        for operator in sorted(OPERATORS, key=len, reverse=True):
            if not name.endswith(f"_{operator}"):
                continue
            stem = name.removesuffix(f"_{operator}")
            of = self.spec(stem) if operator == "before" else self._base(stem)
            spec = against_past(name, of, operator, self._symbols(of)) if of else None
            if spec:
                return spec
        return None

    def _symbols(self, of: Spec) -> frozenset[str]:
        """The symbols whose prices a figure is computed from."""
        if of.series:
            return frozenset(series.symbol for series in of.series)
        parts = [spec for part in of.parts if (spec := self.spec(part))]
        return frozenset(symbol for spec in parts for symbol in self._symbols(spec))

    def fact(self, name: str, row: int) -> Fact | None:
        """The cited fact or the entry of a calendar that the name quotes on a row."""
        stem, at, key = name.rpartition("_at_")
        if at and self.spec(f"{key}_date"):
            then = self._anchored(key, row)
            return self.fact(stem, then) if then >= 0 else None
        return self._sources.quoted(name, self.prices.days[row]) or self._calendars.quoted(name, self, row)

    def citable(self, row: int) -> tuple[Fact, ...]:
        """Every fact, and every entry of a calendar that a sentence may cite on a row."""
        past = [self._anchored(key, row) for key in _CITED_AT if self.spec(f"{key}_date")]
        found = (self._calendars.entries(self, then) for then in (row, *past) if then >= 0)
        return (*self._facts, *(entry for entries in found for entry in entries))

    def _anchored(self, key: str, row: int) -> int:
        """The row of the session that the anchor dates, seen from a row; -1 if there is none."""
        dated = self.column(f"{key}_date")
        number = dated.values[row] if dated else math.nan
        if number != number:
            return -1
        return self.prices.rows.get((date(1970, 1, 1) + timedelta(days=round(number))).isoformat(), -1)

    def column(self, name: str) -> Computed | None:
        """The figure over every session, or None for an unknown name."""
        spec = self.spec(name)
        if spec is None:
            return None
        if name not in self._computed:
            found = self.arrays(f"SELECT v, p FROM {self.table(name)} ORDER BY n")
            self._computed[name] = Computed(spec, _floats(found["v"]), _floats(found["p"]))
        return self._computed[name]

    def word(self, computed: Computed, row: int) -> str:
        """The vocabulary entry that a name figure has on a row."""
        assert computed.spec.unit is Unit.NAME
        return computed.spec.vocabulary[round(computed.printed[row])]


def _floats(column: Answered) -> array[float]:
    """The column as floats, NaN where absent; packed, because a replay keeps hundreds of them."""
    if column.dtype.kind != "f":  # nothing but NULL
        return array("d", [math.nan]) * len(column)
    filled: Answered = np.ma.filled(column, math.nan)
    return array("d", np.ascontiguousarray(filled, dtype=np.float64).tobytes())
