"""Figures as rows: for a program, and as a person reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.model import Settings
from generator.project import bundled_root
from generator.verbs.figures import FigureRow, figure_rows

SETTINGS = Settings(source="sample", project=bundled_root(), session=date(1998, 3, 2))


def row(unit: str, value: Any, printed: float | None) -> FigureRow:
    return FigureRow("small_x", "x", "x of closes", unit, "price return", value, printed, ())


def test_a_figure_has_the_prices_behind_it() -> None:
    """The window runs from the first session that it reads to the last."""
    (found,) = figure_rows(SETTINGS, ["small_return_1d"])
    before, after = (item["value"] for item in found.inputs)
    assert found.value == pytest.approx(after / before - 1)
    assert found.window == "1998-02-27 to 1998-03-02"


def test_a_figure_that_is_absent_says_so() -> None:
    """It has no value, no window and no inputs; what it would be is told all the same."""
    (found,) = figure_rows(replace(SETTINGS, session=date(1996, 6, 3)), ["small_return_1y"])
    assert (found.value, found.text, found.window, list(found.inputs)) == (None, "absent", "", [])
    assert found.formula


def test_without_a_name_it_is_the_figures_that_the_content_quotes() -> None:
    """Each once, by name."""
    names = [found.name for found in figure_rows(SETTINGS, ())]
    assert names == sorted(set(names))
    assert "small_return_1d" in names
    assert {"falling_rates_for", "falling_rates_yield_down", "real_estate_minus_sp500_1d"} <= set(names)


def test_a_count_of_a_reading_has_its_signals() -> None:
    """Those that are known; any other figure has none, and its record does not speak of them."""
    counted, flag = figure_rows(replace(SETTINGS, session=date(2023, 3, 6)), ["reflation_for", "reflation_yield_up"])
    assert counted.printed == sum(counted.signals.values())
    assert counted.record["signals"]["reflation_yield_up"] is (flag.text == "yes")
    assert "signals" not in flag.record


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (row("percent", 0.0123, 1.23), "1.23"),
        (row("count", 1234.0, 1234.0), "1,234"),
        (row("date", 10287.0, 10287.0), "1998-03-02"),
        (row("flag", 1.0, 1.0), "yes"),
        (row("flag", 0.0, 0.0), "no"),
        (row("name", "energy", 3.0), "energy"),
        (row("percent", None, None), "absent"),
    ],
)
def test_a_figure_is_read_by_its_unit(found: FigureRow, text: str) -> None:
    """A date as a date, a name as a name, a flag as yes or no."""
    assert found.text == text


def test_a_record_has_a_source_where_there_is_one() -> None:
    """For programs: a price has none, so the record does not name one."""
    assert "source" not in row("percent", 0.01, 1.0).record
    assert list(row("percent", 0.01, 1.0).record)[-2:] == ["text", "window"]
