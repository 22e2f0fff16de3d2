"""What may be believed: readings judged without a server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from generator.market.judging.doubts import doubts
from generator.market.sessions import NEW_YORK, trading_days
from generator.market.source import Action, Held, Status
from generator.market.yahoo.answer import Quote, Reading
from generator.market.yahoo.judgement import OK, against_quote, history_of, judge
from generator.model import Bars, Kind
from tests.servers.evenings import wandering

FIRST, THROUGH = date(2022, 1, 3), date(2024, 7, 11)
NOW = datetime(2024, 7, 11, 20, 15, tzinfo=NEW_YORK)
DAYS = trading_days(FIRST, THROUGH)
NOTHING = Bars("", DAYS[:0], close=np.array([]))


def closes(seed: str = "", size: float = 0.01) -> np.ndarray:
    return np.array(list(wandering(DAYS.astype(object), size=size, seed=seed).values()))


def reading(column: np.ndarray | None = None, kind: Kind = Kind.FUND, actions: Sequence[Action] = ()) -> Reading:
    """A symbol's closes on the exchange's days, its quote the last of them at the close."""
    column = closes() if column is None else column
    bars = Bars("FUND", DAYS[: len(column)], close=column, origin="Yahoo Finance")
    quote = Quote(float(column[-1]), datetime.combine(THROUGH, time(16), NEW_YORK))
    return Reading(kind, bars, NOTHING, quote, tuple(actions), None)


def test_nothing_speaks_against_an_ordinary_evening() -> None:
    """Complete, settled, as quoted."""
    assert judge(reading(), THROUGH, None, NOW) is OK


def test_an_old_gap_is_left_to_the_figures() -> None:
    """Only the last thirty sessions are looked at: what is absent before is absent, and is not news."""
    column = closes()
    column[-31] = np.nan
    assert judge(reading(column), THROUGH, None, NOW) is OK
    column[-30] = np.nan
    assert judge(reading(column), THROUGH, None, NOW)[0] is Status.GAP


def test_of_what_is_held_the_days_asked_for_are_looked_at() -> None:
    """After a long pause more than thirty sessions are."""
    column = closes()
    column[-60] = np.nan
    held = Held(DAYS[-90].astype(object), 0.05)
    assert judge(reading(column), THROUGH, held, NOW)[0] is Status.GAP


def test_many_missing_sessions_are_counted() -> None:
    """Three are named, the others told by their number."""
    column = closes()
    column[-10:-2] = np.nan
    assert judge(reading(column), THROUGH, None, NOW)[1].endswith("2024-07-01 and 5 more)")


def test_a_yield_may_rest_on_columbus_day() -> None:
    """The exchange trades, bonds do not: the last yield is the day before's, and that is no fault of it."""
    through = date(2024, 10, 14)
    days = trading_days(date(2024, 8, 1), date(2024, 10, 11))
    bars = Bars("^TNX", days, close=np.full(len(days), 4.1))
    quote = Quote(4.1, datetime(2024, 10, 11, 15, 0, tzinfo=NEW_YORK))
    rested = Reading(Kind.YIELD, bars, NOTHING, quote, (), None)
    now = datetime(2024, 10, 14, 20, 15, tzinfo=NEW_YORK)
    assert judge(rested, through, None, now) is OK
    assert judge(replace(rested, kind=Kind.FUND), through, None, now)[0] is Status.STALE


# --- the quote ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "at", "price", "status"),
    [
        (Kind.FUND, time(16, 0), 100.29, Status.OK),
        (Kind.FUND, time(16, 0), 100.31, Status.SUSPECT),
        (Kind.FUND, time(15, 59), 100.0, Status.INCOMPLETE),
        (Kind.YIELD, time(14, 59), 100.0, Status.OK),
        (Kind.COMMODITY, time(17, 0), 100.0, Status.OK),
        (Kind.COMMODITY, time(17, 0), 101.0, Status.SUSPECT),
        (Kind.COMMODITY, time(19, 30), 101.0, Status.OK),
        (Kind.COMMODITY, time(19, 30), 100.0, Status.INCOMPLETE),
    ],
)
def test_the_last_close_beside_the_quote(kind: Kind, at: time, price: float, status: Status) -> None:
    """Within 0.3% and not before the close; a future that trades again has another price by then, or a moving bar."""
    quote = Quote(price, datetime.combine(THROUGH, at, NEW_YORK))
    assert against_quote(kind, quote, THROUGH, 100.0)[0] is status


