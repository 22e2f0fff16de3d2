"""What may be said on a session: which lines of a wording, and in which order situations are asked."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import Bearing, Tone
from generator.narrative.newsroom import OLD_NEWS, STANDING, Candidate, Newsroom, Place, Tonight

from .conftest import Room

PARAGRAPH = (
    "It closed. [if small_return_1d > 1] It was a large move. [elif small_return_1d > 0] It was a small one. "
    "[else] It was none. [end] So it was."
)
BEARINGS = "It closed. [if supports] As it should. [if against] Against it. [if context] Beside it."
cells = st.none() | st.sampled_from([-2.0, 0.0, 0.5, 2.0])


def passage(words: str, when: str = "", tone: str = "neutral", weight: float = 1.0) -> str:
    return f"---\nwhen: {when}\ntone: {tone}\nweight: {weight}\n---\n- {words}\n"


def only(made: Newsroom, row: int = 0) -> tuple[Tonight, Candidate]:
    """The session's view, and the one candidate of it."""
    tonight = made.at(row)
    (candidate,) = tonight.candidates("large")
    return tonight, candidate


def said(tonight: Tonight, candidate: Candidate, before: int = 0, bearing: Bearing = Bearing.CONTEXT) -> list[str]:
    """The lines of its first wording that are said."""
    lines = tonight.lines(candidate, candidate.fragment.parts["body"][0], before, Place(bearing))
    return ["".join(line.plain) for line in lines]


@pytest.mark.parametrize(
    ("move", "middle"),
    [(2.0, "It was a large move."), (0.5, "It was a small one."), (-1.0, "It was none.")],
)
def test_of_a_chain_the_line_whose_rule_holds_is_said(newsroom: Room, move: float, middle: str) -> None:
    """What stands before and after it is said whatever holds."""
    made = newsroom({"large/x": passage(PARAGRAPH)}, small_return_1d=[move])
    assert said(*only(made)) == ["It closed.", middle, "So it was."]


def test_a_rule_about_an_absent_figure_does_not_hold_nor_does_its_contrary(newsroom: Room) -> None:
    """What is not known is neither so nor not so: no line of the chain is said, `else` included."""
    made = newsroom({"large/x": passage(PARAGRAPH)}, small_return_1d=[None])
    assert said(*only(made)) == ["It closed.", "So it was."]


@pytest.mark.parametrize(
    ("passage_tone", "story", "line"),
    [
        (Tone.OPPORTUNITY, Tone.OPPORTUNITY, "As it should."),
        (Tone.CAUTION, Tone.CAUTION, "As it should."),
        (Tone.OPPORTUNITY, Tone.CAUTION, "Against it."),
        (Tone.CAUTION, Tone.OPPORTUNITY, "Against it."),
        (Tone.NEUTRAL, Tone.CAUTION, "Beside it."),
        (Tone.OPPORTUNITY, Tone.NEUTRAL, "Beside it."),
    ],
)
def test_a_line_is_said_by_how_its_passage_bears_on_the_story(
    newsroom: Room, passage_tone: Tone, story: Tone, line: str
) -> None:
    """Both good or both bad for small caps, one against the other, or neither."""
    made = newsroom({"large/x": passage(BEARINGS, tone=passage_tone)}, small_return_1d=[1.0])
    assert said(*only(made), bearing=Bearing.of(passage_tone, story)) == ["It closed.", line]


def test_a_line_that_would_repeat_a_figure_is_left_out(newsroom: Room) -> None:
    """A figure is said once an issue; a line that may be left out is, and the rest of its paragraph stands."""
    words = "It closed. [if small_return_1d > 0] It rose by {{ small_return_1d | size }}. [end] So it was."
    tonight, candidate = only(newsroom({"large/x": passage(words)}, small_return_1d=[1.0]))
    assert said(tonight, candidate) == ["It closed.", "It rose by .", "So it was."]
    assert said(tonight, candidate, tonight.statements.stated(["small_return_1d"])) == ["It closed.", "So it was."]


def test_a_line_that_may_be_left_out_is_where_its_figure_is_absent(newsroom: Room) -> None:
    """Its rule may hold without it."""
    words = "It closed. [if small_return_1d > 0] Large companies closed at {{ sp500_level }}."
    made = newsroom({"large/x": passage(words)}, small_return_1d=[1.0, 1.0], sp500_level=[None, 5000.0])
    assert said(*only(made, 0)) == ["It closed."]
    assert said(*only(made, 1)) == ["It closed.", "Large companies closed at ."]


def test_a_wording_is_unusable_without_the_figures_of_the_lines_that_always_stand(newsroom: Room) -> None:
    """A paragraph is not told with a hole in it: another wording speaks."""
    words = "It closed. [if small_return_1d > 0] It rose. [end] Large companies closed at {{ sp500_level }}."
    text = passage(words) + "- Another.\n"
    made = newsroom({"large/x": text}, small_return_1d=[1.0] * 3, sp500_level=[5000.0, None, None])
    usable = [[variant.line for variant in made.at(row).wordings(only(made, row)[1], "body")] for row in range(3)]
    assert usable == [[6], [7], []]


def test_a_wording_states_what_its_lines_always_state(newsroom: Room) -> None:
    """Of those that may be left out nothing is promised."""
    words = (
        "It closed. [if small_return_1d > 0] It rose by {{ small_return_1d | size }}. [end] "
        "Large companies closed at {{ sp500_level }}."
    )
    made = newsroom({"large/x": passage(words)}, small_return_1d=[1.0], sp500_level=[5000.0])
    tonight, candidate = only(made)
    first = candidate.fragment.parts["body"][0]
    assert tonight.statements.said(first) == tonight.statements.stated(["sp500_level"])
    assert tonight.statements.said(first.then[0]) == tonight.statements.stated(["small_return_1d"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, cells, st.booleans()), min_size=1, max_size=6), st.sampled_from(list(Bearing)))
