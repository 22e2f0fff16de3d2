"""Makes a price source from its name."""

from __future__ import annotations

from pathlib import Path

from generator.errors import DataError
from generator.market.files.source import CsvSource
from generator.market.judging.doubts import Accepted
from generator.market.source import PriceSource
from generator.model import SOURCES, Kind, Universe

# Yields (bills, March 2020) and futures prices (oil, April 2020) have been quoted below zero.
_NONPOSITIVE_KINDS = frozenset({Kind.YIELD, Kind.COMMODITY})


def make_source(key: str, *, data: Path | None, universe: Universe, accepted: Accepted = frozenset()) -> PriceSource:
    """The source called `key`; `data` is the folder that `csv` reads. Raises `DataError` if it cannot be made.

    Moves in `accepted` are not doubted.
    """
    allowed = frozenset(
        segment.price
        for segment in universe.segments.values()
        if segment.kind in _NONPOSITIVE_KINDS and segment.price is not None
    )
    if key == "sample":
        from generator.market.simulated.source import SampleSource

        return SampleSource(universe)
    if key == "yahoo":
        from generator.market.yahoo.source import YahooSource  # it loads curl_cffi, which no other source needs

        return YahooSource(universe.kinds(), accepted)
    if key == "csv":
        if data is None:
            raise DataError("The source 'csv' needs --data DIR, a folder that holds prices/<Yahoo symbol>.csv.")
        return CsvSource(data, allowed, universe.kinds(), accepted)
    raise DataError(f"There is no source '{key}'. Choose one of {', '.join(SOURCES)}.")
