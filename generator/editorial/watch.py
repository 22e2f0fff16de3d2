"""The small companies that `content/universe.yaml` lists to be named, and the sectors in which more are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from generator.editorial.document import Document
from generator.editorial.schema import Shape
from generator.editorial.values import Day, Name, Symbol
from generator.errors import Fault
from generator.model import WATCH, Group, Kind, Segment


class WatchShape(Shape):
    """A small company that is named when it moves."""

    what: ClassVar[str] = "company on the watch list"
    symbol: Symbol
    name: Name
    does: Name
    sector: Name
    since: Day

    @property
    def key(self) -> str:
        """The segment's key: `watch_brkb` of BRK-B."""
        return f"{WATCH}_{''.join(filter(str.isalnum, self.symbol)).lower()}"

    def segment(self) -> Segment:
        """The company as a part of the market, of which nothing is told from before it was listed."""
        return Segment(
            key=self.key,
            kind=Kind.STOCK,
            price=None,
            total=self.symbol,
            names=(self.name,),
            short=self.name,
            headline=self.name,
            begins=self.since,
            told_from=self.since,
            does=self.does,
            sector=self.sector,
        )


class ScreenShape(Shape):
    """A sector in which small companies are looked for."""

    what: ClassVar[str] = "sector to screen"
    sector: Name
    does: Name


def watched(members: tuple[str, ...] = ()) -> Group:
    """The group of the companies that are listed, which is there without any as well."""
    return Group(WATCH, members, "listed small company", "listed small companies", partly=True)


def watch_faults(
    document: Document, watch: Sequence[WatchShape], segments: Mapping[str, Any], *others: Mapping[str, Any]
) -> Iterator[Fault]:
    """Companies that are listed twice or told of otherwise, and names that the list needs for itself."""
    told = {symbol for one in segments.values() for symbol in (one.price, one.total) if symbol}
    for part, held in zip(("segments", "groups", "releases"), (segments, *others), strict=True):
        if WATCH in held:
            yield Fault(document.at(part, WATCH), f"'{WATCH}' is the name of the watch list; call it otherwise.")
    for number, one in enumerate(watch):
        if one.symbol in told or one.key in [other.key for other in watch[:number]]:
            yield Fault(document.at("watch", number), f"'{one.symbol}' is told of already; list it once.")
        if one.key in segments:
            yield Fault(document.at("watch", number), f"'{one.key}' is the name of a segment already.")
