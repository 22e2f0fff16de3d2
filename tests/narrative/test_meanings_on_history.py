"""Words for how long ago, for how long a run, and for a mean, tried on columns written by hand."""

from __future__ import annotations

from datetime import date

from generator.model import Mean, Recency, Runs, Still
from generator.narrative.checks.proof import meaning_faults
from generator.narrative.newsroom import Newsroom

from .conftest import Room
from .planted import situation, with_lexicon

SINCE = Recency("since", ("since",), sessions=3, figures=("*_highest_since", "last_time"))
MONTHS = Recency("months", ("in months",), months=2, figures=("*_wait", "*_highest_since"))
RUNS = Runs(("in a row", "straight"), ("*_streak",))
MEAN = Mean("mag7_return_1d", "seven_best", "seven_worst", 4.0, ("seven_best*",), ("seven_worst*",))
STILL = Still(("barely moved", "stood still"), {"*_return_1d": 0.4, "ust10y_change_*": 2.0})


def days(*given: str) -> list[float]:
    return [float((date.fromisoformat(day) - date(1970, 1, 1)).days) for day in given]


def said(made: Newsroom) -> list[str]:
    made = with_lexicon(made, recency=(SINCE, MONTHS), runs=RUNS, still=STILL, means=(MEAN,))
    return [str(fault) for one in made.publication.fragments["session"] for fault in meaning_faults(made, one)]


def test_what_is_two_sessions_old_is_not_since(newsroom: Room) -> None:
    """The first session on which the date is too young is named, and on how many it is."""
    text = situation("small_return_1d > 0", "", ("The best since {{ x_highest_since | date }}.",))
    made = newsroom(
        {"large/x": text}, small_return_1d=[1.0] * 5,
        x_highest_since=days("2024-07-05", "2024-07-05", "2024-07-05", "2024-07-10", "2024-07-08"),
    )  # fmt: skip
    assert said(made) == [
        "content/session/large/x.md:5: 'since' is said of what has to be 3 sessions old at least, but on 2024-07-08 "
        "'x_highest_since' leads back to 2024-07-05 (3 of the 5 sessions on which it can be said)."
    ]


def test_a_date_that_begins_a_span_is_no_claim_of_age(newsroom: Room) -> None:
    """A rise since the low of last week is a rise since then."""
    text = situation("small_return_1d > 0", "", ("Up a tenth since {{ low_since | date }}.",))
    made = newsroom({"large/x": text}, small_return_1d=[1.0], low_since=days("2024-07-05"))
    assert said(made) == []


def test_months_are_the_calendars(newsroom: Room) -> None:
    """From May 9 to July 8 two months are not over; from May 8 they are."""
    text = situation("small_return_1d > 0 and x_highest_since > 0", "", ("The best in months.",))
    for then, count in (("2024-05-08", 0), ("2024-05-09", 1)):
        made = newsroom({"large/x": text}, small_return_1d=[1.0], x_highest_since=days(then))
        assert len(said(made)) == count


def test_months_without_an_age_behind_them(newsroom: Room) -> None:
    """Nothing in the rule says how long ago the last one was."""
    made = newsroom({"large/x": situation("small_return_1d > 0", "", ("The best in months.",))}, small_return_1d=[1.0])
    assert said(made) == [
        "content/session/large/x.md:5: 'in months' is said, and no figure behind it tells how long ago that was."
    ]


def test_the_month_of_the_session_is_no_month_to_look_back_to(newsroom: Room) -> None:
    """Nobody says `since July 2024` in July 2024."""
    text = situation("small_return_1d > 0", "", ("The best since {{ x_highest_since | month }}.",))
    made = newsroom({"large/x": text}, small_return_1d=[None] * 20 + [1.0], x_highest_since=days("2024-07-09") * 21)
    assert "that is the month of the session itself" in said(made)[0]


def test_a_run_has_the_length_that_is_said(newsroom: Room) -> None:
    """A second gain in a row on the third day of a run is false; a streak quoted tells itself."""
    texts = {
        "large/x": situation("small_streak >= 2", "", ("It was a second gain in a row.",)),
        "large/y": situation("small_streak == 2", "", ("It was a second gain in a row.",)),
        "large/z": situation("small_streak >= 2", "", ("It was the {{ small_streak | nth }} straight gain.",)),
    }
    assert said(newsroom(texts, small_streak=[1.0, 2.0, 3.0])) == [
        "content/session/large/x.md:5: 'second gain in a row' is said, but on 2024-07-10 'small_streak' was 3 "
        "(1 of the 2 sessions on which it can be said)."
    ]


def test_what_measures_no_run_cannot_tell_its_length(newsroom: Room) -> None:
    """Neither a rule without a streak nor a placeholder of another figure."""
    texts = {
        "large/x": situation("small_return_1d > 0", "", ("It was a second gain in a row.",)),
        "large/y": situation("small_return_1d > 0", "", ("It was the {{ small_rank | nth }} gain in a row.",)),
    }
    found = said(newsroom(texts, small_return_1d=[1.0], small_rank=[2.0]))
    assert "no figure behind it measures one" in found[0]
    assert "'small_rank' measures none" in found[1]


