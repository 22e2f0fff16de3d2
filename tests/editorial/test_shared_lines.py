"""Lines written once in content/lines.md and put in by many wordings."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editorial.shared_lines import gather_shared_lines, with_shared
from generator.editorial.wording import read_wording
from generator.errors import ContentError

NEWS = {"news": "[if a > 0] The Fed cut rates. [elif b > 0] Inflation slowed.", "plain": "It was a half day."}
ROOT = Path(__file__).parents[2]


def lines_of(text: str) -> list[tuple[str, str]]:
    """The sentences of a bullet, each with its rule."""
    read = read_wording(text, "x.md", 1)
    return [(line.when, "".join(line.plain)) for line in read.lines if line.worded or line is not read]


def test_a_sentence_put_in_keeps_its_rules_and_closes_the_if_before_it():
    """What stood open before the lines ends with them, and a sentence after them always stands."""
    text = with_shared("Small caps rose. [if c > 0] Banks led. [use news] That was all.", NEWS, "x.md:1")
    assert lines_of(text) == [
        ("", "Small caps rose."),
        ("c > 0", "Banks led."),
        ("a > 0", "The Fed cut rates."),
        ("not (a > 0) and (b > 0)", "Inflation slowed."),
        ("", "That was all."),
    ]


def test_plain_lines_stand_between_the_others():
    """Lines without a rule are sentences that always stand."""
    text = with_shared("[if c > 0] Banks led. [use plain] [if d > 0] Gold rose.", NEWS, "x.md:1")
    assert [said for _, said in lines_of(text)][-3:] == ["Banks led.", "It was a half day.", "Gold rose."]


@pytest.mark.parametrize(("name", "hint"), [("newss", ""), ("pain", "Did you mean 'plain'?"), ("", "")])
def test_a_name_there_is_not_is_told_with_its_place(name, hint):
    """Where, what is wrong, and the name that was probably meant."""
    with pytest.raises(ContentError) as told:
        with_shared(f"Small caps rose. [use {name}]", NEWS, "content/session/x/y.md:7")
    assert str(told.value).startswith(f"content/session/x/y.md:7: '[use {name}]' names no lines of content/lines.md.")
    assert hint in str(told.value)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("Words.\n# news\nMore.\n", "content/lines.md:1: lines stand below their name"),
        ("# news\nOne.\n# news\nTwo.\n", "content/lines.md:3: this name stands here twice."),
        ("# News of the day!\nOne.\n", "content/lines.md:1: a name is a word or two"),
        ("# news\n\n# other\nOne.\n", "content/lines.md:1: 'news' has no lines."),
        ("# news\nOne. [use other]\n# other\nTwo.\n", "content/lines.md:1: 'news' uses other shared lines"),
    ],
)
def test_faults_of_the_file_are_told_with_their_line(tmp_path, written, fault):
    """Every fault of the layout has its line."""
    (tmp_path / "lines.md").write_text(written)
    _, faults = gather_shared_lines(tmp_path)
    assert any(str(one).startswith(fault) for one in faults)


def test_no_file_is_no_fault(tmp_path):
    """A publication need not share any lines."""
    assert gather_shared_lines(tmp_path) == ({}, [])


def test_all_that_is_shared_is_used():
    """No set of content/lines.md stands there for nothing."""
    named = {
        name
        for path in (ROOT / "content").glob("*/*/*.md")
        for name in re.findall(r"\[use\s+([a-z0-9-]+)", path.read_text())
    }
    shared, _ = gather_shared_lines(ROOT / "content")
    assert set(shared) <= named


@given(st.lists(st.sampled_from(["One.", "[if c > 0] Two.", "[else] Three.", "[use news]", "[use plain]"]), max_size=6))
def test_any_bullet_that_could_be_read_can_still_be_read(parts):
    """Putting lines in never makes a bullet that cannot be read, if without them it could be."""
    bare = " ".join(part for part in ["Start.", *parts] if "use" not in part)
    try:
        read_wording(bare, "x.md", 1)
    except ContentError:
        return
    text = " ".join(["Start.", *parts])
    if "[else] Three." in parts:  # an `else` after lines that were put in has lost its `if`
        return
    put = with_shared(text, NEWS, "x.md:1")
    assert sum(said == "The Fed cut rates." for _, said in lines_of(put)) == parts.count("[use news]")
