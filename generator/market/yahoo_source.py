"""Yahoo Finance's daily history, through yfinance, in; bars on the exchange's own dates out.

One `Ticker.history` for each symbol, unadjusted, four at a time. What fails for one symbol is that symbol's
omission, with the reason; once Yahoo says to slow down, nothing more is asked of it.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from generator.market.sessions import FIRST_DAY, present
from generator.market.source import Finding, Held, SourceReply, Status
from generator.model import Bars, Column, Observations

_COLUMNS = {"Open": "open", "High": "high", "Low": "low", "Close": "close", "Adj Close": "adj_close"}
_AT_ONCE = 4
_SECONDS = 20
"""How long one answer may take."""


@dataclass(frozen=True, slots=True)
class YahooSource:
    """Prices as Yahoo Finance publishes them."""

    allow_nonpositive: frozenset[str] = frozenset()
    """Symbols whose values may be zero or below: yields and futures. For any other, Yahoo writes 0 for no price."""
    key: str = "yahoo"
    supplier: str = "Yahoo Finance"
    simulated: bool = False

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """The bars of each symbol from 1987 up to `through`, later ones (not yet settled) left out."""
        asked_at = present()
        if not symbols:
            return SourceReply({}, fetched_at=asked_at)
        answers: dict[str, Bars | str] = {}
        with _yfinance_speaking_up():
            inquiry = Inquiry(symbols[0], through, self.allow_nonpositive)
            # The first goes alone: yfinance opens its caches on disk then, and several threads doing that at once
            # can find them locked.
            answers[symbols[0]] = inquiry.ask(symbols[0])
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                answers.update(zip(symbols[1:], pool.map(inquiry.ask, symbols[1:]), strict=True))
        return SourceReply(
            bars={symbol: answer for symbol, answer in answers.items() if isinstance(answer, Bars)},
            findings={
                symbol: Finding(symbol, Status.BAD_DATA, answer) if isinstance(answer, str) else Finding(symbol)
                for symbol, answer in answers.items()
            },
            fetched_at=asked_at,
        )

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """None: Yahoo publishes prices alone."""
        return {}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One run's questions, and what put an end to them."""

    first: str
    through: date
    allow_nonpositive: frozenset[str]
    refusals: list[str] = field(default_factory=list)
    """Once there is one, nothing more is asked and every symbol gets it for an answer."""

    def ask(self, symbol: str) -> Bars | str:
        """The symbol's bars, or why there are none."""
        import peewee
        from yfinance.exceptions import YFException, YFRateLimitError, YFTickerMissingError

        if self.refusals:
            return self.refusals[0]
        try:
            return self._bars(symbol)
        except YFRateLimitError:
            self.refusals.append("Yahoo Finance asks for a pause (HTTP 429): wait some minutes, then run again")
            return self.refusals[0]
        except YFTickerMissingError as error:
            return f"Yahoo Finance has no prices for it: {error.rationale}"
        except (ValueError, LookupError, AttributeError, TypeError, YFException, peewee.PeeweeException) as error:
            # An error page, half an answer or a locked cache: yfinance lets whatever breaks on it through.
            return f"Yahoo Finance's answer could not be used ({type(error).__name__}: {error})"
        except OSError as error:  # curl_cffi's and requests' exceptions are OSErrors
            if getattr(getattr(error, "response", None), "status_code", 0):
                return f"Yahoo Finance does not serve it ({error})"
            reason = f"Yahoo Finance could not be reached ({error})"
            if symbol == self.first:  # nor will it be for the others; they need not each wait to find out
                self.refusals.append(reason)
            return reason

    def _bars(self, symbol: str) -> Bars | str:
        import yfinance

        frame = yfinance.Ticker(symbol).history(
            start=FIRST_DAY.isoformat(),
            end=(self.through + timedelta(days=2)).isoformat(),  # yfinance takes `end` as exclusive
            auto_adjust=False,
            actions=False,
            keepna=True,
            timeout=_SECONDS,
        )
        return bars_of(frame, symbol, self.through, symbol in self.allow_nonpositive)


def bars_of(frame: Any, symbol: str, through: date, allow_nonpositive: bool = False) -> Bars | str:
    """What yfinance's frame holds up to `through`, or why it cannot be used.

    The index is in the exchange's zone, so its own calendar date is the session.
    """
    days = frame.index.tz_localize(None).to_numpy().astype("datetime64[D]")
    rows = days <= np.datetime64(through, "D")
    days = days[rows]
    if not len(days):
        return f"Yahoo Finance has no prices for it up to {through}"
    unordered = np.flatnonzero(days[1:] <= days[:-1])
    if len(unordered):
        return f"Yahoo Finance gives {days[unordered[0] + 1]} twice or out of order"
    columns: dict[str, Column] = {}
    for theirs, ours in _COLUMNS.items():
        if theirs not in frame:
            continue
        column = frame[theirs].to_numpy(dtype="float64", na_value=np.nan)[rows]
        if not allow_nonpositive:
            column = np.where(column == 0, np.nan, column)
        impossible = np.isinf(column) | ((column < 0) & (not allow_nonpositive))
        if impossible.any():
            return f"Yahoo Finance gives an impossible {ours} for {days[impossible][0]}: {column[impossible][0]}"
        columns[ours] = column
    return Bars(symbol, days, **columns, origin="Yahoo Finance")


@contextmanager
def _yfinance_speaking_up() -> Iterator[None]:
    """yfinance raises its errors rather than writing them to a log, and prints nothing of its own."""
    logger, silence = logging.getLogger("yfinance"), logging.NullHandler()
    logger.addHandler(silence)
    with warnings.catch_warnings():
        import yfinance  # it adds a warning filter of its own, which ends with this block

        warnings.filterwarnings("ignore", module=r"yfinance(\.|$)")
        hidden = yfinance.config.debug.hide_exceptions
        yfinance.config.debug.hide_exceptions = False
        try:
            yield
        finally:
            yfinance.config.debug.hide_exceptions = hidden
            logger.removeHandler(silence)
