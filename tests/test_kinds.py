"""A kind of article is one file: when it appears, and what it is made of, from folders of its own or another kind's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.editorial.publication import read_publication
from generator.loading import load_prices
from generator.model import Appears, Settings
from generator.project import bundled_root, find_project
from generator.replay.run import Span, replay

Run = Callable[..., Result]
MONTHLY = """appears: last session of the month
horizon: mtd
kicker: The month
angle: session/angle
words: [300, 880]
balance: [for, against]
parts:
  - {key: lead, slot: session/lead, minimum: 0, maximum: 1}
  - {key: tape, slot: session/tape, minimum: 1, maximum: 4, headings: [The longer tape]}
  - {key: breadth, slot: session/breadth, minimum: 0, maximum: 4, headings: [Beneath the index]}
  - {key: for, slot: session/for, minimum: 1, maximum: 2, tone: opportunity, headings: [The case for]}
  - {key: against, slot: session/against, minimum: 1, maximum: 2, tone: caution, headings: [The case against]}
  - {key: takeaways, slot: session/takeaways, minimum: 3, maximum: 5}
table:
  caption: Closes, and moves in percent.
  rows: [small, sp500, nasdaq, dow]
  columns: {Close: level, Month: return_mtd, Year: return_ytd}
line_chart: {segments: [small, sp500], span: 1y}
bar_chart: {segments: [small, sp500, nasdaq, dow]}
"""


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled publication with a monthly article that borrows the daily one's situations."""
    root = tmp_path_factory.mktemp("monthly") / "mine"
    result = CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    assert result.exit_code == 0
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
    result = run("write", "monthly", "--session", "2024-07-31", "--format", "markdown", "--format", "html")
    assert result.exit_code == 0
    folder = Path("output/2024-07-31/monthly")
    assert '<p class="kicker">The month</p>' in (folder / "article.html").read_text("utf-8")
    issue = orjson.loads((folder / "issue.json").read_bytes())["article"]
    titles = [block["chart"]["title"] for block in issue["blocks"] if block["role"] == "bars"]
    assert titles == ["Moves of the month to July 31, 2024"]
    ledger = orjson.loads((folder / "edition.json").read_bytes())
    counts = [one["times_before"] for part in ledger["fragments"].values() for one in part]
    assert max(counts) < 12 * 29  # months, not sessions, of a market that began in 1996
    checked = run("verify", folder)
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_it_does_not_appear_on_other_sessions(run: Run) -> None:
    """Which is told with the session on which it does."""
    result = run("write", "monthly", "--session", "2024-07-11")
    assert result.exit_code == 1
    assert "'monthly' appears on the last session of the month, and 2024-07-11 is not one. The next is 2024-07-31." in (
        result.stderr
    )


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
    summary = replay(settings, Span(date(2023, 7, 1), date(2024, 6, 28), 1, verify=True))
    assert summary["errors"] == []
    assert (summary["editions"], summary["from"], summary["to"]) == (12, "2023-07-31", "2024-06-28")
    assert summary["claims"]["failed"] == 0


def test_the_bundled_kind_appears_every_session() -> None:
    """The daily article."""
    root = find_project(bundled_root())
    assert read_publication(root.root, root.templates).outlines["session"].appears is Appears.SESSION


def test_a_folder_of_its_own_may_be_named_in_full(tmp_path: Path) -> None:
    """`session/breadth` in the daily article is its `breadth`, read once."""
    root = tmp_path / "mine"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    kind = root / "content" / "kinds" / "session.yaml"
    kind.write_text(kind.read_text("utf-8").replace("angle: angle", "angle: session/angle"), "utf-8")
    found = find_project(root)
    publication = read_publication(found.root, found.templates)
    assert publication.outlines["session"].angle == "angle"
    keys = [fragment.key for fragment in publication.fragments["session"]]
    assert len(keys) == len(set(keys))
