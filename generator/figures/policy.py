"""The course of interest rates as decided: which step in one direction this is, and when there was the last one before.

`policy_today` is yes on the session of a decision. `policy_step` counts the changes in one direction up to the newest,
`policy_holds` the decisions since it that changed
nothing, `policy_easing` says whether that change was a cut, and `policy_first` whether it is the first of its cycle.
`policy_last_cut` (`_rise`, `_dissent`, `_emergency`) is the day of the last such decision before the session's own, and
`policy_first_cuts_2` that of the second cut since the record began that followed a rise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Measure
from generator.figures.rounding import DECIMALS
from generator.figures.windows import at
from generator.model import Basis, Column, Decision, FigureDefinition, Step, Unit, Universe

MOST_CYCLES = 20
"""How many first steps may be named by their number."""


@dataclass(frozen=True, slots=True)
class Course:
    """Every decision with its place: its row, the cycle that it belongs to, and how many steps that had by then."""

    decisions: tuple[Decision, ...]
    rows: RowNumbers
    """The first session on or after each decision; -1 for one before the history, its length for one after it."""
    cycles: tuple[int, ...]
    """The number of the cycle: a change in another direction than the one before begins a new one."""
    steps: tuple[int, ...]
    """How many changes of its cycle there were up to the decision; 0 before the first change on record."""

    def is_first(self, place: int) -> bool:
        """Whether the decision began a cycle."""
        return self.steps[place] == 1 and self.decisions[place].step is not Step.HOLD


def course(columns: Columns, universe: Universe) -> Course:
    """The course of policy over the sessions, worked out once."""
    return columns.shared(("course of policy",), lambda: _course(columns, universe))


def _course(columns: Columns, universe: Universe) -> Course:
    days = np.array([one.day for one in universe.decisions], dtype="datetime64[D]")
    sessions = columns.sessions.astype("datetime64[D]")
    rows = np.searchsorted(sessions, days)
    rows = np.where(days < sessions[0], -1, rows) if days.size else rows.astype(np.int64)
    cycles, steps, cycle, step, last = list[int](), list[int](), 0, 0, Step.HOLD
    for one in universe.decisions:
        if one.step is not Step.HOLD:
            cycle, step = (cycle, step + 1) if one.step is last else (cycle + 1, 1)
            last = one.step
        cycles.append(cycle)
        steps.append(step)
    return Course(universe.decisions, rows, tuple(cycles), tuple(steps))


# --- the course itself ----------------------------------------------------------------------------


def _known(columns: Columns, universe: Universe) -> RowNumbers:
    """For each session, the place of the newest decision; -1 if there is none."""
    days = np.array([one.day for one in universe.decisions], dtype="datetime64[D]")
    places: RowNumbers = np.searchsorted(days, columns.sessions.astype("datetime64[D]"), side="right") - 1
    return places


def _told(of: Sequence[float], columns: Columns, universe: Universe) -> Column:
    return at(np.array(of, dtype=np.float64), _known(columns, universe))


def _steps(columns: Columns, universe: Universe) -> Column:
    return _told([step or np.nan for step in course(columns, universe).steps], columns, universe)


def _holds(columns: Columns, universe: Universe) -> Column:
    counts, count = list[float](), 0
    for one in universe.decisions:
        count = count + 1 if one.step is Step.HOLD else 0
        counts.append(count)
    return _told(counts, columns, universe)


def _easing(columns: Columns, universe: Universe) -> Column:
    flags, now = list[float](), np.nan
    for one in universe.decisions:
        now = now if one.step is Step.HOLD else float(one.step is Step.CUT)
        flags.append(now)
    return _told(flags, columns, universe)


def _first(columns: Columns, universe: Universe) -> Column:
    found = course(columns, universe)
    return _told([float(found.is_first(place)) for place in range(len(found.decisions))], columns, universe)


def _count(step: Step, columns: Columns, universe: Universe) -> Column:
    return _told(np.cumsum([one.step is step for one in universe.decisions]).tolist(), columns, universe)


def _began(columns: Columns, universe: Universe) -> Column:
    found, days, began = course(columns, universe), list[float](), np.nan
    for place, one in enumerate(found.decisions):
        began = _number(one) if found.is_first(place) else began
        days.append(began)
    return _told(days, columns, universe)


def _number(one: Decision) -> float:
    return float(np.datetime64(one.day, "D").astype(np.int64))


Test = Callable[[Decision], bool]
LAST: dict[str, tuple[str, Test]] = {
    "cut": ("cut", lambda one: one.step is Step.CUT),
    "rise": ("rise", lambda one: one.step is Step.RISE),
    "hold": ("decision without a change", lambda one: one.step is Step.HOLD),
    "dissent": ("decision with votes against it", lambda one: bool(one.against)),
    "emergency": ("change between meetings", lambda one: one.step is not Step.HOLD and not one.scheduled),
}


def _last(test: Test, columns: Columns, universe: Universe) -> Column:
    """The day of the last such decision before the newest one of the session's own day, if that has one."""
    days = np.array([one.day for one in universe.decisions if test(one)], dtype="datetime64[D]")
    sessions = columns.sessions.astype("datetime64[D]")
    # A decision of a closed day counts on the session after it, so what is earlier lies before the session before.
    before = np.append(sessions[:1] - 1, sessions[:-1])
    places = np.searchsorted(days, before, side="right") - 1
    return at(days.astype(np.int64).astype(np.float64), places)


