"""Fetches into a store: what is asked for, what is kept, and what is told apart."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from generator.market.sessions import trading_days
from generator.market.source import Action, Finding, Status
from generator.market.store.fetching import fetch
from generator.market.store.file import PriceStore
from generator.market.store.recording import Recorded, record
from generator.market.store.snapshot import KnownSymbol, last_fetch
from generator.market.store.stored_source import StoredSource
from generator.model import Bars, Universe
from tests.market.store.invented import FIRST, Supplier, between, history

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2024, 7, day) for day in (8, 9, 10, 11))


def stored(store: PriceStore, supplier: Supplier, session: date, symbol: str = "IWM") -> Bars:
    return StoredSource(store, supplier).history([symbol], session).bars[symbol]


def said(store: PriceStore, supplier: Supplier, session: date, symbol: str = "IWM") -> Finding:
    return StoredSource(store, supplier).history([symbol], session).findings[symbol]


def same(one: Bars, other: Bars) -> bool:
    return np.array_equal(one.days, other.days) and all(
        np.array_equal(one.column(name), other.column(name), equal_nan=True)
        for name in ("open", "high", "low", "close", "adj_close")
    )


# --- what is asked for --------------------------------------------------------------------------


def test_the_first_fetch_takes_the_whole_history(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """Nothing is held, so everything is asked for, and comes back as it was given."""
    fetch(supplier, store, few, MONDAY)
    assert supplier.asked == [{"^RUT": None, "IWM": None, "^TNX": None}]
    assert same(stored(store, supplier, MONDAY), between(supplier.bars["IWM"], FIRST, MONDAY))


def test_a_later_fetch_takes_thirty_sessions(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """What is held is asked for again over the last 30 sessions; only what is new is stored."""
    fetch(supplier, store, few, MONDAY)
    later = fetch(supplier, store, few, TUESDAY)
    asked = supplier.asked[1]["IWM"]
    assert asked is not None
    assert asked.since == trading_days(FIRST, TUESDAY)[-30].astype(object)
    assert asked.largest_move == 0.1  # of some quiet years: what is usual for a fund
    assert len(supplier.asked) == 2
    assert later.changes["IWM"].new_days == 1
    assert sum(len(rows) for (rows,) in store.rows("SELECT rows FROM bars WHERE fetch = 2")) == 3 * (4 + 5 * 8)
    assert same(stored(store, supplier, TUESDAY), between(supplier.bars["IWM"], FIRST, TUESDAY))


def test_after_a_long_pause_what_is_missing_is_asked_for(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """A store that was left alone for half a year has no hole afterwards."""
    fetch(supplier, store, few, date(2023, 12, 29))
    fetch(supplier, store, few, TUESDAY)
    assert same(stored(store, supplier, TUESDAY), between(supplier.bars["IWM"], FIRST, TUESDAY))


def test_a_new_symbol_is_asked_for_in_full(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """A symbol added to the universe gets its whole history beside the others' thirty sessions."""
    late = supplier.bars.pop("^TNX")
    fetch(supplier, store, few, MONDAY)
    supplier.bars["^TNX"] = late
    fetch(supplier, store, few, TUESDAY)
    assert supplier.asked[1]["^TNX"] is None
    assert same(stored(store, supplier, TUESDAY, "^TNX"), between(late, FIRST, TUESDAY))


# --- what changed -------------------------------------------------------------------------------


def restated(recorded: Recorded, symbol: str = "IWM") -> list[tuple[date, str]]:
    return [(each.session, each.field) for each in recorded.changes[symbol].restatements]


