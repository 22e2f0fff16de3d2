"""Rallies and best days of the year to date, and what became of them.

A rally ends on a session whose gain over five sessions is among the best 1% of the past three years (756 sessions) and
the highest within twenty sessions, of those up to now; `small_rallies_ytd` counts them. The first core index leads by
most, relative to the second, on the `peak` since; `rally1_given_back` is the share of the lead won from the session
five before the rally's end to that peak that is gone again.
"""

from __future__ import annotations

from bisect import insort
from functools import partial

import numpy as np

from generator.figures.horizons import RowNumbers, last_row_before, period_codes
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.windows import at, quotient
from generator.model import Basis, Column, FigureDefinition, Unit, Universe

COUNT = 3
"""How many best days of the year are told."""
RALLIES = 3
"""How many rallies are."""
MEMORY, BEST, APART, LENGTH = 756, 7, 20, 5
"""Sessions whose best 1% count, how many these are, sessions within which a rally is highest, and its length."""
TO_DATE, GIVEN_BACK = "_rallies_ytd", "_given_back"


def find(name: str, universe: Universe) -> Measure | None:
    """The count of rallies, or how much of one was given back, with this name; else None."""
    if len(universe.core) < 2:
        return None
    first, second = (universe.segments[key] for key in universe.core[:2])
    five, ratio = f"{first.key}_return_5d", f"{first.key}_over_{second.key}"
    if name == f"{first.key}{TO_DATE}":
        symbols: tuple[str, ...] = (first.price or first.total or "",)
        words = "whose gain over five sessions is among the best 1% of 756 and the highest within 20 sessions"
        definition = FigureDefinition(
            name, Unit.COUNT, Basis.NONE, 0, f"{first.short}, rallies in the year to date",
            f"count of sessions of the year to date {words}", symbols,
        )  # fmt: skip
        return Measure(definition, partial(_count, five), partial(_since_opening, five))
    for place in range(RALLIES):
        if name == f"rally{place + 1}{GIVEN_BACK}":
            nth = ("sharpest", "second-sharpest", "third-sharpest")[place]
            symbols = tuple(one.price or one.total or "" for one in (first, second))
            definition = FigureDefinition(
                name, Unit.PERCENT, Basis.NONE, 0,
                f"share of the lead of the year's {nth} rally that was given back",
                f"fall of {first.short} relative to {second.short} from its peak since the {nth} rally of the year to "
                "date, divided by its rise to that peak from the session five before the end of the rally", symbols,
            )  # fmt: skip
            return Measure(definition, partial(_given_back, five, ratio, place), partial(_behind, five, ratio, place))
    return None


def names(universe: Universe) -> tuple[str, ...]:
    """The names of the counts and shares."""
    if len(universe.core) < 2:
        return ()
    return f"{universe.core[0]}{TO_DATE}", *(f"rally{place + 1}{GIVEN_BACK}" for place in range(RALLIES))


def jump_rows(day: str, place: int, columns: Columns) -> RowNumbers:
    """For each session, the row of the best day of its year so far (or second, or third); -1 if that is not known."""

    def found() -> RowNumbers:
        moves = columns.printed(day)
        opens = last_row_before(period_codes(columns.sessions, "year")) + 1
        best = np.full((COUNT, moves.size), -1)
        top: list[tuple[float, int]] = []
        for row, (opening, move) in enumerate(zip(opens.tolist(), (-moves).tolist(), strict=True)):
            if opening == row:
                top = []
            if len(top) < COUNT or not move >= top[-1][0]:  # what is not known makes the whole year unknown below
                insort(top, (move, row))
                del top[COUNT:]
            best[: len(top), row] = [place for _, place in top]
        gone = np.cumsum(np.append(0, np.isnan(moves)))
        whole = (opens > 0) & (gone[np.arange(moves.size) + 1] == gone[opens])
        return np.where(whole, best, -1)

    both: RowNumbers = columns.shared(("jumps", day), found)
    return np.asarray(both[place])


def rally_rows(five: str, place: int, columns: Columns) -> RowNumbers:
    """For each session, the row on which the year's sharpest rally so far ended (or the next); -1 if there is none."""
    return np.asarray(_rallies(five, columns)[place + 1])


def _rallies(five: str, columns: Columns) -> RowNumbers:
    """How many rallies the year up to each session had (-1 if unknown), then the rows of the three sharpest."""

    def found() -> RowNumbers:
        gains = columns.printed(five)
        opens = last_row_before(period_codes(columns.sessions, "year")) + 1
        rallies = np.full((RALLIES + 1, gains.size), -1)
        for row in range(MEMORY - 1, gains.size):
            window = gains[row - MEMORY + 1 : row + 1]
            if np.isnan(window).any() or opens[row] <= 0:
                continue
            least = np.partition(window, MEMORY - BEST)[MEMORY - BEST]
            year = np.arange(opens[row], row + 1)
            ends = [one for one in year[gains[year] >= max(least, 0.01)] if _highest(gains, int(one), row)]
            ends.sort(key=lambda one: (-gains[one], one))
            rallies[0, row] = len(ends)
            rallies[1 : len(ends) + 1, row] = ends[:RALLIES]
        return rallies

    made: RowNumbers = columns.shared(("rallies", five), found)
    return made


def _highest(gains: Column, row: int, now: int) -> bool:
    """Whether no session within twenty of it, up to now, gained more, nor an earlier one as much."""
    before, after = gains[max(row - APART, 0) : row], gains[row + 1 : min(row + APART, now) + 1]
    return bool((before < gains[row]).all() and (after <= gains[row]).all())


def peak_rows(five: str, ratio: str, place: int, columns: Columns) -> RowNumbers:
    """For each session, the first row of the highest ratio since a rally ended; -1 without one or with a gap since."""

    def found() -> RowNumbers:
        ends, values = rally_rows(five, place, columns), columns.values(ratio)
        peaks = np.full(ends.size, -1)
        for row in np.flatnonzero(ends >= 0):
            since = values[ends[row] : row + 1]
            peaks[row] = -1 if np.isnan(since).any() else ends[row] + int(np.argmax(since))
        return peaks

    made: RowNumbers = columns.shared(("peaks", five, str(place)), found)
    return made


def _count(five: str, columns: Columns) -> Column:
    count = _rallies(five, columns)[0].astype(np.float64)
    return np.where(count >= 0.0, count, np.nan)


def _since_opening(five: str, columns: Columns, row: int) -> Inputs:
    """The first and the last session counted."""
    opens = int(last_row_before(period_codes(columns.sessions, "year"))[row]) + 1
    return tuple(dict.fromkeys(columns.evidence(five, opens) + columns.evidence(five, row)))


def _given_back(five: str, ratio: str, place: int, columns: Columns) -> Column:
    values = columns.values(ratio)
    ends, peaks = rally_rows(five, place, columns), peak_rows(five, ratio, place, columns)
    began, best = at(values, np.where(ends >= LENGTH, ends - LENGTH, -1)), at(values, peaks)
    won = np.where(best > began, best - began, np.nan)
    return quotient(best - values, won)


def _behind(five: str, ratio: str, place: int, columns: Columns, row: int) -> Inputs:
    began = int(rally_rows(five, place, columns)[row]) - LENGTH
    peak = int(peak_rows(five, ratio, place, columns)[row])
    return tuple(dict.fromkeys(quote for one in (began, peak, row) for quote in columns.evidence(ratio, one)))
