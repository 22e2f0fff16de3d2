"""Reads the releases in `content/universe.yaml`: economic numbers that rules may name, with their lags and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, choice, matching, rule, some
from generator.editorial.values import Address, Line, Size, Symbol
from generator.errors import Fault
from generator.model import Every, Make, Release, Unit

_DECIMALS = {Unit.LEVEL: 1, Unit.RATE: 2, Unit.RATIO: 1}
"""Decimals printed unless a release asks for others; a unit not listed has none."""
_UNITS = (Unit.LEVEL, Unit.RATE, Unit.RATIO, Unit.BASIS_POINTS, Unit.COUNT)
_OF_TWO = (Make.DIFFERENCE, Make.QUOTIENT)
_OF_DAYS = (*_OF_TWO, Make.HUNDRED_LESS)
_OF_PERIODS = (Make.CHANGE, Make.GROWTH, Make.YEARLY_GROWTH)
_DAILY = ("lag", "priced")
_BY_RELEASE = ("published", "revisable", "signed")


def _unit_fault(unit: Unit) -> str | None:
    return None if unit in _UNITS else f"should be one of {', '.join(_UNITS)}; it is '{unit}'."


def _listed(series: object) -> object:
    """Turn a single series, written without brackets, into a list of one."""
    return [series] if isinstance(series, str) else series


Days = Annotated[int, Field(ge=0, le=4_000)]
File = Annotated[
    str, matching(r"[A-Za-z0-9_]+", "should name files of DIR/vintages without their ending, such as CPIAUCNS_YOY.")
]


class ReleaseShape(Shape):
    """One economic number."""

    what: ClassVar[str] = "release"
    series: Annotated[some(Symbol, most=2), BeforeValidator(_listed)]  # type: ignore[valid-type]
    every: choice(Every)  # type: ignore[valid-type]
    unit: Annotated[choice(Unit), rule(_unit_fault)]  # type: ignore[valid-type]
    lag: Days | None = None
    lasts: Days
    short: Line
    source: Line
    url: Address
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    make: choice(Make) = Make.VALUE  # type: ignore[valid-type]
    scale: Annotated[Size, Field(gt=0)] = 1.0
    priced: bool = False
    published: Annotated[list[File], BeforeValidator(_listed)] = Field(default=[])
    revisable: bool = False
    signed: bool = False
    quoted: Line | None = None

    def release(self, key: str, line: str) -> Release:
        """The model's own object."""
        return Release(
            key=key,
            series=tuple(self.series),
            every=self.every,
            unit=self.unit,
            decimals=_DECIMALS.get(self.unit, 0) if self.decimals is None else self.decimals,
            lag=self.lag,
            lasts=self.lasts,
            short=self.short,
            source=self.source,
            url=self.url,
            line=line,
            make=self.make,
            scale=float(self.scale),
            priced=self.priced,
            published=tuple(f"vintages/{name}" for name in self.published),
            revisable=self.revisable,
            signed=self.signed,
            quoted=self.quoted or "",
        )

    def faults(self, document: Document, key: str) -> Iterator[Fault]:
        """Contradictions between two settings."""
        if (len(self.series) == 2) is not (self.make in _OF_TWO):
            place = document.at("releases", key, "series")
            yield Fault(place, "a difference or quotient is made of two series, in a list; all else of one.")
        if self.lag is not None and self.lasts <= self.lag:
            place = document.at("releases", key, "lasts")
            yield Fault(place, f"should be more than the lag, {self.lag}: or no value would ever be told.")
        yield from self._rhythm_faults(document, key)

    def _rhythm_faults(self, document: Document, key: str) -> Iterator[Fault]:
        """Settings for daily numbers on a monthly, quarterly or weekly one, and the other way round."""
        daily = self.every is Every.DAY
        if daily and self.lag is None:
            message = "a daily number needs 'lag': the days after which it is certain to have been public."
            yield Fault(document.at("releases", key, "every"), message)
        told = "a daily number is told by its lag"
        if not daily:
            told = "it is told from the day on which it came out, not by a lag"
        for name in _BY_RELEASE if daily else _DAILY:
            if name in self.model_fields_set:
                yield Fault(document.at("releases", key, name), f"'{name}' cannot be set here: {told}.")
        if daily and self.make in _OF_PERIODS:
            message = "is made of months, quarters or weeks, and cannot be of a daily number."
            yield Fault(document.at("releases", key, "make"), message)
        if not daily and self.make in _OF_DAYS:
            message = "is made of daily numbers, and cannot be of one that comes out by the period."
            yield Fault(document.at("releases", key, "make"), message)
