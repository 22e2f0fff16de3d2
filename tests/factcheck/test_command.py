"""`commentary factcheck`: its report in a terminal, as JSON and as a page, and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.factcheck.checker import Checker
from generator.factcheck.document import read_article
from generator.factcheck.report import Report, report_page
from generator.lines import factcheck_lines
from tests.factcheck.invented import LAST

ARTICLE = (
    "Small caps up\n\nThe Russell 2000 rose 0.76%. The Dow fell 3%.\n\n<script>alert(1)</script> S&P 500 rose 0.5%.\n"
)


@pytest.fixture
def report(checker: Checker) -> Report:
    """A report on a short article."""
    article = read_article(ARTICLE.replace("<script>", "<scr" + "ipt>"), "a.txt")
    return Report("<b>a.txt</b>", LAST, "--session", checker.check(article, LAST), article.rows)


def test_the_terminal_tells_each_verdict_and_the_counts(report: Report) -> None:
    """A false sentence is told with the value and what could be said; the last line counts."""
    lines = list(factcheck_lines(report))
    assert "DOES NOT HOLD: The Dow fell 3%." in lines
    assert "    instead: Dow: +0.63%, one session, 2026-01-22" in lines
    assert lines[-1].startswith("2026-01-22: 2 holds, 0 cannot be known here, 0 depends, 1 does not hold")


def test_json_has_every_reading(report: Report) -> None:
    """Programs get words, kind, verdict, readings and what could be said instead."""
    record = json.loads(json.dumps(report.record))
    false = next(one for one in record["sentences"] if one["verdict"] == "does not hold")
    assert false["claims"][0]["readings"] == [
        {"reading": "Dow, price return, one session, 2026-01-22", "value": "+0.63%", "holds": False}
    ]
    assert false["claims"][0]["instead"] == "Dow: +0.63%, one session, 2026-01-22"


def test_nothing_of_the_article_is_markup_on_the_page(report: Report) -> None:
    """The page shows the article escaped, each sentence in the colour of its verdict."""
    page = report_page(report)
    assert "<script>" not in page
    assert "&lt;b&gt;a.txt&lt;/b&gt;" in page
    assert '<mark class="does-not-hold" title="does not hold">The Dow fell 3%.</mark>' in page


def run(*arguments: str | Path, given: bytes | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["factcheck", *map(str, arguments)], input=given, catch_exceptions=False)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (b"", "standard input: has no text."),
        (b"\xff\xfe\x00", "standard input: is not UTF-8 text (byte 1)."),
        (b"The Dow rose 1%. " * 600_000, "standard input: is larger than 2 MB. Give the article alone."),
    ],
)
def test_what_is_no_article_is_one_message(given: bytes, says: str) -> None:
    """Empty, binary and far too long input end in one line before any price is read."""
    code, output = run("-", "--source", "sample", given=given)
    assert code == 1
    assert output.startswith(f"error: {says}")
    assert "Traceback" not in output


def test_a_missing_file_is_one_message(tmp_path: Path) -> None:
    """A file that is not there is named."""
    code, output = run(tmp_path / "none.txt", "--source", "sample")
    assert code == 1
    assert "none.txt: cannot be read" in output


def test_an_article_without_a_date_asks_for_the_session(shared_data: Path) -> None:
    """Where neither the article nor an option names a day, the command asks for one; given one it answers."""
    text = b"The Russell 2000 rose 3.6% to 2,125.04, its highest close since March 2022."
    code, output = run("-", "--data", shared_data, given=text)
    assert code == 1
    assert "names no date of its own. Say which session it is about: add --session 20" in output
    code, output = run("-", "--data", shared_data, "--session", date(2024, 7, 11).isoformat(), given=text)
    assert (code, output.splitlines()[-1]) == (
        0,
        "2024-07-11: 1 holds, 0 cannot be known here, 0 depends, 0 does not hold, 0 not checked",
    )
