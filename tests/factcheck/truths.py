"""What is true of a day, worked out from a market's closes with pandas alone: the trial's own sums, not the checker's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from generator.model import Market, Universe

SPANS = (
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "last week",
    "last month",
    "3 months",
    "12 months",
    "5 sessions",
    "10 sessions",
)


class Truths:
    """Moves, levels, extremes and runs of one market."""

    def __init__(self, market: Market, universe: Universe, data: Path | None = None) -> None:
        self.data = data
        self.decisions: list[tuple[date, float, float, float]] = []
        self.universe, self.market = universe, market
        self.index = pd.DatetimeIndex(market.sessions.astype("datetime64[ns]"))
        self.days: list[date] = [day.date() for day in self.index]

    def series(self, key: str, total: bool = False) -> pd.Series[float]:
        """The closes that the name means; with dividends if asked."""
        segment = self.universe.segments[key]
        symbol, field = (segment.total, "adj_close") if total or not segment.price else (segment.price, "close")
        column = self.market.histories[symbol or segment.price or ""].column(
            field if segment.total or not total else "close"
        )
        assert column is not None
        return pd.Series(column, self.index)

    def own(self, key: str) -> pd.Series[float]:
        """The closes by which the name's moves are told."""
        kind = str(self.universe.segments[key].kind)
        return self.series(key, total=kind in ("fund", "stock"))

    def ends(self, row: int, span: str) -> tuple[int, int] | None:
        """The rows of the two closes of a span."""
        today, days = self.days[row], self.days
        first = {"week": today - timedelta(days=today.weekday()), "month": today.replace(day=1), "year": today.replace(month=1, day=1),
                 "quarter": today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)}  # fmt: skip
        before = lambda day: int(np.searchsorted(np.array(days), day)) - 1  # noqa: E731
        by = lambda day: int(np.searchsorted(np.array(days), day, side="right")) - 1  # noqa: E731
        if span == "day":
            return row - 1, row
        if span in first:
            return before(first[span]), row
        if span.startswith("last"):
            unit = span.split()[1]
            end = before(first[unit])
            last = days[end]
            start = before(last - timedelta(days=last.weekday()) if unit == "week" else last.replace(day=1))
            return start, end
        if span.endswith("sessions"):
            return row - int(span.split()[0]), row
        stamp = pd.Timestamp(today) - pd.DateOffset(months=int(span.split()[0]))
        return by(stamp.date()), row

    def move(self, key: str, row: int, span: str) -> float:
        """The move over a span, in percent; NaN where it is not held."""
        ends = self.ends(row, span)
        if ends is None or ends[0] < 0:
            return float("nan")
        values = self.own(key).to_numpy()
        return float(values[ends[1]] / values[ends[0]] - 1) * 100

    def like(self, key: str, row: int, span: str) -> set[float]:
        """The moves that words for the span may also mean: with dividends, or by sessions."""
        ends = self.ends(row, span)
        found = set()
        if ends is None:
            return found
        starts = {ends[0]}
        starts |= {row - 63} if span == "3 months" else {row - 252} if span == "12 months" else {ends[0]}
        for total in (False, True):
            segment = self.universe.segments[key]
            if (total and not segment.total) or (not total and not segment.price):
                continue
            values = self.series(key, total).to_numpy()
            found |= {float(values[ends[1]] / values[start] - 1) * 100 for start in starts}
        return found

    def last_as_high(self, values: np.ndarray, row: int, sign: int) -> date | None:
        """The last day before on which the values were as high, or as low."""
        past = np.flatnonzero(sign * values[:row] >= sign * values[row])
        return self.days[int(past[-1])] if len(past) else None

    def moves(self, key: str, period: str) -> np.ndarray:
        """Each day's or week's move at its last session."""
        values = self.own(key)
        if period == "day":
            return values.pct_change(fill_method=None).to_numpy()
        groups = values.groupby([day - timedelta(days=day.weekday()) for day in self.days])
        last = groups.tail(1)
        return last.pct_change(fill_method=None).reindex(self.index).to_numpy()

    def run(self, key: str, row: int) -> int:
        """How many sessions in a row it rose (above zero) or fell."""
        signs = np.sign(np.diff(self.own(key).to_numpy()))[:row]
        length = 0
        while length < row and signs[-1 - length] == signs[-1]:
            length += 1
        return int(length * signs[-1])

    def sectors(self, row: int, span: str, group: str = "sectors") -> dict[str, float]:
        """Each sector's move, where all of the group are held."""
        found = {key: self.move(key, row, span) for key in self.universe.groups[group].members}
        return found if all(np.isfinite(value) for value in found.values()) else {}

    def released(self, name: str, row: int) -> tuple[date, float] | None:
        """The period and the value of the number that had come out last by a session, within a month."""
        path = self.data / "vintages" / f"{name}.csv" if self.data else None
        if path is None or not path.is_file():
            return None
        table = pd.read_csv(path, parse_dates=["date", "released"])
        out = table[table["released"] <= pd.Timestamp(self.days[row])]
        if out.empty or (pd.Timestamp(self.days[row]) - out["released"].iloc[-1]).days > 27:
            return None
        return out["date"].iloc[-1].date(), float(out["value"].iloc[-1])

    def decided(self, row: int) -> tuple[date, float, float, float] | None:
        """The last change of the target range by a session since 2009: its day, size, lower and upper limit."""
        found = [one for one in self.decisions if one[0] <= self.days[row]]
        return found[-1] if found else None

    def week_ends(self, row: int) -> bool:
        """Whether the session is the last of its week."""
        return row + 1 == len(self.days) or self.days[row + 1].isocalendar()[:2] != self.days[row].isocalendar()[:2]


def month_name(day: date) -> str:
    """`March 2020`."""
    return f"{day:%B} {day.year}"


def shifted(day: date, months: int) -> date:
    """The first of the month so many months later."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def chosen_days(truths: Truths, seed: int, count: int, first: date) -> Iterator[int]:
    """Rows of days drawn by chance, from a first day on."""
    rows = [row for row, day in enumerate(truths.days) if day >= first]
    yield from np.random.default_rng(seed).choice(rows, size=min(count, len(rows)), replace=False).tolist()
