"""A wording and a session into a sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.narrative.language.voice import Register, Voice

from ..conftest import Room

MOVES = {"small_return_1d": [3.57], "sp500_return_1d": [-0.88], "nasdaq_return_1d": [-1.95], "dow_return_1d": [0.1]}


def say(
    room: Room, words: str, register: Register = Register.BODY, when: str = "", **columns: list[float | None]
) -> str | None:
    """What the words give on the last session."""
    made = room({"large/x": f"---\nwhen: {when}\n---\n- {words}\n"}, **(columns or MOVES))
    row = len(made.figures.sessions) - 1
    fragment = made.publication.fragments["session"][0]
    variant = fragment.parts["body"][0]
    sentence = made.at(row).realiser.sentence(fragment, variant, made.pasts[fragment.key], Voice(0, register))
    return sentence.text if sentence else None


def test_a_name_comes_in_full_first_and_then_in_turn(newsroom: Room) -> None:
    """The first mention is the full name; the others take turns; a name that opens a sentence has its capital."""
    text = say(newsroom, "{{ small }} rose. Now {{ small }} fell. Then {{ small }} slept. {{ small }} woke.")
    assert text == (
        "The Russell 2000 Index rose. Now the Russell 2000 fell. Then the small-cap index slept. The Russell woke."
    )


def test_a_name_that_the_sentence_before_began_with_gives_way(newsroom: Room) -> None:
    """Two neighbouring sentences do not both begin with "the Russell"."""
    text = say(newsroom, "{{ small }} rose. {{ small }} fell. Then {{ small }} slept.")
    assert text == "The Russell 2000 Index rose. The small-cap index fell. Then the Russell slept."


def test_a_headline_uses_the_headline_name(newsroom: Room) -> None:
    """In a headline small caps are small caps."""
    assert say(newsroom, "{{ small }} up", Register.HEADLINE) == "Small caps up"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("{{ small_return_1d | updown }}", "Up 3.6%"),
        ("{{ sp500_return_1d | updown }}", "Down 0.9%"),
        ("They are {{ nasdaq_return_1d | ahead }}", "They are 2 percentage points behind"),
        ("{{ dow_return_1d | size }}", "0.1%"),
        ("{{ sp500_return_1d | signed }}", "\u22120.9%"),
        ("It had {{ small_return_1d | a_noun }}", "It had a 3.6% "),
        ("{{ small | possessive }}", "The Russell 2000 Index’s"),
        ("{{ bear_threshold }}", "20%"),
    ],
)
def test_filters_print_the_figure_in_the_form_asked_for(newsroom: Room, words: str, text: str) -> None:
    """Each filter gives its own form of the same rounded number."""
    assert (say(newsroom, words) or "").startswith(text)


def test_moves_are_told_together_by_sign_the_largest_first(newsroom: Room) -> None:
    """Several moves make one clause; `while` stands only between a rise and a fall."""
    text = say(newsroom, "{{ [sp500_return_1d, nasdaq_return_1d, dow_return_1d] | compared }}.")
    assert re.fullmatch(
        r"The Nasdaq Composite \w+ 2% and the S&P 500 0.9%, while the Dow Jones Industrial Average \w+ ?\w* 0.1%\.",
        text or "",
    )


def test_moves_that_all_print_as_none_begin_their_sentence_with_a_capital(newsroom: Room) -> None:
    """No verb opens the clause, so the first name does."""
    columns: dict[str, list[float | None]] = {"small_return_1d": [0.04], "dow_return_1d": [-0.01]}
    text = say(newsroom, "It closed. {{ [small_return_1d, dow_return_1d] | compared }}.", **columns)
    assert text == "It closed. The Russell 2000 Index and the Dow Jones Industrial Average were little changed."


def test_an_absent_move_is_left_out_of_a_comparison(newsroom: Room) -> None:
    """A comparison goes on without a figure that is absent; a sentence that needs it is not said."""
    columns: dict[str, list[float | None]] = {"small_return_1d": [1.0], "dow_return_1d": [None]}
    assert (say(newsroom, "{{ [small_return_1d, dow_return_1d] | compared }}.", **columns) or "").count("%") == 1
    assert say(newsroom, "{{ dow_return_1d | moved }}.", **columns) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers(-3000, 3000))
def test_no_move_is_told_with_the_wrong_sign_or_as_zero(newsroom: Room, hundredths: int) -> None:
    """A rise is never a fall, and no sentence says that something rose 0% or -0%."""
    text = (
        say(
            newsroom,
            "{{ small_return_1d | updown }}, {{ small_return_1d | moved }}",
            small_return_1d=[hundredths / 100],
        )
        or ""
    )
    assert not [wrong for wrong in ("0.0%", "-0", " 0%") if wrong in text]
    still = abs(hundredths) < 5
    assert text.lower().startswith("little changed" if still else "up" if hundredths > 0 else "down")
    assert still == ("%" not in text)


def test_a_fragment_can_speak_of_its_own_past(newsroom: Room) -> None:
    """How often the rule held before, and when last, from the sessions up to this one."""
    words = "{{ times_before | times }}, last on {{ last_time | full_date }}, {{ sessions_held | counted('session') }}"
    text = say(newsroom, words, when="small_return_1d > 2", small_return_1d=[3.0, 1.0, 3.0, 3.0])
    assert text == "Twice, last on July 10, 2024, two sessions"


def test_every_number_carries_its_claim(newsroom: Room) -> None:
    """Text that was computed is tied to the figure it states; written words are not."""
    made = newsroom({"large/x": "---\n---\n- It {{ small_return_1d | moved }} now.\n"}, **MOVES)
    fragment = made.publication.fragments["session"][0]
    sentence = made.at(0).realiser.sentence(fragment, fragment.parts["body"][0], made.pasts[fragment.key], Voice(0))
    assert sentence is not None
    kinds = [(piece.claim.kind, piece.claim.name) if piece.claim else None for piece in sentence.pieces]
    assert kinds == [None, ("word", "small_return_1d"), None, ("figure", "small_return_1d"), None]
