"""Sound wordings made false by a word, by kind: none of these may pass either reader."""

from __future__ import annotations

from .false_sentences import FalseSentence


def _made(kind: str, *lines: tuple[str, str, str]) -> list[FalseSentence]:
    """Mutants of one kind from (rule, wording, word at fault)."""
    return [FalseSentence(kind, "large/planted", "", f"when: {rule}", wording, word) for rule, wording, word in lines]


_UP, _DOWN, _ANY = "small_return_1d > 0", "small_return_1d < 0", "small_return_1d > -90"
_KRE, _XBI = "regional_banks_return_1d > 0.5", "biotech_return_1d > 0.5"

SCOPES = _made(
    "scope",
    (_KRE, "Big banks {{ regional_banks_return_1d | moved }}.", "big banks"),
    ("small_value_return_1d > 0.5", "Banks {{ small_value_return_1d | moved }}.", "banks"),
    ("sp500_return_1d > 0.5", "A good day for bank stocks", "bank stocks"),
    ("financials_return_1d > 0.5", "Regional banks {{ financials_return_1d | moved }} by their fund.", "regional banks"),
    ("nasdaq_return_1d > 0.5", "Technology stocks {{ nasdaq_return_1d | moved }}.", "technology stocks"),
    ("nasdaq100_return_1d > 0.5", "Tech led, with {{ nasdaq100 }} {{ nasdaq100_return_1d | updown }}.", "tech"),
    (_XBI, "Other small caps came behind biotech, {{ biotech_return_1d | updown }} by its fund.", "other small caps"),
    ("small_value_return_1d > 0.5", "Profitable small companies {{ small_value_return_1d | moved }} by their fund.", "profitable small companies"),
    ("small_return_1d > 0.5", "Small companies with profits came along, and {{ small }} {{ small_return_1d | moved }}.", "small companies with profits"),
    ("sectors_up_1d >= 8", "The market rose: {{ sectors_up_1d | size }} sectors did.", "the market"),
    ("sectors_up_1d >= 8", "The whole market took part, in {{ sectors_up_1d | size }} sectors.", "whole market"),
    (_UP, "The average company gained as well, and {{ small }} {{ small_return_1d | moved }}.", "average company"),
    ("small_minus_sp500_1d > 0", "The smallest companies did best, and {{ small }} {{ small_return_1d | moved }}.", "smallest companies did best"),
    (_UP, "The giants stood aside while {{ small }} {{ small_return_1d | moved }}.", "the giants"),
    (_UP, "Midcaps did the same; {{ small }} {{ small_return_1d | moved }}.", "midcaps"),
    (_UP, "Small-cap sectors rose together, and {{ small }} {{ small_return_1d | moved }}.", "small-cap sectors"),
    (_DOWN, "Foreign small caps did better; {{ small }} {{ small_return_1d | moved }}.", "foreign small caps"),
    ("small_minus_sp500_wtd < -1", "It was a week for the large, by {{ small_minus_sp500_wtd | points }}.", "a week for the large"),
)  # fmt: skip
RECENCY = _made(
    "recency",
    (_UP, "It was the best day since {{ small_return_1d_highest_since | when }}.", "since"),
    (_DOWN, "Not since {{ small_return_1d_lowest_since | date }} had {{ small }} lost so much.", "not since"),
    ("small_return_1d >= 1", "A gain as large was last seen on {{ small_return_1d_highest_since | date }}.", "last seen"),
    ("small_return_1d <= -1", "Such a day was last matched on {{ last_time | date }}.", "last matched"),
    ("small_minus_sp500_1d <= -0.5", "A gap last as wide on {{ small_minus_sp500_1d_lowest_since | date }}", "last as wide"),
    ("small_return_1d_sessions_since_higher >= 10", "The best day in months", "in months"),
    ("small_return_1d_sessions_since_lower >= 30", "The worst day in months", "in months"),
    ("small_level_sessions_since_higher >= 252", "The highest close in years", "in years"),
    ("small_level_sessions_since_lower >= 400", "The lowest close in years", "in years"),
    (_UP, "The best session for months", "session for months"),
    ("small_return_1d >= 1.5", "No such day in the past two months", "past two months"),
    ("vix_level > 20", "The VIX at its highest since {{ vix_level_highest_since | month }}", "since"),
)  # fmt: skip
RUNS = _made(
    "run",
    ("small_streak >= 2", "It was a second gain in a row.", "second gain in a row"),
    ("small_streak <= -2", "It was a second loss in a row.", "second loss in a row"),
    ("small_streak >= 3", "The third straight gain has come.", "third straight"),
    ("small_streak >= 2", "The index has risen three sessions running.", "three sessions running"),
    ("small_streak <= -3", "Four consecutive losses have come.", "four consecutive"),
    ("small_streak == 3", "There have been four gains in a row.", "four gains in a row"),
    ("small_streak >= 2", "There have been three straight gains or more.", "three straight"),
    ("small_minus_sp500_streak <= -2", "A third session in a row has gone to large caps.", "third session in a row"),
    ("small_minus_sp500_streak >= 4", "Small caps have led five sessions on end.", "five sessions on end"),
    ("small_return_1d > 0 and small_return_1d_before > 0", "It was a second gain in a row.", "second gain in a row"),
    (_UP, "It was the {{ small_return_1d_rank | nth }} gain in a row.", "gain in a row"),
    (_UP, "Small caps have risen {{ month_sessions | size }} sessions running.", "sessions running"),
)  # fmt: skip
WHOLE = _made(
    "mean",
    ("mag7_return_1d > 0.1", "A good day for the giants", "mag7_return_1d"),
    ("mag7_return_1d > 0.1", "The big seven {{ mag7_return_1d | moved }}.", "mag7_return_1d"),
    ("mag7_return_1d < -0.1", "A bad day for the giants", "mag7_return_1d"),
    ("mag7_return_1d < -0.1", "The giants {{ mag7_return_1d | move }}.", "mag7_return_1d"),
    ("mag7_return_1d > 0.1", "The big seven {{ mag7_return_1d | moved }}, {{ seven_best_1d }} most.", "mag7_return_1d"),
    ("mag7_return_1d < -0.1", "The big seven {{ mag7_return_1d | moved }}, {{ seven_worst_1d }} most.", "mag7_return_1d"),
    ("mag7_return_1d > 0.1 and seven_second_return_1d > 0", "The giants rose", "mag7_return_1d"),
    ("mag7_return_1d < -0.1 and seven_second_worst_return_1d < 0", "The giants fell", "mag7_return_1d"),
    ("mag7_return_1d_sessions_since_higher >= 3 and mag7_return_1d > 0.1", "Megacap technology rose.", "mag7_return_1d"),
    ("mag7_return_1d > 0.1 and small_return_1d < 0", "Giants up, small down", "mag7_return_1d"),
)  # fmt: skip
SETS = _made(
    "set",
    (_ANY, "Small caps have clearly gained on {{ times_before | digits }} sessions.", "clearly"),
    (_ANY, "A clear lead was last had on {{ last_time | date }}.", "clear"),
)