def _first_of(step: Step, number: int, columns: Columns, universe: Universe) -> Column:
    found = course(columns, universe)
    firsts = [one.day for place, one in enumerate(found.decisions) if one.step is step and found.is_first(place)]
    if number > len(firsts):
        return np.full(columns.sessions.size, np.nan)
    day = np.datetime64(firsts[number - 1], "D")
    return np.where(columns.sessions.astype("datetime64[D]") >= day, float(day.astype(np.int64)), np.nan)


def _today(columns: Columns, universe: Universe) -> Column:
    rows = course(columns, universe).rows
    today = np.zeros(columns.sessions.size + 1)
    today[rows[rows >= 0]] = 1.0
    return today[:-1]


Made = Callable[[Columns, Universe], Column]
_PLAIN: dict[str, tuple[Unit, str, str, Made]] = {
    "policy_today": (
        Unit.FLAG,
        "session of a decision on interest rates",
        "a decision of the session, or of a closed day since the session before",
        _today,
    ),
    "policy_step": (
        Unit.COUNT,
        "changes of interest rates in one direction",
        "count of changes up to the newest one since the last in the other direction",
        _steps,
    ),
    "policy_holds": (
        Unit.COUNT,
        "decisions in a row without a change",
        "count of decisions up to the newest one since the last change of interest rates",
        _holds,
    ),
    "policy_easing": (
        Unit.FLAG,
        "the last change was a cut",
        "the newest change of interest rates lowered them",
        _easing,
    ),
    "policy_first": (
        Unit.FLAG,
        "first change of a cycle",
        "the newest decision changed interest rates in another direction than the change before it",
        _first,
    ),
    "policy_began": (
        Unit.DATE,
        "first change of the present cycle",
        "day of the newest change of interest rates in another direction than the change before it",
        _began,
    ),
    "policy_cuts": (
        Unit.COUNT,
        "cuts on record",
        "count of decisions that lowered interest rates",
        partial(_count, Step.CUT),
    ),
    "policy_rises": (
        Unit.COUNT,
        "rises on record",
        "count of decisions that raised interest rates",
        partial(_count, Step.RISE),
    ),
    **{
        f"policy_last_{key}": (
            Unit.DATE,
            f"last {words} before",
            f"day of the last {words} before the session's own decision",
            partial(_last, test),
        )
        for key, (words, test) in LAST.items()
    },
}


def find(name: str, universe: Universe) -> Measure | None:
    """The measure of the course of policy with this name; else None."""
    if name in _PLAIN:
        return _measure(name, *_PLAIN[name], universe)
    for step, word in ((Step.CUT, "cut"), (Step.RISE, "rise")):
        number = name.removeprefix(f"policy_first_{word}s_")
        if number != name and number.isdigit() and 0 < int(number) <= MOST_CYCLES:
            label = f"first {word} of a cycle, number {int(number)}"
            formula = f"day of the decision that was the first {word} of its cycle, number {int(number)} on record"
            return _measure(name, Unit.DATE, label, formula, partial(_first_of, step, int(number)), universe)
    return None


def names() -> Iterator[str]:
    """The names of the course of policy."""
    yield from _PLAIN
    yield from (f"policy_first_{word}s_{number}" for word in ("cut", "rise") for number in (1, 2))


def _measure(name: str, unit: Unit, label: str, formula: str, made: Made, universe: Universe) -> Measure:
    definition = FigureDefinition(name, unit, Basis.NONE, DECIMALS[unit], label, formula, ())
    return Measure(definition, lambda columns: made(columns, universe), lambda columns, row: ())
