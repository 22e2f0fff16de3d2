"""Wordings with words for spans of time, right ones and wrong ones, for the tests of both readers."""

from __future__ import annotations

from collections.abc import Mapping

from generator.editorial.wording import read_variant
from generator.model import Fragment, Tone, Variant

RIGHT = (
    "Over the past month {{ small }} is {{ small_return_1m | updown }}.",
    "{{ small }} is {{ small_return_3m | updown }} in three months and {{ small_return_1y | updown }} in twelve.",
    "For the year {{ small }} is {{ small_return_ytd | updown }}, over twelve months {{ small_return_1y | updown }}.",
    "Six months have left {{ small }} {{ small_return_6m | updown }}.",
    "Over five sessions {{ small }} is {{ small_return_5d | updown }}.",
    "In {{ month_name }} {{ small }} is {{ small_return_mtd | updown }}, and {{ small_return_1y | updown }} over a year.",
    "The ten-year yield is {{ ust10y_level | size }}, the three-month bill {{ ust3m_level | size }}.",
    "The close is {{ small_level }}, and nothing in it speaks of a month.",
    "{{ small }} closed {{ small_drawdown_1y | size }} below its one-year high.",
    "A month later {{ small }} was higher in {{ followed_1m_higher_share }}, against {{ all_1m_higher_share }} of all months.",
    "Of this year’s gains of {{ sp500 }} small caps led on {{ small_ahead_share_on_sp500_up_ytd | size }}, in the ten years "
    "before on {{ small_ahead_share_on_sp500_up_prior_10y | size }}.",
    "Over the past three months they lagged on {{ small_behind_sp500_count_63d_before }} days.",
    "In the last sixty-three sessions they lagged on {{ small_behind_sp500_count_63d }}.",
    "The high of the twenty sessions before was {{ small_high_20d_before }}, set on {{ small_high_20d_date_before | date }}.",
    "There were {{ small_moves_as_large_ytd }} moves as large in the {{ year_sessions }} sessions of this year.",
    "It gave back {{ small_given_back_1d | size }} of {{ weekday_before }}’s gain.",
)
WRONG = (  # each with what the first reader says of it
    ("Over the past month {{ small }} is {{ small_return_21d | updown }}.", "'past month' tells of a span"),
    ("Over twelve months {{ small }} is {{ small_return_252d | updown }}.", "'over twelve months' tells of a span"),
    ("Six months leave it {{ small_return_126d | updown }}.", "'six months' tells of a span"),
    ("Three months leave it {{ small_return_63d | updown }}.", "'three months' tells of a span"),
    ("Over the past three months it is {{ small_return_21d | updown }}.", "'past three months' tells of a span"),
    (
        "In the ten years before they led on {{ small_ahead_share_on_sp500_up_ytd | size }}.",
        "'ten years before' tells of",
    ),
    ("This year they led on {{ small_ahead_share_on_sp500_up_prior_10y | size }}.", "'this year' tells of a span"),
    ("The high of twenty sessions was {{ small_high_1y }}.", "'twenty sessions' tells of a span"),
    ("Over a year it is {{ small_return_ytd | updown }}.", "'over a year' tells of a span"),
    ("It is {{ small_return_1y | updown }} for the year.", "'for the year' tells of a span"),
    ("The average is {{ vix_level_average_1y }} for the year.", "'for the year' tells of a span"),
    ("The year’s holding of {{ small }} is {{ small_minus_sp500_1y | points }} to the good.", "under 'the year's'"),
    ("The past week has brought {{ small_return_5d | signed }}.", "'past week' tells of a span"),
    ("Over twenty-one sessions it is {{ small_return_1m | updown }}.", "'twenty-one sessions' tells of a span"),
    ("For the month it is {{ small_return_1m | updown }}.", "'for the month' tells of a span"),
    ("{{ small }} trails by {{ small_minus_sp500_3m | points }} over a month.", "'over a month' tells of a span"),
    ("So low a close had not been seen for six months.", "'six months' tells of a span"),
    ("The three-month view is {{ bill_3m }}.", "'three-month' tells of a span"),
    ("Nobody was paid for size in three months.", "'three months' tells of a span"),
)


def worded(text: str, when: str = "", asserts: Mapping[str, str] | None = None) -> tuple[Fragment, Variant]:
    """The wording, read as an editor would write it, and a fragment with this rule and these assertions."""
    variant = read_variant(text, "content/session/tape/made.md", 9)
    proofs = dict(asserts or {})
    lines = dict.fromkeys(proofs, 4)
    parts = {"body": (variant,)}
    fragment = Fragment("session/tape/made", "tape", "content/session/tape/made.md", when, 2, 1.0, "made",
                        Tone.NEUTRAL, proofs, lines, parts)  # fmt: skip
    return fragment, variant
