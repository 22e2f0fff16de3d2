"""Labels and formulas, in words, for a release's figures."""

from __future__ import annotations

from generator.model import Basis, FigureDefinition, Make, Release, Unit


def definition_of(
    release: Release, suffix: str, unit: Unit, decimals: int, label: str, formula: str, signed: bool = False
) -> FigureDefinition:
    """The definition of a release's figure; `label` is appended to the release's short name."""
    return FigureDefinition(
        f"{release.key}_{suffix}" if suffix else release.key,
        unit,
        Basis.NONE,
        decimals,
        f"{release.short}{label}",
        formula,
        release.behind,
        signed=signed,
        source=release.id,
        quoted=release.quoted if unit is Unit.RATE else "",
    )


def value_words(release: Release) -> str:
    """In words, how the value is computed from its series."""
    first, period = release.series[0], release.every.value
    words = {
        Make.VALUE: first,
        Make.DIFFERENCE: f"{first} less {release.series[-1]}",
        Make.QUOTIENT: f"{first} divided by {release.series[-1]}",
        Make.HUNDRED_LESS: f"100 less {first}",
        Make.CHANGE: f"{first} less its value one {period} before",
        Make.GROWTH: f"{first} divided by its value one {period} before, less one, in percent",
        Make.YEARLY_GROWTH: f"{first} divided by its value one year before, less one, in percent",
    }[release.make]
    if release.scale != 1:
        words = f"{words}, times {release.scale:g}"
    return words if release.lag is not None else f"{words}, as on record the day it came out"
