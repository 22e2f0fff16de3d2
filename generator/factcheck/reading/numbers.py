"""Numbers as people write them: `1.2%`, `one percent`, `half a percentage point`, `25 basis points`, `2,731.77`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from generator.factcheck.reading.matching import Match

_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
CARDINALS = {word: number for number, word in enumerate(_WORDS)} | _TENS
CARDINALS |= {
    f"{tens}-{one}": of + CARDINALS[one] for tens, of in {"twenty": 20, **_TENS}.items() for one in _WORDS[1:10]
}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
}  # fmt: skip
CARDINAL = "|".join(sorted(CARDINALS, key=len, reverse=True))
ORDINAL = "|".join(ORDINALS) + r"|\d+(?:st|nd|rd|th)"

_PP = r"percentage[- ]points?|pct\.? pts?\.?|p\.p\.|ppts?|pps?"
_BP = r"basis[- ]points?|bps?"
_UNITS = rf"(?:[- ]?(?P<pp>{_PP})|[- ]?(?P<bp>{_BP})|[- ]?(?P<pc>%|percent|per cent|pct\.?)(?P<yearly> (?:annuali[sz]ed(?! (?:rate|pace))|annually|per (?:year|annum)|each year|a year(?! (?:ago|earlier|before|after|later|from|in which|when))))?|[- ](?P<pt>(?:index )?points?))(?!\w)"
_DIGITS = r"(?P<sign>[+\-−])?(?P<dollar>\$)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d]|,\d{3}|\.\d)"
_PLAIN = regex.compile(rf"{_DIGITS}(?:{_UNITS}|(?P<scale> (?:million|billion|trillion))|(?![\w]))")
_WORDED = regex.compile(rf"(?P<word>{CARDINAL})(?: and a (?P<half>half))?{_UNITS}", regex.I)
_COUNTED = regex.compile(rf"(?:{CARDINAL})(?!-)\b", regex.I)
_SHARES = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "tenth": 0.1, "three-quarters": 0.75, "two-tenths": 0.2}
_PARTS = regex.compile(
    r"(?:(?P<whole>\w+) and )?(?:a |one[- ])?(?P<part>half|quarter|tenth|three[- ]quarters)(?:[- ]of)?(?:[- ]a)?[- ](?:(?P<pp>percentage[- ]point|point)|(?P<pc>percent|per cent))",
    regex.I,
)
_ONE = regex.compile(
    r"(?:a|one) full (?:(?P<pp>percentage point)|(?P<pc>percent))|a (?:(?P<pp>percentage point)|(?P<pc>percent)(?!age))",
    regex.I,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the unit that stands beside it, and how exactly it was written."""

    value: float
    unit: str
    """`%`, `pp`, `bp`, `pt` (points of an index), `$`, or nothing."""
    step: float
    """The last place written, in the number's own unit: 0.1 for `1.2%`."""
    signed: bool = False
    yearly: bool = False
    """Whether it is what a year of it came to: `8.8% annualized`."""

    @property
    def size(self) -> float:
        return abs(self.value)


def number_at(text: str, start: int) -> tuple[int, Number] | None:
    """The number that begins at `start` with where it ends, or None."""
    return max(_candidates(text, start), key=lambda one: one[0], default=None)


def _candidates(text: str, start: int) -> Iterator[tuple[int, Number]]:
    if match := _PLAIN.match(text, start):
        digits = match["digits"].replace(",", "")
        step = 10.0 ** -len(digits.partition(".")[2])
        value = float(digits)
        scale = {"million": 1e6, "billion": 1e9, "trillion": 1e12}.get((match["scale"] or "").strip(), 1)
        sign = -1 if match["sign"] in ("-", "−") else 1
        unit = "$" if match["dollar"] else _unit(match)
        yield match.end(), Number(sign * value * scale, unit, step * scale, bool(match["sign"]), bool(match["yearly"]))
    if match := _WORDED.match(text, start):
        value = CARDINALS[match["word"].lower()] + (0.5 if match["half"] else 0)
        yield match.end(), Number(value, _unit(match), 0.5 if match["half"] else 1)
    if match := _PARTS.match(text, start):
        whole = CARDINALS.get((match["whole"] or "zero").lower(), 0)
        part = _SHARES[match["part"].lower().replace(" ", "-")]
        yield match.end(), Number(whole + part, "%" if match["pc"] else "pp", 0.1)
    if match := _ONE.match(text, start):
        yield match.end(), Number(1, "%" if match["pc"] else "pp", 1)
    if match := _COUNTED.match(text, start):
        yield match.end(), Number(CARDINALS[match[0].lower()], "", 1)


def _unit(match: Match) -> str:
    return next((unit for unit, name in (("pp", "pp"), ("bp", "bp"), ("%", "pc"), ("pt", "pt")) if match[name]), "")


def ordinal(word: str) -> int:
    """`third` or `3rd` as a number."""
    return ORDINALS.get(word.lower()) or int(regex.sub(r"\D", "", word))


def cardinal(word: str) -> int:
    """`eleven` or `11` as a number; `a` is one."""
    low = word.lower()
    return 1 if low in ("a", "an") else CARDINALS[low] if low in CARDINALS else int(low.replace(",", ""))
