"""What followed decisions on interest rates, and what stood on their sessions: event studies of any figure.

`small_minus_sp500_252d_after_cuts_median` is the median, over the cuts known on the session whose span of 252 sessions
is complete, of the gap over that span; `…_after_first_cuts_above` counts the first cuts of a cycle after which it was
above zero, and `…_after_first_cuts_2` is that of the second. `…_after_sessions_above_share` counts every session since
the first decision on record: what is normal. `small_minus_sp500_63d_at_first_cuts_most` is the largest on the sessions
of earlier first cuts.

A set of decisions may be narrowed: `first_cuts_in_gains` and `_in_losses` by the sign of the second core index over the
same span, `_in_recession` and `_in_expansion` by whether a recession began within a year (an expansion is known as such
two years after, because recessions are announced late), and `cuts_elsewhere` are those outside the cluster: of the
cycles with five changes or more after all of which the gap of the core indices over 252 sessions had one sign, the
longest, whose size, sign and ends are `policy_cuts_cluster`, `_led`, `_from` and `_to`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.relative import MINUS
from generator.figures.rounding import DECIMALS
from generator.figures.study import SETS, WITHIN, YEAR, Study, clusters, members, rows_of_none
from generator.figures.windows import absent, at
from generator.model import Basis, Column, FigureDefinition, Flags, Unit, Universe

SPANS = (21, 63, 126, 252)
COMPARABLE = frozenset(Unit) - {Unit.NAME, Unit.DATE, Unit.FLAG}

_NAME = re.compile(
    rf"(?P<of>\w+?)_(?P<way>after|at)_(?P<set>{'|'.join(SETS)})(?P<within>{'|'.join(filter(None, WITHIN))}|)"
    r"_(?P<what>n|above_share|above|below|mean|median|most|least|last|[1-9]\d?)"
)
_CLUSTER = re.compile(r"policy_(?P<set>cuts|rises)_cluster(?P<what>|_led|_from|_to)")

Base = Callable[[str], Measure | None]
"""Finds the measure of another figure."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is made of the values after the events of a set: words, unit (None: the figure's own) and how."""

    words: str
    formula: str
    made: Callable[[Column, Column], float]
    """From the values and the printed values, oldest first; there is one at least."""
    unit: Unit | None = None


ANSWERS: dict[str, Answer] = {
    "n": Answer("number", "count", lambda values, shown: float(values.size), Unit.COUNT),
    "above": Answer(
        "number above zero", "count of those above zero", lambda values, shown: float((shown > 0).sum()), Unit.COUNT
    ),
    "below": Answer(
        "number below zero", "count of those below zero", lambda values, shown: float((shown < 0).sum()), Unit.COUNT
    ),
    "above_share": Answer(
        "share above zero", "share of those above zero", lambda values, shown: float((shown > 0).mean()), Unit.PERCENT
    ),
    "mean": Answer("mean", "mean before rounding", lambda values, shown: float(values.mean())),
    "median": Answer("median", "median before rounding", lambda values, shown: float(np.median(values))),
    "most": Answer("highest", "highest", lambda values, shown: float(values.max())),
    "least": Answer("lowest", "lowest", lambda values, shown: float(values.min())),
    "last": Answer("newest", "newest", lambda values, shown: float(values[-1])),
}
OF_SESSIONS = ("n", "above", "below", "above_share", "mean")
"""What can be told of every session."""


def find(name: str, universe: Universe, base: Base) -> Measure | None:
    """The event study with this name, or None."""
    if found := _CLUSTER.fullmatch(name):
        return _cluster_measure(name, found["set"], found["what"], universe)
    found = _NAME.fullmatch(name)
    of = base(found["of"]) if found else None
    if not found or not of or of.definition.unit not in COMPARABLE:
        return None
    span = _span(found["of"]) if found["way"] == "after" else 0
    if span is None or (found["set"] == "sessions" and (found["what"] not in OF_SESSIONS or found["within"])):
        return None
    if found["within"] and found["way"] == "at":
        return None
    study = Study(found["of"], span, found["set"], found["within"], universe)
    return (
        _numbered(name, of, study, int(found["what"]))
        if found["what"].isdigit()
        else _study(name, of, study, found["what"])
    )


def names(universe: Universe) -> Iterator[str]:
    """The names of the gap of the core indices in the year after changes; other spans and figures have them as well."""
    first, second = (*universe.core, *universe.core)[:2]
    if first == second:
        return
    stem = f"{first}{MINUS}{second}_{YEAR}d_after"
    for of in ("cuts", "rises"):
        yield from (f"policy_{of}_cluster{what}" for what in CLUSTER)
        yield from (f"{stem}_{of}_{what}" for what in ANSWERS)
        yield f"{stem}_first_{of}_above"
        yield f"{stem}_{of}_elsewhere_above_share"
    yield from (f"{stem}_sessions_{what}" for what in OF_SESSIONS)


def _span(of: str) -> int | None:
    """The sessions that a figure's span has, as its name says; None if it has no span that may follow an event."""
    return next((span for span in SPANS if of.endswith(f"_{span}d")), None)


# --- what is made of them -------------------------------------------------------------------------


