"""What must be there for an edition, and how it is said when it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from generator.errors import CoreSymbolError, NotSettledError, SessionError
from generator.market.completeness import last_session_held, omissions, require_core
from generator.market.sessions import FIRST_DAY, last_completed_session, trading_days
from generator.market.source import Finding, SourceReply, Status
from generator.model import Bars, Kind, Omission, Universe
from tests.market.invented import segment

DAYS = ["2024-07-08", "2024-07-09", "2024-07-10", "2024-07-11"]
SESSION = date(2024, 7, 11)
NAN = float("nan")
CORE = ("^RUT", "^GSPC", "IWM", "SPY")


def bars(symbol: str, closes: Sequence[float], days: Sequence[str] = DAYS, name: str = "close") -> Bars:
    columns = {name: np.array(closes, dtype=float)}
    return Bars(symbol, np.array(days[: len(closes)], dtype="datetime64[D]"), **columns, origin=f"prices/{symbol}.csv")


def whole(*others: Bars) -> SourceReply:
    """A reply with both core indices and the funds on them complete, and whatever else is given."""
    indices = [bars(symbol, [1, 2, 3, 4]) for symbol in ("^RUT", "^GSPC")]
    held = [*indices, *(bars(symbol, [1, 2, 3, 4], name="adj_close") for symbol in ("IWM", "SPY")), *others]
    return SourceReply({each.symbol: each for each in held})


def without(symbol: str, omission: str | None = None) -> SourceReply:
    held = {key: value for key, value in whole().bars.items() if key != symbol}
    return SourceReply(held, {symbol: Finding(symbol, Status.MISSING, omission)} if omission else {})


def reasons(reply: SourceReply, universe: Universe, session: date = SESSION) -> dict[str, str]:
    return {omission.symbol: omission.reason for omission in omissions(reply, universe, session)}


# --- the core -----------------------------------------------------------------------------------


def test_a_complete_core_passes(universe: Universe) -> None:
    """Every core symbol has a value on the session: an edition can be written."""
    require_core(whole(), universe, SESSION)


def test_a_missing_core_symbol_is_named_with_the_reason(universe: Universe) -> None:
    """The message says which symbol is missing, why, and what to do."""
    with pytest.raises(CoreSymbolError) as refused:
        require_core(without("^RUT", "there is no file prices/^RUT.csv"), universe, SESSION)
    assert str(refused.value) == (
        "No edition without ^RUT (there is no file prices/^RUT.csv). Supply its prices, or choose another source."
    )


def test_a_core_symbol_the_source_never_mentions_is_missing(universe: Universe) -> None:
    """A source that forgets a symbol is found out."""
    with pytest.raises(CoreSymbolError, match=r"\^GSPC \(the source did not supply it\)"):
        require_core(without("^GSPC"), universe, SESSION)


def test_all_missing_core_symbols_are_named_at_once(universe: Universe) -> None:
    """A person mends both in one go."""
    with pytest.raises(CoreSymbolError, match=r"\^RUT, \^GSPC, IWM and SPY \(the source did not supply it\)"):
        require_core(SourceReply({}), universe, SESSION)


@pytest.mark.parametrize(
    ("empty", "words"),
    [
        (bars("^RUT", []), "holds no rows"),
        (bars("^RUT", [NAN, NAN]), "holds no close"),
        (bars("^RUT", [0.0, -1.0]), "holds no close"),
        (bars("^RUT", [1.0], name="adj_close"), "holds no close"),
    ],
    ids=["no rows", "no values", "no positive value", "another column"],
)
def test_an_empty_core_symbol_is_as_good_as_missing(universe: Universe, empty: Bars, words: str) -> None:
    """A file with no usable close in it is named by its file."""
    with pytest.raises(CoreSymbolError, match=rf"\^RUT \(prices/\^RUT\.csv {words}\)"):
        require_core(whole(empty), universe, SESSION)


def test_data_that_end_early_name_the_last_session_held(universe: Universe) -> None:
    """Files that stop in June, an edition for July: the message gives the last session held."""
    reply = whole(bars("^RUT", [1, 2, 3]), bars("^GSPC", [1, 2]))
    with pytest.raises(CoreSymbolError) as refused:
        require_core(reply, universe, SESSION)
    assert str(refused.value) == (
        "There is no close for 2024-07-11: ^RUT was last held on 2024-07-10 and ^GSPC was last held on 2024-07-09. "
        "Supply newer prices, or ask for 2024-07-09, the last session held."
    )


def test_one_core_symbol_that_ends_early_is_the_one_named(universe: Universe) -> None:
    """The symbol that is complete is not blamed."""
    with pytest.raises(CoreSymbolError) as refused:
        require_core(whole(bars("^RUT", [1, 2, 3, NAN])), universe, SESSION)
    assert "^RUT" in str(refused.value)
    assert "^GSPC" not in str(refused.value)


def test_prices_of_the_last_evening_may_yet_come(universe: Universe) -> None:
    """Files that are brought up to date every evening are late rather than wrong: exit 3, try again."""
    last = last_completed_session()
    days = [str(day) for day in trading_days(FIRST_DAY, last)[-4:]]
    whole = SourceReply({s: bars(s, [1, 2, 3], days, "close" if "^" in s else "adj_close") for s in CORE})
    with pytest.raises(NotSettledError, match="Supply newer prices") as refused:
        require_core(whole, universe, last)
    assert refused.value.exit_code == 3


def test_a_hole_before_the_session_is_one_clear_message(universe: Universe) -> None:
    """Without the close before, nobody knows the move of the day; the message says which close to supply."""
    with pytest.raises(CoreSymbolError) as refused:
        require_core(whole(bars("^RUT", [1, 2, NAN, 4])), universe, SESSION)
    assert str(refused.value) == (
        "^RUT has no close for 2024-07-10, the session before 2024-07-11, so that the move of the day is not known. "
        "Supply it, or choose another session."
    )


def test_core_symbols_that_never_met_offer_no_session(universe: Universe) -> None:
    """Where no session holds both, none is suggested."""
    reply = whole(bars("^RUT", [1, NAN, NAN]), bars("^GSPC", [NAN, 1, NAN]))
    with pytest.raises(CoreSymbolError, match=r"Supply newer prices\.$"):
        require_core(reply, universe, SESSION)


def test_a_session_before_the_data_names_the_first_one(universe: Universe) -> None:
    """The first session is the one on which the youngest core symbol begins."""
    reply = whole(bars("^RUT", [NAN, NAN, 3, 4]))
    with pytest.raises(SessionError) as refused:
        require_core(reply, universe, date(2024, 7, 9))
    assert str(refused.value) == (
        "2024-07-09 is before the data begins: ^RUT starts on 2024-07-10. The first session available is 2024-07-11."
    )
    with pytest.raises(
        SessionError, match=r"has no close before it: \^RUT starts on 2024-07-10\. The first .* 2024-07-11"
    ):
        require_core(reply, universe, date(2024, 7, 10))


def test_a_core_symbol_still_to_begin_names_its_day(universe: Universe) -> None:
    """A source that gives nothing so early says when it will, and so does the message."""
    reply = replace(without("^RUT"), begins={"^RUT": date(2024, 8, 1)})
    with pytest.raises(SessionError, match="first session available is 2024-08-02"):
        require_core(reply, universe, SESSION)


def test_a_core_segment_known_by_its_total_return_alone(universe: Universe) -> None:
    """A core fund without a price symbol is vouched for by its adjusted close."""
    funds = {"fund": segment("fund", Kind.FUND, total="FUND")}
    reply = SourceReply({"FUND": bars("FUND", [1, 2, 3, 4], name="adj_close")})
    require_core(reply, Universe(funds, {}, core=("fund",)), SESSION)


@pytest.mark.parametrize("twin", [bars("IWM", []), bars("IWM", [1, 2, 3], name="adj_close")], ids=["empty", "stale"])
def test_the_fund_on_a_core_index_is_core_as_well(universe: Universe, twin: Bars) -> None:
    """Without the small-cap fund there is no total return of small caps, and no edition."""
    with pytest.raises(CoreSymbolError, match="IWM"):
        require_core(whole(twin), universe, SESSION)


def test_a_fund_that_began_after_its_index_is_not_waited_for(universe: Universe) -> None:
    """Editions of the years before the fund began need no fund."""
    young = replace(whole(), begins={"IWM": date(2024, 8, 1)})
    require_core(replace(young, bars={key: one for key, one in young.bars.items() if key != "IWM"}), universe, SESSION)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OK])
def test_whether_waiting_helps_is_said_and_decides_the_exit_code(universe: Universe, status: Status) -> None:
    """A core symbol that may yet come ends in exit 3 and says when to come back; one that will not, in exit 1."""
    reply = replace(whole(bars("^RUT", [1, 2, 3])), findings={"^RUT": Finding("^RUT", status, "because")})
    absent = replace(without("^RUT"), findings={"^RUT": Finding("^RUT", status, "because")})
    waiting = status in (Status.STALE, Status.INCOMPLETE, Status.RATE_LIMITED, Status.NETWORK)
    for each in (reply, absent):
        with pytest.raises(CoreSymbolError) as refused:
            require_core(each, universe, SESSION)
        assert "(because)" in str(refused.value)
        assert refused.value.exit_code == (3 if waiting else 1)
        assert ("Try again" in str(refused.value)) is waiting


def test_one_core_symbol_that_will_not_come_makes_waiting_vain(universe: Universe) -> None:
    """Where waiting helps one core symbol and not the other, the edition is refused for good."""
    late = Finding("^RUT", Status.STALE, "nothing yet")
    gone = Finding("^GSPC", Status.MISSING, "no such symbol")
    reply = replace(whole(bars("^RUT", [1, 2]), bars("^GSPC", [1, 2])), findings={"^RUT": late, "^GSPC": gone})
    with pytest.raises(CoreSymbolError) as refused:
        require_core(reply, universe, SESSION)
    assert refused.value.exit_code == 1


def test_a_universe_without_a_core_is_refused() -> None:
    """Something has to be there for an edition; an empty list of it is a mistake, told as one."""
    with pytest.raises(CoreSymbolError, match="no core segment"):
        require_core(whole(), Universe({}, {}, core=()), SESSION)


def test_the_last_session_held_is_the_last_that_all_share(universe: Universe) -> None:
    """A day on which one of them is absent does not count."""
    assert last_session_held(whole(bars("^RUT", [1, 2, NAN, 4])), universe) == SESSION
    assert last_session_held(whole(bars("^RUT", [1, 2, NAN])), universe) == date(2024, 7, 9)
    assert last_session_held(SourceReply({}), universe) is None


# --- what the edition goes without --------------------------------------------------------------


def test_the_core_alone_leaves_the_rest_out(universe: Universe) -> None:
    """Every other symbol is an omission, in the universe's order, none twice."""
    left_out = [omission.symbol for omission in omissions(whole(), universe, SESSION)]
    assert left_out == [symbol for symbol in universe.symbols() if symbol not in universe.core_symbols()]


