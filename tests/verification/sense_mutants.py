"""Wordings that are true of their figures, each beside the same with its words changed so that it is not.

By kind, in the form (rule, assertion, the true wording, the changed ones). Only the words differ: every number of the
changed sentence is right, and its figures, rule and digits pass every other check.
"""

from __future__ import annotations

from typing import NamedTuple


class Changed(NamedTuple):
    """One true wording with its rule and assertions, and what it is changed into."""

    when: str
    asserts: str
    true: str
    false: tuple[str, ...]


LOW, HIGH = "small_above_low_1y >= 1", "small_drawdown_1y <= -1"
AVERAGE = "small_above_average_200d > 0"
AHEAD, BEHIND = "small_minus_sp500_1d >= 0.3", "small_minus_sp500_1d <= -0.3"

DIRECTION = (
    Changed(LOW, "", "{{ small }} stands {{ small_above_low_1y | size }} above its low of the past year.", (
        "{{ small }} stands {{ small_above_low_1y | size }} beneath its low of the past year.",
        "The low of the past year lies {{ small_above_low_1y | size }} beneath {{ small }}.",
        "The low of the past year is {{ small_above_low_1y | size }} below the close of {{ small }}.",
        "{{ small }} has {{ small_above_low_1y | size }} under it to the low of the past year.",
        "A rise of {{ small_above_low_1y | size }} from the low of the past year leaves {{ small }} with that much further to fall.",
        "{{ small }} has {{ small_above_low_1y | size }} to fall back to the low of the past year.",
    )),
    Changed(HIGH, "", "{{ small }} closed {{ small_drawdown_1y | size }} below its high of the past year.", (
        "The high of the past year lies {{ small_drawdown_1y | size }} above the close of {{ small }}.",
        "A rise of {{ small_drawdown_1y | size }} would bring {{ small }} back to its high of the past year.",
        "The high of the past year is {{ small_drawdown_1y | size }} higher than the close of {{ small }}.",
        "{{ small }} needs {{ small_drawdown_1y | size }} to match its high of the past year.",
    )),
    Changed("small_to_record >= 1", "record, highest: small_to_record >= 1", "A record of {{ small }} is a rise of {{ small_to_record | size }} away.", (
        "{{ small }} stands {{ small_to_record | size }} below its best close.",
        "{{ small }} is {{ small_to_record | size }} short of its best close.",
        "{{ small }} closed {{ small_to_record | size }} under its best close.",
    )),
    Changed(AVERAGE, "", "{{ small }} closed {{ small_above_average_200d | size }} above its average of two hundred sessions.", (
        "{{ small }} closed {{ small_above_average_200d | size }} below its average of two hundred sessions.",
        "{{ small }} closed {{ small_above_average_200d | size }} under its average of two hundred sessions.",
        "The average of two hundred sessions lies {{ small_above_average_200d | size }} beneath {{ small }}.",
    )),
)  # fmt: skip

SIDE = (
    Changed(AHEAD, "led: small_minus_sp500_1d > 0", "On {{ weekday }} {{ small }} finished {{ small_minus_sp500_1d | points }} ahead of {{ sp500 }}.", (
        "On {{ weekday }} {{ small }} finished {{ small_minus_sp500_1d | points }} behind {{ sp500 }}.",
        "On {{ weekday }} {{ sp500 }} finished {{ small_minus_sp500_1d | points }} ahead of {{ small }}.",
        "On {{ weekday }} small caps came out {{ small_minus_sp500_1d | points }} worse than {{ sp500 }}.",
        "Against {{ sp500 }} small caps ended {{ weekday }} {{ small_minus_sp500_1d | points }} behind.",
        "Against {{ sp500 }} the difference on {{ weekday }} was {{ small_minus_sp500_1d | points }}.",
        "Small caps and {{ sp500 }} finished {{ weekday }} {{ small_minus_sp500_1d | points }} from each other.",
    )),
    Changed(BEHIND, "led, lagged: small_minus_sp500_1d < 0", "On {{ weekday }} {{ small }} finished {{ small_minus_sp500_1d | points }} behind {{ sp500 }}.", (
        "On {{ weekday }} {{ small }} finished {{ small_minus_sp500_1d | points }} ahead of {{ sp500 }}.",
        "On {{ weekday }} {{ sp500 }} finished {{ small_minus_sp500_1d | points }} behind {{ small }}.",
        "On {{ weekday }} small caps came out {{ small_minus_sp500_1d | points }} better than {{ sp500 }}.",
        "Next to {{ sp500 }} the result of {{ weekday }} was {{ small_minus_sp500_1d | points }}.",
        "The result of {{ weekday }} against {{ sp500 }} reads {{ small_minus_sp500_1d | points }}.",
    )),
)  # fmt: skip

