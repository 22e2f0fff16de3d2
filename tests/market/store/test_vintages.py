"""Vintages in the store: from the archive, from the store's own fetches, and what is known of each value's day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.market.economy.archive import COLUMNS, SITE
from generator.market.economy.fred import Fred
from generator.market.economy.observations import observations
from generator.market.sessions import NEW_YORK
from generator.market.source import Finding, SourceReply, Status
from generator.market.store.file import PriceStore
from generator.market.store.recording import record
from generator.market.store.series import SERIES, as_reply
from generator.market.store.snapshot import KnownSymbol, last_fetch
from generator.market.store.vintages import ARCHIVE, archive_due, due_vintages, named, recorded
from generator.model import Bars, Observations
from tests.servers.fred import Archive
from tests.servers.loopback import Fault, Loopback

APRIL, MAY, JUNE = date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)
SESSION = date(2024, 7, 11)


def fetched(store: PriceStore, patch: pytest.MonkeyPatch, at: datetime, *rows: tuple[date, float]) -> None:
    """One evening's plain file of the series."""
    patch.setattr("generator.market.store.recording.present", lambda: at)
    reply = {"U": (observations("U", [(day, value, None) for day, value in rows], "FRED"), Finding("U"))}
    record(store, {SERIES: as_reply(reply)}, at.date(), _known(store), whole=["U"])


def archived(store: PriceStore, *vintages: tuple[date, Sequence[tuple[date, float]]]) -> None:
    """Vintages as the archive gave them."""
    bars = {
        f"U@{day}": Bars(
            f"U@{day}",
            np.array([one for one, _ in rows], "datetime64[D]"),
            close=np.array([value for _, value in rows]),
        )
        for day, rows in vintages
    }
    record(store, {ARCHIVE: SourceReply(bars, {named("U"): Finding(named("U"))})}, SESSION, _known(store))


def _known(store: PriceStore) -> KnownSymbol | None:
    fetch = last_fetch(store)
    return KnownSymbol(store, fetch) if fetch else None


def rows_of(store: PriceStore, through: date = date.max) -> list[tuple[str, ...]]:
    """(period, value, known since, released) of each value on record."""
    known = _known(store)
    assert known is not None
    found: Observations = recorded(known, "U", SERIES, through)
    assert found.seen is not None
    assert found.released is not None
    columns = (found.days, found.values, found.seen, found.released)
    return list(zip(*(column.astype(str).tolist() for column in columns), strict=True))


def evening(day: int, hour: int = 20) -> datetime:
    return datetime(2024, 7, day, hour, 15, tzinfo=NEW_YORK)


