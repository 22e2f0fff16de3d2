"""The pictures inside an article: laid out by an editor, drawn in every product, read by the closes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.model import Settings
from generator.verbs.check import check_publication

from .alter_pictures import KINDS
from .laid_out import finished_case, laid_out
from .trial import Case, trial

PICTURES = """pictures:
  - key: ratio
    after: large
    draw: lines
    title: Small companies relative to large ones, on a logarithmic scale, shaded where they led over three months
    figures: {Russell 2000 over S&P 500: small_over_sp500}
    logarithmic: true
    start: 100
    shaded: small_minus_sp500_3m > 0
  - key: spans
    after: large
    draw: lines
    title: Three months, percent
    figures: {Russell 2000: small_return_3m, S&P 500: sp500_return_3m}
    years: 1
  - key: months
    after: against
    draw: columns
    title: Month by month, percent
    figures: {Russell 2000: small_return_month, S&P 500: sp500_return_month}
    last: 8
  - key: turns
    after: lead
    draw: around
    title: The move of small companies less that of large ones around the ends of months, with their range
    figures: {Russell 2000: small_level, S&P 500: sp500_level}
    events: month_ends
    before: 10
    sessions: 21
  - key: never
    after: lead
    draw: columns
    title: Not on this day
    figures: {Russell 2000: small_return_month}
    when: small_level < 0
"""
ORDER = ["turns", "ratio", "spans", "months"]


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The small publication's finished edition with a picture of each sort, and one whose rule does not hold."""
    return finished_case(tmp_path_factory.mktemp("pictured"), PICTURES)


def test_they_are_proved_in_every_product(pictured: Case) -> None:
    """Drawings in files and in the page, paper, both parts of the letter with its message, saved issue: not one fault."""
    answers = pictured.reader.read(pictured.files, pictured.ledger, pictured.files)
    assert [str(fault) for fault in answers.faults] == []
    assert answers.held["drawings"] == 2 * 5 + 5 + 2  # each twice in the page and once in its file; and the bars


def test_they_stand_below_their_parts_in_page_order(pictured: Case) -> None:
    """As pictures in Markdown, drawn twice in the page, and as PNG in the letter and inside its message."""
    shown = re.findall(r"\]\(charts/(\w+)\.svg\)", pictured.text("article.md"))
    assert shown == ["performance", *ORDER, "moves"]
    assert pictured.text("article.html").count('<figure class="picture">') == 4
    assert re.findall(r"charts/(\w+)\.png", pictured.text("newsletter.html")) == ["performance", *ORDER]
    assert pictured.files["newsletter.eml"].count(b"Content-ID:") == 5
    assert all(f"charts/{key}.png" in pictured.files for key in ORDER)


@pytest.mark.parametrize("key", ORDER)
def test_each_says_in_words_what_it_shows(key: str, pictured: Case) -> None:
    """An image with a title and a description that tells the course of its lines."""
    svg = pictured.text(f"charts/{key}.svg")
    told = {
        "ratio": r"Line chart, logarithmic by the last sessions of months\. Russell 2000 over S&amp;P 500 begins at 100\.00 on",
        "spans": r"Line chart\. Russell 2000 begins at .* lowest −\d+\.\d\d on \w+ \d+, 1996",
        "months": r"Column chart, up to each day\. .*: Russell 2000 [+−]\d+\.\d\d and S&amp;P 500 [+−]",
        "turns": r"over sessions around 13 events; a band shows their range, from −\d.* to \+\d.* after 21\. This time",
    }
    assert re.search(rf"<desc [^>]*>[^<]*{told[key]}", svg), svg[:900]
    assert 'role="img" aria-labelledby=' in svg


@pytest.mark.parametrize("name", KINDS)
def test_an_alteration_of_one_is_caught(name: str, pictured: Case) -> None:
    """By the second reader alone, but for the pixels of a picture, which are printed again."""
    outcome = trial(pictured, {name: KINDS[name]}, 12)[name]
    assert outcome.tried > 6
    assert [what for what in outcome.alone if ".png and" not in what] == []
    assert outcome.missed == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("small_over_sp500", "small_ovr_sp500", ":17: 'small_ovr_sp500' is not a figure."),
        ("    events: month_ends\n", "", ":39: around events stand two levels, and a rule 'events'"),
        ("shaded: small_minus", "shaded: smal_minus", ":17: 'smal_minus_sp500_3m' is not a figure."),
        ("key: spans", "key: moves", ":25: 'key' is the name of a chart that every kind has."),
        ("after: against", "after: angainst", ":32: 'angainst' is not a part below which it can stand."),
        ("last: 8", "years: 8", ":36: 'years' is for a picture of lines."),
        ("small_return_3m,", "small_record_date,", ":25: 'small_record_date' is date: a picture draws numbers"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(old: str, new: str, why: str, tmp_path: Path) -> None:
    """Before anything is written: what is wrong, where, and what is meant."""
    assert old in PICTURES
    root = laid_out(tmp_path, PICTURES.replace(old, new, 1))
    faults = [str(fault) for fault in check_publication(Settings(project=root), prices=False)]
    assert [fault for fault in faults if why in fault], faults
