"""Small companies that an invented Yahoo's screener gives, judged by its prices, onto the watch list."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from generator.editorial.universe import read_universe
from generator.errors import ContentError, ProjectError
from generator.market.source import Finding, Status
from generator.market.yahoo.answer import NoAnswer
from generator.market.yahoo.screen import Screen, Screened, _query, called
from generator.model import Kind, Settings
from generator.verbs.screen import Outcome, Passed, _add, _quarter_before, screen
from tests.market.yahoo_child import EVENING, THROUGH
from tests.servers.evenings import edited, listing, quoted, scaled, sessions, wandering
from tests.servers.loopback import Fault, Loopback
from tests.servers.nursery import Nursery
from tests.servers.yahoo import Company, Listing, Yahoo
from tests.small_publication import write_small

COMMAND = f"""
import datetime, sys
import generator.market.sessions as sessions
class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromisoformat("{EVENING.isoformat()}")
sessions.datetime = Clock
from generator.cli import main
main(["screen", *sys.argv[1:]])
"""
SCREEN = """
# what an editor wrote stays
screen:
  Healthcare: {sector: health care, does: a health-care company}
  Energy: {sector: energy, does: an energy company}
"""
COMPANIES = {
    "ACRN": Company("Healthcare", "Acorn Drugs, Inc.", shares=2e6),
    "OILY": Company("Energy", "Oily Holdings Corp."),
    "HALF": Company("Healthcare", "Half Co"),
    "OPEN": Company("Healthcare", "Still Open"),
    "GONE": Company("Energy", "Gone Ltd."),
    "TINY": Company("Energy", "Tiny", value=2e8),
    "HUGE": Company("Energy", "Huge", value=2e10),
    "CENT": Company("Energy", "Cent", price=1.5, shares=1e9),
    "THIN": Company("Energy", "Thin", shares=1e5),
    "FUND": Company("Energy", "A fund", kind="ETF"),
    "LOON": Company("Energy", "A Canadian", currency="CAD"),
    "NONE": Company("Energy", "Unknown", value=None),
    "ELSE": Company("Technology", "Of a sector that is not asked for"),
}


def stock(symbol: str, **more: Any) -> Listing:
    return listing(Kind.STOCK, wandering(sessions(date(2024, 1, 2), THROUGH), seed=symbol), **more)


LISTINGS = {
    "ACRN": stock("ACRN"),
    "OILY": stock("OILY"),
    "HALF": edited(stock("HALF"), scaled(2.0, -30)),  # half of it gone in a day, and no split to say why
    "OPEN": stock("OPEN", quote=quoted(THROUGH, time(15, 30), 100.0)),
}


def run(
    nursery: Nursery, folder: Path, *arguments: str, fault: Fault | None = None
) -> tuple[CompletedProcess[str], Yahoo]:
    """The command over the invented companies, in a publication of its own."""
    write_small(folder / "mine")
    path = folder / "mine" / "content" / "universe.yaml"
    path.write_text(path.read_text(encoding="utf-8") + SCREEN, encoding="utf-8")
    yahoo = Yahoo(LISTINGS, companies=COMPANIES)
    with Loopback(yahoo, faults={"screener": fault} if fault else {}) as net:
        environment = net.environment(folder) | {"COMMENTARY_PATIENCE": "0.1"}
        done = nursery.run(COMMAND, [*arguments, "--project", str(folder / "mine")], environment)
        assert net.strangers == []
    return done, yahoo


def test_only_companies_with_prices_that_can_be_believed_are_listed(nursery: Nursery, tmp_path: Path) -> None:
    """Size, price, volume, kind and currency are asked again of each answer; then each is judged by its closes."""
    done, yahoo = run(nursery, tmp_path, "--add")
    assert done.returncode == 0, done.stderr
    rows = {line.split()[0]: line.split()[1] for line in done.stdout.splitlines()[1:-2]}
    assert rows == {"ACRN": "ok", "OILY": "ok", "HALF": "suspect", "OPEN": "incomplete", "GONE": "missing"}
    assert done.stdout.splitlines()[-1] == "added to content/universe.yaml: ACRN, OILY"
    universe = read_universe(tmp_path / "mine" / "content")
    acorn = universe.segments["watch_acrn"]
    assert (acorn.names, acorn.does, acorn.sector, acorn.told_from) == (
        ("Acorn Drugs",), "a health-care company", "health care", date(2024, 6, 28),
    )  # fmt: skip
    assert universe.groups["watch"].members == ("watch_acrn", "watch_oily")
    assert "# what an editor wrote stays" in (tmp_path / "mine" / "content" / "universe.yaml").read_text("utf-8")
    asked = [one["query"]["operands"] for one in yahoo.screens]
    assert [one[1]["operands"] for one in asked] == [["sector", "Healthcare"], ["sector", "Energy"]]
    assert asked[0][0]["operands"] == ["region", "us"]
    assert asked[0][2]["operands"] == ["intradaymarketcap", 3e8, 1e10]


@pytest.mark.parametrize("fault", [Fault("status", status=429), Fault("status", status=500, body=b"<html>")])
def test_a_screen_without_an_answer_lists_nobody(nursery: Nursery, tmp_path: Path, fault: Fault) -> None:
    """One message, the exit code that says to try later, and the file as it was."""
    done, _ = run(nursery, tmp_path, "--add", fault=fault)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error: Yahoo's screen gave no answer: ")
    assert "watch:" not in (tmp_path / "mine" / "content" / "universe.yaml").read_text("utf-8")


def test_the_publication_that_came_with_the_program_gets_no_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update would overwrite it; that is told before anything is asked."""
    monkeypatch.setattr("generator.verbs.screen._passed", lambda *of: pytest.fail("Yahoo was asked"))
    root = write_small(tmp_path / "bundled")
    monkeypatch.setattr("generator.verbs.note.bundled_root", lambda: root)
    with pytest.raises(ProjectError, match="a publication of your own"):
        screen(Settings(source="yahoo", project=root), 5, add=True)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Insmed, Inc.", "Insmed"), ("Oily Holdings Corp.", "Oily"), ("Acorn  Group plc", "Acorn"), ("Inc", "Inc")],
)
def test_a_sentence_does_without_the_legal_form(name: str, short: str) -> None:
    """`Insmed` of `Insmed, Inc.`; what is nothing but a form stays."""
    assert called(name) == short


