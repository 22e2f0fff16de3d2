"""Yahoo's description of a fund in, a ratio that can be believed, or the reason why there is none, out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.market.economy.valuation import fund_pe, read_valuation
from generator.market.source import Status

TODAY = date(2025, 7, 1)


@dataclass
class Invented:
    """A fund with what Yahoo says of it."""

    holdings: object
    quote: object
    info: dict[str, object] = field(init=False)
    funds_data: Any = field(init=False)

    def __post_init__(self) -> None:
        self.info = {"trailingPE": self.quote}
        table = pd.DataFrame({"IWM": {"Price/Earnings": self.holdings, "Price/Book": 0.5}, "Category Average": 1.0})
        self.funds_data = SimpleNamespace(equity_holdings=table)


def test_the_reciprocal_is_turned_round() -> None:
    """0.0561 among the holdings is a ratio of 17.8."""
    ratio, reason = fund_pe(Invented(0.0561, 17.6), "IWM")
    assert reason == ""
    assert ratio == pytest.approx(17.825, abs=0.001)


@pytest.mark.parametrize(
    ("holdings", "quote", "reason"),
    [
        (0.0, 17.8, "no price-earnings ratio of its holdings"),
        (float("nan"), 17.8, "no price-earnings ratio of its holdings"),
        (None, 17.8, "no price-earnings ratio of its holdings"),
        (-0.05, 17.8, "no price-earnings ratio of its holdings"),
        (0.0001, 17.8, "10,000, cannot be right"),
        (0.0561, None, "to set it against"),
        (0.0561, 0.0, "to set it against"),
        (0.0561, "n/a", "to set it against"),
        (0.0561, 30.1, "disagree, 17.8 and 30.1"),
        (17.8, 17.8, "disagree, 0.1 and 17.8"),
    ],
)
def test_what_cannot_be_believed_is_absent(holdings: object, quote: object, reason: str) -> None:
    """Zero is unknown, a ratio that is no reciprocal is caught by the quote, and neither of two that differ is told."""
    found, finding = read_valuation(Invented(holdings, quote), "IWM.PE", TODAY)
    assert found is None
    assert finding.status is Status.MISSING
    assert reason in finding.reason


def test_an_answer_of_another_form_is_told_as_such() -> None:
    """A table without the row is bad data, not a traceback."""
    odd = Invented(0.0561, 17.8)
    odd.funds_data.equity_holdings = pd.DataFrame({"IWM": {"Price/Book": 0.5}})
    found, finding = read_valuation(odd, "IWM.PE", TODAY)
    assert (found, finding.status) == (None, Status.BAD_DATA)


def test_the_day_of_the_fetch_is_the_day_observed() -> None:
    """What is known today is dated today, and is known from today on."""
    found, finding = read_valuation(Invented(0.05, 20.5), "IWM.PE", TODAY)
    assert finding.status is Status.OK
    assert found is not None
    assert found.seen is not None
    assert (found.days[0].astype(object), found.seen[0].astype(object)) == (TODAY, TODAY)
    assert found.values.tolist() == [20.0]


@settings(deadline=None)
@given(ratio=st.floats(5.0, 100.0), quote=st.floats(5.0, 100.0))
def test_a_ratio_that_is_told_lies_within_a_tenth_of_the_quote(ratio: float, quote: float) -> None:
    """Whatever Yahoo says of a fund, either both of its numbers agree or neither is told."""
    found, reason = fund_pe(Invented(1.0 / ratio, quote), "IWM")
    agrees = abs(ratio - quote) <= 0.1 * quote * (1 + 1e-9)
    assert (found is not None) is (reason == "")
    assert found is None or (agrees and found == pytest.approx(ratio))
    assert found is not None or abs(ratio - quote) >= 0.1 * quote * (1 - 1e-9)
