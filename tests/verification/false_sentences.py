"""Sentences that a fact check found false or misleading, each with its rule and assertions as they stood."""

from __future__ import annotations

from typing import NamedTuple


class FalseSentence(NamedTuple):
    """One wording as it stood: its kind of fault, where it stood, when it was printed, its rule, and the word at fault."""

    kind: str
    where: str
    printed: str
    rules: str
    wording: str
    word: str
    """The words that both readers have to name."""

    @property
    def text(self) -> str:
        """The fragment's text with this wording alone."""
        return f"---\n{self.rules}\n---\n- {self.wording}\n"


_NARROW = "when: small_return_1d > 0.05 and sectors_down_1d * 2 > sectors_n_1d and sectors_n_1d >= 8"
_NASDAQ = "when: small_minus_nasdaq_ytd >= 4 and year_sessions >= 40 and (weekday == 'Monday' or weekday == 'Thursday')"
# It stood at 60 sessions and from 2020 on; a simulated market has such days, but none on which a member fell so far.
_SEVEN = "when: mag7_return_1d_sessions_since_higher >= 5 and mag7_return_1d >= 0.5"
_WORSE = "when: small_return_1d < 0 and sp500_return_1d < 0 and small_minus_sp500_1d <= -0.80"
_MICRO = "when: small_return_1d > 0 and micro_minus_small_1d >= 0.25 and micro_return_1d > 0"
_HALF_YEAR = (
    "after: small_level_sessions_since_higher >= 120 and small_level_sessions_since_higher < 250\n"
    "when: small_return_1d > -90"
)
_LEAD_WON = "after: small_minus_sp500_ytd > 0 and small_minus_sp500_ytd_before <= 0\nwhen: small_return_1d > -90"

