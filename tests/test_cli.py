"""The command, as its users meet it: outputs, messages and exit codes."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.editorial.universe import read_universe
from generator.market.sessions import last_completed_session, next_session
from generator.market.simulated.source import SampleSource
from generator.project import bundled_root

from .small_publication import copy_small, write_small

SYMBOLS = ("^RUT", "^GSPC", "^IXIC", "^DJI", "IWM", "SPY", "RSP", "^TNX", "^VIX")
LAST = date(2024, 7, 11)
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def prices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of CSV files: a simulated market of a few symbols, to 11 July 2024."""
    folder = tmp_path_factory.mktemp("market")
    (folder / "prices").mkdir()
    reply = SampleSource(read_universe(bundled_root() / "content")).history(SYMBOLS, LAST)
    for symbol in SYMBOLS:
        bars = reply.bars[symbol]
        names = [name for name in ("open", "high", "low", "close", "adj_close") if bars.column(name) is not None]
        with (folder / "prices" / f"{symbol}.csv").open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["date", *names])
            columns = [bars.column(name) for name in names]
            for number, day in enumerate(bars.days):
                values = [column[number] for column in columns if column is not None]
                rows.writerow([day, *("" if np.isnan(value) else f"{value:.4f}" for value in values)])
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small publication, read and written in no time, with a Dow beside its indices."""
    root = write_small(tmp_path_factory.mktemp("small"))
    universe = root / "content" / "universe.yaml"
    dow = "  dow: {kind: index, price: ^DJI, names: [the Dow], short: Dow}\n"
    universe.write_text(universe.read_text("utf-8").replace("groups:\n", f"{dow}groups:\n"), "utf-8")
    kind = root / "content" / "kinds" / "session.yaml"
    kind.write_text(
        kind.read_text("utf-8").replace("rows: [small, sp500, energy]", "rows: [small, sp500, dow]"), "utf-8"
    )
    return root


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small: Path) -> Run:
    """Runs `commentary` in a folder of its own, over the small publication."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMMENTARY_PROJECT", str(small))

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)

    return invoke


