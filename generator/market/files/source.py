"""Daily bars and economic series from a folder with `prices/`, `macro/` and `vintages/`.

A file with a fault, or with a move in it that cannot be real, leaves its symbol out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from generator import files
from generator.caching import fingerprint, kept
from generator.errors import DataError
from generator.market.economy.observations import parse_file, text_of
from generator.market.files.bars import line_of, read_bars
from generator.market.judging.doubts import Accepted, History, doubts
from generator.market.judging.own_days import EXCHANGE_HOURS
from generator.market.sessions import last_completed_session
from generator.market.source import Finding, Held, Pinned, SourceReply, Status
from generator.model import Bars, Days, Kind, Observations

_PAY_DIVIDENDS = (Kind.FUND, Kind.STOCK)


@dataclass(frozen=True, slots=True)
class CsvSource:
    """Prices from files that the publisher supplies."""

    folder: Path
    """The folder that holds `prices/`."""
    allow_nonpositive: frozenset[str] = frozenset()
    """Symbols whose values may be zero or below: yields, and futures (oil, April 2020)."""
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """What kind of instrument each symbol is; a symbol not listed is a fund."""
    accepted: Accepted = frozenset()
    """Moves, by symbol and day, that the publisher confirms."""
    held: Mapping[Path, bytes | OSError | None] = field(default_factory=dict)
    """What files held when `pinned` read them: None where there was none, or why it could not be read."""
    key: str = "csv"
    supplier: str = "the publisher's own price files"
    simulated: bool = False

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """The bars of each symbol's file up to `through`; a missing or bad file becomes a finding.

        A file is judged as a whole, including rows after `through`. Raises `DataError` for a missing folder.
        """
        prices = self.folder / "prices"
        if not prices.is_dir():
            raise DataError(f"{prices} is not a folder. Name one that holds prices/<Yahoo symbol>.csv (--data DIR).")
        whole: dict[str, Bars] = {}
        findings: dict[str, Finding] = {}
        for symbol, read in self._read(symbols).items():
            if isinstance(read, Bars):
                whole[symbol] = read
            else:
                findings[symbol] = Finding(symbol, *read)
        notices = [notice for symbol in whole for notice in self._odd_days(whole[symbol])]
        for symbol, why in self._doubted(whole).items():
            findings[symbol] = Finding(symbol, Status.SUSPECT, why)
            del whole[symbol]
        bars = {symbol: _through(each, through) for symbol, each in whole.items()}
        late = {symbol: each.days[0].astype(object) for symbol, each in whole.items() if _begins_after(each, through)}
        findings |= {symbol: Finding(symbol) for symbol in whole if symbol not in late}
        return SourceReply(
            {symbol: each for symbol, each in bars.items() if symbol not in late},
            {symbol: findings[symbol] for symbol in symbols if symbol in findings},
            late,
            notices=tuple(notices),
        )

    def pinned(self, symbols: Sequence[str], series: Sequence[str]) -> Pinned:
        """The source as it would answer of these now, from all that their files hold."""
        paths = [*map(self._path, symbols), *(path for name in series for path in self._files_of(name))]
        held = {path: _held(path) for path in paths}
        of = [fingerprint((self.allow_nonpositive, self.kinds, self.accepted))]
        for path, content in held.items():
            of += [str(path.absolute()).encode(errors="surrogateescape")]
            of += [content, b"held"] if isinstance(content, bytes) else [repr(content).encode()]
        return Pinned(replace(self, held=held), str(self.folder.absolute()), of)

    def _there(self, path: Path) -> bool:
        return self.held[path] is not None if path in self.held else path.exists()

    def _bytes(self, path: Path) -> bytes:
        """What the file holds; raises `OSError`."""
        found = self.held[path] if path in self.held else _held(path)
        if isinstance(found, OSError):
            raise found
        assert found is not None  # the caller has asked whether it is there
        return found

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """Each series that has a file; raises `DataError`, with `file:line`, for a faulty one."""
        texts: dict[str, tuple[Path, str]] = {}
        for name in series:
            if (path := self._file_of(name)) is not None:
                texts[name] = path, text_of(path, partial(self._bytes, path))
        of = (part.encode() for name, (path, text) in texts.items() for part in (name, str(path), text))
        place = "\n".join((str(self.folder.absolute()), *series))
        return kept(
            "observations",
            place,
            [through.isoformat().encode(), *of],
            lambda: {name: parse_file(text, path, name, through) for name, (path, text) in texts.items()},
        )

    def _files_of(self, series: str) -> list[Path]:
        """The named file for `vintages/NAME`; else the as-of file in `vintages/as_of/`, then the one in `macro/`."""
        files = [f"{series}.csv"] if "/" in series else [f"vintages/as_of/{series}_as_of.csv", f"macro/{series}.csv"]
        return [self.folder / file for file in files]

    def _file_of(self, series: str) -> Path | None:
        """The first of a series' files that is there."""
        return next(filter(self._there, self._files_of(series)), None)

    def _kind(self, symbol: str) -> Kind:
        return self.kinds.get(symbol, Kind.FUND)

    def _read(self, symbols: Sequence[str]) -> dict[str, Bars | tuple[Status, str]]:
        """Each symbol's bars, or why there are none; they are kept, so that the same files are parsed once."""
        contents: dict[str, bytes | tuple[Status, str]] = {}
        for symbol in symbols:
            path = self._path(symbol)
            try:
                contents[symbol] = (
                    _content(partial(self._bytes, path), f"prices/{path.name}")
                    if self._there(path)
                    else (Status.MISSING, f"no prices are held of it: there is no file prices/{path.name}")
                )
            except DataError as error:
                contents[symbol] = _faulty(error)
        place = "\n".join((str(self.folder.absolute()), *symbols))
        ways = [(symbol, self._kind(symbol), symbol in self.allow_nonpositive) for symbol in symbols]
        of = [content if isinstance(content, bytes) else repr(content).encode() for content in contents.values()]
        return kept(
            "prices",
            place,
            [repr(ways).encode(), *of],
            lambda: {symbol: self._parsed(symbol, content) for symbol, content in contents.items()},
        )

    def _path(self, symbol: str) -> Path:
        return self.folder / "prices" / f"{symbol}.csv"

    def _parsed(self, symbol: str, content: bytes | tuple[Status, str]) -> Bars | tuple[Status, str]:
        if not isinstance(content, bytes):
            return content
        pays, allowed = self._kind(symbol) in _PAY_DIVIDENDS, symbol in self.allow_nonpositive
        try:
            return read_bars(content, symbol, f"prices/{symbol}.csv", allow_nonpositive=allowed, pays=pays)
        except DataError as error:
            return _faulty(error)

    def _doubted(self, whole: Mapping[str, Bars]) -> dict[str, str]:
        """The symbols with a price that cannot be right, each with a reason that names the line."""
        histories = {symbol: History(self._kind(symbol), bars) for symbol, bars in whole.items()}
        found: dict[str, str] = {}
        for symbol, doubt in doubts(histories, self.accepted).items():
            path = self._path(symbol)
            line = line_of(self._bytes(path), symbol in self.allow_nonpositive, doubt.day)
            found[symbol] = f"its prices are in doubt: prices/{path.name}:{line}: {doubt.told(symbol)}"
        return found

    def _odd_days(self, bars: Bars) -> list[str]:
        """A notice for rows on days that cannot have a price: they are left out."""
        if not len(bars.days) or self._kind(bars.symbol) not in EXCHANGE_HOURS:
            return []
        last = np.datetime64(last_completed_session(), "D")
        future = bars.days[bars.days > last]
        weekend = bars.days[((bars.days.astype(np.int64) + 3) % 7 > 4) & (bars.days <= last)]
        told = ((weekend, "a weekend, when the exchange is shut"), (future, "a day that is not over"))
        return [f"{bars.origin}: {_counted(days, why)}" for days, why in told if len(days)]


def _counted(days: Days, why: str) -> str:
    if len(days) == 1:
        return f"the row of {days[0]} is of {why}, and is left out"
    return f"{len(days)} rows, the first of {days[0]}, are each of {why}, and are left out"


def _begins_after(bars: Bars, through: date) -> bool:
    return len(bars.days) > 0 and bool(bars.days[0] > np.datetime64(through, "D"))


def _read(path: Path) -> bytes:
    return files.read_bytes(path, largest=files.LARGEST_OF_DATA)


def _held(path: Path) -> bytes | OSError | None:
    """What the file holds, nothing where there is none, or why it cannot be read."""
    try:
        return _read(path) if path.exists() else None
    except OSError as error:
        return error


def _content(read: Callable[[], bytes], where: str) -> bytes:
    try:
        return read()
    except OSError as error:
        raise DataError(f"{where}: cannot be read ({error.strerror}).") from error


def _faulty(error: DataError) -> tuple[Status, str]:
    return Status.BAD_DATA, f"its file has a fault: {error}"


def _through(bars: Bars, last: date) -> Bars:
    """The bars up to and including `last`."""
    return bars.at(bars.days <= np.datetime64(last, "D"))