def _study(name: str, of: Measure, study: Study, what: str) -> Measure:
    answer, given = ANSWERS[what], of.definition
    definition = _defined(name, given, answer.unit, answer.words, answer.formula, study)

    def column(columns: Columns) -> Column:
        if study.which == "sessions":
            return _running(study, what, columns)
        values = study.exact(columns) if what in ("mean", "median") else columns.values(study.of)
        shown = columns.printed(study.of)
        steps = members(study, columns)
        made = [answer.made(values[rows], shown[rows]) if rows.size else np.nan for _, rows in steps]
        return _spread(steps, made, columns)

    def inputs(columns: Columns, row: int) -> Inputs:
        if study.which == "sessions":
            rows = study.rows(columns)
            first = int(rows[0]) + study.span if rows.size else row
            return tuple(dict.fromkeys(columns.evidence(study.of, first) + columns.evidence(study.of, row)))
        mine = next((rows for step, rows in reversed(members(study, columns)) if step <= row), rows_of_none())
        ends = (int(mine[0]), int(mine[-1])) if mine.size else ()
        return tuple(dict.fromkeys(quote for end in ends for quote in columns.evidence(study.of, end)))

    return Measure(definition, column, inputs)


def _spread(steps: Sequence[tuple[int, RowNumbers]], made: Sequence[float], columns: Columns) -> Column:
    rows = np.array([step for step, _ in steps], dtype=np.int64)
    return at(np.array(made, dtype=np.float64), np.searchsorted(rows, np.arange(columns.sessions.size), "right") - 1)


def _running(study: Study, what: str, columns: Columns) -> Column:
    """The answer over every session so far, whose span is complete."""
    rows = study.rows(columns)
    values, shown = absent(columns.sessions.size), absent(columns.sessions.size)
    ends = rows[rows + study.span < columns.sessions.size] + study.span
    values[ends], shown[ends] = study.exact(columns)[ends], columns.printed(study.of)[ends]
    there: Flags = ~np.isnan(values)
    count = np.cumsum(there).astype(np.float64)
    if what == "n":
        total = count
    elif what == "mean":
        total = np.cumsum(np.where(there, values, 0.0)) / np.where(count > 0, count, np.nan)
    else:
        total = np.cumsum(there & ((shown < 0) if what == "below" else (shown > 0))).astype(np.float64)
        total = total / np.where(count > 0, count, np.nan) if what == "above_share" else total
    return np.where(count > 0, total, np.nan)


def _numbered(name: str, of: Measure, study: Study, number: int) -> Measure:
    given = of.definition
    definition = _defined(name, given, None, f"number {number}", f"number {number} on record", study)

    def place(columns: Columns) -> int:
        """The row of the value; -1 if there is none."""
        row = study.numbered(columns, number)
        return row + study.span if 0 <= row < columns.sessions.size - study.span else -1

    def column(columns: Columns) -> Column:
        row = place(columns)
        if row < 0:
            return absent(columns.sessions.size)
        known = row + (0 if study.span else 1)
        return np.where(np.arange(columns.sessions.size) >= known, columns.values(study.of)[row], np.nan)

    return Measure(definition, column, lambda columns, row: columns.evidence(study.of, place(columns)))


def _defined(
    name: str, given: FigureDefinition, unit: Unit | None, words: str, formula: str, study: Study
) -> FigureDefinition:
    when = f"{study.span} sessions after" if study.span else "on the session of"
    label = f"{given.label}, {words} {when} {study.words}"
    how = f"{formula} {when} {study.words}, of those known by then"
    renamed = replace(given, name=name, label=label, formula=f"{how}: {given.formula}")
    if unit is None:
        return renamed
    decimals = 0 if unit is Unit.PERCENT else DECIMALS[unit]
    return replace(renamed, unit=unit, basis=Basis.NONE, decimals=decimals, signed=False)


# --- the cluster ----------------------------------------------------------------------------------

CLUSTER: dict[str, tuple[Unit, str, str]] = {
    "": (Unit.COUNT, "changes in the longest cycle of one sign", "count of the {} of"),
    "_led": (Unit.FLAG, "sign of the longest cycle of one sign", "whether the gaps are above zero after the {} of"),
    "_from": (Unit.DATE, "first change in the longest cycle of one sign", "session of the first of the {} of"),
    "_to": (Unit.DATE, "last change in the longest cycle of one sign", "session of the last of the {} of"),
}
_CYCLE = (
    "the longest cycle of five or more after all of which the gap of the core indices over 252 sessions had one sign, "
    "of those known by then"
)


def _cluster_measure(name: str, which: str, what: str, universe: Universe) -> Measure | None:
    core = universe.core
    if len(core) < 2:
        return None
    unit, label, formula = CLUSTER[what]
    gap = f"{core[0]}{MINUS}{core[1]}_{YEAR}d"
    study = Study(gap, YEAR, which, "", universe)
    words = SETS[which]
    definition = FigureDefinition(
        name, unit, Basis.NONE, DECIMALS[unit], f"{words}, {label}", f"{formula.format(words)} {_CYCLE}", ()
    )
    return Measure(definition, partial(_of_cluster, study, what), partial(_cluster_inputs, study))


def _of_cluster(study: Study, what: str, columns: Columns) -> Column:
    steps = clusters(study, columns)
    days = columns.sessions.astype("datetime64[D]").astype(np.int64)
    shown = columns.printed(study.of)

    def told(rows: RowNumbers) -> float:
        if not rows.size:
            return np.nan
        match what:
            case "_led":
                return float(shown[rows[0] + YEAR] > 0)
            case "_from" | "_to":
                return float(days[rows[0 if what == "_from" else -1]])
        return float(rows.size)

    return _spread(steps, [told(rows) for _, rows in steps], columns)


def _cluster_inputs(study: Study, columns: Columns, row: int) -> Inputs:
    rows = next((rows for step, rows in reversed(clusters(study, columns)) if step <= row), rows_of_none())
    ends = dict.fromkeys((int(rows[0]) + YEAR, int(rows[-1]) + YEAR)) if rows.size else ()
    return tuple(dict.fromkeys(quote for end in ends for quote in columns.evidence(study.of, end)))
