"""Words that name a part of the market, and the figures that may stand behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model import Scope
from generator.narrative.newsroom import Newsroom

from ..conftest import Room
from ..planted import said_of_words, situation, with_lexicon

SCOPES = (
    Scope("regional", ("regional banks",), of=("regional_banks",)),
    Scope("banks", ("banks",), of=("financials",), line="content/claims.yaml:7"),
    Scope("by_size", ("the smaller the better",), all_of=("micro", "small")),
    Scope("gap", ("such a gap",), figures=("*_since_higher", "*_since_lower")),
    Scope("profits", ("with profits",)),
)
SAYS = "Nothing of the kind is said here at all."
OTHERS = (SAYS, "Elsewhere the day was quite another one.")


def faults(newsroom: Room, wording: str, when: str, asserts: str = "", **columns: list[float | None]) -> list[str]:
    made = newsroom({"large/x": situation(when, asserts, (wording, *OTHERS))}, **columns)
    return [message for message in said_of_words(with_scopes(made)) if "is said" in message]


def with_scopes(made: Newsroom) -> Newsroom:
    return with_lexicon(made, scopes=SCOPES)


def test_a_figure_of_the_part_has_to_stand_behind_the_word(newsroom: Room) -> None:
    """A rule about the regional banks' fund proves nothing of the banks."""
    said = faults(newsroom, "Banks had a poor day.", "regional_banks_return_1d < 0", regional_banks_return_1d=[-1.0])
    assert said == ["content/session/large/x.md:5: 'banks' is said, and no figure of 'financials' stands behind it."]
    assert faults(newsroom, "Banks had a poor day.", "financials_return_1d < 0", financials_return_1d=[-1.0]) == []


def test_of_words_that_overlap_the_longest_counts(newsroom: Room) -> None:
    """Regional banks are not banks."""
    columns = {"regional_banks_return_1d": [-1.0]}
    assert faults(newsroom, "Regional banks had a poor day.", "regional_banks_return_1d < 0", **columns) == []


def test_an_assertion_that_lists_the_word_vouches_for_it_alone(newsroom: Room) -> None:
    """The rest of the fragment's figures no longer count."""
    columns = {"financials_return_1d": [-1.0], "small_return_1d": [-1.0]}
    said = faults(
        newsroom, "Banks had a poor day.", "financials_return_1d < 0", "banks: small_return_1d < 0", **columns
    )
    assert len(said) == 1


def test_some_words_need_a_figure_of_each_part(newsroom: Room) -> None:
    """An order by size is seen in more than one size."""
    wording, columns = "It was the smaller the better.", {"micro_return_1d": [1.0], "small_return_1d": [0.5]}
    both = "micro_return_1d > 0 and small_return_1d > 0"
    assert faults(newsroom, wording, both, **columns) == []
    assert "no figure of 'small' stands behind it" in faults(newsroom, wording, "micro_return_1d > 0", **columns)[0]


def test_some_words_need_figures_of_a_kind_and_some_have_none(newsroom: Room) -> None:
    """A gap like none before has to be so on both sides; what nobody measures cannot be said."""
    gap = faults(newsroom, "There was never such a gap.", "x_since_higher > 9", x_since_higher=[10.0])
    assert "no figure such as '*_since_lower'" in gap[0]
    profits = faults(newsroom, "Companies with profits did well.", "small_return_1d > 0", small_return_1d=[1.0])
    assert "no figure measures that" in profits[0]


def test_an_entry_that_names_no_part_of_the_universe_is_a_fault(newsroom: Room) -> None:
    """With the line, and the nearest name."""
    scopes = (replace(SCOPES[1], of=("financals",)),)
    made = with_lexicon(newsroom({"large/x": situation()}, small_return_1d=[1.0]), scopes=scopes)
    assert said_of_words(made)[0] == (
        "content/claims.yaml:7: 'financals' is no segment, group or release of the universe. Did you mean 'financials'?"
    )


@pytest.mark.parametrize("rule", ["small_return_1d <= -2 and small_return_1d > -3"])
def test_a_band_is_told_with_both_its_bounds(newsroom: Room, rule: str) -> None:
    """What followed falls of two to three percent is not told of falls of two percent."""
    texts = {}
    for number, words in enumerate(("falls of two percent", "falls of two to three percent")):
        text = situation(
            "small_return_1d < 9", "", (f"After {words}: {{{{ followed_1m_n | digits }}}} cases.", *OTHERS)
        )
        texts[f"large/x{number}"] = text.replace("when:", f"after: {rule}\nwhen:")
    made = with_lexicon(newsroom(texts, small_return_1d=[-2.5]), bands=("to three percent",))
    assert [message.split(":")[0] for message in said_of_words(made) if "band" in message] == [
        "content/session/large/x0.md"
    ]


def test_cases_whose_span_is_over_are_not_all_there_are(newsroom: Room) -> None:
    """Of fifty earlier increases forty-one are a year old: “the forty-one earlier” would hide nine."""
    name = "small_minus_sp500_252d_after_rises_n"
    wordings = (
        f"The {{{{ {name} | digits }}}} earlier ones tell little.",
        f"Of {{{{ {name} | digits }}}} earlier ones few tell.",
    )
    said = said_of_words(newsroom({"large/x": situation(f"{name} > 3", "", (*wordings, SAYS))}, **{name: [41.0]}))
    assert [one.split(": ")[0] for one in said if "as all there are" in one] == ["content/session/large/x.md:5"]