FALSE = (
    # what a count of sectors is told as
    FalseSentence("scope", "against/narrow-breadth", "2026-07-06", _NARROW,
        "Small caps rose without much company: {{ sectors_down_1d | size }} of the {{ sectors_n_1d | size }} large-cap sectors "
        "fell, so {{ small }} went up in a market of which the greater part was going down.", "market of which"),
    FalseSentence("scope", "against/narrow-breadth", "2026-07-06", _NARROW,
        "In the market around them more fell than rose. Of {{ sectors_n_1d | size }} large-cap sectors "
        "{{ sectors_down_1d | size }} declined.", "the market"),
    FalseSentence("scope", "against/narrow-breadth", "2026-07-06", _NARROW,
        "{{ small }} closed higher on a day when {{ sectors_down_1d | size }} of {{ sectors_n_1d | size }} large-cap sectors "
        "closed lower. A market advance would show the opposite count.", "market advance"),
    FalseSentence("scope", "against/narrow-breadth", "2026-08-11", _NARROW,
        "Small caps rose without company: {{ sectors_down_1d | size }} of {{ sectors_n_1d | size }} large-cap sectors declined.",
        "without company"),
    FalseSentence("scope", "against/narrow-breadth", "2026-07-06", _NARROW,
        "The gain in small caps was an exception: {{ sectors_down_1d | size }} of {{ sectors_n_1d | size }} large-cap sectors "
        "fell.", "was an exception"),
    # the Nasdaq as technology
    FalseSentence("scope", "large/nasdaq-year-lead", "2026-08-20", _NASDAQ, "Small caps and technology", "technology"),
    FalseSentence("scope", "large/nasdaq-year-lead", "2026-08-03", _NASDAQ,
        "Technology has the worse of the year, with {{ nasdaq }} at {{ nasdaq_return_ytd | signed }} and small caps "
        "{{ small_minus_nasdaq_ytd | points }} ahead.", "technology"),
    FalseSentence("scope", "large/nasdaq-ahead", "2026-08-10", "when: small_minus_nasdaq_1d <= -0.05",
        "Technology’s index, {{ nasdaq }}, was {{ small_minus_nasdaq_1d | points }} ahead of small caps.", "technology's"),
    # funds as groups that they do not hold
    FalseSentence("scope", "breadth/biotech-lags", "2026-08-20", "when: biotech_minus_small_1d <= -1.90 and biotech_return_1d <= -1",
        "Among the groups within small caps biotech did poorly, {{ biotech_return_1d | updown }} by its fund.",
        "groups within small caps"),
    FalseSentence("scope", "takeaways/biotech", "2026-08-20",
        "when: abs(biotech_minus_small_1d) >= 2.25 and abs(biotech_return_1d) >= 1.25",
        "Among small-cap groups {{ biotech }} stood out, {{ biotech_return_1d | updown }} on the day by its fund.",
        "small-cap groups"),
    FalseSentence("scope", "for/micro-and-value", "2025-11-11", _MICRO,
        "The smallest companies did best. The micro-cap fund finished {{ micro_minus_small_1d | points }} ahead of the "
        "small-cap fund, so the further down in size a holder was, the better the day.", "further down in size"),
    FalseSentence("scope", "for/micro-and-value", "2025-08-08", _MICRO,
        "For: the smallest companies did best, micro caps finishing {{ micro_minus_small_1d | points }} ahead of small caps.",
        "smallest companies did best"),
    FalseSentence("scope", "for/micro-and-value", "2026-06-29", _MICRO,
        "For: the smaller the company, the better the day. Micro caps rose {{ micro_return_1d | size }}.",
        "the smaller the company"),
    FalseSentence("scope", "large/month-lag", "2026-07-31", "when: small_minus_sp500_mtd <= -3 and month_sessions >= 8",
        "A month for the large", "a month for the large"),
    FalseSentence("scope", "breadth/equal-weight-ahead-up", "2025-08-22",
        "when: equal_weight_minus_sp500_1d >= 0.40 and equal_weight_return_1d > 0 and sp500_return_1d > 0",
        "The giants did not make this gain. With each company counted alike the large-cap market "
        "{{ equal_weight_return_1d | moved }}, by the equal-weight fund.", "giants did not make"),
    FalseSentence("scope", "angle/gap-widest-lag-since", "2026-07-31",
        "when: small_minus_sp500_1d_sessions_since_lower >= 60 and small_minus_sp500_1d <= -0.80",
        "{{ small }} closed {{ weekday }} well behind large caps. Nothing in the past two months had opened such a gap between "
        "them.", "such a gap"),
    FalseSentence("scope", "takeaways/both-records", "2025-09-18", "when: sp500_record_close and small_record_close",
        "The record in small caps had company: {{ sp500 }} closed at {{ sp500_level }}, a record of its own.",
        "the record in small caps had company"),
    FalseSentence("scope", "for/five-session-lead-since", "2026-05-26",
        "when: small_minus_sp500_5d_sessions_since_higher >= 60 and small_minus_sp500_5d >= 1",
        "Small caps have not led large ones so far over five sessions since {{ small_minus_sp500_5d_highest_since | month }}.",
        "led large ones so far over"),
    FalseSentence("scope", "for/after-year-lead-won", "2026-01-02", _LEAD_WON,
        "When small companies go in front for the year, they have tended to stay in front: {{ small }} ahead of {{ sp500 }} over "
        "the next three months in {{ followed_3m_ahead | digits }} of {{ followed_3m_n | digits }} separate cases.",
        "stay in front"),
    # the set counted is not the set named
    FalseSentence("set", "for/after-half-year-high-gap", "2025-08-22", _HALF_YEAR,
        "Highs of half a year have opened good months beside large companies. {{ small }} was ahead of {{ sp500 }} after "
        "{{ followed_1m_ahead | digits }} of {{ followed_1m_n | digits }} earlier ones.", "small_level_sessions_since_higher"),
    FalseSentence("set", "angle/year-lead-narrowed", "2026-08-20",
        "when: small_minus_sp500_1d <= -0.30 and small_minus_sp500_ytd >= 1 and year_sessions >= 15 and not year_ends",
        "On {{ times_before | counted('session') }} before this one the small had clearly trailed in a year that they were "
        "winning.", "clearly"),
    # how long ago
    FalseSentence("recency", "large/ratio-highest-since", "2026-01-22", "when: small_over_sp500_sessions_since_higher >= 250",
        "The best ratio in years", "in years"),
    FalseSentence("recency", "large/ratio-lowest-since", "", "when: small_over_sp500_sessions_since_lower >= 250",
        "The poorest ratio in years", "in years"),
    FalseSentence("recency", "angle/both-down-small-worse-strong", "2026-03-03", _WORSE,
        "{{ small }} {{ small_return_1d | moved }} to {{ small_level }} on {{ weekday }}, a good deal more than large caps lost. "
        "So lopsided a day against small companies was last seen on {{ small_minus_sp500_1d_lowest_since | date }}.",
        "last seen"),
    FalseSentence("recency", "tape/streak-down", "2025-12-31", "when: small_streak <= -4",
        "{{ small }} has now declined for {{ small_streak | size }} straight sessions, by {{ small_streak_return | size }}, a run "
        "as long as any since {{ small_streak_lowest_since | month }}.", "since"),
    # runs
    FalseSentence("run", "lead/gain-extended", "2004-04-05", "when: small_return_1d >= 0.2 and small_return_1d_before >= 0.8",
        "It was a second gain in a row for small caps, after {{ small_return_1d_before | a_noun }} in the session before.",
        "second gain in a row"),
    FalseSentence("run", "lead/loss-extended", "2001-09-17", "when: small_return_1d <= -0.2 and small_return_1d_before <= -0.8",
        "It was a second loss in a row for small caps, after {{ small_return_1d_before | a_noun }} in the session before.",
        "second loss in a row"),
    # a mean without the member that moved against it
    FalseSentence("mean", "large/seven-best-since", "2026-07-31", _SEVEN, "A good day for the giants", "mag7_return_1d"),
    FalseSentence("mean", "large/seven-best-since", "2026-07-31", _SEVEN,
        "{{ seven_best_1d }} {{ seven_best_return_1d | moved }} and {{ seven_second_1d }} {{ seven_second_return_1d | moved }}, on "
        "the best day for the big seven since {{ mag7_return_1d_highest_since | when }}.", "mag7_return_1d"),
    FalseSentence("mean", "takeaways/seven-against-small", "2026-07-31",
        "when: seven_n_1d == 7 and mag7_return_1d >= 0.80 and small_return_1d <= -0.30",
        "Megacap technology moved against small caps, with the average of its {{ seven_n_1d }} big names "
        "{{ mag7_return_1d | updown }}.", "mag7_return_1d"),
)  # fmt: skip
"""Every one of these passed both readers once."""
