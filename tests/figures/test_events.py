"""Event studies: what followed the decisions known on a session, alone and narrowed, beside what is usual."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from generator.editorial.decisions import decisions_of, peaks_of
from generator.editorial.facts import read_facts
from generator.errors import UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Bars, Decision, Market, Peak, Segment, Step, Universe
from generator.project import bundled_root

from .conftest import made_segment, weekdays

Table = Callable[..., FigureTable]
START = "2010-01-04"


def studied(
    table: Table, size: int, jumps: Mapping[int, float], steps: Mapping[int, Step], peaks: Sequence[Peak] = ()
) -> FigureTable:
    """Small caps that change by a factor on some rows, beside large ones that stand still, with decisions on rows."""
    small = 100.0 * np.cumprod([jumps.get(row, 1.0) for row in range(size)])
    days = weekdays(size, START)
    made = table({"small": small.tolist(), "large": [50.0] * size}, days=days)
    decisions = tuple(Decision(days[row].astype(object), step, True, 0) for row, step in steps.items())
    universe = replace(made.catalogue.universe, core=("small", "large"), decisions=decisions, peaks=tuple(peaks))
    return FigureTable(made.market, universe)


def test_a_decision_counts_once_its_span_is_complete(table: Table) -> None:
    """Gains of 10%, 20% and 0% follow; each is known from 21 sessions after, and the mean of two is 15%."""
    made = studied(table, 90, {15: 1.1, 35: 1.2}, {0: Step.CUT, 20: Step.CUT, 50: Step.CUT, 85: Step.CUT})
    stem = "small_minus_large_21d_after_cuts"
    assert made.printed(f"{stem}_n")[[20, 21, 41, 71, 89]].tolist()[1:] == [1, 2, 3, 3]
    assert np.isnan(made.printed(f"{stem}_n")[20])
    assert made.printed(f"{stem}_mean")[[21, 41, 71]].tolist() == [10, 15, 10]
    assert made.printed(f"{stem}_median")[[41, 71]].tolist() == [15, 10]
    assert made.printed(f"{stem}_above")[71] == 2
    assert made.printed(f"{stem}_above_share")[71] == 67
    assert made.printed(f"{stem}_last")[[41, 71]].tolist() == [20, 0]
    assert made.printed(f"{stem}_2")[[40, 41]].tolist()[1:] == [20]
    assert made.printed("small_return_21d_after_first_cuts_n")[89] == 1
    assert {quote.day for quote in made.evidence(f"{stem}_n", 50)} == {
        made.days[row] for row in (0, 21, 20, 41)
    }  # the first and the last of those that count


def test_what_stood_on_the_sessions_of_earlier_decisions(table: Table) -> None:
    """The session's own is not among them until the next."""
    made = studied(table, 12, {4: 1.1, 8: 1.05}, {4: Step.CUT, 8: Step.CUT})
    assert made.printed("small_return_1d_at_cuts_most")[[8, 9]].tolist() == [10, 10]
    assert made.printed("small_return_1d_at_cuts_n")[[8, 9]].tolist() == [1, 2]
    assert made.printed("small_return_1d_at_cuts_2")[9] == 5
    assert np.isnan(made.printed("small_return_1d_at_cuts_2")[8])


def test_what_is_usual_counts_every_session_since_the_first_decision(table: Table) -> None:
    """Of the spans that begin on rows 10 to 30, those that begin before row 20 have the gain of that row."""
    made = studied(table, 52, {20: 1.1}, {10: Step.HOLD})
    assert made.printed("small_minus_large_21d_after_sessions_n")[51] == 21
    assert made.printed("small_minus_large_21d_after_sessions_above")[51] == 10
    assert made.printed("small_minus_large_21d_after_sessions_above_share")[51] == 48


def test_decisions_are_told_apart_by_the_large_index_and_by_recessions(table: Table) -> None:
    """A recession counts from the day on which it was announced, and none is certain only two years after."""
    days = weekdays(900, START)
    peak = Peak(days[500].astype(object), days[700].astype(object))
    steps = {0: Step.CUT, 100: Step.RISE, 300: Step.CUT}
    made = studied(table, 900, {350: 0.9}, steps, [peak])
    stem = "small_return_252d_after_first_cuts"
    two_years = int(np.searchsorted(days, np.datetime64("2012-01-04")))
    assert np.isnan(made.printed(f"{stem}_in_expansion_n")[two_years - 1])
    assert made.printed(f"{stem}_in_expansion_n")[[two_years, 899]].tolist() == [1, 1]
    assert np.isnan(made.printed(f"{stem}_in_recession_n")[699])
    assert made.printed(f"{stem}_in_recession_least")[700] == -10
    assert np.isnan(made.printed(f"{stem}_in_gains_n")).all()  # the large index stood still


def test_the_cluster_is_the_longest_cycle_of_one_sign(table: Table) -> None:
    """Five cuts in a row before a gain; a sixth after it led to nothing, so that its cycle is none."""
    cuts = dict.fromkeys(range(0, 50, 10), Step.CUT)
    made = studied(table, 700, {60: 1.1}, {**cuts, 100: Step.RISE, 110: Step.CUT})
    assert np.isnan(made.values("policy_cuts_cluster")[291])
    assert made.printed("policy_cuts_cluster")[[292, 699]].tolist() == [5, 5]
    assert made.printed("policy_cuts_cluster_led")[699] == 1
    ends = [made.printed(f"policy_cuts_cluster_{end}")[699] for end in ("from", "to")]
    assert ends == [np.datetime64(made.days[row]).astype(int) for row in (0, 40)]
    assert made.printed("small_minus_large_21d_after_cuts_elsewhere_n")[699] == 1
    assert np.isnan(made.values("small_minus_large_21d_after_cuts_elsewhere_n")[291])
    broken = studied(table, 700, {60: 1.1}, {**cuts, 70: Step.CUT})
    assert broken.printed("policy_cuts_cluster")[[292, 321]].tolist() == [5, 5]
    assert np.isnan(broken.values("policy_cuts_cluster")[322])


