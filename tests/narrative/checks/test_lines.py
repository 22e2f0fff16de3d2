"""Wordings taken apart: each line that may be left out is tried under its own rule, with what it claims."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import Fragment
from generator.narrative.checks.lines import line_by_line, lines_of
from generator.narrative.newsroom import Newsroom

from ..conftest import Room
from ..planted import SAYS, said_by_history, said_of_words, situation, with_lexicon

RISES = ("It closed. [if small_return_1d > 0] The index rose.", *SAYS[1:])
PLACE = "content/session/large/x.md"


def apart(made: Newsroom) -> list[Fragment]:
    return [line for one in made.publication.fragments["session"] for line in lines_of(one, made.publication.lexicon)]


def said_line_by_line(made: Newsroom) -> list[str]:
    """What history says of every line."""
    sound = line_by_line(made.publication, "session")
    return said_by_history(Newsroom.over(sound, "session", made.figures.computed))


def test_a_wording_of_one_line_stays_as_it_is(newsroom: Room) -> None:
    """Nothing is taken apart that has no lines to follow."""
    made = newsroom({"large/x": situation("small_return_1d > 0")}, small_return_1d=[1.0])
    assert apart(made) == list(made.publication.fragments["session"])


def test_each_line_stands_in_a_fragment_of_its_own(newsroom: Room) -> None:
    """Under the fragment's rule and its own; what always stands first stays with the fragment."""
    words = "It closed. [if sp500_return_1d > 0] So did all. [else] Nobody else did. [end] So it was."
    made = newsroom(
        {"large/x": situation("small_return_1d > 0", "", (words, *SAYS[1:]))},
        small_return_1d=[1.0], sp500_return_1d=[1.0],
    )  # fmt: skip
    first, *lines = apart(made)
    assert (first.key, first.when) == ("session/large/x", "small_return_1d > 0")
    assert [variant.plain[0] for variant in first.parts["body"]] == [
        "It closed.",
        *(words.strip() for words in SAYS[1:]),
    ]
    assert [(line.key, line.when) for line in lines] == [
        ("session/large/x:5.1", "(small_return_1d > 0) and (sp500_return_1d > 0)"),
        ("session/large/x:5.2", "(small_return_1d > 0) and (not (sp500_return_1d > 0))"),
        ("session/large/x:5.3", "small_return_1d > 0"),
    ]
    assert [line.after for line in lines] == ["small_return_1d > 0", "small_return_1d > 0", ""]


def test_a_wording_that_begins_with_a_mark_has_no_first_line(newsroom: Room) -> None:
    """What is not there is not tried."""
    words = "[if sp500_return_1d > 0] So did all. [else] Nobody else did."
    made = newsroom({"large/x": situation("", "", (words,))}, sp500_return_1d=[1.0])
    first, *lines = apart(made)
    assert (dict(first.parts), len(lines)) == ({}, 2)


@pytest.mark.parametrize(
    ("asserted", "bullets", "kept"),
    [
        ("rose: small_return_1d > 0", RISES, [(), ("rose",)]),
        ("rose: small_return_1d > 0", ("The index rose. [if small_return_1d > 1] By much.", *SAYS[1:]), [("rose",), ()]),
        ("'led, rose': small_return_1d > 0", ("Ahead. [if small_return_1d > 1] It gained.", *SAYS[1:]), [("led, rose",)] * 2),
        ("rose: small_return_1d > 0", ("It closed. [if small_return_1d > 1] It surged after that.", *SAYS[1:]), [(), ("rose",)]),
        ("rose: small_return_1d > 0", ("It closed. [if small_return_1d > 1] Arose anew.", *SAYS[1:]), [(), ()]),
    ],
)  # fmt: skip
def test_an_assertion_goes_with_its_words(
    newsroom: Room, asserted: str, bullets: tuple[str, ...], kept: list[tuple[str, ...]]
) -> None:
    """In any of their forms, and with the verbs of the lexicon for a direction."""
    made = newsroom({"large/x": situation("", asserted, bullets)}, small_return_1d=[1.0])
    made = with_lexicon(made, claims={"rose": ("rose", "gained"), "led": ("ahead",)})
    assert [tuple(one.asserts) for one in apart(made)] == kept


def test_a_claim_of_a_line_is_tried_where_the_line_is_said(newsroom: Room) -> None:
    """It need not be true of every session of its passage."""
    made = newsroom(
        {"large/x": situation("small_level > 0", "rose: small_return_1d > 0", RISES)},
        small_level=[2.0] * 4, small_return_1d=[1.0, -1.0, 0.0, 2.0],
    )  # fmt: skip
    assert said_line_by_line(made) == []


def test_a_false_line_is_found(newsroom: Room) -> None:
    """A line whose rule holds where its claim does not, with the day and its figures."""
    bullets = ("It closed. [if small_return_1d > -1.5] The index rose.", *SAYS[1:])
    made = newsroom(
        {"large/x": situation("small_level > 0", "rose: small_return_1d > 0", bullets)},
        small_level=[2.0] * 4, small_return_1d=[1.0, -1.0, -2.0, 2.0],
    )  # fmt: skip
    (message,) = said_line_by_line(made)
    assert message.startswith(f"{PLACE}:5: 'rose' is claimed, but on 2024-07-09 small_return_1d was -1.00")
    assert "(1 of the 3 sessions on which the rule holds)" in message


