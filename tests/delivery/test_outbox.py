"""The outbox says what is known of each message, whatever moment a run was killed at."""

from __future__ import annotations

import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.delivery.outbox import FILE, Key, State, opened_outbox, read_outbox
from generator.errors import DeliveryError, NotYetError

NOW = datetime(2024, 7, 11, 22, 0, tzinfo=UTC)
KEYS = [Key.of("2024-07-11/session", channel, part, b"words") for channel in ("x", "mastodon") for part in ("1", "2")]


def clock() -> datetime:
    return NOW


def test_a_key_is_made_of_issue_channel_part_and_words() -> None:
    """Any other of these is another message; where one piece ends and the next begins counts too."""
    keys = {
        str(Key.of(issue, channel, part, *words))
        for issue in ("2024-07-11/session", "2024-07-12/session")
        for channel in ("x", "mastodon")
        for part in ("1", "2")
        for words in ((b"ab", b"c"), (b"a", b"bc"), (b"abc",))
    }
    assert len(keys) == 24


def test_what_was_put_down_is_read_again(tmp_path: Path) -> None:
    """The last record of each message, with what a service was given first and when it was first tried."""
    with opened_outbox(tmp_path, clock) as box:
        box.add(str(KEYS[0]), State.PLANNED)
        box.add(str(KEYS[0]), State.SENDING, kept={"container": "17"})
        box.add(str(KEYS[0]), State.UNKNOWN, why="no answer – “silence”")
    box = read_outbox(tmp_path)
    record = box.latest[str(KEYS[0])]
    assert (record.state, record.kept, record.at) == (State.UNKNOWN, {"container": "17"}, NOW)
    assert box.begun == {str(KEYS[0]): NOW}


def test_a_message_in_other_words_is_found(tmp_path: Path) -> None:
    """An issue that was written again after its post went out does not go out again under another digest."""
    other = Key.of("2024-07-11/session", "x", "1", b"other words")
    with opened_outbox(tmp_path, clock) as box:
        assert box.other_words(other) is None
        box.add(str(KEYS[0]), State.REFUSED)
        assert box.other_words(other) is None
        box.add(str(KEYS[0]), State.SENT)
        assert box.other_words(other) is not None
        assert box.other_words(KEYS[0]) is None


@settings(max_examples=60)
@given(
    states=st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(State)), min_size=1, max_size=8), data=st.data()
)
def test_a_line_that_a_kill_tore_is_told_and_takes_nothing_with_it(
    tmp_path_factory: pytest.TempPathFactory, states: list[tuple[Key, State]], data: st.DataObject
) -> None:
    """Cut anywhere, then mended by the next run, then cut again: every whole line is still read."""
    place = tmp_path_factory.mktemp("torn")
    with opened_outbox(place, clock) as box:
        for key, state in states:
            box.add(str(key), state)
    content = (place / FILE).read_bytes()
    cut = data.draw(st.integers(0, len(content)))
    (place / FILE).write_bytes(content[:cut])
    whole = content[:cut].count(b"\n")
    torn = cut > 0 and not content[:cut].endswith(b"\n")
    expected: dict[str, State] = {}
    for key, state in states[:whole]:
        expected[str(key)] = state
    box = read_outbox(place)
    assert {key: record.state for key, record in box.latest.items()} == expected
    assert box.torn == torn
    with opened_outbox(place, clock) as box:
        box.add(str(KEYS[0]), State.SENT)
    mended = (place / FILE).read_bytes()
    (place / FILE).write_bytes(mended[: data.draw(st.integers(cut, len(mended)))])
    with opened_outbox(place, clock) as box:
        box.add(str(KEYS[1]), State.SENT)
    again = read_outbox(place)
    assert again.latest[str(KEYS[1])].state is State.SENT
    assert {key: record.state for key, record in again.latest.items() if key not in map(str, KEYS[:2])} == {
        key: state for key, state in expected.items() if key not in map(str, KEYS[:2])
    }


@pytest.mark.parametrize("damage", [b"{}\n", b"garbage\n", b'{"key": 5, "state": "sent"}\n', b"\xff\xfe\n", b"[1]\n"])
def test_a_damaged_line_stops_everything(tmp_path: Path, damage: bytes) -> None:
    """What is out is not known, so nothing is sent; the message says which line."""
    with opened_outbox(tmp_path, clock) as box:
        box.add(str(KEYS[0]), State.SENT)
        box.add(str(KEYS[1]), State.SENT)
    first, second = (tmp_path / FILE).read_bytes().splitlines(keepends=True)
    (tmp_path / FILE).write_bytes(first + damage + second)
    with pytest.raises(DeliveryError, match=r"outbox\.jsonl:2: is not a line of an outbox.*Nothing is sent"):
        read_outbox(tmp_path)


def _hold(place: str, seconds: float) -> None:
    with opened_outbox(Path(place), clock):
        (Path(place) / "held").touch()
        time.sleep(seconds)


def test_two_runs_take_turns(tmp_path: Path) -> None:
    """The second waits for the first; where that takes long it is told to come again."""
    holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(str(tmp_path), 1.0))
    holder.start()
    try:
        while not (tmp_path / "held").exists():
            time.sleep(0.01)
        with pytest.raises(NotYetError, match="another delivery is at work"), opened_outbox(tmp_path, clock, 0.001):
            pass
        begun = time.monotonic()
        with opened_outbox(tmp_path, clock, 1.0):
            waited = time.monotonic() - begun
        assert waited > 0.2
    finally:
        holder.join()


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """A folder that cannot be written to is an error in one line, not a traceback."""
    with pytest.raises(DeliveryError, match="cannot be written"), opened_outbox(tmp_path / "nowhere", clock):
        pass


def test_moments_are_kept_in_utc(tmp_path: Path) -> None:
    """Whatever zone a clock is in."""
    with opened_outbox(tmp_path, lambda: NOW.astimezone() + timedelta(hours=1)) as box:
        box.add(str(KEYS[0]), State.SENT)
    assert "2024-07-11T23:00:00+00:00" in (tmp_path / FILE).read_text()