def test_a_sector_that_yahoo_does_not_know_is_named() -> None:
    """Before anything is asked."""
    with pytest.raises(NoAnswer, match="it knows no sector 'Health' "):
        _query(Screen(), "Health")


def _entry(symbol: str, name: str) -> str:
    company = Screened(symbol, name, "Energy", 1e9, 50.0, 5e7)
    passed = Passed(company, "energy", "an energy company", Finding(symbol, Status.OK), listed=False)
    return Outcome((passed,), THROUGH, _quarter_before(THROUGH), ()).entry(passed)


@pytest.mark.parametrize(
    "there",
    ["", "watch: []\n", "watch:\n  - {symbol: OLD, name: Old, does: a firm, sector: energy, since: 2024-01-31}\n"],
)
def test_entries_go_under_the_list_that_is_there(tmp_path: Path, there: str) -> None:
    """At its head, whether it is missing, empty or not; a name that means something to YAML is quoted."""
    write_small(tmp_path)
    path = tmp_path / "content" / "universe.yaml"
    path.write_text(path.read_text(encoding="utf-8") + there, encoding="utf-8")
    _add(tmp_path / "content", [_entry("NEW", "Yes: No"), _entry("TWO", "Two")])
    found = read_universe(tmp_path / "content")
    assert found.groups["watch"].members[:2] == ("watch_new", "watch_two")
    assert found.segments["watch_new"].names == ("Yes: No",)


def test_an_entry_that_the_universe_refuses_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """A symbol that is told of already, or a list that is written in one line."""
    write_small(tmp_path)
    path = tmp_path / "content" / "universe.yaml"
    before = path.read_text(encoding="utf-8")
    with pytest.raises(ContentError):
        _add(tmp_path / "content", [_entry("IWM", "A fund")])
    assert path.read_text(encoding="utf-8") == before
    path.write_text(
        f"{before}watch: [{{symbol: A, name: A, does: a b, sector: c, since: 2024-01-31}}]\n", encoding="utf-8"
    )
    with pytest.raises(ContentError, match="on a line of its own"):
        _add(tmp_path / "content", [_entry("NEW", "New")])
