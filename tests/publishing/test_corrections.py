"""What an issue said and says: the changes between the two, and the file that keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from math import nan
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editorial.corrections import corrections_in, read_corrections
from generator.editorial.yaml_reader import unfit
from generator.model import Change, Correction, Line, LineChart
from generator.publishing.corrections import changes, differences, redrawn, with_entries
from generator.publishing.stated import _shown
from generator.publishing.words import Published, Shown, Words, version_of, words_in, words_text

NEW_YORK = ZoneInfo("America/New_York")
PARTS = st.sampled_from(["headline", "standfirst", "lead", "breadth", "table", "bars"])
TEXTS = st.text(st.sampled_from("abc 123:−"), min_size=1, max_size=12)
WORDS = st.lists(st.tuples(PARTS, TEXTS), max_size=8)
SAID = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).filter(
    lambda text: unfit(text) is None  # such a text is refused, by a test of its own
)


@given(was=WORDS, now=WORDS)
def test_the_changes_are_all_that_differs(was: Words, now: Words) -> None:
    """Every sentence that is gone and every new one is told, and none that stands as it stood; the same gives none."""
    told = changes(was, now)
    before, after = {text for _, text in was}, {text for _, text in now}
    assert {one.was for one in told} - {""} >= before - after
    assert {one.now for one in told} - {""} >= after - before
    assert {one.was for one in told} - {""} <= before
    assert {one.now for one in told} - {""} <= after
    assert changes(was, was) == ()
    assert (version_of(was, {}) == version_of(now, {})) == (was == now)


def test_what_a_reader_sees_first_is_told_first() -> None:
    """The headline, then the figures, then the text; a number beside the number that took its place."""
    was = [
        ("headline", "Stocks rise"),
        ("lead", "It rose 1%."),
        ("table", "Dow, Day: +1.00"),
        ("table", "Dow, Week: +2.00"),
    ]
    now = [("headline", "A fall"), ("lead", "It fell 1%."), ("table", "Dow, Day: −1.00"), ("table", "Dow, Week: +2.00")]
    assert changes(was, now) == (
        Change("Stocks rise", "A fall"),
        Change("Dow, Day: +1.00", "Dow, Day: −1.00"),
        Change("It rose 1%.", "It fell 1%."),
    )
    old = Published("", tuple(was))
    assert "restated" in differences(old, Published("", tuple(now)))[0]
    assert "the figures in its table stand" in differences(old, Published("", (("headline", "A fall"), *was[1:])))[0]


def test_sentences_that_have_nothing_in_common_are_not_set_beside_each_other() -> None:
    """One is gone, the other is new."""
    told = changes([("lead", "Banks fell sharply.")], [("lead", "Yields were up again, to 4%.")])
    assert told == (Change("Banks fell sharply.", ""), Change("", "Yields were up again, to 4%."))


def drawn(*values: float, label: str = "Small caps") -> dict[str, Shown]:
    places = [f"2024-07-{day:02d}" for day in range(8, 8 + len(values))]
    return {"charts/performance.svg": Shown("Since July 8", {label: dict(zip(places, values, strict=True))})}


def test_a_picture_that_shows_something_else_is_a_change() -> None:
    """Of each line the place where it moved most is told; what no eye can see is none, nor is a day more or less."""
    was = drawn(100.0, 101.5, 98.25, 104.0)
    (change,) = redrawn(was, drawn(100.0, 101.6, 97.25, 104.0))
    at = "Since July 8, Small caps, July 10, 2024"
    assert change == Change(f"{at}: 98.25", f"{at}: 97.25")
    text, told = differences(Published("a", (), was), Published("b", (), drawn(100.0, 101.5, 97.25, 104.0)))
    assert (text, len(told)) == ("Prices behind this article were restated, and its charts were drawn again.", 1)
    for same in (was, drawn(100.0, 101.5, 98.26, 104.0), drawn(100.0, 101.5, 98.25), {}):
        assert redrawn(was, same) == ()
    renamed = redrawn(was, drawn(100.0, 101.5, label="Small"))
    assert renamed == (Change("Since July 8: Small caps", ""), Change("", "Since July 8: Small"))


def test_a_line_without_a_value_is_no_line() -> None:
    """A chart may name a line of which no value is held on its days; one that had values before is gone."""
    days = tuple(date(2024, 7, day) for day in (8, 9))
    lines = Line("Small caps", "", (100.0, 101.5)), Line("Bonds", "", (nan, nan))
    chart = LineChart("Since July 8", "", days, lines)
    shown = {"charts/performance.svg": _shown(chart)}
    assert shown == drawn(100.0, 101.5)
    before = {"charts/performance.svg": _shown(replace(chart, lines=(lines[0], Line("Bonds", "", (100.0, 99.0)))))}
    assert redrawn(before, shown) == (Change("Since July 8: Bonds", ""),)
    assert redrawn(shown, before) == (Change("", "Since July 8: Bonds"),)


def test_what_was_published_is_read_back_as_it_was() -> None:
    """Words and pictures; what was kept before pictures were is known without them."""
    words, shown = (("lead", "It rose 1%."),), drawn(100.0, 101.5)
    kept = words_text("d" * 64, words, shown)
    assert words_in(kept) == Published("d" * 64, words, shown)
    assert words_in(b'{"format":1,"issue":"d","words":[["lead","x"]]}') == Published("d", (("lead", "x"),), {})
    assert words_in(b"[]") is words_in(b"{") is words_in(b'{"format":9}') is None


MADE = st.lists(
    st.builds(
        Correction,
        issue=st.just("2024-07-11/session"),
        at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(
            lambda at: at.replace(second=0, microsecond=0, tzinfo=NEW_YORK)
        ),
        text=SAID.map(lambda text: f"We said {' '.join(text.split())}."),
        changes=st.lists(st.builds(Change, SAID, SAID), max_size=2).map(tuple),
        version=st.just("abc123"),
        untold=st.integers(0, 3),
    ),
    min_size=1,
    max_size=3,
)
FILES = [
    "",
    "corrections: []\n",
    "corrections:\n",
    "# mine\ncorrections:\n- issue: 2024-07-10/session\n  at: 2024-07-15\n  text: Ours.",
    "corrections:\n    - issue: 2024-07-10/session\n      at: 2024-07-15 09:30\n      text: >-\n        Ours,\n        in two lines.\n\n",
]


@pytest.mark.parametrize("text", FILES, ids=["none", "empty", "nothing below", "not indented", "far in"])
@given(made=MADE)
def test_what_is_added_is_read_back_and_what_stood_there_stays(text: str, made: list[Correction]) -> None:
    """However the file is indented; letter by letter, whatever the sentences hold."""
    after = with_entries(text, made)
    assert after.startswith(text.removesuffix(" []\n") if text.strip() else "# Corrections")
    before = corrections_in(text, "x") if text.strip() else ()
    assert corrections_in(after, "x") == (*before, *made)


def test_a_day_is_its_midnight_and_an_hour_is_new_yorks(tmp_path: Path) -> None:
    """A day alone has no hour to tell."""
    assert read_corrections(tmp_path) == ()
    (tmp_path / "corrections.yaml").write_text(
        FILES[3] + "\n- {issue: 2024-07-11/session, at: 2024-12-15 09:30, text: Also.}\n"
    )
    day, moment = read_corrections(tmp_path)
    assert day.at.isoformat() == "2024-07-15T00:00:00-04:00"
    assert moment.at.isoformat() == "2024-12-15T09:30:00-05:00"
