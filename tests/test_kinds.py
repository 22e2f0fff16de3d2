"""A kind of article is one file: when it appears, and what it is made of, from folders of its own or another kind's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from generator import write_edition
from generator.cli import main
from generator.editorial.publication import read_publication
from generator.errors import SessionError
from generator.loading import load_prices, on_axis
from generator.model import Appears, Settings
from generator.project import bundled_root, find_project
from generator.replay.run import Span, replay

from .small_publication import write_small

Run = Callable[..., Result]
MONTHLY = """appears: last session of the month
horizon: mtd
kicker: The month
angle: session/angle
words: [40, 400]
balance: [for, against]
parts:
  - {key: large, slot: session/large, minimum: 1, maximum: 3, headings: [The longer view]}
  - {key: for, slot: session/for, minimum: 1, maximum: 2, tone: opportunity, headings: [The case for]}
  - {key: against, slot: session/against, minimum: 1, maximum: 2, tone: caution, headings: [The case against]}
  - {key: takeaways, slot: session/takeaways, minimum: 1, maximum: 3}
table:
  caption: Closes, and moves in percent.
  rows: [small, sp500]
  columns: {Close: level, Month: return_mtd, Year: return_ytd}
line_chart: {segments: [small, sp500], span: 3m}
bar_chart: {segments: [small, sp500]}
"""


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small publication with a monthly article that borrows the daily one's situations."""
    root = write_small(tmp_path_factory.mktemp("monthly") / "mine")
    (root / "content" / "kinds" / "monthly.yaml").write_text(MONTHLY, "utf-8")
    return root


@pytest.fixture
def run(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on it over the simulated market, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path) -> Result:
        given = [*map(str, arguments), "--project", str(mine), "--source", "sample"]
        return CliRunner().invoke(main, given, catch_exceptions=False)

    return invoke


def test_an_issue_of_it_is_written_and_proved(run: Run) -> None:
    """Its charts, its table and its words above the headline are its own; the second reader agrees with all of it."""
    result = run("write", "monthly", "--session", "1997-02-28", "--format", "markdown", "--format", "html")
    assert result.exit_code == 0
    folder = Path("output/1997-02-28/monthly")
    assert '<p class="kicker">The month</p>' in (folder / "article.html").read_text("utf-8")
    issue = orjson.loads((folder / "issue.json").read_bytes())["article"]
    titles = [block["chart"]["title"] for block in issue["blocks"] if block["role"] == "bars"]
    assert titles == ["Moves of the month to February 28, 1997"]
    ledger = orjson.loads((folder / "edition.json").read_bytes())
    counts = [one["times_before"] for part in ledger["fragments"].values() for one in part]
    assert max(counts) < 14  # months, not sessions, of a market that began in 1996
    checked = run("verify", folder)
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_it_does_not_appear_on_other_sessions(run: Run) -> None:
    """Which is told with the session on which it does."""
    result = run("write", "monthly", "--session", "1997-02-11")
    assert result.exit_code == 1
    assert (
        "'monthly' appears on the last session of the month, and 1997-02-11 is not one. The last was 1997-01-31. The next is 1997-02-28."
        in (result.stderr)
    )


def test_on_demand_it_is_written_of_any_session(run: Run, mine: Path) -> None:
    """What is rare is counted along the regular sessions and this one; both readers agree, and it prints again alike."""
    path = mine / "content" / "kinds" / "monthly.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}on_demand: true\n", encoding="utf-8")
    try:
        made = run("write", "monthly", "--session", "1997-02-11", "--format", "markdown")
        assert made.exit_code == 0, made.stderr
        folder = Path("output/1997-02-11/monthly")
        ledger = orjson.loads((folder / "edition.json").read_bytes())
        counts = [one["times_before"] for part in ledger["fragments"].values() for one in part]
        assert max(counts) < 14
        checked = run("verify", folder)
        assert (checked.exit_code, checked.stdout) == (0, "")
        listed = run("scores", "monthly", "--to", "1997-02-11")
        assert "1997-02-11" not in listed.stdout
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_year_that_has_hardly_begun_is_not_told_of_on_demand() -> None:
    """The article on the premium speaks of the year; its half-year's end is as it was, and so is the default."""
    root = find_project(bundled_root())
    publication = read_publication(root.root, root.templates)

    def asked(day: date | None, known: date) -> date:
        return on_axis(Settings(edition="premium", session=day), publication, known)

    assert asked(date(2025, 3, 14), date(2025, 3, 14)) == date(2025, 3, 14)
    assert asked(None, date(2025, 3, 14)) == date(2024, 12, 31)
    with pytest.raises(SessionError, match="had 21 sessions; on 2025-01-10 it has had 6, too few"):
        asked(date(2025, 1, 10), date(2025, 1, 10))


def test_by_default_it_is_about_the_last_session_on_which_it_appeared(mine: Path) -> None:
    """As known in mid-July, that is the end of June."""
    root = find_project(mine)
    publication = read_publication(root.root, root.templates)
    settings = Settings(edition="monthly", source="sample", project=mine, session=None, latest=False)
    market = load_prices(settings, publication)
    assert market.next_session.month != market.session.month


