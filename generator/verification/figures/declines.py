"""Finds corrections and bear markets one after another, by SQL over the closes.

Outside a decline, the top is the highest close since the last one ended; the first close a threshold below the top
enters the next. Inside, the low is the lowest close so far; the first close a threshold above the low ends the decline
and is the new top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.model import Segment, Unit
from generator.verification.figures.of_records import whole
from generator.verification.figures.spec import RawSeries, Tables, dated

THRESHOLDS = {"correction": 0.10, "bear": 0.20}
NAMES = {"correction": "correction", "bear": "bear market"}
SHADE = 1e-12
"""Slack for binary fractions: 90 counts as a tenth below 100 even if 0.9 * 100 comes out a shade below 90."""


def cycles(tables: Tables, closes: str, threshold: float) -> list[tuple[int, int, int]]:
    """(entry, exit, row of the top before it) of each decline, oldest first; an exit of 2**30 means not ended yet."""
    found: list[tuple[int, int, int]] = []
    start = 0
    while True:
        so_far = "max(v) OVER (ORDER BY n) AS top, min(v) OVER (ORDER BY n) AS low"
        held = f"(SELECT n, v, {so_far} FROM {closes} WHERE n >= $start)"
        entered = f"v <= top * {(1 - threshold) * (1 + SHADE)!r}"
        entry = tables.run(f"SELECT min(n) FROM {held} WHERE {entered}".replace("$start", str(start)))[0][0]
        if not isinstance(entry, int):
            return found
        peak = tables.run(
            f"SELECT n FROM {closes} WHERE n >= {start} AND n < {entry} ORDER BY v DESC NULLS LAST, n LIMIT 1"
        )[0][0]
        left = f"n > {entry} AND v >= low * {(1 + threshold) * (1 - SHADE)!r}"
        exit_row = tables.run(f"SELECT min(n) FROM {held} WHERE {left}".replace("$start", str(entry)))[0][0]
        assert isinstance(peak, int)
        found.append((entry, exit_row if isinstance(exit_row, int) else 2**30, peak))
        if not isinstance(exit_row, int):
            return found
        start = exit_row


def _table(tables: Tables, segment: Segment, series: RawSeries, kind: str) -> str:
    """A row per session: its close, and the entry, top and low of the decline that it is in or ends, if any."""

    def query() -> str:
        every = tables.series(series.symbol, series.field)
        known = whole(tables, segment, series)
        closes = every if known == "true" else f"(SELECT n, CASE WHEN {known} THEN v END AS v FROM {every})"
        found = cycles(tables, closes, THRESHOLDS[kind]) or [(-1, -1, -1)]
        listed = ", ".join(f"({entry}, {left}, {peak})" for entry, left, peak in found)
        return (
            f"WITH d AS (SELECT * FROM (VALUES {listed}) AS d(entry, gone, peak)), "
            "i AS (SELECT c.n, d.entry, d.gone = c.n AS leaving, d.peak, "
            "-(max({'v': -c.v, 'n': -c.n}) OVER (PARTITION BY d.entry ORDER BY c.n)).n AS low "
            f"FROM {closes} c JOIN d ON c.n BETWEEN d.entry AND d.gone WHERE c.v IS NOT NULL) "
            "SELECT c.n, c.v, i.entry, i.leaving, i.peak, i.low, a.v AS top_close, b.v AS low_close "
            f"FROM {closes} c LEFT JOIN i USING (n) LEFT JOIN {closes} a ON a.n = i.peak "
            f"LEFT JOIN {closes} b ON b.n = i.low ORDER BY c.n"
        )

    return tables.once(f"{segment.key} {kind}", query)


def DECLINES(measure: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """The measures of both kinds of decline."""
    for kind, words in NAMES.items():
        size = f"{THRESHOLDS[kind]:.0%}"
        rule = f"a fall of {size} from the highest close, until a rise of {size} from the lowest close after it"
        top, low = f"highest close before the {words}", f"lowest close of the {words} to date"
        rows = (
            ("", Unit.FLAG, f"in a {words}", f"in a {words}: {rule}", "entry IS NOT NULL AND NOT leaving"),
            ("_entered", Unit.FLAG, f"{words} entered", f"first session of a {words}: {rule}",
             "entry IS NOT NULL AND entry = n"),
            ("_left", Unit.FLAG, f"{words} left", f"session that ends a {words}: {rule}", "coalesce(leaving, false)"),
            ("_sessions", Unit.COUNT, f"sessions since the {words} was entered",
             f"sessions from the first session of the {words} to this one", "n - entry"),
            ("_peak_date", Unit.DATE, top, f"session of the {top}", dated("peak")),
            ("_low_date", Unit.DATE, low, f"session of the {low}", dated("low")),
            ("_decline", Unit.PERCENT, f"{{basis}} from the peak before the {words}",
             f"{{close}} divided by the highest {{close}} before the {words}, less one", "v / top_close - 1"),
            ("_low_decline", Unit.PERCENT, f"{{basis}} from the peak to the low of the {words}",
             f"lowest {{close}} of the {words} to date divided by the highest {{close}} before it, less one",
             "low_close / top_close - 1"),
            ("_rise", Unit.PERCENT, f"{{basis}} from the low of the {words}",
             f"{{close}} divided by the lowest {{close}} of the {words} to date, less one", "v / low_close - 1"),
        )  # fmt: skip
        for suffix, unit, label, formula, value in rows:
            made = f"CASE WHEN v IS NOT NULL THEN ({value})::INT END" if unit is Unit.FLAG else value

            def sql(tables: Tables, segment: Segment, series: RawSeries, *, kind: str = kind, value: str = made) -> str:
                return f"SELECT n, {value} AS v FROM {_table(tables, segment, series, kind)}"

            yield f"{kind}{suffix}", measure(unit, label, formula, sql)
