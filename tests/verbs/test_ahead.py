"""A second process reads prices ahead, and nothing but time depends on it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from generator.editorial.universe import read_universe
from generator.market import panel
from generator.market.files.source import CsvSource
from generator.market.panel import load_market
from generator.model import Decision, Settings, Step
from generator.verbs import ahead
from generator.verbs.ahead import prices_beside
from tests.small_publication import write_small

DAYS = np.busday_offset("2024-01-02", np.arange(130), roll="forward")


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """Prices in files, an empty cache, and two cores for this thread alone."""
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(ahead, "cores", lambda: 2)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    universe = read_universe(write_small(tmp_path / "small") / "content")
    (tmp_path / "prices").mkdir()
    rows = "\n".join(f"{day},100,100" for day in DAYS)
    for symbol in universe.symbols():
        (tmp_path / "prices" / f"{symbol}.csv").write_text(f"date,close,adj_close\n{rows}\n")
    return Settings(source="csv", data=tmp_path, session=date(2024, 6, 28))


def kept_prices(settings: Settings) -> list[Path]:
    assert settings.data is not None
    return list((settings.data / "cache" / "kept").glob("prices-*"))


def test_what_was_read_ahead_is_found(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that the second process parsed are not parsed again, and hold what they would."""
    universe = read_universe(tmp_path / "small" / "content")
    source = CsvSource(tmp_path, kinds=universe.kinds())
    with prices_beside(settings, tmp_path / "small"):
        pass
    assert len(kept_prices(settings)) == 1
    monkeypatch.setattr(CsvSource, "_parsed", lambda *of: pytest.fail("it was parsed already"))
    reply = source.history(universe.symbols(), date(2024, 6, 28))
    assert set(reply.bars) == set(universe.symbols())
    assert reply.bars["^RUT"].days.tolist() == DAYS[np.datetime64("2024-06-28") >= DAYS].tolist()


def test_the_market_laid_out_ahead_is_found_by_a_universe_that_knows_more_facts(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second process knows no cited facts; the first, which does, finds the same market, and so it does tomorrow."""
    universe = read_universe(tmp_path / "small" / "content")
    with prices_beside(settings, tmp_path / "small"):
        pass
    monkeypatch.setattr(panel, "lay_out", lambda *of: pytest.fail("it was laid out already"))
    informed = replace(
        universe, decisions=(Decision(date(2024, 6, 12), Step.HOLD, scheduled=True, against=0),), measured={"ipo": ()}
    )
    source = CsvSource(tmp_path, kinds=universe.kinds())
    assert load_market(source, informed, date(2024, 6, 28)).session == date(2024, 6, 28)
    fewer = replace(universe, segments=dict([*universe.segments.items()][:-1]))
    with pytest.raises(pytest.fail.Exception):
        load_market(source, fewer, date(2024, 6, 28))


def test_what_goes_wrong_ahead_is_told_by_nobody(
    settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A publication that cannot be read, or prices that are not there: the first process meets them itself."""
    (tmp_path / "small" / "content" / "universe.yaml").write_text("segments: [")
    with prices_beside(settings, tmp_path / "small"):
        pass
    assert capfd.readouterr() == ("", "")
    assert not kept_prices(settings)


def test_an_error_meanwhile_leaves_no_process_behind(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second process is waited for in any case."""
    forked: list[int] = []
    fork = os.fork

    def noted() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", noted)
    with pytest.raises(ValueError, match="content"), prices_beside(settings, tmp_path / "small"):
        raise ValueError("content")
    for child in forked:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


@pytest.mark.parametrize("lone", ["a core", "a thread among others"])
def test_there_is_none_where_it_would_not_help(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lone: str
) -> None:
    """On one core, and beside other threads."""
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("it forked"))
    if lone == "a core":
        monkeypatch.setattr(ahead, "cores", lambda: 1)
    else:
        monkeypatch.setattr("threading.active_count", lambda: 2)
    with prices_beside(settings, tmp_path / "small"):
        pass
    assert not kept_prices(settings)
