"""Claims and rules, tried on history: each kind of fault planted in a small publication."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.narrative.checks.proof import ENOUGH, check_against_history

from ..conftest import Room
from ..planted import SAYS, said_by_history, situation, with_lexicon

moves = st.lists(st.none() | st.integers(-3, 3).map(float), min_size=1, max_size=20)
thresholds = st.integers(-3, 3)
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def test_content_that_history_bears_out_is_clean(newsroom: Room) -> None:
    """A rule that sometimes holds, with a true assertion, is no fault."""
    made = newsroom({"large/x": situation("small_return_1d > 0", "rose: small_return_1d > 0")}, small_return_1d=[1, -1])
    assert said_by_history(made) == []


def test_a_false_claim_is_named_with_the_day_its_figures_and_how_often(newsroom: Room) -> None:
    """The message gives file and line, the first session that contradicts it, that day's figures, and the count."""
    text = situation("small_return_1d > 0", "record close: small_record and small_level > 2442.7")
    made = newsroom(
        {"large/x": text},
        small_return_1d=[1.0, -1.0, 1.0, 1.0],
        small_record=[1, 0, 0, 0],
        small_level=[2442.74, 2441, 2442.03, None],
    )
    assert said_by_history(made) == [
        "content/session/large/x.md:5: 'record close' is claimed, but on 2024-07-10 small_record was no and "
        "small_level was 2,442.03 (2 of the 3 sessions on which the rule holds)."
    ]


def test_a_claim_about_an_absent_figure_is_false_and_says_so(newsroom: Room) -> None:
    """What is not known cannot be claimed."""
    made = newsroom(
        {"large/x": situation("small_return_1d > 0", "led: small_rank == 1")}, small_return_1d=[1.0], small_rank=[None]
    )
    assert "'led' is claimed, but on 2024-07-08 small_rank was absent (1 of the 1 sessions" in said_by_history(made)[0]


def test_dates_and_names_are_shown_as_a_person_reads_them(newsroom: Room) -> None:
    """A figure that is a date or a name is not shown as the number it is held as."""
    text = situation("small_return_1d > 0", "first: group_best == 'small' and small_since < 1")
    made = newsroom({"large/x": text}, small_return_1d=[1.0], group_best=[1.0], small_since=[19000.0])
    assert "group_best was 'large' and small_since was 2022-01-08" in said_by_history(made)[0]


def test_a_rule_about_a_release_that_is_not_held_cannot_be_tried(newsroom: Room) -> None:
    """Prices come without economic series as well: their absence is no fault of the rule; what is held is tried."""
    texts = {
        "large/x": situation("release_rank > 9 and small_return_1d > 0"),
        "large/y": situation("release_level > 9"),
    }
    made = newsroom(texts, small_return_1d=[1.0, 2.0], release_rank=[None, None], release_level=[1.0, None])
    assert said_by_history(made) == [
        "content/session/large/y.md:2: the rule never holds on any of the 2 sessions of this history."
    ]


def test_a_rule_that_never_holds(newsroom: Room) -> None:
    """The message counts the sessions, and says where a figure of the rule is never there."""
    texts = {"large/x": situation("small_return_1d > 9"), "large/y": situation("sp500_return_1d > 0")}
    made = newsroom(texts, small_return_1d=[1.0, 2.0], sp500_return_1d=[None, None])
    assert said_by_history(made) == [
        "content/session/large/x.md:2: the rule never holds on any of the 2 sessions of this history.",
        "content/session/large/y.md:2: the rule never holds on any of the 2 sessions of this history. "
        "'sp500_return_1d' is absent throughout.",
    ]


def test_a_rule_that_always_holds_where_only_news_is_wanted(newsroom: Room) -> None:
    """The lead may stay silent, so a rule that holds on nearly all sessions is a fault there."""
    made = newsroom({"lead/x": situation("small_return_1d > 0")}, small_return_1d=[None] * 9 + [1.0] * 96 + [-1.0] * 4)
    assert said_by_history(made) == [
        "content/session/lead/x.md:2: the rule holds on 96 of the 100 sessions on which it could, which is no news, "
        "and the part 'lead' may stay silent."
    ]


def test_a_last_resort_is_welcome_where_a_part_must_speak(newsroom: Room) -> None:
    """A section that takes at least one fragment needs one that is always true."""
    assert said_by_history(newsroom({"large/x": situation()}, small_return_1d=[1.0, 2.0])) == []


def test_a_rule_that_held_on_most_sessions_is_still_news(newsroom: Room) -> None:
    """Ninety-four sessions of a hundred leave six without it."""
    made = newsroom({"lead/x": situation("small_return_1d > 0")}, small_return_1d=[1.0] * 94 + [-1.0] * 6)
    assert said_by_history(made) == []


def test_two_situations_that_contradict_each_other(newsroom: Room) -> None:
    """Opposite words of one figure, rules that hold together, assertions that never do: both lines and the day are named.

    In whichever parts of the issue they stand.
    """
    texts = {
        "large/down": situation("sp500_return_1d > 0", "fell: small_return_1d < 0"),
        "large/up": situation("sp500_return_1d > 0", "gained: small_return_1d > 0 and sp500_return_1d > 0"),
        "tape/up": situation("sp500_return_1d > 0", "rose: small_return_1d > 0"),
    }
    made = with_lexicon(
        newsroom(texts, small_return_1d=[-1.0, 1.0, 2.0], sp500_return_1d=[-1.0, 1.0, 1.0]),
        claims={"rose": ("rose", "gained"), "fell": ("fell",)},
        opposites=(("rose", "fell"),),
    )
    assert (
        "content/session/large/up.md:5: 'rose' is said here and 'fell' at content/session/large/down.md:5, and both "
        "may be said on 2024-07-09 small_return_1d was 1.00 (2 sessions in all)."
    ) in said_by_history(made)
    across = "content/session/tape/up.md:5: 'rose' is said here and 'fell' at content/session/large/down.md:5"
    assert any(message.startswith(across) for message in said_by_history(made))
    assert sum("is said here" in message for message in said_by_history(made)) == 2


