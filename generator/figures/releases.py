"""Every figure of a release, and the source that a page cites for it.

A daily number has its value, its change since the session before, and when it was last as high or as low. The figures
of monthly, quarterly and weekly numbers are in `released`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import numpy as np

from generator.figures.courses import Course, course, quotes
from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.past import last_at_least
from generator.figures.published import published
from generator.figures.release_words import definition_of, value_words
from generator.figures.released import SIDES, released_measures
from generator.figures.rounding import printed
from generator.model import Column, Days, Fact, FigureDefinition, Release, Unit, Universe


def measures(release: Release) -> dict[str, Measure]:
    """Every figure of a release, by name."""
    found = released_measures(release) if release.lag is None else _daily(release)
    return {measure.definition.name: measure for measure in found}


def _daily(release: Release) -> Iterator[Measure]:
    value = definition_of(release, "", release.unit, release.decimals, "", value_words(release), signed=release.signed)
    yield Measure(value, lambda columns: _values(columns, release), partial(_of_today, release))
    for side, sign, more in SIDES:
        yield from _compared(release, value, side, sign, more)
    dated = definition_of(release, "date", Unit.DATE, 0, ", day observed", "day or period observed")
    yield Measure(dated, lambda columns: _days_told(course(columns, release)), partial(_of_today, release))
    yield _new(release)
    if release.unit in (Unit.RATE, Unit.BASIS_POINTS):
        yield _step(release)


def _values(columns: Columns, release: Release) -> Column:
    found = course(columns, release)
    return found.on(found.values)


def _days_told(found: Course) -> Column:
    return found.on(found.days.astype(np.float64))


def _last_as(sign: float, of: FigureDefinition, columns: Columns, release: Release) -> RowNumbers:
    """For each observation, the last earlier one as high or higher (`sign` 1), or as low or lower (-1), as printed."""
    key = ("last as", release.key, str(sign))
    return columns.shared(key, lambda: last_at_least(sign * printed(course(columns, release).values, of)))


def _compared(release: Release, of: FigureDefinition, side: str, sign: float, more: str) -> Iterator[Measure]:
    least = f"as {side} or {more}"

    def inputs(columns: Columns, row: int) -> Inputs:
        found = course(columns, release)
        place = int(found.told[row])
        return quotes(release, found, (int(_last_as(sign, of, columns, release)[place]), place))

    def dated(columns: Columns) -> Column:
        found, last = course(columns, release), _last_as(sign, of, columns, release)
        return found.on(_numbers(found.days, last))

    def counted(columns: Columns) -> Column:
        last = _last_as(sign, of, columns, release)
        return course(columns, release).on(np.where(last >= 0, np.arange(last.size) - last, np.nan))

    before = f"last earlier observation whose value was {least}: {of.formula}"
    ago = f"observations from the last earlier one whose value was {least} to this one: {of.formula}"
    last_words, since_words = f", last earlier observation {least}", f", observations since one {least}"
    yield Measure(definition_of(release, f"as_{side}", Unit.DATE, 0, last_words, before), dated, inputs)
    yield Measure(definition_of(release, f"periods_as_{side}", Unit.COUNT, 0, since_words, ago), counted, inputs)


def _new(release: Release) -> Measure:
    definition = definition_of(
        release, "new", Unit.FLAG, 0, ", a new observation", "the observation told is not the one of the session before"
    )

    def column(columns: Columns) -> Column:
        told = course(columns, release).told
        fresh = np.append(np.nan, told[1:] != told[:-1])
        return np.where(told >= 0, fresh, np.nan)

    return Measure(definition, column, partial(_of_today, release))


def _step(release: Release) -> Measure:
    scale = 100.0 if release.unit is Unit.RATE else 1.0
    definition = definition_of(
        release,
        "step",
        Unit.BASIS_POINTS,
        0,
        ", change on the session before",
        "value told less the value told one session earlier, in basis points",
        signed=True,
    )

    def column(columns: Columns) -> Column:
        found = course(columns, release)
        return np.append(np.nan, np.diff(found.on(found.values))) * scale

    def inputs(columns: Columns, row: int) -> Inputs:
        found = course(columns, release)
        return quotes(release, found, (int(found.told[row - 1]), int(found.told[row])))

    return Measure(definition, column, inputs)


def _of_today(release: Release, columns: Columns, row: int) -> Inputs:
    found = course(columns, release)
    return quotes(release, found, (int(found.told[row]),))


def _numbers(days: Days, rows: RowNumbers) -> Column:
    """The days on these rows as days since 1970-01-01; -1 is absent."""
    numbers = days.astype(np.float64)
    return np.where(rows >= 0, numbers[rows], np.nan) if rows.size else numbers


def sources_told(columns: Columns, universe: Universe, row: int) -> Iterator[Fact]:
    """The source that a page cites for each release in force on that row, with the day of release or observation."""
    for release in universe.releases.values():
        told = _told(columns, release, row)
        if told:
            day, out = told
            ends = day + timedelta(days=release.lasts)
            dated = "published" if out else "observation of"
            yield Fact(release.key, day, ends, {}, release.source, release.url, out or day, release.id, dated)


def _told(columns: Columns, release: Release, row: int) -> tuple[date, date | None] | None:
    """The day observed of the number in force on that row, and the day it came out if known; None if there is none."""
    if release.lag is None:
        record = published(columns, release)
        place = int(record.told[row])
        return (record.all[place].day, record.all[place].released) if place >= 0 else None
    found = course(columns, release)
    place = int(found.told[row])
    return (found.days[place].astype(object), None) if place >= 0 else None
