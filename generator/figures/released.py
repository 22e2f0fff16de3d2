"""Figures for monthly, quarterly and weekly numbers: value, change, comparison with the past, day of release."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from generator.figures.courses import spread
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.published import Published, PublishedSeries, published
from generator.figures.release_words import definition_of, value_words
from generator.figures.rounding import printed
from generator.figures.vintages import period_before
from generator.model import Column, Days, FigureDefinition, Make, Release, Unit

SIDES = (("high", 1.0, "higher"), ("low", -1.0, "lower"))


def released_measures(release: Release) -> Iterator[Measure]:
    """Every figure of a release that goes by its day of release."""
    value = definition_of(release, "", release.unit, release.decimals, "", value_words(release), signed=release.signed)
    yield _of_each(release, value, lambda one: one.number, _itself)
    yield _prior(release)
    if release.make is not Make.CHANGE:
        yield _change(release)
    for side, sign, more in SIDES:
        yield from _compared(release, value, side, sign, more)
    yield _of_each(
        release,
        definition_of(release, "date", Unit.DATE, 0, ", period observed", "period observed"),
        lambda one: _number(np.datetime64(one.day)),
        _itself,
    )
    yield _out(release)
    yield _since(release)


def _prior(release: Release) -> Measure:
    period = release.every.value
    definition = definition_of(
        release,
        "prior",
        release.unit,
        release.decimals,
        f", the {period} before on the same record",
        f"the number of the {period} before, on the record of the day on which the number came out",
        signed=release.signed,
    )
    return _of_each(release, definition, lambda one: one.prior, lambda one: _prior_of(release, one))


def _change(release: Release) -> Measure:
    level, period = release.unit is Unit.LEVEL, release.every.value
    unit = {Unit.LEVEL: Unit.PERCENT, Unit.RATE: Unit.POINTS}.get(release.unit, release.unit)
    definition = definition_of(
        release,
        "change",
        unit,
        1 if level else release.decimals,
        f", change on the {period} before",
        f"the number {'divided by' if level else 'less'} that of the {period} before, both on the record of the day "
        f"on which the number came out{', less one' if level else ''}",
        signed=True,
    )

    def value(one: PublishedSeries) -> float:
        if level:
            return one.number / one.prior - 1.0 if one.prior else np.nan
        return (one.number - one.prior) / (100.0 if release.unit is Unit.RATE else 1.0)

    def behind(one: PublishedSeries) -> Days:
        before = _prior_of(release, one)
        return np.append(before, one.periods[-1:]) if before.size else before

    return _of_each(release, definition, value, behind)


def _compared(release: Release, of: FigureDefinition, side: str, sign: float, more: str) -> Iterator[Measure]:
    least = f"as {side} or {more}"

    def last(one: PublishedSeries) -> int:
        """Place of the last earlier period with as much, provided that none in between is missing; else -1."""
        if side not in one.last_as:
            shown = sign * printed(one.numbers, of)
            enough = np.flatnonzero(~(shown[:-1] < shown[-1]))  # a missing number ends the search
            one.last_as[side] = int(enough[-1]) if enough.size and not np.isnan(shown[enough[-1]]) else -1
        return one.last_as[side]

    def behind(one: PublishedSeries) -> Days:
        place = last(one)
        return one.periods[[place, -1]] if place >= 0 else one.periods[:0]

    def day(one: PublishedSeries) -> float:
        place = last(one)
        return _number(one.periods[place]) if place >= 0 else np.nan

    def count(one: PublishedSeries) -> float:
        place = last(one)
        return float(one.periods.size - 1 - place) if place >= 0 else np.nan

    on_record = "on the record of the day on which the number came out"
    last_one = f"last earlier period whose number was {least}, {on_record}: {of.formula}"
    dated = definition_of(release, f"as_{side}", Unit.DATE, 0, f", last earlier period {least}", last_one)
    yield _of_each(release, dated, day, behind)
    since = f"periods from the last earlier one whose number was {least} to this one, {on_record}: {of.formula}"
    counted = definition_of(release, f"periods_as_{side}", Unit.COUNT, 0, f", periods since one {least}", since)
    yield _of_each(release, counted, count, behind)


def _out(release: Release) -> Measure:
    definition = definition_of(
        release, "released", Unit.DATE, 0, ", day of release", "day on which the number came out"
    )
    return _of_each(
        release, definition, lambda one: _number(np.datetime64(one.released)) if one.released else np.nan, _itself
    )


def _since(release: Release) -> Measure:
    definition = definition_of(
        release,
        "sessions_since_release",
        Unit.COUNT,
        0,
        ", sessions since its release",
        "sessions from the first on which the number was out to this one",
    )

    def column(columns: Columns) -> Column:
        found = published(columns, release)
        since = np.arange(found.told.size) - spread(found.first.astype(np.float64), found.told)
        return np.where(spread(found.first.astype(np.float64), found.told) >= 0, since, np.nan)

    return Measure(definition, column, _inputs(release, _itself))


# --- what they share ----------------------------------------------------------------------------


def _of_each(
    release: Release,
    definition: FigureDefinition,
    value: Callable[[PublishedSeries], float],
    periods: Callable[[PublishedSeries], Days],
) -> Measure:
    """A figure with one value per publication, whose evidence is the numbers of `periods` on its record."""

    def column(columns: Columns) -> Column:
        found = published(columns, release)
        return spread(np.array([value(one) for one in found.all], dtype=np.float64), found.told)

    return Measure(definition, column, _inputs(release, periods))


def _inputs(release: Release, periods: Callable[[PublishedSeries], Days]) -> Callable[[Columns, int], Inputs]:
    def inputs(columns: Columns, row: int) -> Inputs:
        found: Published = published(columns, release)
        place = int(found.told[row])
        one = found.all[place] if place >= 0 else None
        return found.record.inputs(one.known, periods(one)) if one else ()

    return inputs


def _itself(one: PublishedSeries) -> Days:
    return np.array([one.day], dtype="datetime64[D]")


def _prior_of(release: Release, one: PublishedSeries) -> Days:
    day = period_before(release, np.datetime64(one.day))
    return np.array([] if np.isnan(one.prior) else [day], dtype="datetime64[D]")


def _number(day: np.datetime64) -> float:
    return float(day.astype("datetime64[D]").astype(np.int64))
