"""The economic numbers that figures and sentences can be about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.units import Unit


class Every(StrEnum):
    """How often an economic series is observed."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Make(StrEnum):
    """How a release's value is computed from its series."""

    VALUE = "value"
    DIFFERENCE = "difference"
    """The first series less the second, on days that both have."""
    QUOTIENT = "quotient"
    """The first series divided by the second, on days that both have."""
    HUNDRED_LESS = "hundred less"
    """100 less the value, which turns the quote of an interest-rate future into a rate."""
    CHANGE = "change"
    """The value less that of the period before."""
    GROWTH = "growth"
    """The percentage by which the value exceeds that of the period before."""
    YEARLY_GROWTH = "yearly growth"
    """The percentage by which the value exceeds that of a year before."""


@dataclass(frozen=True, slots=True)
class Release:
    """One economic number that rules and sentences may name, from `content/universe.yaml`.

    A daily number is used from its lag on; any other from the day it came out, with the value it had then.
    """

    key: str
    series: tuple[str, ...]
    """The publisher's names for the series it is made of: `CPIAUCSL`."""
    every: Every
    unit: Unit
    decimals: int
    lag: int | None
    """Days from the day observed until the value was certainly public; None if it goes by its day of release."""
    lasts: int
    """Days from the day observed until a newer value is overdue and this one is no longer used."""
    short: str
    """What the number is, in words: `consumer prices, seasonally adjusted`."""
    source: str
    """The publisher, as named in the list of sources."""
    url: str
    line: str
    """`file:line` where it is defined."""
    make: Make = Make.VALUE
    scale: float = 1.0
    """The factor that converts a value to `unit`."""
    priced: bool = False
    """Whether its series is the close of a symbol from the price source."""
    published: tuple[str, ...] = ()
    """Files with the number itself as published, such as `vintages/CPIAUCNS_YOY`; they override the computed value."""
    revisable: bool = False
    """Whether earlier values are revised, so that values can only be compared as they stood on one day."""
    signed: bool = False
    """Whether its sign matters: that of growth or a change does, that of an unemployment rate does not."""
    quoted: str = ""
    """For an interest rate, how it is quoted, in the same words as a segment's."""

    @property
    def id(self) -> str:
        """By which a claim, the ledger and the second reader know its source, wherever in its file it stands."""
        return f"release {self.key}"

    @property
    def behind(self) -> tuple[str, ...]:
        """Every series that it is read from, computed and published."""
        return (*self.series, *self.published)