def test_a_line_whose_rule_never_holds_is_found(newsroom: Room) -> None:
    """Nobody would ever read it."""
    bullets = ("It closed. [if small_return_1d > 50] It was a large move.", *SAYS[1:])
    made = newsroom(
        {"large/x": situation("small_level > 0", "", bullets)},
        small_level=[2.0] * 4, small_return_1d=[1.0, -1.0, -2.0, 2.0],
    )  # fmt: skip
    assert any("the rule never holds on any of the 4 sessions" in message for message in said_line_by_line(made))


def test_a_line_that_is_nearly_always_said_is_no_fault(newsroom: Room) -> None:
    """Only a passage has to be news."""
    bullets = ("It closed. [if small_level > 0] At some level.", *SAYS[1:])
    made = newsroom(
        {"lead/x": situation("small_return_1d > 0", "", bullets)},
        small_level=[2.0] * 4, small_return_1d=[1.0, -1.0, -2.0, 2.0],
    )  # fmt: skip
    assert said_line_by_line(made) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("It closed. [if smal_return_1d > 0] So it was.", ":5.1: 'smal_return_1d' is not a figure."),
        ("It closed. [if small_return_1d > ] So it was.", ":5.1: "),
        ("It closed. [if small_return_1d > 0] It stands at {{ smal_level }}.", ":5.1: 'smal_level' is not a figure."),
        ("It closed. [if small_return_1d > 0] It rose by 5%.", ":5.1: '5%' is a number that no figure stands behind"),
        ("It closed. [if small_return_1d > 0] So it was", ":5.1: a sentence ends with a full stop."),
        ("It closed. [if small_return_1d > 0] So it was. [end] And then", ":5.2: a sentence ends with a full stop."),
        ("It closed. [if sp500_return_1d > 0] It rose by {{ small_return_1d | size }}.", ":5.1: 'rose' is a claim"),
        ("It closed. [elif small_return_1d > 0] So it was.", ":5: '[elif]' follows an `[if …]`"),
    ],
)
def test_a_fault_in_a_line_is_told_with_its_place(newsroom: Room, words: str, says: str) -> None:
    """The line of the bullet, and behind it the place of the line in the paragraph."""
    made = newsroom(
        {"large/x": situation("", "", (words, *SAYS[1:]))},
        small_return_1d=[1.0], sp500_return_1d=[1.0], small_level=[2.0],
    )  # fmt: skip
    assert any(message.startswith(f"{PLACE}{says}") for message in said_of_words(made)), said_of_words(made)


@pytest.mark.parametrize(
    ("words", "vouched"),
    [
        ("It closed. [if small_return_1d > 0] It rose by {{ small_return_1d | size }}.", True),
        ("It closed. [if small_return_1d > 0] It rose.", True),
        ("It closed. [if small_return_1d > 0] {{ small }} rose.", True),
        ("It closed. [if sp500_return_1d > 0] It rose by {{ small_return_1d | size }}.", False),
        ("It closed. [if supports] It rose.", False),
        ("It closed. [if small_return_1d > 0] So it was. [end] It rose.", False),
        ("It rose. [if small_return_1d > 0] So it was.", False),
    ],
)
def test_a_lines_own_rule_vouches_for_its_claims(newsroom: Room, words: str, vouched: bool) -> None:
    """If it is about a figure that the line prints, or the line prints none; never for another line."""
    made = newsroom({"large/x": situation("", "", (words, *SAYS[1:]))}, small_return_1d=[1.0], sp500_return_1d=[1.0])
    claims = [message for message in said_of_words(made) if "is a claim" in message]
    assert (claims == []) is vouched


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from([-2.0, -0.5, 0.0, 0.5, 2.0]), min_size=1, max_size=8),
    st.sampled_from(["> 0", "> 1", ">= 0", "< 1", "> -1"]),
    st.booleans(),
)
def test_a_line_is_a_fault_exactly_where_history_refutes_it(
    newsroom: Room, moves: list[float], than: str, otherwise: bool
) -> None:
    """Its claim is held against the sessions on which its mark lets it stand, and against no others."""
    mark = f"[if small_return_1d {than}] " + ("It closed. [else] " if otherwise else "")
    made = newsroom(
        {"large/x": situation("small_level > 0", "rose: small_return_1d > 0", (f"So. {mark}The index rose.", *SAYS[1:]))},
        small_level=[2.0] * len(moves), small_return_1d=moves,
    )  # fmt: skip
    spoken = [move for move in moves if eval(f"{move} {than}") is not otherwise]
    false = any("'rose' is claimed" in message for message in said_line_by_line(made))
    assert false == any(move <= 0 for move in spoken)
