"""Editions of real sessions: what each must hold, whatever the day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from generator.assembly import Desk, make_edition
from generator.loading import load_prices
from generator.model import Role, Sentence, Settings, TextBlock, spoken
from generator.narrative.language.openings import sentences
from generator.project import bundled_root
from generator.publishing.ledger import prove

SESSIONS = [
    "1988-01-04",
    "2000-04-14",
    "2001-09-17",
    "2007-09-24",
    "2008-10-13",
    "2008-12-01",
    "2011-08-08",
    "2013-06-05",
    "2016-11-09",
    "2018-12-24",
    "2020-03-16",
    "2020-03-24",
    "2020-11-09",
    "2021-11-08",
    "2022-06-13",
    "2023-07-03",
    "2024-05-13",
    "2024-07-11",
    "2024-08-05",
    "2024-11-06",
    "2024-11-25",
    "2024-12-18",
    "2025-04-03",
    "2025-04-09",
    "2025-06-30",
    "2017-02-13",
    "2017-03-08",
    "2017-04-27",
    "2017-05-10",
    "2017-06-20",
    "2017-07-18",
    "2017-08-02",
    "2017-09-12",
    "2017-10-24",
    "2017-11-30",
]


def blanked(sentence: str) -> str:
    """A sentence without its numbers and dates."""
    return re.sub(r"[\d.,%$]+", "#", sentence.lower())


def said(prose: Iterable[TextBlock]) -> list[Sentence]:
    """Every sentence, headings included."""
    return [sentence for _, sentence in spoken(prose)]


def grammatical(parts: Iterable[Sentence]) -> list[str]:
    return [blanked(one) for part in parts for one in sentences(part.text)]


@pytest.mark.parametrize("day", SESSIONS)
def test_the_edition_is_whole(day: str, tell: Callable, row_of: Callable) -> None:
    """Headline to bottom line are there, and the body is neither a stub nor a book."""
    _, prose = tell(row_of(day))
    assert [block.role for block in prose[:3]] == [Role.HEADLINE, Role.STANDFIRST, Role.LEAD]
    assert prose[-1].role is Role.BOTTOM_LINE
    prove(said(prose))
    if day > "1988-10":
        assert 250 <= sum(part.words for part in said(prose)) <= 900


@pytest.mark.parametrize("day", SESSIONS)
def test_the_two_sides_are_of_like_length(day: str, tell: Callable, row_of: Callable) -> None:
    """Where both speak; a side that has nothing true to say stays silent."""
    _, prose = tell(row_of(day))
    sides = {block.part: sum(sentence.words for sentence in block.sentences) for block in prose}
    if {"for", "against"} <= set(sides):
        assert min(sides["for"], sides["against"]) >= 0.4 * max(sides["for"], sides["against"])


@pytest.mark.parametrize("day", SESSIONS)
def test_a_figure_is_said_once_in_the_body(day: str, tell: Callable, row_of: Callable) -> None:
    """No percentage figure stands twice in lead, sections and bottom line; the standfirst shares none with the lead."""
    _, prose = tell(row_of(day))
    names = {
        block.part: [
            piece.claim.name
            for sentence in block.sentences
            for piece in sentence.pieces
            if piece.claim and piece.claim.kind == "figure" and "%" in piece.text
        ]
        for block in prose
        if block.role not in (Role.HEADLINE, Role.TAKEAWAYS)
    }
    standfirst = names.pop(Role.STANDFIRST)
    assert not set(standfirst) & set(names[Role.LEAD])
    body = [name for part in names.values() for name in part]
    assert len(body) == len(set(body))


@pytest.mark.parametrize("first", ["2024-03-01", "2024-07-01", "2009-03-02", "2009-10-01"])
def test_twenty_sessions_do_not_repeat_themselves(first: str, tell: Callable, row_of: Callable) -> None:
    """From one session to the next no headline, standfirst or whole lead is shared, and at most one sentence in ten."""
    start = row_of(first)
    told = [tell(row)[1] for row in range(start, start + 20)]
    for before, after in pairwise(told):
        heads = [grammatical(said(prose[:2])) for prose in (before, after)]
        assert not set(heads[0]) & set(heads[1])
        leads = [grammatical(prose[2].paragraphs[0]) for prose in (before, after)]
        assert len(set(leads[0]) & set(leads[1])) <= 1  # that the S&P 500 rose so much may well come again
        whole = [grammatical(said(prose)) for prose in (before, after)]
        assert len(set(whole[0]) & set(whole[1])) <= len(whole[1]) / 10


@pytest.mark.parametrize("first", ["2024-03-01", "2009-03-02"])
def test_no_post_repeats_one_of_the_day_before(first: str, desk: Desk, row_of: Callable[[str], int]) -> None:
    """From one session to the next no sentence is shared by the posts of a network, numbers blanked."""
    start = row_of(first)
    digests = [make_edition(desk, row).digest for row in range(start, start + 20)]
    for before, after in pairwise(digests):
        for product in before.posts:
            runs = [digest.posts[product] for digest in (before, after)]
            said = [set(grammatical(part for post in run for part in post.sentences)) for run in runs]
            assert not said[0] & said[1]


def test_a_close_just_under_the_record_is_no_record(tell: Callable, row_of: Callable) -> None:
    """On 2024-11-25 the Russell 2000 closed 0.71 points short of its record close of 2021-11-08."""
    _, prose = tell(row_of("2024-11-25"))
    text = " ".join(part.text for part in said(prose)).lower()
    assert not re.search(r"russell 2000[^.]*(sets?|set|at|reached) a record", text)
    assert "small_record_close" not in {
        piece.claim.name for part in said(prose) for piece in part.pieces if piece.claim
    }


def test_a_record_close_is_the_story(tell: Callable, row_of: Callable) -> None:
    """On 2021-11-08 the Russell 2000 set a record close, and the article says so."""
    _, prose = tell(row_of("2021-11-08"))
    assert "record" in " ".join(sentence.text for sentence in said(prose[:3])).lower()


@pytest.mark.parametrize("day", ["2000-04-14", "2020-03-16", "2024-07-11"])
def test_a_past_edition_is_the_one_that_would_have_been_written_then(
    desk: Desk, row_of: Callable[[str], int], shared_data: Path, day: str
) -> None:
    """No look-ahead anywhere: with every later price withheld, words, figures and ledger are the same."""
    settings = Settings(source="csv", data=shared_data, project=bundled_root(), session=date.fromisoformat(day))
    then = make_edition(Desk.over(desk.publication, "session", load_prices(settings, desk.publication)))
    now = make_edition(desk, row_of(day))
    assert now.article == then.article
    assert now.digest == then.digest
    assert now.figures == then.figures
    assert now.weighed == then.weighed
    assert now.market["symbols"] == then.market["symbols"]