def test_a_replay_of_it_is_of_these_sessions_alone(mine: Path) -> None:
    """One issue a month, each of whose claims holds."""
    settings = Settings(edition="monthly", source="sample", project=mine)
    summary = replay(settings, Span(date(1996, 6, 1), date(1997, 2, 28), 1, verify=True))
    assert summary["errors"] == []
    assert (summary["editions"], summary["from"], summary["to"]) == (9, "1996-06-28", "1997-02-28")
    assert summary["claims"]["failed"] == 0


def test_the_bundled_kinds_appear_by_the_session_the_week_and_the_quarter() -> None:
    """The daily article, the week's, whose bars run over the week, and the quarter's likewise."""
    root = find_project(bundled_root())
    outlines = read_publication(root.root, root.templates).outlines
    assert outlines["session"].appears is Appears.SESSION
    assert (outlines["weekly"].appears, outlines["weekly"].horizon) == (Appears.WEEK, "wtd")
    assert (outlines["rotation"].appears, outlines["rotation"].horizon) == (Appears.QUARTER, "qtd")
    assert outlines["policy"].appears is Appears.DECISION


def test_weeks_of_a_simulated_market_are_told_and_proved() -> None:
    """A spring of weeks, short ones among them: no error, no false claim, no sentence of the week before."""
    settings = Settings(edition="weekly", source="sample", project=bundled_root())
    summary = replay(settings, Span(date(2019, 3, 1), date(2019, 6, 7), 1, verify=True))
    assert summary["errors"] == []
    assert (summary["editions"], summary["claims"]["failed"]) == (15, 0)
    assert summary["repetition"]["shared with the day before"] == 0.0


def test_quarters_of_a_simulated_market_are_told_and_proved() -> None:
    """A year of quarters: no error and no false claim."""
    settings = Settings(edition="rotation", source="sample", project=bundled_root())
    summary = replay(settings, Span(date(2023, 3, 1), date(2023, 12, 29), 1, verify=True))
    assert summary["errors"] == []
    assert (summary["editions"], summary["claims"]["failed"]) == (4, 0)


def test_a_quarter_is_judged_by_two_comparisons_and_a_day(tmp_path: Path) -> None:
    """The test of the next quarter names the pair and the quarter's last day; the bars are those of the quarter."""
    settings = Settings(
        edition="rotation", source="sample", session=date(2023, 6, 30), project=bundled_root(), output=tmp_path,
        formats=("markdown",),
    )  # fmt: skip
    folder = write_edition(settings).folder
    issue = orjson.loads((folder / "issue.json").read_bytes())["article"]
    titles = [block["chart"]["title"] for block in issue["blocks"] if block["role"] == "bars"]
    assert titles == ["Moves of the quarter to June 30, 2023"]
    text = (folder / "article.md").read_text("utf-8")
    assert "September 30" in text
    assert "equal-weighted" in text


def test_half_years_of_a_simulated_market_are_told_and_proved() -> None:
    """Two years of the article on the premium: no error, no false claim."""
    settings = Settings(edition="premium", source="sample", project=bundled_root())
    summary = replay(settings, Span(date(2014, 6, 1), date(2016, 1, 31), 1, verify=True))
    assert summary["errors"] == []
    assert (summary["editions"], summary["claims"]["failed"]) == (4, 0)


def test_decisions_of_a_simulated_market_are_told_and_proved() -> None:
    """Pauses and steps between meetings of one winter: no error, no false claim."""
    settings = Settings(edition="policy", source="sample", project=bundled_root())
    summary = replay(settings, Span(date(2019, 12, 1), date(2020, 3, 31), 1, verify=True))
    assert summary["errors"] == []
    assert (summary["editions"], summary["claims"]["failed"]) == (5, 0)


def test_there_is_no_article_on_a_day_without_a_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message says so, with the last decision and the next; by default the article is about the last."""
    monkeypatch.chdir(tmp_path)
    given = ["write", "policy", "--source", "sample", "--session", "2024-09-20"]
    result = CliRunner().invoke(main, given, catch_exceptions=False)
    assert result.exit_code == 1
    message = "'policy' appears on the session of a Fed decision, and 2024-09-20 is not one."
    assert f"{message} The last was 2024-09-18. The next is 2024-11-07." in result.stderr
    root = find_project(bundled_root())
    publication = read_publication(root.root, root.templates)
    asked = Settings(edition="policy", source="sample", session=None)
    assert on_axis(asked, publication, date(2024, 9, 20)) == date(2024, 9, 18)
    assert on_axis(asked, publication, date(2020, 3, 20)) == date(2020, 3, 16)  # decided on a Sunday
    with pytest.raises(SessionError, match="The decision of 2026-10-28 is not among the cited facts"):
        on_axis(asked, publication, date(2026, 11, 2))
    with pytest.raises(SessionError, match="No earlier one is among the cited facts"):
        on_axis(asked, publication, date(1993, 5, 4))


def test_a_folder_of_its_own_may_be_named_in_full(tmp_path: Path) -> None:
    """`session/breadth` in the daily article is its `breadth`, read once."""
    root = tmp_path / "mine"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    kind = root / "content" / "kinds" / "session.yaml"
    angle = read_publication(root, ()).outlines["session"].angle
    kind.write_text(kind.read_text("utf-8").replace(f"angle: {angle}", f"angle: session/{angle}"), "utf-8")
    found = find_project(root)
    publication = read_publication(found.root, found.templates)
    assert publication.outlines["session"].angle == angle
    keys = [fragment.key for fragment in publication.fragments["session"]]
    assert len(keys) == len(set(keys))