def test_a_restated_close_is_kept_beside_the_old_one(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """Today's reader gets the new close; who asks for what was known before gets the old one."""
    first = fetch(supplier, store, few, MONDAY)
    before = between(supplier.bars["IWM"], FIRST, MONDAY)
    supplier.changed("IWM", close=(MONDAY, MONDAY, 1.01))
    later = fetch(supplier, store, few, MONDAY)
    assert restated(later) == [(MONDAY, "close")]
    (told,) = later.changes["IWM"].restatements
    assert told.new == pytest.approx(told.old * 1.01)
    assert same(stored(store, supplier, MONDAY), between(supplier.bars["IWM"], FIRST, MONDAY))
    then = StoredSource(store, supplier, first.fetch.fetched_at).history(["IWM"], MONDAY)
    assert same(then.bars["IWM"], before)
    assert then.fetched_at == first.fetch.fetched_at


def test_an_absent_price_takes_nothing_away(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """A supplier that forgets a close it once gave is not believed."""
    fetch(supplier, store, few, MONDAY)
    whole = stored(store, supplier, MONDAY)
    supplier.changed("IWM", close=(MONDAY, MONDAY, float("nan")))
    assert restated(fetch(supplier, store, few, MONDAY)) == []
    assert same(stored(store, supplier, MONDAY), whole)


def test_a_split_rescales_and_restates_nothing(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """After two shares for one the whole history is asked for again; it stands on one scale, and nothing was restated."""
    fetch(supplier, store, few, TUESDAY)
    halves = dict.fromkeys(("open", "high", "low", "close", "adj_close"), (FIRST, TUESDAY, 0.5))
    supplier.changed("IWM", **halves)
    supplier.actions["IWM"] = (Action(WEDNESDAY, "split", 2.0),)
    later = fetch(supplier, store, few, WEDNESDAY)
    assert supplier.asked[2] == {"IWM": None}
    assert restated(later) == []
    assert {(one.field, one.cause, round(one.factor, 6)) for one in later.changes["IWM"].rescalings} == {
        (name, "split", 0.5) for name in halves
    }
    assert same(stored(store, supplier, WEDNESDAY), between(supplier.bars["IWM"], FIRST, WEDNESDAY))
    fetch(supplier, store, few, THURSDAY)
    assert len(supplier.asked) == 4, "a split that is known is asked about no more"


def test_a_dividend_rescales_adjusted_closes_alone(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """Every earlier adjusted close moves by one factor; a close that was restated the same day is still found."""
    fetch(supplier, store, few, TUESDAY)
    supplier.changed("IWM", adj_close=(FIRST, TUESDAY, 0.9968), close=(MONDAY, MONDAY, 1.002))
    supplier.actions["IWM"] = (Action(WEDNESDAY, "dividend", 0.61),)
    later = fetch(supplier, store, few, WEDNESDAY)
    assert restated(later) == [(MONDAY, "close")]
    (found,) = later.changes["IWM"].rescalings
    assert (found.field, found.cause, found.first, found.last) == ("adj_close", "dividend", FIRST, TUESDAY)
    assert found.factor == pytest.approx(0.9968)


def test_a_split_that_nothing_announces_is_told_by_the_prices(
    store: PriceStore, supplier: Supplier, few: Universe
) -> None:
    """Where the first day of the window stands on another scale, the whole history is asked for and recognised."""
    fetch(supplier, store, few, TUESDAY)
    supplier.changed("IWM", close=(FIRST, TUESDAY, 0.25), adj_close=(FIRST, TUESDAY, 0.25))
    later = fetch(supplier, store, few, WEDNESDAY)
    assert supplier.asked[2] == {"IWM": None}
    assert restated(later) == []
    assert {one.cause for one in later.changes["IWM"].rescalings} == {"unannounced"}


def test_several_dividends_and_a_split_since_the_last_fetch(
    store: PriceStore, supplier: Supplier, few: Universe
) -> None:
    """After a pause of half a year each stretch has its own factor, and still nothing was restated."""
    paid, halved, paid_again = date(2024, 2, 1), date(2024, 3, 1), date(2024, 5, 1)
    start = date(2024, 1, 31)
    fetch(supplier, store, few, start)
    supplier.changed("IWM", adj_close=(FIRST, start, 0.5 * 0.99 * 0.98), close=(FIRST, start, 0.5))
    supplier.actions["IWM"] = (
        Action(paid, "dividend", 1),
        Action(halved, "split", 2),
        Action(paid_again, "dividend", 1),
    )
    later = fetch(supplier, store, few, TUESDAY)
    assert restated(later) == []
    assert same(stored(store, supplier, TUESDAY), between(supplier.bars["IWM"], FIRST, TUESDAY))


def test_half_a_history_on_a_new_scale_is_never_stored(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """A split whose whole history cannot be had leaves the old history alone, and says why the symbol is missing."""
    fetch(supplier, store, few, TUESDAY)
    before = stored(store, supplier, TUESDAY)
    supplier.changed("IWM", close=(FIRST, TUESDAY, 0.5))
    real = supplier.history

    def refused_the_second_time(*given: object) -> object:
        if len(supplier.asked) == 2:
            supplier.troubles["IWM"] = Finding("IWM", Status.RATE_LIMITED, "a pause is asked for")
        return real(*given)  # type: ignore[arg-type]

    supplier.history = refused_the_second_time  # type: ignore[method-assign,assignment]
    fetch(supplier, store, few, WEDNESDAY)
    assert said(store, supplier, WEDNESDAY) == Finding("IWM", Status.RATE_LIMITED, "a pause is asked for")
    assert same(stored(store, supplier, WEDNESDAY), before)


def test_a_rescaled_history_that_begins_later_is_not_taken(
    store: PriceStore, supplier: Supplier, few: Universe
) -> None:
    """A supplier that has dropped the oldest years cannot bring what is held of them to the new scale."""
    fetch(supplier, store, few, TUESDAY)
    before = stored(store, supplier, TUESDAY)
    supplier.changed("IWM", close=(FIRST, TUESDAY, 0.5))
    supplier.bars["IWM"] = between(supplier.bars["IWM"], date(2023, 6, 1), date(2025, 1, 1))
    fetch(supplier, store, few, WEDNESDAY)
    assert said(store, supplier, WEDNESDAY).status is Status.GAP
    assert same(stored(store, supplier, WEDNESDAY), before)


# --- what is not ok -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OK])
def test_a_symbol_that_is_not_ok_keeps_its_history(
    store: PriceStore, supplier: Supplier, few: Universe, status: Status
) -> None:
    """Its last session is absent with the reason; the sessions before it stay."""
    fetch(supplier, store, few, MONDAY)
    supplier.troubles["IWM"] = Finding("IWM", status, "because")
    supplier.bars["IWM"] = between(supplier.bars["IWM"], FIRST, MONDAY)
    fetch(supplier, store, few, TUESDAY)
    assert said(store, supplier, TUESDAY) == Finding("IWM", status, "because")
    assert stored(store, supplier, TUESDAY).days[-1] == np.datetime64(MONDAY)
    assert said(store, supplier, MONDAY).status is Status.OK


@pytest.mark.parametrize("status", [Status.STALE, Status.NETWORK, Status.RATE_LIMITED, Status.MISSING, Status.GAP])
def test_what_is_held_needs_no_second_telling(
    store: PriceStore, supplier: Supplier, few: Universe, status: Status
) -> None:
    """A close that was settled an hour ago is not lost because the supplier is out of reach now."""
    fetch(supplier, store, few, MONDAY)
    supplier.troubles["IWM"] = Finding("IWM", status, "because")
    supplier.bars["IWM"] = between(supplier.bars["IWM"], FIRST, date(2024, 7, 5))
    fetch(supplier, store, few, MONDAY)
    assert said(store, supplier, MONDAY).status is Status.OK
    assert stored(store, supplier, MONDAY).days[-1] == np.datetime64(MONDAY)


@pytest.mark.parametrize("status", [Status.SUSPECT, Status.BAD_DATA])
def test_what_is_contradicted_is_left_out(store: PriceStore, supplier: Supplier, few: Universe, status: Status) -> None:
    """A close that the supplier itself now puts in doubt is not used for its session, though it is held."""
    fetch(supplier, store, few, MONDAY)
    supplier.troubles["IWM"] = Finding("IWM", status, "because")
    fetch(supplier, store, few, MONDAY)
    assert said(store, supplier, MONDAY).status is status
    assert stored(store, supplier, MONDAY).days[-1] < np.datetime64(MONDAY)


def test_a_gap_that_the_store_does_not_fill_stays_one(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """A session that nobody ever gave is missing; one that the store holds is not."""
    whole = supplier.bars["IWM"]
    rows = whole.days != np.datetime64(TUESDAY)
    supplier.bars["IWM"] = Bars("IWM", whole.days[rows], close=(whole.close if whole.close is not None else rows)[rows])
    supplier.troubles["IWM"] = Finding("IWM", Status.GAP, "no bar for a session")
    fetch(supplier, store, few, WEDNESDAY)
    assert said(store, supplier, WEDNESDAY).status is Status.GAP
    supplier.troubles.clear()
    supplier.bars["IWM"] = whole
    fetch(supplier, store, few, WEDNESDAY)
    supplier.troubles["IWM"] = Finding("IWM", Status.GAP, "no bar for a session")
    fetch(supplier, store, few, WEDNESDAY)
    assert said(store, supplier, WEDNESDAY).status is Status.OK


# --- two at once --------------------------------------------------------------------------------


def test_a_late_reply_on_an_old_scale_is_not_stored(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """Of two runs at once, the one that asked before a split does not put old prices over the other's new ones."""
    fetch(supplier, store, few, TUESDAY)
    fetched = last_fetch(store)
    assert fetched is not None
    known = KnownSymbol(store, fetched)
    early = supplier.history(few.symbols(), TUESDAY)
    supplier.changed("IWM", close=(FIRST, TUESDAY, 0.5), adj_close=(FIRST, TUESDAY, 0.5))
    supplier.actions["IWM"] = (Action(WEDNESDAY, "split", 2.0),)
    fetch(supplier, store, few, WEDNESDAY)
    record(store, {"yahoo": early}, TUESDAY, known)
    assert same(stored(store, supplier, WEDNESDAY), between(supplier.bars["IWM"], FIRST, WEDNESDAY))


def test_what_is_stored_later_was_known_later(
    store: PriceStore, supplier: Supplier, few: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that is set back does not put a fetch before the one it came after."""
    first = fetch(supplier, store, few, MONDAY)
    monkeypatch.setattr("generator.market.store.recording.present", lambda: first.fetch.fetched_at.replace(year=2001))
    second = fetch(supplier, store, few, TUESDAY)
    assert second.fetch.fetched_at > first.fetch.fetched_at


def test_a_symbol_that_has_not_begun(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """Of a session before its first day a symbol says when it begins."""
    supplier.bars["IWM"] = history("IWM", WEDNESDAY, first=MONDAY)
    fetch(supplier, store, few, WEDNESDAY)
    assert StoredSource(store, supplier).history(["IWM"], date(2024, 7, 5)).begins == {"IWM": MONDAY}
