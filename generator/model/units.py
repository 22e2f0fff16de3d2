"""What a figure is measured in, and what a return is made of."""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """What a return is made of. Two bases are never mixed in one comparison."""

    PRICE = "price return"
    TOTAL = "total return"
    NONE = "not a return"


class Unit(StrEnum):
    """The unit in which a person reads a figure."""

    PERCENT = "percent"  # inside: a fraction
    POINTS = "percentage points"  # inside: a difference of fractions
    LEVEL = "index level"
    DOLLARS = "dollars"
    YIELD = "percent yield"  # inside and outside: percent
    RATE = "percent rate"  # inside and outside: percent
    BASIS_POINTS = "basis points"
    VOLATILITY = "volatility index points"
    RATIO = "ratio"
    COUNT = "count"
    DATE = "date"  # days since 1970-01-01
    NAME = "name"  # an index into the definition's vocabulary
    FLAG = "flag"  # 0 or 1
    CITED = "as cited"  # a number from a cited source, printed as it was published