LEAD = "small_minus_sp500_1d <= -0.3 and small_minus_sp500_ytd >= 1 and year_sessions >= 15 and small_minus_sp500_ytd_change < 0"
CHANGE = (
    Changed(LEAD, "led: small_minus_sp500_ytd > 0\n  gave back: small_minus_sp500_ytd_change < 0",
            "Small caps gave {{ small_minus_sp500_ytd_change | points }} of their lead for the year back to {{ sp500 }}.", (
        "Small caps gave {{ small_minus_sp500_1d | points }} of their lead for the year back to {{ sp500 }}.",
        "Small caps gave {{ small_minus_sp500_1d | points }} of the lead for the year back to {{ sp500 }}.",
        "The year has {{ small_minus_sp500_1d | points }} of the difference less for small caps after {{ weekday }}.",
        "For the year {{ small_minus_sp500_1d | points }} of the lead went back to {{ sp500 }} on {{ weekday }}.",
        "On {{ weekday }} small caps gave back {{ small_minus_sp500_1d | points }} of the year to {{ sp500 }}.",
        "The score for the year, with {{ small_minus_sp500_1d | points }} given back on {{ weekday }}, is still for small caps.",
        "A day cost small caps {{ small_minus_sp500_1d | points }} of the difference that the year had made.",
        "Small caps saw {{ small_minus_sp500_1d | points }} of the year back in the hands of {{ sp500 }} on {{ weekday }}.",
        "From their lead for the year small caps lost {{ small_minus_sp500_1d | points }} on {{ weekday }}.",
        "Of its lead for the year {{ small }} lost {{ small_minus_sp500_1d | points }} on {{ weekday }}, of their lead no more is left.",
    )),
)  # fmt: skip

SUPPOSITION = (
    Changed("small_return_1d >= 0.2 and sp500_return_1d < 0", "rose: small_return_1d > 0\n  led: small_minus_sp500_1d > 0",
            "Small companies rose on {{ weekday }}, and {{ small }} finished {{ small_minus_sp500_1d | points }} ahead of {{ sp500 }}.", (
        "Small companies rose on {{ weekday }}, and by {{ small_minus_sp500_1d | points }} more than large ones.",
        "Small companies rose on {{ weekday }} and by more than large ones, {{ small_minus_sp500_1d | points }} in all.",
        "On {{ weekday }} {{ small }} ended {{ small_return_1d | updown }}, and the rest of the gain in shares came from large caps.",
        "{{ small }} rose on {{ weekday }} and {{ small_return_1d | size }} was the rest of the gain in shares.",
        "{{ small }} ended {{ weekday }} {{ small_return_1d | updown }}, and large caps did as well.",
        "{{ small }} rose {{ small_return_1d | size }} on {{ weekday }}, and {{ sp500 }} rose too.",
        "{{ small }} ended {{ weekday }} {{ small_return_1d | updown }} again.",
        "It was another rise on {{ weekday }}, of {{ small_return_1d | size }} for {{ small }}.",
        "{{ small }} extended its rise by {{ small_return_1d | size }} on {{ weekday }}.",
        "{{ small }} recovered {{ small_return_1d | size }} on {{ weekday }}.",
        "{{ small }} bounced back by {{ small_return_1d | size }} on {{ weekday }}.",
        "{{ small }} gave back nothing of the {{ small_return_1d | size }} by the end of {{ weekday }}.",
        "The rise of {{ small_return_1d | size }} in {{ small }} on {{ weekday }} was made in several days and not in one.",
    )),
)  # fmt: skip

NAME = (
    Changed("small_volatility_1m >= 1 and small_volatility_3m >= 1", "",
            "The annualized volatility of {{ small }} is {{ small_volatility_1m | size }} for the past month.", (
        "Annualized, the past month of {{ small }} gives {{ small_volatility_1m | size }}.",
        "The past month of {{ small }} comes to {{ small_volatility_1m | size }}.",
        "{{ small }} has made {{ small_volatility_1m | size }} in the past month.",
        "{{ small }} stands at {{ small_volatility_1m | size }} annualized for the past month.",
        "For the past month {{ small }} shows {{ small_volatility_1m | size }} and for the past three months {{ small_volatility_3m | size }}.",
        "The figure of {{ small }} for the past month is {{ small_volatility_1m | size }}.",
        "Over the past month {{ small }} has gone at {{ small_volatility_1m | size }} a year.",
        "At {{ small_volatility_1m | size }} annualized {{ small }} has had a month like others.",
        "The average of the past year for {{ small }} is {{ small_volatility_1m_average_1y | size }}.",
        "Volatility is one thing. The past month of {{ small }} gives {{ small_volatility_1m | size }}.",
    )),
)  # fmt: skip

