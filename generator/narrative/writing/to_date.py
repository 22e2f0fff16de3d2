"""Tell a figure to date only where the period has begun for long enough that it says something of its own."""

from __future__ import annotations

import re

import numpy as np

from generator.model import Column, Days, Flags

LEAST_TO_DATE = {"wtd": 2, "mtd": 3, "qtd": 5, "htd": 5, "ytd": 5}
"""Sessions a period must have had before a sentence is about it: a quarter one session old is no more than the day."""
_TO_DATE = re.compile(r"_([wmqhy]td)$")
_MONTHS = {"mtd": 1, "qtd": 3, "htd": 6, "ytd": 12}


def told_of(name: str, printed: Column, sessions: Days) -> Flags:
    """The sessions on which a sentence may use the figure: it is present, and its period has had enough sessions."""
    there: Flags = ~np.isnan(printed)
    period = _TO_DATE.search(name)
    if period:
        there &= sessions_so_far(sessions, period[1]) >= LEAST_TO_DATE[period[1]]
    return there


def sessions_so_far(sessions: Days, to_date: str) -> Column:
    """How many sessions the period of `qtd` and the like has had; infinite in the first period held."""
    days = sessions.astype("datetime64[D]")
    if to_date == "wtd":
        codes = (days.astype(np.int64) + 3) // 7  # 1970-01-01 was a Thursday
    else:
        codes = days.astype("datetime64[M]").astype(np.int64) // _MONTHS[to_date]
    rows = np.arange(days.size)
    opens = np.concatenate([[False], codes[1:] != codes[:-1]])[: days.size]
    first = np.maximum.accumulate(np.where(opens, rows, -1))
    return np.where(first >= 0, rows - first + 1.0, np.inf)