def test_assertions_too_lenient_to_tell_rose_from_fell(newsroom: Room) -> None:
    """Each is true of 0.40, and still one of the two words is not."""
    texts = {
        "large/down": situation("sp500_return_1d > 0", "fell: small_return_1d < 1"),
        "large/up": situation("sp500_return_1d > 0", "rose: small_return_1d > -1"),
    }
    made = newsroom(texts, small_return_1d=[-5.0, 5.0, 0.4], sp500_return_1d=[-1.0, -1.0, 1.0])
    made = with_lexicon(made, opposites=(("rose", "fell"),))
    assert said_by_history(made) == [
        "content/session/large/up.md:5: 'rose' is said here and 'fell' at content/session/large/down.md:5, and both "
        "may be said on 2024-07-10 small_return_1d was 0.40 (1 session in all)."
    ]


def test_opposite_words_of_different_figures_are_no_contradiction(newsroom: Room) -> None:
    """Small caps may rise on a day on which large caps fall."""
    texts = {
        "large/down": situation("small_return_1d > 0", "fell: sp500_return_1d < 0"),
        "large/up": situation("small_return_1d > 0", "rose: small_return_1d > 0"),
    }
    made = newsroom(texts, small_return_1d=[1.0, -1.0], sp500_return_1d=[-1.0, 1.0])
    assert said_by_history(with_lexicon(made, opposites=(("rose", "fell"),))) == []


@many
@given(column=moves, when=thresholds, claim=thresholds)
def test_a_claim_is_a_fault_exactly_where_a_session_contradicts_it(
    newsroom: Room, column: list[float | None], when: int, claim: int
) -> None:
    """Session by session: the first that breaks it is the one named, and all that do are counted."""
    text = situation(f"small_return_1d > {when}", f"rose: small_return_1d > {claim}")
    made = newsroom({"large/x": text}, small_return_1d=column)
    held = [value is not None and value > when for value in column]
    broken = [row for row, value in enumerate(column) if held[row] and value is not None and not value > claim]
    found = [message for message in said_by_history(made) if "is claimed" in message]
    assert len(found) == bool(broken)
    if broken:
        assert f"but on {made.figures.sessions[broken[0]]} small_return_1d was {column[broken[0]]:.2f}" in found[0]
        assert f"({len(broken)} of the {sum(held)} sessions" in found[0]


@many
@given(column=moves, when=st.tuples(thresholds, thresholds), claim=st.tuples(thresholds, thresholds))
def test_true_assertions_of_strict_opposites_never_contradict(
    newsroom: Room, column: list[float | None], when: tuple[int, int], claim: tuple[int, int]
) -> None:
    """Where a contradiction is reported, both rules held on the session named and both words are of its figure."""
    texts = {
        "large/down": situation(f"small_return_1d < {when[0]}", f"fell: small_return_1d < {claim[0]}"),
        "large/up": situation(f"small_return_1d > {when[1]}", f"rose: small_return_1d > {claim[1]}"),
    }
    made = with_lexicon(newsroom(texts, small_return_1d=column), opposites=(("rose", "fell"),))
    found = [message for message in said_by_history(made) if "is said here" in message]
    there = [(row, value) for row, value in enumerate(column) if value is not None]
    together = [row for row, value in there if when[1] < value < when[0]]
    both = [value for _, value in there if claim[1] < value < claim[0]]
    apart = any(value <= claim[1] for _, value in there), any(value >= claim[0] for _, value in there)
    assert len(found) == (bool(together) and (not both or all(apart)))
    if found:
        assert f"may be said on {made.figures.sessions[together[0]]} " in found[0]
        assert f"({len(together)} session" in found[0]


def test_what_a_simulated_market_never_does_is_no_fault(newsroom: Room) -> None:
    """A rule that waits for what no simulation brought may still hold in the market outside."""
    made = newsroom({"large/x": situation("small_return_1d > 90", "", SAYS)}, small_return_1d=[1.0] * 8)
    assert check_against_history(made)
    assert check_against_history(made, simulated=True) == []


@pytest.mark.parametrize(
    ("levels", "faults"),
    [([9.0] * ENOUGH, 1), ([9.0] * (ENOUGH - 1), 0), ([9.0] * ENOUGH + [1.0], 0), ([9.0] * (ENOUGH - 1) + [None], 0)],
)
def test_an_assertion_that_has_held_on_every_session_proves_nothing(
    newsroom: Room, levels: list[float | None], faults: int
) -> None:
    """One session that refuses it is enough; too few sessions, or absent figures, say nothing about it."""
    moves = [1.0, -1.0] * len(levels)
    text = situation("small_return_1d > 0", "record close: small_level > 2")
    made = newsroom({"large/x": text}, small_return_1d=moves[: len(levels)], small_level=levels)
    found = [str(fault) for fault in check_against_history(made) if "proves nothing" in str(fault)]
    message = f"'record close' rests on a rule that has held on all {ENOUGH:,} sessions, so it proves nothing"
    assert found == [f"content/session/large/x.md:5: {message}; write one that can fail."] * faults
    assert not any("proves nothing" in str(fault) for fault in check_against_history(made, simulated=True))