def test_a_bills_yield_is_held_against_the_quote_in_points() -> None:
    """0.3% of nothing is nothing."""
    quote = Quote(0.003, datetime.combine(THROUGH, time(15), NEW_YORK))
    assert against_quote(Kind.YIELD, quote, THROUGH, 0.0) is OK


def test_a_later_quote_says_nothing_of_the_close() -> None:
    """A quote of the next day is another day's."""
    quote = Quote(105.0, datetime.combine(THROUGH + timedelta(days=1), time(16), NEW_YORK))
    assert against_quote(Kind.FUND, quote, THROUGH, 100.0) is OK


# --- moves ----------------------------------------------------------------------------------------


def unexplained(*readings: Reading, held: Held | None = None) -> dict[str, str]:
    named = {f"S{number}": each for number, each in enumerate(readings)}
    histories = {name: history_of(each, THROUGH, held if name == "S0" else None) for name, each in named.items()}
    return {name: doubt.why for name, doubt in doubts(histories).items()}


def moved(by: float, row: int = -1, seed: str = "") -> np.ndarray:
    """All closes from `row` on multiplied."""
    column = closes(seed)
    column[row:] *= by
    return column


def test_a_move_without_example_is_suspect() -> None:
    """A fund that never moved by more than three percent loses a tenth, alone."""
    assert "-" in unexplained(reading(moved(0.9)), *(reading(closes(str(n))) for n in range(4)))["S0"]


def test_a_move_that_others_make_is_explained() -> None:
    """In a crash every instrument breaks its record."""
    assert unexplained(*(reading(moved(0.9, seed=str(n))) for n in range(5))) == {}


def test_a_halving_is_not_explained_by_an_ordinary_day() -> None:
    """Others have to move as far by their own measure: half a record is nothing beside forty records."""
    busy = [reading(moved(1.025, seed=str(n))) for n in range(6)]
    assert list(unexplained(reading(moved(0.5)), *busy)) == ["S0"]


def test_two_others_explain_nothing() -> None:
    """A market is more than two."""
    assert "S0" in unexplained(*(reading(moved(0.9, seed=str(n))) for n in range(3)))


def test_yesterdays_record_stands_unless_it_looks_like_a_split() -> None:
    """A fall by 12% on which somebody traded since is a price; by half, on which a split was never worked in, is none."""
    assert unexplained(reading(moved(0.88, -2))) == {}
    assert "S0" in unexplained(reading(moved(0.5, -2)))


def test_a_move_that_is_taken_back_is_no_price() -> None:
    """A spike of one day is a misprint."""
    column = closes()
    column[-3] *= 1.3
    assert "S0" in unexplained(reading(column))


def test_a_split_that_is_worked_in_explains_a_record() -> None:
    """On the day of a reverse split a price may do what it never did; at the ratio itself nothing was worked in."""
    split = Action(THROUGH, "split", 0.1)
    assert unexplained(reading(moved(1.2), actions=[split])) == {}
    assert "old scale (0.1 for 1" in unexplained(reading(moved(10.0), actions=[split]))["S0"]


def test_what_is_held_says_what_was_ever_done() -> None:
    """With a few weeks fetched, the record is the store's."""
    column = moved(0.9)[-40:]
    bars = Bars("FUND", DAYS[-40:], close=column)
    held = Held(DAYS[-30].astype(object), 0.2)
    assert unexplained(replace(reading(), bars=bars), held=held) == {}
    assert "S0" in unexplained(replace(reading(), bars=bars), held=replace(held, largest_move=0.05))


def test_a_yields_move_is_told_in_points() -> None:
    """From four to six percent is two points."""
    column = np.full(len(DAYS), 4.0)
    column[-1] = 6.0
    assert "+2.00 points" in unexplained(reading(column, Kind.YIELD))["S0"]