def test_months_in_a_row_are_no_run_of_sessions(newsroom: Room) -> None:
    """Three months straight are told by other figures."""
    text = situation("small_return_1d > 0", "", ("It has been three months straight.",))
    assert said(newsroom({"large/x": text}, small_return_1d=[1.0])) == []


def test_a_mean_names_the_member_that_fell(newsroom: Room) -> None:
    """The basket rose and one of it fell by five percent: whoever tells the one tells the other."""
    texts = {
        "large/x": situation("mag7_return_1d > 0", "", ("The basket {{ mag7_return_1d | moved }}.",)),
        "large/y": situation(
            "mag7_return_1d > 0", "", ("It {{ mag7_return_1d | moved }}; {{ seven_worst | digits }}.",)
        ),
        "large/z": situation("mag7_return_1d > 0 and seven_worst > -4", "", ("It {{ mag7_return_1d | moved }}.",)),
    }
    made = newsroom(texts, mag7_return_1d=[1.0, 1.0], seven_best=[2.0, 2.0], seven_worst=[-1.0, -5.0])
    assert [message.split(":")[0] for message in said(made)] == ["content/session/large/x.md"]
    assert "the member that moved -5.00 on 2024-07-09 (1 of the 2 sessions" in said(made)[0]


def test_what_moved_far_has_not_barely_moved(newsroom: Room) -> None:
    """A rule of 0.69 percent is too wide for the words, and the day on which it was is named."""
    texts = {
        "large/x": situation("abs(small_return_1d) <= 0.69", "", ("Small caps barely moved.",)),
        "large/y": situation("abs(small_return_1d) <= 0.4", "", ("Small caps barely moved.",)),
        "large/z": situation("abs(small_return_1d) <= 0.69", "", ("Small caps have not stood still.",)),
    }
    assert said(newsroom(texts, small_return_1d=[0.1, -0.6, 2.0])) == [
        "content/session/large/x.md:5: 'barely moved' is said of moves up to 0.4, but on 2024-07-09 'small_return_1d' was "
        "0.6 (1 of the 2 sessions on which it can be said)."
    ]


def test_one_side_may_move_while_the_other_stands_still(newsroom: Room) -> None:
    """Of the figures behind the words one has to stay within its limit; which of them is meant, no program knows."""
    text = situation("small_return_1d >= 1 and abs(ust10y_change_1d) < 2", "", ("Bonds barely moved.",))
    assert said(newsroom({"large/x": text}, small_return_1d=[3.0], ust10y_change_1d=[1.0])) == []


def test_stillness_without_a_measure(newsroom: Room) -> None:
    """The level of a yield does not tell how far it moved."""
    text = situation("ust10y_level > 0", "", ("Bonds barely moved.",))
    assert "no figure behind it tells how far that moved" in said(newsroom({"large/x": text}, ust10y_level=[4.0]))[0]


def test_the_best_of_a_group_that_fell_is_told_as_such(newsroom: Room) -> None:
    """Health care did best with a loss: its move is printed, or a word says which way it went."""
    texts = {
        "large/x": situation("sectors_n_1d > 0", "", ("Health care, {{ sectors_best_1d }}, did best.",)),
        "large/y": situation("sectors_best_return_1d > 0", "", ("{{ sectors_best_1d }} did best.",)),
        "large/z": situation("sectors_n_1d > 0", "", ("{{ sectors_best_1d }} fell least.",)),
        "large/w": situation("sectors_n_1d > 0", "", ("{{ sectors_best_1d }} {{ sectors_best_return_1d | moved }}.",)),
    }
    found = said(newsroom(texts, sectors_n_1d=[11, 11], sectors_best_1d=[0, 0], sectors_best_return_1d=[0.5, -0.13]))
    assert {message.split(": ")[0] for message in found} == {"content/session/large/x.md:5"}
    assert "as on 2024-07-09 (1 of the 2 sessions" in found[0]


def test_all_of_them_are_not_some_of_them(newsroom: Room) -> None:
    """“Eleven of them” where there are eleven; with their number beside it nothing is hidden."""
    texts = {
        "large/x": situation("sectors_n_1d > 0", "", ("{{ sectors_up_1d | Counted }} of them did so.",)),
        "large/y": situation("sectors_n_1d > 0", "", ("{{ sectors_up_1d | Counted }} of {{ sectors_n_1d }} did so.",)),
        "large/z": situation("sectors_up_1d < sectors_n_1d", "", ("{{ sectors_up_1d | Counted }} of them did so.",)),
    }
    found = said(newsroom(texts, sectors_n_1d=[11, 11], sectors_up_1d=[8, 11]))
    assert [message.split(": ")[0] for message in found] == ["content/session/large/x.md:5"]
    assert "on 2024-07-09 (1 of the 2 sessions" in found[0]


def test_all_of_the_seven_are_told_as_all(newsroom: Room) -> None:
    """The seven are a group as the sectors are."""
    texts = {
        "large/x": situation("seven_up_1d >= 5", "", ("{{ seven_up_1d | Counted }} of them rose.",)),
        "large/y": situation("seven_up_1d >= 5", "", ("{{ seven_up_1d | Counted }} of the seven rose.",)),
    }
    found = said(newsroom(texts, seven_n_1d=[7, 7], seven_up_1d=[5, 7]))
    assert [message.split(": ")[0] for message in found] == ["content/session/large/x.md:5"]
