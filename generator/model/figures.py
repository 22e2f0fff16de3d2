"""What a figure is, and how figures are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from generator.model.prices import Column, Days
from generator.model.units import Basis, Unit


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """What a figure's name means; known without any data."""

    name: str
    unit: Unit
    basis: Basis
    decimals: int
    """Decimals printed, in the reader's unit."""
    label: str
    """In words: `Russell 2000, price return over one session`."""
    formula: str
    """In words: `close / close one session earlier - 1`."""
    symbols: tuple[str, ...]
    """The symbols that it is computed from."""
    vocabulary: tuple[str, ...] = ()
    """For `Unit.NAME`: the segment keys (or words) that the column's numbers index."""
    signed: bool = False
    """Whether its sign matters, so that a sentence must show it by a verb or a sign."""
    source: str = ""
    """For a figure of a release, the release's id; a page cites its source."""
    quoted: str = ""
    """For a rate, how it is quoted; a rule may not compare rates that are quoted differently."""
    signals: tuple[str, ...] = ()
    """For a count of a reading, the flags that it counts."""
    noted: bool = False
    """Whether it is of an editor's note, so that a rule may name a word that nobody has noted yet."""


class PriceInput(NamedTuple):
    """One price behind a figure on one session, or one observation (`field`) of an economic series (`symbol`)."""

    symbol: str
    field: str
    day: date
    value: float


class Catalogue(Protocol):
    """Every name that a rule may use, known from the universe alone."""

    def define(self, name: str) -> FigureDefinition:
        """The definition of `name`; raises `UnknownFigureError` (with a suggestion) if there is none."""
        ...


class Figures(Protocol):
    """Columns over sessions, each computed when first asked for and kept."""

    @property
    def sessions(self) -> Days: ...

    @property
    def catalogue(self) -> Catalogue: ...

    def values(self, name: str) -> Column:
        """Full precision, in internal units (fractions)."""
        ...

    def printed(self, name: str) -> Column:
        """Rounded once, in the reader's unit (percent); what rules and sentences see."""
        ...

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """The prices behind the figure on that row."""
        ...


_SOURCE = dict.fromkeys(("outlet", "title"), Unit.NAME)
_SAYS = {**_SOURCE, "says": Unit.NAME}
_SAID = {**_SAYS, **dict.fromkeys(("speaker", "role", "quote"), Unit.NAME)}
_NUMBERS = dict.fromkeys(("forecast", "actual", "forecast_count", "actual_count"), Unit.CITED)
_CHANCES = dict.fromkeys(("chance", "above", "before"), Unit.CITED)
NOTED: Mapping[str, Mapping[str, Unit]] = {
    "note": _SAID,
    "note_stock": {**_SAID, "company": Unit.NAME},
    "note_company": _SAYS,
    "note_next": _SAYS,
    "note_expected": {**_SOURCE, "of": Unit.NAME, "unit": Unit.NAME, **_NUMBERS},
    "note_odds": {**_SOURCE, **dict.fromkeys(("of", "tool", "moment", "since"), Unit.NAME), **_CHANCES},
    "note_before": {**_SAYS, "move_of": Unit.DATE},
    "note_statement": {**_SAYS, **dict.fromkeys(("document", "speaker", "leading", "quote"), Unit.NAME)},
    "note_due": {**_SOURCE, "company": Unit.NAME, "day": Unit.DATE},
}
"""By the key of each kind of an editor's note, what it has to print: `note_says`, `note_odds_chance`.

These are names also where no note of the kind has been made yet.
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A cited fact: it holds from the day it `begins` up to but not including `expires`, and is absent otherwise."""

    key: str
    as_of: date
    expires: date
    values: Mapping[str, Decimal | str | date]
    source: str
    url: str
    published: date
    id: str
    """By which a claim, the ledger and the second reader know it, wherever in its file it stands."""
    dated: str = "published"
    """What the date beside the source means: `published`, `observation of` if the day of release is unknown, `entry
    for` a day of a calendar, or what the fact itself calls it, such as `known`."""
    line: str = ""
    """`file:line` where it is defined."""

    @property
    def begins(self) -> date:
        """The first day on which it holds: nobody knew it before it was public."""
        return max(self.as_of, self.published)