_UPWARD = "micro_return_1d > mega_return_1d + 0.3 and small_return_1d > 0"
_DOWNWARD = "micro_return_1d < mega_return_1d - 0.3 and small_return_1d < 0"
DEFINITIONS = _made(
    "definition",
    (_UPWARD, "The smaller, the better", "the smaller, the better"),
    (_UPWARD, "The smaller the company, the better its day.", "the smaller the company, the better"),
    (_UPWARD, "From top to bottom, each group did better than the one above it.", "each group did better than the one above it"),
    (f"{_UPWARD} and midcap_return_1d > mega_return_1d", "Each step down in size did better.", "each step down in size did better"),
    (f"{_UPWARD} and equal_weight_return_1d > 0", "Each step down in size paid", "each step down in size paid"),
    (_DOWNWARD, "The smaller, the worse", "the smaller, the worse"),
    (_DOWNWARD, "The smaller the company, the worse its day.", "the smaller the company, the worse"),
    (_DOWNWARD, "From top to bottom, each group did worse than the one above it.", "each group did worse than the one above it"),
    (f"{_DOWNWARD} and midcap_return_1d < mega_return_1d", "Each step down in size did worse.", "each step down in size did worse"),
    (f"{_DOWNWARD} and equal_weight_return_1d < 0", "Each step down in size cost", "each step down in size cost"),
)  # fmt: skip
COUNTS = _made(
    "count",
    ("sectors_up_1d >= 8", "{{ sectors_up_1d | Counted }} sectors rose.", "sectors_up_1d"),
    ("sectors_up_1d >= 9", "Few sectors missed it: {{ sectors_up_1d | digits }} rose.", "sectors_up_1d"),
    ("sectors_down_1d >= 8", "{{ sectors_down_1d | counted('sector') }} fell", "sectors_down_1d"),
    ("sectors_down_1d >= 9", "Few sectors were spared; {{ sectors_down_1d | digits }} fell.", "sectors_down_1d"),
    ("small_sectors_up_1d >= 7", "Small caps rose in {{ small_sectors_up_1d | counted('sector') }}.", "small_sectors_up_1d"),
    ("small_sectors_down_1d >= 7", "{{ small_sectors_down_1d | Counted }} small-cap sectors fell.", "small_sectors_down_1d"),
)  # fmt: skip

MUTANTS = {
    "scope words": SCOPES, "recency": RECENCY, "runs": RUNS, "means": WHOLE, "sets": SETS, "definitions": DEFINITIONS,
    "wholes": COUNTS,
}  # fmt: skip
