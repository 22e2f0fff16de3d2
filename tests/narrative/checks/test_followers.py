"""Lines that begin with “it” or “the index”, behind whatever sentence is left before them on a session."""

from __future__ import annotations

import pytest

from generator.narrative.checks.followers import follower_faults
from generator.narrative.checks.lines import line_by_line
from generator.narrative.newsroom import Newsroom

from ..conftest import Room
from ..planted import said_of_words

FIRST = "{{ sp500 }} closed higher."
BETWEEN = "[if small_return_1d > 1] {{ small }} led. [end]"
LAST = "[if small_level > 5] It stood at {{ small_level }}."
SAID = "x.md:4.{} begins with 'It' and goes on with 'small', though on {} the sentence before it is about 'sp500' ({} of the 3"


def said(made: Newsroom) -> list[str]:
    """What is said of a publication's lines, as `commentary check` asks with prices."""
    lines = Newsroom.over(line_by_line(made.publication, made.edition), made.edition, made.figures)
    return [str(fault) for fault in follower_faults(lines, made.publication.fragments[made.edition])]


@pytest.mark.parametrize(
    ("words", "returns", "told"),
    [
        (f"{FIRST} {LAST}", [2, 2, 2], SAID.format("1:", "2024-07-08", 3)),
        (f"{FIRST} {BETWEEN} {LAST}", [2, 1, 1], SAID.format("2:", "2024-07-09", 2)),
        (f"{FIRST} {BETWEEN} {LAST}", [2, 2, 2], ""),
        (f"{FIRST} {LAST.replace('It', '{{ small }}')}", [2, 2, 2], ""),
        (f"{{{{ small }}}} closed higher. [if small_return_1d > 1] {FIRST} [el{LAST[1:]}", [2, 1, 1], ""),
        (f"A day like others. {LAST}", [2, 2, 2], ""),
        (f"[if small_return_1d > 1] {FIRST} [end] {LAST}", [2, 1, 1], SAID.format("2:", "2024-07-08", 1)),
    ],
    ids=["right behind", "where the line between is left out", "always behind that line", "named", "one or the other",
         "nothing is named", "behind a line that is left out"],
)  # fmt: skip
def test_what_it_is_stands_in_the_sentence_before(newsroom: Room, words: str, returns: list[float], told: str) -> None:
    """Whichever that is on a session; a line is at fault on the first on which it is about another segment."""
    made = newsroom(
        {"large/x": f"---\nwhen: small_return_1d > 0\n---\n- {words}\n"}, small_return_1d=returns, small_level=[9.0] * 3
    )
    found = said(made)
    assert [told in one for one in found] == ([True] if told else []), found


def test_a_line_of_two_sentences_is_read_like_any_other(newsroom: Room) -> None:
    """What its second sentence begins with has its noun in the first."""
    text = f"---\nwhen: small_return_1d > 0\n---\n- It was a day. [if small_level > 5] {FIRST} It stood at {{{{ small_level }}}}.\n"
    made = newsroom({"large/x": text}, small_return_1d=[1.0], small_level=[9.0])
    assert [one for one in said_of_words(made) if "after a sentence about 'sp500'" in one]