@pytest.mark.parametrize(
    "name",
    [
        "small_return_5d_after_cuts_n",  # the span is none of the four
        "small_level_after_cuts_n",
        "small_return_21d_after_sessions_median",
        "small_return_1d_at_cuts_in_gains_n",
        "policy_holds_cluster",
    ],
)
def test_other_names_are_no_figures(table: Table, name: str) -> None:
    """A rule that names one is told so."""
    made = studied(table, 30, {}, {0: Step.CUT})
    with pytest.raises(UnknownFigureError):
        made.values(name)


# --- the history held -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def history(shared_data: Path) -> FigureTable:
    """The Russell 2000 and the S&P 500 with every decision on record."""
    closes = {}
    for symbol in ("^RUT", "^GSPC"):
        with (shared_data / "prices" / f"{symbol}.csv").open(newline="") as file:
            closes[symbol] = {row["date"]: float(row["close"]) for row in csv.DictReader(file)}
    sessions = np.array(sorted(closes["^GSPC"]), dtype="M8[D]")
    bars = {
        symbol: Bars(symbol, sessions, close=np.array([held.get(str(day), np.nan) for day in sessions]))
        for symbol, held in closes.items()
    }
    segments: dict[str, Segment] = {
        key: replace(made_segment(key), price=symbol) for key, symbol in (("small", "^RUT"), ("sp500", "^GSPC"))
    }
    facts = read_facts(bundled_root() / "content")
    decisions, faults = decisions_of(facts)
    assert not faults
    universe = Universe(segments, {}, ("small", "sp500"), {}, decisions, peaks_of(facts))
    market = Market(sessions, date(2025, 7, 1), np.zeros(sessions.size, dtype=bool), bars, (), "csv", "held")
    return FigureTable(market, universe)


def _on(history: FigureTable, name: str, day: str = "2024-09-18") -> float:
    return float(history.printed(name)[int(np.searchsorted(history.sessions, np.datetime64(day)))])


@pytest.mark.parametrize(
    ("number", "day", "small", "large", "gap"),
    [
        (1, "1995-07-06", 20.41, 21.37, -0.96),
        (2, "1998-09-29", 15.23, 20.91, -5.68),
        (3, "2001-01-03", 2.14, -14.28, 16.42),
        (4, "2007-09-18", -16.15, -23.91, 7.76),
        (5, "2019-07-31", -5.05, 8.92, -13.97),
    ],
)
def test_the_year_after_each_first_cut(
    history: FigureTable, number: int, day: str, small: float, large: float, gap: float
) -> None:
    """As known on September 18, 2024, by hand."""
    assert np.datetime64(int(_on(history, f"policy_first_cuts_{number}")), "D") == np.datetime64(day)
    stem = f"252d_after_first_cuts_{number}"
    found = [_on(history, f"{of}_{stem}") for of in ("small_return", "sp500_return", "small_minus_sp500")]
    assert found == [small, large, gap]


@pytest.mark.parametrize(
    ("span", "every", "elsewhere", "first", "usual"),
    [
        (21, (0.69, 59), (0.03, 52), (0.85, 3), 50),
        (63, (1.31, 59), (-0.27, 43), (-1.74, 2), 46),
        (126, (3.72, 65), (-0.50, 43), (-3.10, 1), 47),
        (252, (4.34, 76), (1.55, 62), (-0.96, 2), 47),
    ],
)
def test_what_followed_every_cut(
    history: FigureTable, span: int, every: tuple[float, int], elsewhere: tuple[float, int],
    first: tuple[float, int], usual: int,
) -> None:  # fmt: skip
    """The 34 cuts known by September 18, 2024, the 21 outside 2001 to 2003, and the five that began a cycle."""
    stem = f"small_minus_sp500_{span}d_after"
    counts = [_on(history, f"{stem}_{which}_n") for which in ("cuts", "cuts_elsewhere", "first_cuts")]
    assert counts == [34, 21, 5]
    assert (_on(history, f"{stem}_cuts_median"), _on(history, f"{stem}_cuts_above_share")) == every
    found = _on(history, f"{stem}_cuts_elsewhere_median"), _on(history, f"{stem}_cuts_elsewhere_above_share")
    assert found == elsewhere
    assert (_on(history, f"{stem}_first_cuts_median"), _on(history, f"{stem}_first_cuts_above")) == first
    assert _on(history, f"{stem}_sessions_above_share") == usual


def test_the_cluster_of_cuts_is_that_of_2001(history: FigureTable) -> None:
    """Thirteen cuts, after all of which small caps led; in those years with the large index up they never did."""
    ends = [np.datetime64(int(_on(history, f"policy_cuts_cluster_{end}")), "D") for end in ("from", "to")]
    assert [str(day) for day in ends] == ["2001-01-03", "2003-06-25"]
    assert (_on(history, "policy_cuts_cluster"), _on(history, "policy_cuts_cluster_led")) == (13, 1)
    stem = "small_minus_sp500_252d_after_first_cuts"
    assert [_on(history, f"{stem}_in_{side}_n") for side in ("gains", "losses", "recession", "expansion")] == [
        3,
        2,
        3,
        2,
    ]
    assert [_on(history, f"{stem}_in_{side}_above") for side in ("gains", "losses")] == [0, 2]
