"""The words for a figure's size, rank or day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from generator.model import Unit

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure, fact or count from a rule's own past, on one session, as computed from the closes."""

    name: str
    unit: Unit
    decimals: int
    printed: float
    value: float
    word: str = ""
    """For a name figure, its vocabulary entry."""
    kind: str = "figure"
    source: str = ""

    @property
    def told(self) -> float:
        """The number in a sentence, signed: a move, gap, share or volatility to one decimal, from ten up to none.

        A release's number is quoted as published, and volatility always with its decimal.
        """
        if not self.brief:
            return self.printed
        exact = Decimal(repr(round(abs(self.value) * (1 if self.unit is Unit.VOLATILITY else 100), 8)))
        size = exact.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        if size >= 10 and self.unit is not Unit.VOLATILITY:
            size = exact.quantize(Decimal(1), ROUND_HALF_UP)
        return float(-size if self.value < 0 and size else size)

    @property
    def brief(self) -> bool:
        """Whether a sentence gives it with fewer decimals than the ledger."""
        published = self.kind == "figure" and bool(self.source)
        return self.unit in (Unit.PERCENT, Unit.POINTS, Unit.VOLATILITY) and not published

    @property
    def places(self) -> int:
        """How many decimals a sentence may give."""
        return min(self.decimals, 1) if self.brief else self.decimals

    @property
    def day(self) -> date:
        return date(1970, 1, 1) + timedelta(days=round(self.printed))

    @property
    def data(self) -> str | float:
        """The word, the day in ISO form, or the number in full: what a program reads."""
        if self.unit is Unit.NAME:
            return self.word
        return self.day.isoformat() if self.unit is Unit.DATE else self.value


def count(number: float) -> str:
    """The number in words to twelve, then in figures."""
    whole = round(abs(number))
    return COUNTS[whole] if whole <= 12 else f"{whole:,}"


def ordinal(number: float) -> str:
    """`first` to `tenth`, then `11th`."""
    whole = abs(round(number))
    if whole <= 10:
        return ORDINALS[whole]
    teens = whole % 100 in (11, 12, 13)
    return f"{whole:,}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(whole % 10, 'th')}"


def amount(shown: Shown) -> str:
    """The size of a figure without its sign, in its unit."""
    size = abs(shown.told)
    full = f"{size:,.{shown.places}f}"
    bare = full.rstrip("0").rstrip(".") if "." in full else full
    points = "point" if size == 1 else "points"
    match shown.unit:
        case Unit.PERCENT:
            return f"{bare}%"
        case Unit.YIELD | Unit.RATE:
            return f"{full}%"
        case Unit.POINTS:
            return f"{bare} percentage {points}"
        case Unit.BASIS_POINTS:
            return f"{count(size) if size < 10 else full} basis {points}"
        case Unit.COUNT:
            return count(size)
        case Unit.DOLLARS:
            return f"${full}"
    return full


def spelled(day: date, pattern: str) -> str:
    """`July 11, 2024` (full), `July 11` (day), `July 2024` (month), `2024` (year)."""
    patterns = {
        "full": f"{day:%B} {day.day}, {day.year}",
        "day": f"{day:%B} {day.day}",
        "month": f"{day:%B} {day.year}",
    }
    return patterns.get(pattern, str(day.year))
