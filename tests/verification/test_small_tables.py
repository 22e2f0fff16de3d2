"""A small table inside an article: laid out by an editor, shown by every product, proved cell by cell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.model import Settings
from generator.verbs.check import check_publication

from .alter_tables import KINDS
from .laid_out import finished_case, laid_out
from .trial import Case, trial

TABLES = """tables:
  - key: spans
    after: large
    when: small_level > 0
    caption: Returns beside a large index at [sp500_level], since the Reserve moved to [reserve_upper]
    corner: Segment
    columns:
      Day: return_1d
      "Year, of [year_number | digits]": "[*_return_ytd], [*_return_1d | whole] of [*_level]"
    rows: {Russell 2000: small, S&P 500: sp500, Not yet: meta}
  - key: days
    after: lead
    caption: "By day: the month & the rest"
    corner: Day
    columns: [Level, Up, Word, Never]
    rows:
      "[session_date]": [small_level, week_ends, reserve_move, meta_return_1d]
      "[meta_return_1d] lost": [small_level, small_level, small_level, small_level]
      The rest: [meta_return_1d, ~, ~, meta_return_1d]
  - key: never
    after: lead
    when: small_level < 0
    caption: Not on this day
    corner: Nothing
    columns: {Day: return_1d}
    rows: {Russell 2000: small}
"""


@pytest.fixture(scope="module")
def tabled(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The small publication's finished edition, with two tables in it and one whose rule does not hold."""
    return finished_case(tmp_path_factory.mktemp("tabled"), TABLES)


def test_it_is_proved_in_every_product(tabled: Case) -> None:
    """Markdown, page, PDF, both parts of the letter, saved issue and ledger: not one fault."""
    answers = tabled.reader.read(tabled.files, tabled.ledger, tabled.files)
    assert [str(fault) for fault in answers.faults] == []
    assert answers.held["table rows"] > 15


def test_it_says_what_the_editor_laid_out(tabled: Case) -> None:
    """Figures in words and cells; absent ones as a dash; empty rows, columns and tables left out; below their parts."""
    text = tabled.text("article.md")
    assert list(tabled.ledger["tables"]) == ["days", "spans"]
    cells = tabled.ledger["tables"]["days"]["rows"]
    assert cells[0][0]["text"] == "March 14, 1997"
    assert [cell["text"] for cell in cells[0][2:]] == ["yes", "raised"]
    assert "| Day | Level | Up | Word |" in text
    assert "The rest" not in text
    assert " lost" not in text
    assert "Not yet" not in text
    assert "moved to 5.5**[^1]" in text.replace("5.50", "5.5")
    assert re.search(r"\| [+−]\d+\.\d\d, \d+%\u00a0of\u00a0\d", text)  # a line breaks after the comma alone
    assert text.index("By day: the month & the rest") < text.index("\n## ") < text.index("Returns beside")


def test_a_page_reads_it_out_well(tabled: Case) -> None:
    """A caption, a heading for each column and one for each row, and how each number was made."""
    page = tabled.text("article.html").partition('<div class="inset">')[2].partition("</div>")[0]
    assert page.count("<caption>") == 1
    assert page.count('scope="col"') == 4
    assert page.count('scope="row"') == 1
    assert page.count('role="tooltip"') == 4


@pytest.mark.parametrize("name", KINDS)
def test_an_alteration_of_it_is_caught(name: str, tabled: Case) -> None:
    """By the second reader alone, with nothing printed again."""
    outcome = trial(tabled, {name: KINDS[name]}, 8)[name]
    assert outcome.tried > 5
    assert outcome.alone == []


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("Day: return_1d\n", "Day: retrun_1d\n", 25, "'small_retrun_1d' is not a figure. Did you mean"),
        ("[session_date]", "[session_dat]", 32, "'session_dat' is not a figure. Did you mean 'session_date'?"),
        ("| digits", "| moved", 24, "'moved' is not a filter of tables"),
        ("when: small_level > 0", "when: small_levl > 0", 19, "'small_levl' is not a figure"),
        ("after: large", "after: larg", 18, "'larg' is not a part below which it can stand. Did you mean 'large'?"),
        ("key: days", "key: spans", 26, "'spans' is there twice."),
        (", reserve_move,", ",", 32, "'[session_date]' has 3 cells; there are 4 columns."),
        ("[*_return_ytd], [*_return_1d | whole] of [*_level]", "[small_return_ytd]", 24, "put a * where the row's name belongs"),
        ("columns: [Level, Up, Word, Never]", "columns: 3", 30, "'columns' should be a list of headings"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_told_with_its_line(old: str, new: str, line: int, why: str, tmp_path: Path) -> None:
    """Before anything is written: what is wrong, where, and what is meant."""
    assert old in TABLES
    root = laid_out(tmp_path, TABLES.replace(old, new, 1))
    faults = [str(fault) for fault in check_publication(Settings(project=root), prices=False)]
    where = f"content/kinds/session.yaml:{line}: "
    assert [fault for fault in faults if fault.startswith(where) and why in fault], faults
