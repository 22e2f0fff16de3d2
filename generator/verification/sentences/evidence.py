"""The raw prices that must be behind a figure on a session: symbol, field, session and value."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.of_time import OPERATORS
from generator.verification.figures.period_ends import ends
from generator.verification.figures.prices import HORIZONS, PERIODS
from generator.verification.figures.spec import YEAR, Spec

EPOCH = date(1970, 1, 1)
Quote = tuple[str, str, str, float]
_SINCE = {"highest_since": "highest_since", "sessions_since_higher": "highest_since",
          "lowest_since": "lowest_since", "sessions_since_lower": "lowest_since"}  # fmt: skip
_PRIOR = ("record_close", "prior_record_level", "prior_record_date", "record_wait")
_RECORD = ("record_level", "record_date", "sessions_since_record", "records_ytd", "to_record", "drawdown")
_YEAR = ("high_1y", "high_1y_date", "new_high_1y", "drawdown_1y", "low_1y", "low_1y_date", "new_low_1y", "above_low_1y")
_OF_PERIOD = re.compile(r"(return_to_)?((?:high|low|drawdown|above_low)_([qhy]td))(?:_date)?")
_SHORT = ("high_20d", "high_20d_date", "low_20d", "low_20d_date")
_FIELDS = {"high_1d": ("high",), "low_1d": ("low",), "high_return_1d": ("high",), "low_return_1d": ("low",),
           "range_1d": ("high", "low"), "record_intraday": ("high",)}  # fmt: skip


class Evidence:
    """The prices behind figures, worked out from the figures' names and from dates found by SQL."""

    def __init__(self, columns: SqlColumns) -> None:
        self._columns = columns
        self._observed: dict[str, dict[Any, list[Any]]] = {}
        self._reached: dict[str, dict[int, tuple[int, ...]]] = {}
        self._spans: dict[str, list[tuple[int | None, int | None]]] = {}

    def of(self, name: str, row: int) -> frozenset[Quote]:
        """The prices behind a figure on one row; empty if it is absent."""
        computed = self._columns.column(name)
        if computed is None or row < 0 or computed.values[row] != computed.values[row]:
            return frozenset()
        spec = computed.spec
        if spec.suffix == "earlier_test":
            behind = self._columns.tests.behind(self._columns, row)
            return frozenset(quote for figure, at in behind for quote in self.of(figure, at))
        if spec.suffix in OPERATORS:
            rows = set(self._operator_rows(name, spec, row))
            return frozenset(quote for other in rows for quote in self.of(spec.parts[0], other))
        if spec.suffix == "moved":
            return self.of(spec.parts[0], row - 1) | self.of(spec.parts[0], row)
        if spec.suffix == "run":
            began = row - max(int(abs(computed.values[row])) - 1, 0)
            return self.of(spec.parts[0], began) | self.of(spec.parts[0], row)
        period, _, side = spec.suffix.partition("_")
        if period in PERIODS and side in ("streak", "last_so"):
            began = self._period_before(period, side, computed.values[row], row)
            return self.of(spec.parts[0], began) | self.of(spec.parts[0], row)
        if spec.reached:
            ends = self._ends(spec.reached)[row]
            return frozenset(quote for end in ends for part in spec.parts for quote in self.of(part, end))
        if spec.behind:
            return frozenset(self._of_release(name, spec, row))
        if not spec.series:
            return frozenset(quote for part in spec.parts for quote in self.of(part, row))
        return frozenset(self._of_segment(spec, row))

    def _operator_rows(self, name: str, spec: Spec, row: int) -> Iterator[int]:
        of, operator = spec.parts[0], spec.suffix
        if operator == "before":
            yield row - 1
            return
        if operator.endswith("_ago"):
            yield from list(self._span(f"{operator[0]}td", row))[1:]
            return
        yield row
        if operator == "average_1y":
            yield self._year_opens[row]
        elif operator in _SINCE:
            yield self._dated(f"{of}_{_SINCE[operator]}", row)
        else:
            yield self._dated(f"{of}_first", row)

    @cached_property
    def _year_opens(self) -> list[int]:
        """For each row, the first row of the past year."""
        return [opens for (opens,) in self._columns.run(f"SELECT min(n) OVER {YEAR} FROM sessions ORDER BY n")]  # type: ignore[misc]

    def _period_before(self, period: str, side: str, value: float, row: int) -> int:
        """The last session of the period that a run began with, or of the last one before it on the same side."""
        if side == "last_so":
            return self._columns.prices.rows.get((EPOCH + timedelta(days=round(value))).isoformat(), -1)
        found = self._period_ends(period)
        return found[bisect_left(found, row) - max(int(abs(value)) - 1, 0)]

    @cache  # noqa: B019 - one reader lives as long as its run
    def _period_ends(self, period: str) -> list[int]:
        """The rows of the last sessions of periods."""
        return [n for (n,) in self._columns.run(f"SELECT n FROM sessions WHERE {ends(period)} ORDER BY n")]  # type: ignore[misc]

    def _ends(self, query: str) -> dict[int, tuple[int, ...]]:
        """For each row, the first and the last row of the sessions that a figure counts, or all that it compares."""
        if query not in self._reached:
            self._reached[query] = {n: tuple(ends) for n, *ends in self._columns.run(query)}  # type: ignore[misc,arg-type]
        return self._reached[query]

    def _of_segment(self, spec: Spec, row: int) -> Iterator[Quote]:
        rows = list(self._rows(spec, row))
        fields = _FIELDS.get(spec.suffix, ())
        for series in spec.series:
            yield from self._quotes(series.symbol, series.field, rows)
            for field in (*fields, *(("close",) if fields and series.field != "close" else ())):
                yield from self._quotes(series.symbol, field, [row])

    def _rows(self, spec: Spec, row: int) -> Iterable[int]:
        suffix, key = spec.suffix, (spec.parts or ("",))[0]
        move = suffix.removeprefix("total_").removeprefix("return_").removeprefix("change_")
        if move in HORIZONS and move != suffix:
            return self._span(move, row)
        if suffix in _PRIOR:
            return self._dated(f"{key}_prior_record_date", row), row
        if suffix in _RECORD:
            return self._dated(f"{key}_record_date", row), row
        if suffix in _YEAR:
            return self._dated(f"{key}_{'low' if 'low' in suffix else 'high'}_1y_date", row), row
        if of_period := _OF_PERIOD.fullmatch(suffix):
            spot = self._dated(
                f"{key}_{of_period[2].replace('drawdown', 'high').replace('above_low', 'low')}_date", row
            )
            return (list(self._span(of_period[3], row))[-1], spot) if of_period[1] else (spot, row)
        if suffix in _SHORT:
            return self._dated(f"{key}_{suffix.removesuffix('_date')}_date", row), row
        if suffix == "moves_as_large_ytd":
            _, before = self._span("ytd", row)
            return before, before + 1, row - 1, row
        if suffix in ("given_back_1d", "regained_1d"):
            return row - 2, row - 1, row
        if suffix in ("streak", "streak_return"):
            return row - self._count(f"{key}_streak", row), row
        if suffix == "streak_ended":
            return row - 1 - self._count(f"{key}_streak", row - 1), row - 1, row
        if suffix.startswith("volatility_"):
            return self._span(suffix.removeprefix("volatility_"), row)
        if "average_" in suffix:
            return row - (49 if "50d" in suffix else 199), row
        if suffix.startswith(("correction", "bear")):
            kind = suffix.partition("_")[0]
            return self._dated(f"{key}_{kind}_peak_date", row), self._dated(f"{key}_{kind}_low_date", row), row
        if suffix in ("high_return_1d", "low_return_1d", "range_1d"):
            return (row - 1,)
        return () if suffix in ("high_1d", "low_1d") else (row,)

    def _of_release(self, name: str, spec: Spec, row: int) -> Iterator[Quote]:
        """The observations behind a release's figure."""
        if name not in self._observed:
            assert spec.behind is not None  # only called for releases
            self._observed[name] = {}
            for number, *quote in self._columns.run(spec.behind(self._columns)):
                self._observed[name].setdefault(number, []).append(tuple(quote))
        yield from self._observed[name].get(row, ())

    def _span(self, horizon: str, row: int) -> Iterator[int]:
        if horizon not in self._spans:
            found = self._columns.run(f"SELECT e, s FROM span_{horizon} ORDER BY n")
            self._spans[horizon] = found  # type: ignore[assignment]
        yield from (end for end in self._spans[horizon][row] if end is not None)

    def _dated(self, name: str, row: int) -> int:
        """The row of the session that a date figure names; -1 if it is absent."""
        computed = self._columns.column(name)
        days = computed.values[row] if computed else float("nan")
        if days != days:
            return -1
        return self._columns.prices.rows.get((EPOCH + timedelta(days=round(days))).isoformat(), -1)

    def _count(self, name: str, row: int) -> int:
        computed = self._columns.column(name)
        value = computed.values[row] if computed and row >= 0 else 0.0
        return 0 if value != value else int(abs(value))

    def _quotes(self, symbol: str, field: str, rows: Iterable[int]) -> Iterator[Quote]:
        prices = self._columns.prices
        values = prices.values(symbol, field)
        for row in set(rows):
            if row >= 0 and (value := values[row]) is not None:
                yield symbol, field, prices.days[row].isoformat(), value
