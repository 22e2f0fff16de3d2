"""How often and how long a gap has been above zero, against a plain walk over the month-ends."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.figures.table import FigureTable

from .test_since import day, of_two

GAP = "small_minus_large_3m"


@pytest.fixture(scope="module")
def walked() -> FigureTable:
    """Nine years of two indices by chance."""
    chance = np.random.default_rng(11)
    small, large = (100 * np.exp(np.cumsum(chance.normal(0, 0.01, 2300) + 0.0003)) for _ in range(2))
    return of_two(small.tolist(), large.tolist(), "2010-01-01")


def test_all_agree_with_a_plain_walk(walked: FigureTable) -> None:
    """Shares, last leads, runs and their ranks, on sessions between month-ends as well."""
    gap = walked.printed(GAP)
    days = walked.sessions.astype(object)
    rows = [row for row in range(gap.size - 1) if days[row].month != days[row + 1].month]
    for row in (400, 1000, 1733, rows[-3]):
        ends = [one for one in rows if one <= row and not np.isnan(gap[one])]
        above = [one for one in ends if gap[one] > 0]
        runs = [(sign, list(of)) for sign, of in groupby(ends, key=lambda one: float(np.sign(gap[one])))]
        sign, present = runs[-1]
        kept = [of for side, of in runs if side > 0 and len(of) >= 12]
        expected = {
            "n": len(ends),
            "share": len(above) / len(ends),
            "spell": sign * len(present),
            "spell_rank": 1 + sum(side == sign and len(of) >= len(present) for side, of in runs[:-1]),
            "leads": len(kept),
        }
        assert {tail: walked.values(f"{GAP}_monthly_{tail}")[row] for tail in expected} == pytest.approx(expected)
        assert day(walked.values(f"{GAP}_monthly_last")[row]) == str(days[above[-1]])
        assert day(walked.values(f"{GAP}_monthly_worst")[row]) == str(days[min(ends, key=lambda one: gap[one])])
        held = gap[: row + 1][~np.isnan(gap[: row + 1])]
        assert walked.values(f"{GAP}_daily_n")[row] == held.size
        assert walked.values(f"{GAP}_daily_share")[row] == pytest.approx((held > 0).mean())


def test_leads_that_were_kept_for_a_year() -> None:
    """One of fourteen month-ends counts, with its first and last; one of five does not."""
    months = np.array([0.01] * 14 + [-0.01] * 3 + [0.01] * 5)
    small = 100 * np.cumprod(1 + np.repeat(months, 22))
    made = of_two(small.tolist(), [100.0] * small.size, "2010-01-01")
    first, last, leads = (made.values(f"small_minus_large_1m_monthly_leads{tail}") for tail in ("_first", "_last", ""))
    assert leads[-1] == 1
    assert day(first[-1])[:7] == date(2010, 2, 26).isoformat()[:7]
    assert day(last[-1])[:7] in ("2011-02", "2011-03")
    assert np.isnan(first[200])


def test_what_has_no_sign_has_no_spells(walked: FigureTable) -> None:
    """A level is always above zero; sessions have no runs."""
    for name in ("small_level_monthly_share", f"{GAP}_daily_spell", f"{GAP}_monthly_none"):
        with pytest.raises(UnknownFigureError):
            walked.catalogue.define(name)