def test_lines_are_those_whose_conditions_all_hold(
    newsroom: Room, history: list[tuple[float | None, float | None, bool]], bearing: Bearing
) -> None:
    """A rule that holds, the bearing asked for, every figure there, and none of it said before."""
    words = (
        "A. [if small_return_1d > 0] B {{ sp500_return_1d | updown }}. [elif small_return_1d < 0] C {{ dow_level }}. "
        "[end] D. [if against] E {{ small_return_1d | updown }}."
    )
    small, large, _ = (list(column) for column in zip(*history, strict=True))
    made = newsroom(
        {"large/x": passage(words)}, small_return_1d=small, sp500_return_1d=large, dow_level=[40.0] * len(history)
    )
    for row, (one, other, before) in enumerate(history):
        tonight, candidate = only(made, row)
        expected = ["A."]
        if one is not None and one > 0 and other is not None and not before:
            expected.append("B .")
        if one is not None and one < 0:
            expected.append("C .")
        expected.append("D.")
        if bearing is Bearing.AGAINST and one is not None:
            expected.append("E .")
        assert (
            said(tonight, candidate, tonight.statements.stated(["sp500_return_1d"]) if before else 0, bearing)
            == expected
        )


def test_what_held_the_last_time_as_well_is_old_news(newsroom: Room) -> None:
    """Its score falls, so that what is new goes first; its rarity is told as it is."""
    made = newsroom({"large/x": passage("Up.", "small_return_1d > 0")}, small_return_1d=[-1.0] * 8 + [1.0, 1.0])
    (fresh,), (old,) = (made.at(row).candidates("large") for row in (8, 9))
    assert fresh.score == pytest.approx(fresh.surprisal)
    assert old.score == pytest.approx(old.surprisal * OLD_NEWS)


def test_the_first_session_has_no_last_time(newsroom: Room) -> None:
    """Nothing held before it, not even what holds on the last one."""
    made = newsroom({"large/x": passage("Up.", "small_return_1d > 0")}, small_return_1d=[1.0, -1.0, 1.0])
    (first,) = made.at(0).candidates("large")
    assert first.score == pytest.approx(first.surprisal)


def test_what_is_no_more_than_true_takes_turns(newsroom: Room) -> None:
    """Of three passages that always hold another goes first each day, and each comes round."""
    texts = {f"large/{name}": passage(f"Words of {name}.") for name in "abc"}
    made = newsroom(texts, small_return_1d=[1.0] * 6)
    first = [made.at(row).candidates("large")[0].fragment.key[-1] for row in range(6)]
    assert first == ["a", "b", "c", "a", "b", "c"]


def test_news_goes_before_what_is_no_more_than_true(newsroom: Room) -> None:
    """However heavy the standing passages are, as long as they stay below the mark."""
    texts = {f"large/{name}": passage(f"Words of {name}.", weight=9) for name in "abc"}
    texts["large/news"] = passage("Up.", "small_return_1d > 0")
    made = newsroom(texts, small_return_1d=[-1.0] * 40 + [1.0])
    news, *standing = made.at(40).candidates("large")
    assert news.fragment.key == "session/large/news"
    assert news.score >= STANDING > max(one.score for one in standing)
    assert [one.fragment.key[-1] for one in standing] == ["b", "c", "a"]


def test_what_is_always_so_speaks_last(newsroom: Room) -> None:
    """A passage without a rule is the last resort: whoever's turn it is, one whose rule holds goes before it."""
    texts = {"large/a": passage("Always."), "large/b": passage("Up.", "small_return_1d > 0")}
    made = newsroom(texts, small_return_1d=[1.0] * 6)
    assert {made.at(row).candidates("large")[-1].fragment.key[-1] for row in range(6)} == {"a"}


def test_the_stories_take_no_turns(newsroom: Room) -> None:
    """The most newsworthy one leads, however little that is."""
    parts = "".join(f"# {part}\n- Words.\n" for part in ("headline", "standfirst", "lead", "bottom line", "post"))
    texts = {f"angle/{name}": f"---\nweight: {weight}\n---\n{parts}" for name, weight in (("a", 0.1), ("b", 0.2))}
    made = newsroom(texts, small_return_1d=[1.0] * 4)
    assert {made.at(row).candidates("angle")[0].fragment.key[-1] for row in range(4)} == {"b"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([-1.0, 1.0]), min_size=1, max_size=30))
def test_every_passage_is_asked_once_news_first(newsroom: Room, moves: list[float]) -> None:
    """Turns change the order of what holds, and neither add to it nor take from it."""
    texts = {f"large/{name}": passage(f"Words of {name}.") for name in "abcd"}
    texts |= {"large/up": passage("Up.", "small_return_1d > 0"), "large/down": passage("Down.", "small_return_1d < 0")}
    tonight = newsroom(texts, small_return_1d=moves).at(len(moves) - 1)
    found = tonight.candidates("large")
    assert sorted(one.fragment.key for one in found) == sorted(one.fragment.key for one in tonight.held)
    news = [one.score >= STANDING for one in found]
    assert news == sorted(news, reverse=True)
    scores = [one.score for one in found if one.score >= STANDING]
    assert scores == sorted(scores, reverse=True)