def test_a_first_fetch_knows_that_but_not_since_when(store: PriceStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it was public that evening; none of it is known to have come out that day."""
    fetched(store, monkeypatch, evening(3), (MAY, 4.0))
    assert rows_of(store) == [("2024-05-01", "4.0", "2024-07-03", "NaT")]


def test_what_is_new_since_the_evening_before_came_out_that_day(
    store: PriceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """July 4 is a holiday: between the evenings of the 3rd and of the 5th lies no other session."""
    fetched(store, monkeypatch, evening(3), (MAY, 4.0))
    fetched(store, monkeypatch, evening(5), (MAY, 4.0), (JUNE, 4.1))
    assert rows_of(store)[1] == ("2024-06-01", "4.1", "2024-07-05", "2024-07-05")


@pytest.mark.parametrize(("day", "hour"), [(2, 20), (3, 8)], ids=["a session between", "only a morning's fetch"])
def test_after_a_pause_the_day_of_release_is_not_known(
    store: PriceStore, monkeypatch: pytest.MonkeyPatch, day: int, hour: int
) -> None:
    """It may have come out on any day since the last evening on which FRED was asked."""
    fetched(store, monkeypatch, evening(day, hour), (MAY, 4.0))
    fetched(store, monkeypatch, evening(5), (MAY, 4.0), (JUNE, 4.1))
    assert rows_of(store)[1] == ("2024-06-01", "4.1", "2024-07-05", "NaT")


def test_a_revision_stands_beside_what_it_revises(store: PriceStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are kept, each with its day; by the day before, only the first is known."""
    fetched(store, monkeypatch, evening(3), (MAY, 4.0))
    fetched(store, monkeypatch, evening(5), (MAY, 3.9), (JUNE, 4.1))
    assert [row[:3] for row in rows_of(store)] == [
        ("2024-05-01", "4.0", "2024-07-03"), ("2024-05-01", "3.9", "2024-07-05"), ("2024-06-01", "4.1", "2024-07-05"),
    ]  # fmt: skip
    assert [row[1] for row in rows_of(store, date(2024, 7, 4))] == ["4.0"]


def test_the_archive_tells_the_day_of_what_a_fetch_found_later(
    store: PriceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store first looked on July 9; the archive says that June's came out on July 5. Its oldest vintage is undated."""
    fetched(store, monkeypatch, evening(9), (MAY, 4.0), (JUNE, 4.1))
    archived(store, (date(2024, 6, 7), [(MAY, 4.0)]), (date(2024, 7, 5), [(MAY, 4.0), (JUNE, 4.1)]))
    assert rows_of(store) == [
        ("2024-05-01", "4.0", "2024-06-07", "NaT"),
        ("2024-06-01", "4.1", "2024-07-05", "2024-07-05"),
    ]


def test_the_archive_is_asked_for_what_is_not_held(
    store: PriceStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At first two dozen vintages, newest first; then what is new, and a dozen of what lies before."""
    days = [date(2020, 1, 3) + timedelta(days=30 * number) for number in range(50)]
    record_of = {str(day): {"2019-12-01": 4.0 + number / 10} for number, day in enumerate(days)}
    with Loopback(Archive({"U": record_of})) as net:
        for name, value in net.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        client = Fred(base=SITE, name="FRED's archive", agent="", pause=0.0)
        plan = archive_due(["U", "NONE"], lambda held: frozenset(), archive=client)
        reply = plan(_known(store))()
        assert {name: one.status for name, one in reply.findings.items()} == {
            "U vintages": Status.OK, "NONE vintages": Status.MISSING,
        }  # fmt: skip
        assert sorted(reply.bars) == [f"U@{day}" for day in days[-24:]]
        record(store, {ARCHIVE: reply}, SESSION, None)
        assert sorted(plan(_known(store))().bars) == [f"U@{day}" for day in days[-36:-24]]
        assert net.asked == ["U list", "U table", "U table", "NONE list", "U list", "U table", "NONE list"]


def test_an_answer_that_fails_leaves_no_hole(
    store: PriceStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What came before the fault is kept, as it joins what is held; what comes after is not asked for."""
    days = [date(2020, 1, 3) + timedelta(days=30 * number) for number in range(30)]
    record_of = {str(day): {"2019-12-01": 4.0} for day in days}
    with Loopback(Archive({"U": record_of}), faults={"U table": Fault("body", body=b"<html>")}) as net:
        for name, value in net.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        client = Fred(base=SITE, name="FRED's archive", agent="", pause=0.0, wait=0.001)
        reply = archive_due(["U"], lambda held: frozenset(), archive=client)(_known(store))()
        assert not reply.bars
        assert "it is a web page" in reply.findings["U vintages"].reason
        assert net.asked == ["U list", "U table"]


@given(count=st.integers(1, 80), start=st.integers(0, 79), width=st.integers(0, 40))
def test_what_is_held_has_no_gap_after_any_request(count: int, start: int, width: int) -> None:
    """However many of the requests succeed, the vintages held are neighbours in the list; none asks for too many."""
    listed = [date(2000, 1, 1) + timedelta(days=7 * number) for number in range(count)]
    held = listed[start : start + width]
    for days in due_vintages(listed, held):
        assert 0 < len(days) <= COLUMNS
        held = sorted({*held, *days})
        places = [listed.index(day) for day in held]
        assert all(other - one == 1 for one, other in pairwise(places))