@pytest.fixture
def bundled(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same over the bundled publication."""
    monkeypatch.delenv("COMMENTARY_PROJECT")
    return run


@pytest.fixture
def spoiled(prices: Path, tmp_path: Path) -> Callable[[str, Callable[[list[str]], list[str]]], Path]:
    """A copy of the prices in which one file's lines have been changed."""

    def spoil(symbol: str, change: Callable[[list[str]], list[str]]) -> Path:
        folder = tmp_path / "spoiled"
        shutil.copytree(prices, folder)
        path = folder / "prices" / f"{symbol}.csv"
        path.write_text("\n".join(change(path.read_text().splitlines())) + "\n")
        return folder

    return spoil


def write(run: Run, data: Path, session: str = "2024-07-11", *more: str) -> Result:
    return run("write", "--data", data, "--session", session, "--format", "markdown", *more)


def test_write_prints_where_the_edition_is_and_nothing_else(bundled: Run, prices: Path) -> None:
    """Standard output holds the folder alone, so that a script can use it."""
    result = write(bundled, prices)
    assert result.exit_code == 0
    assert result.stdout == "output/2024-07-11/session\n"
    assert Path(result.stdout.strip(), "article.md").is_file()


def test_the_same_command_twice_gives_the_same_bytes(run: Run, prices: Path) -> None:
    """Same prices, same content: the same edition, byte for byte."""
    arguments = ("write", "--data", prices, "--session", "2024-07-11", "--format", "html", "--format", "x")
    first = run(*arguments, "--output", "one").stdout.strip()
    second = run(*arguments, "--output", "two").stdout.strip()
    names = sorted(path.relative_to(first) for path in Path(first).rglob("*") if path.is_file())
    assert len(names) >= 5
    assert all(Path(first, name).read_bytes() == Path(second, name).read_bytes() for name in names)


def test_every_number_of_the_ledger_has_its_closes(run: Run, prices: Path) -> None:
    """Each figure in the ledger carries unit, basis, formula and the prices behind it."""
    folder = Path(write(run, prices).stdout.strip())
    ledger = json.loads((folder / "edition.json").read_text())
    assert ledger["session"] == "2024-07-11"
    move = ledger["figures"]["small_return_1d"]
    before, after = (item["value"] for item in move["inputs"])
    assert move["printed"] == pytest.approx(round((after / before - 1) * 100, 2), abs=0.005)
    assert move["basis"] == "price return"


@pytest.mark.parametrize(
    ("session", "says"),
    [("2024-07-06", "2024-07-05"), ("2024-07-04", "2024-07-03"), ("2024-07-07", "2024-07-08")],
)
def test_a_day_without_trading_names_the_sessions_around_it(run: Run, prices: Path, session: str, says: str) -> None:
    """A weekend or a holiday is refused, and the nearest sessions are named."""
    result = write(run, prices, session)
    assert result.exit_code == 1
    assert says in result.stderr


def test_a_session_that_is_not_over_asks_to_come_back(run: Run, prices: Path) -> None:
    """The session that comes next is exit code 3, as waiting helps; one of another year is a mistake."""
    tomorrow = str(next_session(last_completed_session()))
    assert write(run, prices, tomorrow).exit_code == 3
    assert write(run, prices, "2031-07-11").exit_code == 1


def test_the_latest_session_held_can_be_asked_for(run: Run, prices: Path) -> None:
    """Prices of last month make last month's edition; without a session they are late, which is exit code 3."""
    assert write(run, prices, "latest").stdout == "output/2024-07-11/session\n"
    late = run("write", "--data", prices, "--format", "markdown")
    assert (late.exit_code, "ask for 2024-07-11, the last session held" in late.stderr) == (3, True)


def test_a_session_before_the_data_begins_names_the_first(run: Run, prices: Path) -> None:
    """A session older than the prices is refused with the first one available."""
    result = write(run, prices, "1988-01-04")
    assert result.exit_code == 1
    assert "before the data begins" in result.stderr


@pytest.mark.parametrize("symbol", ["^RUT", "^GSPC"])
def test_a_core_symbol_that_is_missing_stops_the_edition(run: Run, prices: Path, tmp_path: Path, symbol: str) -> None:
    """Without a core symbol there is no edition; the message names it."""
    shutil.copytree(prices, tmp_path / "less")
    (tmp_path / "less" / "prices" / f"{symbol}.csv").unlink()
    result = write(run, tmp_path / "less")
    assert (result.exit_code, symbol in result.stderr) == (1, True)
    assert not Path("output").exists()


def test_a_core_symbol_that_ends_early_stops_the_edition(run: Run, spoiled: Callable[..., Path]) -> None:
    """A core symbol without the session's close is named, with the last session it has."""
    result = write(run, spoiled("^RUT", lambda lines: lines[:-1]))
    assert result.exit_code == 1
    assert "^RUT" in result.stderr
    assert "2024-07-10" in result.stderr


def test_a_move_that_is_vouched_for_is_believed(run: Run, spoiled: Callable[..., Path]) -> None:
    """A last close ten times too high is refused with its line; whoever knows that it is true says so by day."""
    data = spoiled("^RUT", lambda lines: [*lines[:-1], f"2024-07-11{',21750.4' * lines[-1].count(',')}"])
    refused = write(run, data)
    assert refused.exit_code == 1
    assert re.search(
        r"prices/\^RUT\.csv:\d+: a move without example .* --accept \^RUT:2024-07-11 vouches", refused.stderr
    )
    assert write(run, data, "2024-07-11", "--accept", "^RUT:2024-07-11").exit_code == 0


def test_a_core_symbol_that_is_empty_stops_the_edition(run: Run, spoiled: Callable[..., Path]) -> None:
    """A core file with a header and no rows is named."""
    result = write(run, spoiled("^GSPC", lambda lines: lines[:1]))
    assert (result.exit_code, "^GSPC" in result.stderr) == (1, True)


def test_another_symbol_may_be_missing_and_is_named(bundled: Run, prices: Path) -> None:
    """The edition is written without it; stderr and the ledger say which and why."""
    result = write(bundled, prices)
    ledger = json.loads((Path(result.stdout.strip()) / "edition.json").read_text())
    assert result.exit_code == 0
    lines = [line for line in result.stderr.splitlines() if line.startswith("left out: ")]
    assert len(lines) == 1  # many symbols that lack for one reason are one line
    assert "symbols, " in lines[0]
    assert "no prices are held of it" in lines[0]
    assert "left out: QQQ (no prices are held of it: there is no file prices/QQQ.csv)" in (
        write(bundled, prices, "2024-07-11", "--verbose").stderr
    )
    assert "QQQ" in ledger["market"]["omitted"]


def _line(number: int, text: Callable[[str], str]) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[:number], text(lines[number]), *lines[number + 1 :]]


