"""What a replay keeps, and when it is used again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generator.errors import OutputError
from generator.loading import open_publication
from generator.market.panel import load_market
from generator.market.simulated.source import SampleSource
from generator.replay.results import Batch, Results, key_of
from generator.replay.tally import Tally

from .conftest import LAST, SETTINGS

Make = Callable[..., Tally]


def keep(path: Path, key: str, *tallies: Tally) -> Results:
    results = Results(key, path)
    with results.kept():
        if tallies:
            results.add(Batch(tallies, {key: key for tally in tallies for key in tally.sentences}))
    return results


def test_what_was_kept_is_there_again(tally: Make, tmp_path: Path) -> None:
    """Tallies and sentences come back as they went in, and more can follow."""
    first, second = tally(1, "a", lengths={"x.txt": (3,)}), tally(2, "b", error="it failed")
    keep(tmp_path / "kept", "key", first)
    keep(tmp_path / "kept", "key", second)
    found = keep(tmp_path / "kept", "key")
    assert found.tallies == {"2024-01-01": first, "2024-01-02": second}
    assert found.texts == {"a": "a", "b": "b"}


def test_results_of_other_content_are_not_used(tally: Make, tmp_path: Path) -> None:
    """Under another key the file begins anew."""
    keep(tmp_path / "kept", "key", tally(1, "a"))
    assert keep(tmp_path / "kept", "another").tallies == {}
    assert keep(tmp_path / "kept", "key").tallies == {}


def test_a_line_cut_off_is_dropped(tally: Make, tmp_path: Path) -> None:
    """A kill in the middle of a line costs that line alone."""
    path = tmp_path / "kept"
    keep(path, "key", tally(1, "a"), tally(2, "b"))
    path.write_bytes(path.read_bytes()[:-5])
    assert list(keep(path, "key", tally(3, "c")).tallies) == ["2024-01-01", "2024-01-03"]
    assert list(keep(path, "key").tallies) == ["2024-01-01", "2024-01-03"]


@pytest.mark.parametrize("strange", [b"[]", b"7", b'{"session": 7}', b'{"texts": [1]}', b'{"other": {}}', b"\xff"])
def test_a_strange_line_ends_what_is_used(tally: Make, tmp_path: Path, strange: bytes) -> None:
    """What stands before a line that no replay wrote is kept; that line and all after it are made anew."""
    path = tmp_path / "kept"
    keep(path, "key", tally(1, "a"))
    path.write_bytes(path.read_bytes() + strange + b"\n")
    assert list(keep(path, "key", tally(2, "b")).tallies) == ["2024-01-01", "2024-01-02"]
    assert list(keep(path, "key").tallies) == ["2024-01-01", "2024-01-02"]


def test_two_replays_into_one_file_are_refused(tally: Make, tmp_path: Path) -> None:
    """The second is told so in one message, and the first goes on undisturbed."""
    path = tmp_path / "kept"
    first = Results("key", path)
    with first.kept():
        first.add(Batch((tally(1, "a"),), {"a": "a"}))
        with pytest.raises(OutputError, match="another replay is at work on it"), Results("other", path).kept():
            pass
        first.add(Batch((tally(2, "b"),), {"b": "b"}))
    assert list(keep(path, "key").tallies) == ["2024-01-01", "2024-01-02"]


def test_the_key_changes_with_prices_and_content() -> None:
    """One price, another edition's name or another product makes another key."""
    publication = open_publication(SETTINGS)
    market = load_market(SampleSource(publication.universe), publication.universe, LAST)
    key = key_of(publication, "session", market, ("markdown",))
    assert key == key_of(publication, "session", market, ("markdown",))
    assert key != key_of(publication, "session", market, ("markdown", "html"))
    bars = market.histories["^RUT"]
    assert bars.close is not None
    other = replace(bars, close=np.where(np.arange(bars.close.size) == 9, bars.close + 0.01, bars.close))
    changed = replace(market, histories={**market.histories, "^RUT": other})
    assert key != key_of(publication, "session", changed, ("markdown",))
