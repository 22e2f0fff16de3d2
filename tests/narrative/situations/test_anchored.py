"""A fact or an event as it was on a session that a figure dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from generator.errors import UnknownFigureError
from generator.model import Basis, Calendar, Column, Days, Event, Fact, FigureDefinition, Unit
from generator.narrative.situations.citations import Cited

DAYS = np.array(["2024-07-10", "2024-07-11", "2024-07-12", "2024-07-15"], dtype="datetime64[D]")
REPORTS = (Event(date(2024, 7, 11)), Event(date(2024, 7, 15)))
PRICES = Calendar("prices", "Office", "https://office.example", "x.yaml:1", REPORTS)
CUT = Fact(
    "cut", date(2024, 7, 11), date(2024, 7, 13), {"size": Decimal(25)}, "Bank", "https://bank.example",
    date(2024, 7, 11), "cut-1",
)  # fmt: skip


@dataclass
class BestDay:
    """Figures that know one day alone: `jump1_date`, from the second session on July 11."""

    sessions: Days

    @property
    def catalogue(self) -> BestDay:
        return self

    def define(self, name: str) -> FigureDefinition:
        if name != "jump1_date":
            raise UnknownFigureError(name)
        return FigureDefinition(name, Unit.DATE, Basis.NONE, 0, "date of the best day", "best day", ())

    def values(self, name: str) -> Column:
        day = float(DAYS[1].astype(np.int64))
        return np.array([np.nan, day, day, day])


@pytest.fixture
def cited() -> Cited:
    return Cited(BestDay(DAYS), (CUT,), (PRICES,))  # type: ignore[arg-type]


def test_an_event_is_told_as_of_that_session(cited: Cited) -> None:
    """On July 11 there was a report that day; on the session itself, days later, there may be another."""
    found = cited.values("prices_sessions_since_at_jump1")
    assert np.isnan(found[0])
    assert found[1:].tolist() == [0.0, 0.0, 0.0]
    assert cited.values("prices_sessions_since")[2:].tolist() == [1.0, 0.0]
    assert cited.names.define("prices_last_at_jump1").label == "last prices, on the best day"


def test_it_is_cited_by_its_own_entry(cited: Cited) -> None:
    """The entry of July 11 may be cited long after, and a fact that has expired meanwhile."""
    assert cited.fact("prices_last_at_jump1", 3).as_of == date(2024, 7, 11)
    assert date(2024, 7, 11) in {fact.as_of for fact in cited.citable(3) if fact.key == "prices"}
    assert cited.values("cut_size_at_jump1")[3] == 25.0
    assert np.isnan(cited.values("cut_size")[3])
    assert cited.fact("cut_size_at_jump1", 3) is CUT


def test_before_there_is_such_a_session_there_is_nothing(cited: Cited) -> None:
    """Nor is a name known whose anchor no figure dates."""
    with pytest.raises(UnknownFigureError):
        cited.fact("prices_last_at_jump1", 0)
    assert not cited.names.has("prices_last_at_jump2")