REFERENT = (
    Changed(LOW, "", "{{ small }} ended {{ weekday }} at {{ small_level }}. {{ [sp500_return_1d, nasdaq_return_1d] | compared }} on the day. "
            "{{ small }} stands {{ small_above_low_1y | size }} above its low of the past year.", tuple(
        "{{ small }} ended {{ weekday }} at {{ small_level }}. {{ [sp500_return_1d, nasdaq_return_1d] | compared }} on the day. " + last
        for last in (
            "It stands {{ small_above_low_1y | size }} above its low of the past year.",
            "That is {{ small_above_low_1y | size }} above its low of the past year.",
            "Its close is {{ small_above_low_1y | size }} above the low of the past year.",
            "The index stands {{ small_above_low_1y | size }} above its low of the past year.",
            "Even so it is {{ small_above_low_1y | size }} above its low of the past year.",
            "Still it is {{ small_above_low_1y | size }} above its low of the past year.",
        )
    )),
    Changed(LOW, "", "{{ small }} is {{ small_above_low_1y | size }} above its low of the past year.", (
        "It is {{ small_above_low_1y | size }} above its low of the past year.",
        "That is {{ small_above_low_1y | size }} above its low of the past year.",
        "Its close is {{ small_above_low_1y | size }} above its low of the past year.",
        "The index is {{ small_above_low_1y | size }} above its low of the past year.",
        "The whole of it lies {{ small_above_low_1y | size }} above the low of the past year.",
    )),
)  # fmt: skip

SPAN = (
    Changed("", "", "Over five sessions {{ small }} is {{ small_return_5d | updown }}.", ("{{ small }} is {{ small_return_5d | updown }}.",)),
    Changed("", "", "This month {{ small }} is {{ small_return_mtd | updown }}.", ("So far {{ small }} is {{ small_return_mtd | updown }}.",)),
    Changed("", "", "This quarter {{ small }} is {{ small_return_qtd | updown }}.", ("So far {{ small }} is {{ small_return_qtd | updown }}.",)),
    Changed("", "", "This year {{ small }} is {{ small_return_ytd | updown }}.", ("{{ small }} is {{ small_return_ytd | updown }}.",)),
    Changed("", "", "Over twelve months {{ small }} is {{ small_return_1y | updown }}.", ("{{ small }} stands {{ small_return_1y | higher }}.",)),
    Changed("", "", "Over six months {{ small }} is {{ small_return_6m | updown }}.", ("By now {{ small }} is {{ small_return_6m | updown }}.",)),
    Changed("", "", "This year {{ small }} is {{ small_return_ytd | updown }}. On {{ weekday }} {{ sp500 }} {{ sp500_return_1d | moved }}.", (
        "This year {{ small }} is {{ small_return_ytd | updown }}. As for {{ sp500 }}, it {{ sp500_return_1d | moved }}.",
        "This month {{ small }} is {{ small_return_mtd | updown }}. {{ sp500 }} {{ sp500_return_1d | moved }}.",
        "Over six months {{ small }} is {{ small_return_6m | updown }}. {{ sp500 }} {{ sp500_return_1d | moved }}.",
        "This year {{ small }} is {{ small_return_ytd | updown }}. Small caps are {{ small_minus_sp500_1d | ahead }}.",
    )),
)  # fmt: skip

EMPTY = (
    Changed("", "", "{{ small }} closed at {{ small_level }} on {{ weekday }}.", (
        "{{ small }} closed at {{ small_level }}: {{ weekday }} was one of them.",
        "{{ small }} closed at {{ small_level }}, and a loss needs no theory to be real.",
        "{{ small }} closed at {{ small_level }}, which is progress and nothing more.",
        "{{ small }} closed at {{ small_level }}: near a record is not at one.",
        "{{ small }} closed at {{ small_level }}, where a year ago it stood elsewhere.",
        "{{ small }} closed at {{ small_level }}, and the count starts from nothing.",
        "{{ small }} closed at {{ small_level }} on {{ weekday }}, a day like this being no rarity.",
        "{{ small }} closed at {{ small_level }}, close to where it began.",
        "{{ small }} closed at {{ small_level }}, with a rate against which shares are valued.",
        "{{ small }} closed at {{ small_level }}, as small companies seldom stand still.",
        "{{ small }} closed at {{ small_level }}, and that is what they have to compete with.",
    )),
)  # fmt: skip

KINDS = {
    "a share turned round": DIRECTION,
    "who is ahead": SIDE,
    "a day's gap for the change of a lead": CHANGE,
    "a supposition that nothing makes sure of": SUPPOSITION,
    "a volatility without its name": NAME,
    "it and that": REFERENT,
    "a move without its span": SPAN,
    "what is always so": EMPTY,
}
