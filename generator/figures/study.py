"""The sessions of decisions on interest rates that an event study counts, and the values that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from generator.figures.basis import common_basis, return_name
from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns
from generator.figures.policy import Course, course
from generator.figures.relative import MINUS
from generator.figures.windows import at
from generator.model import Column, Decision, Step, Universe

YEAR = 252
LEAST = 5
"""The fewest changes of a cycle that may be a cluster."""

SETS: dict[str, str] = {
    "cuts": "cuts",
    "rises": "rises",
    "holds": "decisions without a change",
    "first_cuts": "first cuts of a cycle",
    "first_rises": "first rises of a cycle",
    "emergency_cuts": "cuts between meetings",
    "decisions": "decisions on interest rates",
    "sessions": "all sessions since the first decision on record",
}
WITHIN: dict[str, str] = {
    "": "",
    "_in_gains": " with {second} above zero over the same span",
    "_in_losses": " with {second} below zero over the same span",
    "_in_recession": " within a year before the peak of an expansion",
    "_in_expansion": " without the peak of an expansion within a year",
    "_elsewhere": " outside the longest cycle of one sign",
}
# --- which events, with what followed -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Study:
    """A figure, the sessions after (0: at) an event on which it is taken, and which events count."""

    of: str
    span: int
    which: str
    within: str
    universe: Universe

    @property
    def second(self) -> str:
        """The move of the second core index over the same span."""
        return f"{(*self.universe.core, '')[1]}_return_{self.span}d"

    @property
    def words(self) -> str:
        """The events in words."""
        core = self.universe.core
        second = self.universe.segments[core[1]].short if len(core) > 1 else ""
        return SETS[self.which] + WITHIN[self.within].format(second=second)

    def exact(self, columns: Columns) -> Column:
        """The figure before rounding: a gap is made of printed returns, and its mean of the returns themselves."""
        first, minus, rest = self.of.partition(MINUS)
        second = self.universe.segments.get(rest.removesuffix(f"_{self.span}d"))
        if not minus or first not in self.universe.segments or second is None or not self.span:
            return columns.values(self.of)
        pair = self.universe.segments[first], second
        basis = common_basis(self.of, pair, self.universe)
        one, other = (columns.values(return_name(each, basis, f"{self.span}d", self.universe)) for each in pair)
        return one - other

    def rows(self, columns: Columns) -> RowNumbers:
        """The sessions of every event of the set that lie in the history, oldest first, whatever narrows it."""
        found = course(columns, self.universe)
        if self.which == "sessions":
            held = found.rows[found.rows >= 0]
            begins = 0 if (found.rows == -1).any() else int(held[0]) if held.size else columns.sessions.size
            return np.arange(begins, columns.sessions.size)
        return found.rows[self.places(columns)]

    def places(self, columns: Columns) -> RowNumbers:
        """The places of those decisions on the list of all."""
        found = course(columns, self.universe)
        size = columns.sessions.size
        mine = [
            place
            for place, one in enumerate(found.decisions)
            if 0 <= found.rows[place] < size and _is(self.which, found, place, one)
        ]
        return np.array(mine, dtype=np.int64)

    def numbered(self, columns: Columns, number: int) -> int:
        """The row of the event with this number on record; -1 if the history has none."""
        found = course(columns, self.universe)
        mine = [row for at, row in enumerate(found.rows.tolist()) if _is(self.which, found, at, found.decisions[at])]
        return mine[number - 1] if number <= len(mine) else -1


def _is(which: str, found: Course, place: int, one: Decision) -> bool:
    match which:
        case "cuts" | "first_cuts":
            return one.step is Step.CUT and (which == "cuts" or found.is_first(place))
        case "rises" | "first_rises":
            return one.step is Step.RISE and (which == "rises" or found.is_first(place))
        case "emergency_cuts":
            return one.step is Step.CUT and not one.scheduled
        case "holds":
            return one.step is Step.HOLD
    return True


def _known_from(study: Study, columns: Columns, rows: RowNumbers) -> RowNumbers:
    """For each event, the first session on which its value is known: at an event itself, the session after."""
    return rows + (study.span or 1)


def _narrowed(study: Study, columns: Columns, rows: RowNumbers) -> tuple[RowNumbers, RowNumbers]:
    """For each event, the session from which it is known to belong to the narrower set, and that until which it does.

    The history's length stands for never.
    """
    size = columns.sessions.size
    ever, never = np.zeros(rows.size, dtype=np.int64), np.full(rows.size, size)
    if study.within in ("_in_gains", "_in_losses"):
        shown = np.append(columns.printed(study.second), np.nan)[np.minimum(rows + study.span, size)]
        sign = 1.0 if study.within == "_in_gains" else -1.0
        return np.where(sign * shown > 0, ever, size), never
    if study.within in ("_in_recession", "_in_expansion"):
        return _by_recession(study, columns)
    return ever, never


def _by_recession(study: Study, columns: Columns) -> tuple[RowNumbers, RowNumbers]:
    sessions = columns.sessions.astype("datetime64[D]")
    found = course(columns, study.universe)
    begins, ends = list[int](), list[int]()
    for place in study.places(columns).tolist():
        day = found.decisions[place].day
        year, later = (_years_on(day, more) for more in (1, 2))
        within = [one.announced for one in study.universe.peaks if day < one.day <= year]
        announced = int(np.searchsorted(sessions, np.datetime64(within[0], "D"))) if within else sessions.size
        if study.within == "_in_recession":
            begins.append(announced)
            ends.append(sessions.size)
        else:
            begins.append(int(np.searchsorted(sessions, np.datetime64(later, "D"))))
            ends.append(announced)
    return np.array(begins, dtype=np.int64), np.array(ends, dtype=np.int64)


def _years_on(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap and years % 4 else day.day)


def members(study: Study, columns: Columns) -> list[tuple[int, RowNumbers]]:
    """The sessions on which the set changes, each with the rows of the figure's values that belong to it from then on.

    A value that is missing is never among them.
    """

    def made() -> list[tuple[int, RowNumbers]]:
        rows, size = study.rows(columns), columns.sessions.size
        begins, ends = _narrowed(study, columns, rows)
        ready = np.maximum(_known_from(study, columns, rows), begins)
        held = ~np.isnan(at(columns.values(study.of), np.minimum(rows + study.span, size - 1)))
        held &= rows + study.span < size
        outside = clusters(study, columns) if study.within == "_elsewhere" else []
        cycles = np.array(course(columns, study.universe).cycles)[study.places(columns)] if outside else rows
        steps = sorted({row for row in (*ready.tolist(), *ends.tolist(), *(row for row, _ in outside)) if row < size})
        found = list[tuple[int, RowNumbers]]()
        for step in steps:
            mine = held & (ready <= step) & (ends > step)
            if study.within == "_elsewhere":
                taken = next((rows for row, rows in reversed(outside) if row <= step), rows_of_none())
                mine &= (cycles != cycles[rows == taken[0]]) if taken.size else np.False_
            found.append((step, rows[mine] + study.span))
        return found

    return columns.shared(("events", study.of, str(study.span), study.which, study.within), made)


# --- the cluster ----------------------------------------------------------------------------------


def clusters(study: Study, columns: Columns) -> list[tuple[int, RowNumbers]]:
    """The sessions on which the cluster changes, each with the sessions of its changes; before one, none."""

    def made() -> list[tuple[int, RowNumbers]]:
        found, core, size = course(columns, study.universe), study.universe.core, columns.sessions.size
        if len(core) < 2:
            return []
        gap = columns.printed(f"{core[0]}{MINUS}{core[1]}_{YEAR}d")
        cycles: dict[int, list[int]] = {}
        for place in study.places(columns).tolist():
            cycles.setdefault(found.cycles[place], []).append(int(found.rows[place]))
        done = sorted(row + YEAR for rows in cycles.values() for row in rows if row + YEAR < size)
        steps = list[tuple[int, RowNumbers]]()
        for step in done:
            complete = [[row for row in rows if row + YEAR <= step] for rows in cycles.values()]
            alike = [rows for rows in complete if len(rows) >= LEAST and _one_sign(gap[np.array(rows) + YEAR])]
            if alike:
                steps.append((step, np.array(max(alike, key=len), dtype=np.int64)))
            elif steps:
                steps.append((step, rows_of_none()))
        return steps

    return columns.shared(("clusters", study.which), made)


def _one_sign(gaps: Column) -> bool:
    return bool(abs(np.sign(gaps).sum()) == gaps.size)


def rows_of_none() -> RowNumbers:
    """No rows."""
    return np.array([], dtype=np.int64)
