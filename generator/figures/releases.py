"""A release in; every figure of it out: its value, its changes, when it was last as high, and whether it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from generator.figures.courses import MONTHS, Course, course, quotes
from generator.figures.horizons import RowNumbers
from generator.figures.measure import Columns, Inputs, Measure
from generator.figures.past import last_at_least
from generator.figures.rounding import DECIMALS, printed
from generator.model import Basis, Column, Days, Every, FigureDefinition, Make, Release, Unit

# --- measures of one observation ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfOne:
    """A number of each observation: its value, or what it is against the one so many periods before."""

    suffix: str
    words: str
    formula: str
    periods: int
    unit: Callable[[Release], Unit | None]
    value: Callable[[Release, Column, Column], Column]
    """From the release, its values, and those so many periods before."""
    signed: bool = False

    def definition(self, release: Release) -> FigureDefinition | None:
        """What it is called and means, or None if the release cannot have it."""
        unit = self.unit(release)
        if unit is None:
            return None
        decimals = 1 if unit is Unit.PERCENT else DECIMALS[unit] if unit is Unit.BASIS_POINTS else release.decimals
        name, words = _name(release.key, self.suffix), f", {self.words}" if self.words else ""
        formula = self.formula.format(value=_value_words(release))
        return _definition(release, name, unit, decimals, release.short + words, formula, self.signed)

    def column(self, release: Release, found: Course) -> Column:
        """Per observation, in inside units."""
        if not self.periods:
            return found.values
        rows = found.back(release, self.periods)
        before = np.where(rows >= 0, found.values[rows], np.nan) if rows.size else found.values
        return self.value(release, found.values, before)

    def rows(self, release: Release, found: Course, place: int) -> tuple[int, ...]:
        """The observations that stand behind the one at `place`."""
        return (int(found.back(release, self.periods)[place]), place) if self.periods else (place,)


def _growth(release: Release, now: Column, before: Column) -> Column:
    return now / np.where(before == 0, np.nan, before) - 1.0


def _change(release: Release, now: Column, before: Column) -> Column:
    if release.unit is Unit.LEVEL:
        return _growth(release, now, before)
    return (now - before) / (100.0 if release.unit is Unit.RATE else 1.0)


def _changes_in(release: Release) -> Unit | None:
    if release.every is Every.DAY:
        return None
    return {Unit.LEVEL: Unit.PERCENT, Unit.RATE: Unit.POINTS}.get(release.unit, release.unit)


def _index(release: Release) -> bool:
    return release.unit is Unit.LEVEL and release.every in MONTHS


def _of_one(release: Release) -> tuple[OfOne, ...]:
    """Every number that one observation of this release can give."""
    a_year = 12 // MONTHS.get(release.every, 12)
    period = release.every.value
    before = f"the value one {period} before"
    return (
        OfOne("", "", "{value}", 0, lambda one: one.unit, lambda one, now, before: now),
        OfOne(
            "change",
            f"change on the {period} before",
            f"{{value}} divided by {before}, less one" if release.unit is Unit.LEVEL else f"{{value}} less {before}",
            1,
            _changes_in,
            _change,
            signed=True,
        ),
        OfOne(
            "yoy",
            "change on a year before",
            "{value} divided by the value one year before, less one",
            a_year,
            lambda one: Unit.PERCENT if _index(one) else None,
            _growth,
            signed=True,
        ),
        OfOne(
            "annualised",
            "change on the quarter before, at an annual rate",
            f"{{value}} divided by {before}, to the power of four, less one",
            1,
            lambda one: Unit.PERCENT if _index(one) and one.every is Every.QUARTER else None,
            lambda one, now, before: (_growth(one, now, before) + 1.0) ** 4 - 1.0,
            signed=True,
        ),
    )


def _base(release: Release, of: OfOne) -> Measure | None:
    definition = of.definition(release)
    if definition is None:
        return None

    def column(columns: Columns) -> Column:
        found = course(columns, release)
        return found.on(of.column(release, found))

    def inputs(columns: Columns, row: int) -> Inputs:
        found = course(columns, release)
        return quotes(release, found, of.rows(release, found, int(found.told[row])))

    return Measure(definition, column, inputs)


# --- measures of an observation among the others ------------------------------------------------


def _last_as(sign: float, of: OfOne, columns: Columns, release: Release) -> RowNumbers:
    """For each observation the last earlier one that was as high (`sign` 1) or as low (-1) or more, as printed."""

    def find() -> RowNumbers:
        definition = of.definition(release)
        assert definition is not None  # only a measure that the release has is compared
        return last_at_least(sign * printed(of.column(release, course(columns, release)), definition))

    return columns.shared(("last as", release.key, of.suffix, str(sign)), find)


def _compared(release: Release, of: OfOne) -> Iterator[Measure]:
    base = of.definition(release)
    if base is None:
        return
    for side, sign, more in (("high", 1.0, "higher"), ("low", -1.0, "lower")):
        least = f"as {side} or {more}"

        def inputs(columns: Columns, row: int, sign: float = sign) -> Inputs:
            found = course(columns, release)
            place = int(found.told[row])
            last = int(_last_as(sign, of, columns, release)[place])
            return quotes(release, found, (*of.rows(release, found, last), *of.rows(release, found, place)))

        def dated(columns: Columns, sign: float = sign) -> Column:
            found, last = course(columns, release), _last_as(sign, of, columns, release)
            return found.on(_numbers(found.days, last))

        def counted(columns: Columns, sign: float = sign) -> Column:
            last = _last_as(sign, of, columns, release)
            return course(columns, release).on(np.where(last >= 0, np.arange(last.size) - last, np.nan))

        yield Measure(
            _definition(
                release,
                f"{base.name}_as_{side}",
                Unit.DATE,
                0,
                f"{base.label}, last earlier observation {least}",
                f"last earlier observation whose value was {least}: {base.formula}",
            ),
            dated,
            inputs,
        )
        yield Measure(
            _definition(
                release,
                f"{base.name}_periods_as_{side}",
                Unit.COUNT,
                0,
                f"{base.label}, observations since one {least}",
                f"observations from the last earlier one whose value was {least} to this one: {base.formula}",
            ),
            counted,
            inputs,
        )


# --- measures of a session ----------------------------------------------------------------------


def _dated(release: Release) -> Measure:
    definition = _definition(
        release, f"{release.key}_date", Unit.DATE, 0, f"{release.short}, day observed", "day or period observed"
    )

    def column(columns: Columns) -> Column:
        found = course(columns, release)
        return found.on(found.days.astype(np.float64))

    return Measure(definition, column, partial(_of_today, release))


def _new(release: Release) -> Measure:
    definition = _definition(
        release,
        f"{release.key}_new",
        Unit.FLAG,
        0,
        f"{release.short}, a new observation",
        "the observation told is not the one of the session before",
    )

    def column(columns: Columns) -> Column:
        told = course(columns, release).told
        fresh = np.append(np.nan, told[1:] != told[:-1])
        return np.where(told >= 0, fresh, np.nan)

    return Measure(definition, column, partial(_of_today, release))


def _step(release: Release) -> Measure | None:
    if release.unit not in (Unit.RATE, Unit.BASIS_POINTS) or release.every is not Every.DAY:
        return None
    scale = 100.0 if release.unit is Unit.RATE else 1.0
    definition = _definition(
        release,
        f"{release.key}_step",
        Unit.BASIS_POINTS,
        0,
        f"{release.short}, change on the session before",
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


# --- what they share ----------------------------------------------------------------------------


def _name(key: str, suffix: str) -> str:
    return f"{key}_{suffix}" if suffix else key


def _numbers(days: Days, rows: RowNumbers) -> Column:
    """The days on these rows as days since 1970-01-01; -1 is absent."""
    numbers = days.astype(np.float64)
    return np.where(rows >= 0, numbers[rows], np.nan) if rows.size else numbers


def _value_words(release: Release) -> str:
    """How the value is made of its series, in words."""
    first, *others = release.series
    words = {
        Make.VALUE: first,
        Make.DIFFERENCE: f"{first} less {''.join(others)}",
        Make.QUOTIENT: f"{first} divided by {''.join(others)}",
        Make.HUNDRED_LESS: f"100 less {first}",
    }[release.make]
    return words if release.scale == 1 else f"{words}, times {release.scale:g}"


def _definition(
    release: Release, name: str, unit: Unit, decimals: int, label: str, formula: str, signed: bool = False
) -> FigureDefinition:
    return FigureDefinition(
        name, unit, Basis.NONE, decimals, label, formula, release.series, signed=signed, source=release.line
    )


def measures(release: Release) -> dict[str, Measure]:
    """Every figure of a release, by name."""
    return {measure.definition.name: measure for measure in _measures(release)}


def _measures(release: Release) -> Iterator[Measure]:
    for of in _of_one(release):
        base = _base(release, of)
        if base:
            yield base
            yield from _compared(release, of)
    yield _dated(release)
    yield _new(release)
    step = _step(release)
    if step:
        yield step