def test_an_omission_keeps_the_sources_reason(universe: Universe) -> None:
    """What the source said of a symbol is what the edition says."""
    missing = Finding("XLC", Status.MISSING, "there is no file prices/XLC.csv")
    reply = replace(whole(), findings={"XLC": missing})
    assert reasons(reply, universe)["XLC"] == "there is no file prices/XLC.csv"


def test_a_symbol_still_to_begin_is_told_by_its_day(universe: Universe) -> None:
    """A fund younger than the session is no fault of anybody's."""
    reply = replace(whole(), begins={"XLC": date(2018, 6, 19)})
    assert reasons(reply, universe)["XLC"] == "begins on 2018-06-19"


def test_a_bond_holiday_leaves_the_yield_out_for_the_day(universe: Universe) -> None:
    """Bonds rest on Columbus Day and stocks trade: the yield is absent that day, and when it was last held is said."""
    assert reasons(whole(bars("^TNX", [4.1, 4.2, 4.3])), universe)["^TNX"] == (
        "no value for 2024-07-11 (last held on 2024-07-10)"
    )


def test_a_yield_below_zero_is_a_value(universe: Universe) -> None:
    """Only the core has to be above zero."""
    assert "^TNX" not in reasons(whole(bars("^TNX", [4.1, 4.2, 4.3, -0.1])), universe)


def test_a_column_the_universe_does_not_read_is_no_value(universe: Universe) -> None:
    """A fund read by its total return is absent where only its close is there."""
    assert reasons(whole(bars("XLC", [1, 2, 3, 4])), universe)["XLC"] == "no value for 2024-07-11"


def test_a_symbol_read_for_two_things_says_which_is_absent(universe: Universe) -> None:
    """A fund with a total return and no price, early in its history, is half there, and that is what is said."""
    reply = whole(bars("KRE", [1, 2, 3, 4], name="adj_close"))
    assert reasons(reply, universe)["KRE"] == "no close for 2024-07-11"


def test_an_empty_file_is_an_omission(universe: Universe) -> None:
    """A symbol without rows is left out, and its file is named."""
    assert Omission("^VIX", "prices/^VIX.csv holds no rows") in omissions(whole(bars("^VIX", [])), universe, SESSION)
