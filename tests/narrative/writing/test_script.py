"""On which sessions a sentence may tell of a figure."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.writing.to_date import LEAST_TO_DATE, sessions_so_far, told_of

from ..conftest import Room

DAYS = np.array(
    ["2025-12-30", "2025-12-31", "2026-01-02", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"], "M8[D]"
)
PERIODS = {"wtd": lambda day: day.isocalendar()[:2], "mtd": lambda day: (day.year, day.month),
           "qtd": lambda day: (day.year, (day.month - 1) // 3), "ytd": lambda day: day.year}  # fmt: skip


def test_a_quarter_one_session_old_is_not_told_of() -> None:
    """On January 2 its move is the day's; from the fifth session on, January 8, it is the quarter's."""
    told = told_of("gold_return_qtd", np.ones(7), DAYS)
    assert told.tolist() == [True, True, False, False, False, False, True]
    assert told_of("gold_return_1d", np.ones(7), DAYS).all()


def test_what_is_absent_is_not_told_of_either() -> None:
    """However old its period is."""
    assert not told_of("gold_return_qtd", np.full(7, np.nan), DAYS).any()


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)), min_size=1, max_size=60, unique=True).map(sorted))
def test_sessions_are_counted_within_their_period(days: list[date]) -> None:
    """Week by ISO week, month, quarter and year; of the first period held it is not known when it began."""
    for to_date, period in PERIODS.items():
        found = sessions_so_far(np.array(days, "M8[D]"), to_date)
        for row, day in enumerate(days):
            same = [other for other in days[: row + 1] if period(other) == period(day)]
            assert found[row] == (np.inf if period(day) == period(days[0]) else len(same))


def test_a_wording_of_a_young_period_gives_way_to_another(newsroom: Room) -> None:
    """On the third session of a quarter its move is passed over, whoever's turn it is."""
    text = "---\nwhen: small_return_1d > 0\n---\n- For the quarter it is {{ small_return_qtd | updown }}.\n- It closed at {{ small_level }}.\n"
    count = 90
    made = newsroom(
        {"large/x": text}, small_return_1d=[1.0] * count, small_return_qtd=[2.0] * count, small_level=[9.0] * count
    )
    for row, day in enumerate(made.days):
        candidate = made.at(row).candidates("large")[0]
        lines = {variant.line for variant in made.at(row).wordings(candidate, "body")}
        young = day.month == 10 and day.day < LEAST_TO_DATE["qtd"]
        assert (4 in lines) == (row % 2 == 0 and not young)  # the first of two speaks on every second session


def test_a_size_that_is_printed_as_none_gives_way(newsroom: Room) -> None:
    """“0% below its record” says nothing: where a size rounds to nothing, the wording that tells it in full speaks."""
    text = "---\nwhen: small_return_1d > 0\n---\n- It gained {{ small_return_1d | whole }}.\n- A gain of {{ small_return_1d | size }}.\n"
    for gain, lines in ((0.3, {5}), (3.0, {4, 5})):
        made = newsroom({"large/x": text}, small_return_1d=[gain] * 90)
        told = [made.at(row).wordings(made.at(row).candidates("large")[0], "body") for row in (88, 89)]
        assert {variant.line for variants in told for variant in variants} == lines