FAULTS = {
    "bad date": _line(100, lambda line: "not-a-day" + line[10:]),
    "text in a price": _line(100, lambda line: line.rsplit(",", 1)[0] + ",abc"),
    "negative price": _line(100, lambda line: line.rsplit(",", 1)[0] + ",-5"),
    "duplicate date": lambda lines: [*lines[:101], lines[100], *lines[101:]],
    "unordered dates": lambda lines: [*lines[:100], lines[101], lines[100], *lines[102:]],
    "a cell too many": _line(100, lambda line: line + ",1"),
    "a block at another scale": lambda lines: [
        *lines[:99],
        *(",".join(f"{float(c) / 100:.4f}" if i else c for i, c in enumerate(x.split(","))) for x in lines[99:105]),
        *lines[105:],
    ],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_file_leaves_its_symbol_out(run: Run, spoiled: Callable[..., Path], fault: str) -> None:
    """The edition is written without it; file and line are told, and the reader is told of no file."""
    result = write(run, spoiled("^DJI", FAULTS[fault]))
    assert result.exit_code == 0
    told = next(line for line in result.stderr.splitlines() if line.startswith("left out: ^DJI "))
    assert any(f"prices/^DJI.csv:{line}:" in told for line in (100, 101, 102))
    article = Path(result.stdout.strip(), "article.md").read_text()
    assert "^DJI.csv" not in article
    assert "Dow" not in article.partition("## ")[0]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_core_file_names_file_and_line(run: Run, spoiled: Callable[..., Path], fault: str) -> None:
    """A fault in a core file is one message with the file and the line, and no edition."""
    result = write(run, spoiled("^GSPC", FAULTS[fault]))
    assert result.exit_code == 1
    assert any(f"prices/^GSPC.csv:{line}:" in result.stderr for line in (100, 101, 102))
    assert "Traceback" not in result.output
    assert not Path("output").exists()


@pytest.fixture
def mine(small: Path, tmp_path: Path) -> Path:
    """A copy of the small publication to work on: to check the bundled one takes a minute."""
    return copy_small(small, tmp_path / "mine")


def test_every_fault_in_content_is_listed_at_once(run: Run, mine: Path) -> None:
    """Faults in YAML, rules, names and sentences come together, each with its file and line."""
    large = mine / "content" / "session" / "large"
    (large / "bad-rule.md").write_text("---\nwhen: small_retrun_1d > 0\n---\n- One.\n- Two.\n- Three.\n")
    (large / "bad-words.md").write_text("---\ntone: neutral\n---\n- It rose 5%.\n- Two.\n- {{ smal_level }}.\n")
    (large / "bad-yaml.md").write_text("---\nwhen: [\n---\n- One.\n")
    (mine / "templates").mkdir()
    (mine / "templates" / "card-alt.txt.j2").write_text("{{ article | nonsense }}")
    result = run("check", "--project", mine)
    assert result.exit_code == 1
    assert "bad-yaml.md:2" in result.output
    assert "card-alt.txt.j2:1" in result.output
    assert "bad-rule.md:2: 'small_retrun_1d' is not a figure. Did you mean 'small_return_1d'?" in result.output
    assert "bad-words.md:4: '5%' is a number that no figure stands behind" in result.output
    assert "bad-words.md:4: 'rose' is a claim" in result.output
    assert "bad-words.md:6: 'smal_level' is not a figure" in result.output


def test_a_claim_that_history_contradicts_is_named_with_its_session(run: Run, prices: Path, mine: Path) -> None:
    """With prices, `check` tries each assertion on every session on which its rule holds."""
    text = "---\nwhen: small_return_1d > 0\nasserts:\n  led: small_minus_sp500_1d > 0\n---\n" + "- It is ahead.\n" * 3
    (mine / "content" / "session" / "large" / "bold.md").write_text(text)
    result = run("check", "--project", mine, "--data", prices, "--session", "2024-07-11")
    assert "bold.md:4: 'led' is claimed, but on " in result.output
    assert "small_minus_sp500_1d was -" in result.output


def test_history_is_tried_as_far_as_it_is_held(run: Run, prices: Path, mine: Path) -> None:
    """Prices that end before the last completed session need no --session to be checked against."""
    text = "---\nwhen: small_level < 0\n---\n- One.\n- Two.\n- Three.\n"
    (mine / "content" / "session" / "large" / "never.md").write_text(text)
    result = run("check", "--project", mine, "--data", prices)
    assert "never.md:2: the rule never holds on any of the" in result.output


def test_coverage_reports_days_without_news_and_is_no_fault(run: Run, prices: Path) -> None:
    """Part by part, the days on which no situation has news, by kind; exit code 0."""
    result = run("check", "--coverage", "--data", prices)
    assert result.exit_code == 0
    assert re.search(r"^\w+: no news of its own on ", result.stdout, re.MULTILINE)
    assert "Russell 2000 " in result.stdout


def test_coverage_of_what_cannot_be_read_says_where(run: Run, prices: Path, mine: Path) -> None:
    """A misspelt figure would leave its situation out of the count, so it is named instead."""
    text = "---\nwhen: small_level > 0\n---\n- It is {{ smal_level }}.\n"
    (mine / "content" / "session" / "large" / "odd.md").write_text(text)
    result = run("check", "--coverage", "--project", mine, "--data", prices)
    assert result.exit_code == 1
    assert "content/session/large/odd.md:4: 'smal_level' is not a figure" in result.stderr


def test_coverage_without_prices_is_wrong_usage(run: Run) -> None:
    """There is nothing to count."""
    result = run("check", "--coverage")
    assert (result.exit_code, "--coverage needs prices" in result.stderr) == (2, True)


def test_an_output_folder_that_cannot_be_written_is_one_error(run: Run, prices: Path) -> None:
    """A file in the way of the output folder is named; there is no traceback."""
    Path("blocked").write_text("")
    result = write(run, prices, "2024-07-11", "--output", "blocked")
    assert (result.exit_code, "blocked" in result.stderr) == (1, True)


def test_figures_are_printed_as_a_table_and_as_json(run: Run, prices: Path) -> None:
    """The same figure, for eyes and for programs."""
    table = run("figures", "small_return_1d", "--data", prices, "--session", "2024-07-11")
    rows = json.loads(run("figures", "small_return_1d", "--json", "--data", prices, "--session", "2024-07-11").stdout)
    assert rows[0]["text"] in table.stdout
    assert {"unit", "basis", "formula", "inputs", "value", "window"} <= rows[0].keys()


def test_explain_names_who_spoke_and_how_near_the_others_were(bundled: Run, prices: Path) -> None:
    """Every fragment is there with its surprisal and the distance of its rule from flipping."""
    result = bundled("explain", "story", "--data", prices, "--session", "2024-07-11")
    assert result.exit_code == 0
    assert ": spoke" in result.stdout
    assert "one month later, Russell 2000 up after " in result.stdout
    assert " by " in result.stdout


def test_wrong_usage_is_exit_code_two(run: Run) -> None:
    """A date that is no date, and an option that is none."""
    assert run("write", "--session", "yesterday").exit_code == 2
    assert run("write", "--nonsense").exit_code == 2


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_and_stands_in_the_readme(command: str, project_root: Path) -> None:
    """A command that is not in the README does not exist for its users."""
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0
    assert f"commentary {command}" in (project_root / "README.md").read_text()


def test_completion_is_printed_for_each_shell(run: Run) -> None:
    """The script that a shell loads to complete commands and options."""
    assert "_COMMENTARY_COMPLETE" in run("completion", "bash").stdout


def test_a_full_output_is_one_message() -> None:
    """Where standard output cannot be written, one line says so; no traceback."""
    command = [sys.executable, "-m", "generator", "completion", "bash"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == "error: the output cannot be written: No space left on device.\n"


def test_a_stop_is_one_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with the code that shells expect, and says that nothing was harmed."""

    def stopped(settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.verbs.write.write_edition", stopped)
    result = run("write", "--source", "sample")
    assert result.exit_code == 130
    assert result.stderr == "stopped: nothing that was published has changed.\n"


def test_a_post_that_a_network_would_refuse_is_not_written(run: Run, prices: Path, mine: Path, tmp_path: Path) -> None:
    """An invitation longer than LinkedIn takes is named with its file, and no edition is written."""
    masthead = mine / "content" / "publication.yaml"
    text = masthead.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("call_to_action:"))
    masthead.write_text(text.replace(line, f"call_to_action: {'Read on. ' * 400}"), "utf-8")
    result = write(run, prices, "2024-07-11", "--project", mine, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "the post for LinkedIn counts" in result.stderr
    assert "3,000 is the most" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("moment", ["0001-01-01", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_moment_at_the_edge_of_the_calendar_is_no_traceback(run: Run, moment: str, tmp_path: Path) -> None:
    """Wrong usage, or a store that is not there: one message either way."""
    result = run("write", "--as-known", moment, "--store", tmp_path / "none.sqlite3")
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) < 6


def test_what_check_refuses_is_never_printed(run: Run, prices: Path, mine: Path, tmp_path: Path) -> None:
    """A banned word and an unproved claim in a sentence that would speak stop the edition; nothing is written."""
    where = ("--project", mine, "--output", tmp_path / "out")
    assert write(run, prices, "2024-07-11", *where).exit_code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    ledger = (tmp_path / "out" / "2024-07-11" / "session" / "edition.json").read_text("utf-8")
    source = next(iter(re.findall(r"content/session/(?:for|against|large)/[a-z-]+\.md:\d+", ledger)))
    path, _, line = source.rpartition(":")
    file = mine / path
    lines = file.read_text("utf-8").splitlines()
    lines[int(line) - 1] = "- Small caps rose, and more of it is guaranteed."
    file.write_text("\n".join(lines) + "\n", "utf-8")
    result = write(run, prices, "2024-07-11", *where)
    assert result.exit_code == 1
    assert f"{source}: 'guaranteed'" in result.stderr
    assert "'rose'" in result.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_a_file_of_one_endless_line_is_one_short_message(run: Run, spoiled: Callable[..., Path]) -> None:
    """Whatever a price file holds, the message is one to read."""
    result = write(run, spoiled("^GSPC", lambda lines: ["\x1b[2J" + "x" * 3_000_000]))
    assert (result.exit_code, "\x1b" in result.stderr) == (1, False)
    assert len(result.stderr) < 400


def test_asking_for_one_product_keeps_the_others(run: Run, prices: Path) -> None:
    """`--format x` on a finished edition leaves its article where it is; all of it agrees, by the ledger's digests."""
    assert write(run, prices, "2024-07-11", "--format", "linkedin").exit_code == 0
    folder = Path("output/2024-07-11/session")
    (folder / "letter.txt").write_text("mine")
    before = {path.name for path in folder.iterdir()}
    result = run("write", "--data", prices, "--session", "2024-07-11", "--format", "x")
    assert result.exit_code == 0
    assert {path.name for path in folder.iterdir()} == before | {"x.txt", "x-thread.txt"}
    assert "kept letter.txt, which this program did not make." in result.stderr
    files = json.loads((folder / "edition.json").read_bytes())["files"]
    assert {"article.md", "linkedin.txt", "x.txt", "x-thread.txt"} <= set(files)
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == one["sha256"] for name, one in files.items())


def test_a_further_network_is_one_entry(run: Run, prices: Path, mine: Path) -> None:
    """A channel that an editor adds is written, proved and kept in the ledger like the others."""
    channels = mine / "content" / "channels.yaml"
    entry = """
  bulletin:
    name: Bulletin
    limit: 500
    counts: utf16
    hashtags: 1
    between: space
    closing: [[tags, link]]
    files:
      bulletin.txt: {messages: [news, points 2]}
"""
    channels.write_text(channels.read_text("utf-8") + entry, "utf-8")
    given = ("--project", mine, "--data", prices)
    result = run("write", *given, "--session", "2024-07-11", "--format", "bulletin")
    assert result.exit_code == 0
    folder = Path("output/2024-07-11/session")
    post = (folder / "bulletin.txt").read_text("utf-8")
    assert post.endswith("\n\n#smallcaps\nhttps://kessler.org/2024-07-11/session/\n")
    assert len(post) <= 501
    assert not (folder / "x.txt").exists()
    checked = run("verify", folder, *given)
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_a_product_that_there_is_not_is_told_with_those_that_there_are(run: Run, prices: Path) -> None:
    """The channels of the publication are among them."""
    result = run("write", "--data", prices, "--session", "2024-07-11", "--format", "htm")
    assert (result.exit_code, result.stdout) == (1, "")
    known = "markdown, html, pdf, mail, x, linkedin, facebook, bluesky, mastodon, threads"
    assert f"There is no product 'htm'. Choose some of {known}." in result.stderr
