"""Yahoo Finance's daily history, through yfinance: bars that can be believed, and a finding for each symbol.

One `Ticker.history` call for each symbol, unadjusted, four at a time, all through one session (`session`). The answers
are read (`answer`), then judged (`judgement`). A failure of one symbol becomes that symbol's finding.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO, TypeVar

from generator.caching import cache_folder
from generator.market.judging.doubts import Accepted
from generator.market.judging.own_days import ready_calendars
from generator.market.sessions import FIRST_DAY, present
from generator.market.source import Finding, Held, SourceReply, Status
from generator.market.yahoo.answer import NoAnswer, Reading, read_answer
from generator.market.yahoo.cache import ready_yfinance
from generator.market.yahoo.judgement import Verdicts
from generator.market.yahoo.session import Patience, YahooSession
from generator.model import Kind, Observations

_AT_ONCE = 4
_QUOTE = "https://query1.finance.yahoo.com/v7/finance/quote"
_Told = TypeVar("_Told")


@dataclass
class YahooSource:
    """Prices as Yahoo Finance publishes them. One object serves one run: one session, one deadline, one refusal."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """What kind of instrument each symbol is; a symbol not listed is a fund, or a future if it ends in `=F`."""
    accepted: Accepted = frozenset()
    """Moves, by symbol and day, that somebody has confirmed."""
    advance: Callable[[Finding], None] | None = None
    """Called as each symbol's answer arrives, from any thread."""
    key: str = "yahoo"
    supplier: str = "Yahoo Finance"
    simulated: bool = False
    _session: YahooSession | None = field(default=None, init=False, repr=False, compare=False)

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """Each symbol's bars from 1987, or from its `since` if held, up to `through`; later bars are provisional."""
        asked_at, held = present(), held or {}
        if not symbols:
            return SourceReply({}, fetched_at=asked_at)

        def read(symbol: str) -> Reading | NoAnswer:
            first = held[symbol].since if symbol in held else FIRST_DAY
            try:
                frame, chart = self.chart(symbol, first, through)
                answer: Reading | NoAnswer = _raising(
                    lambda: read_answer(symbol, self.kind(symbol), frame, chart, through)
                )
            except NoAnswer as failure:
                answer = failure
            if self.advance:
                self.advance(Verdicts.of({symbol: answer}, through, held, asked_at, self.accepted).findings[symbol])
            return answer

        with self.ready(symbols), ThreadPoolExecutor(_AT_ONCE) as pool:
            answers = dict(zip(symbols, pool.map(read, symbols), strict=True))
        return Verdicts.of(answers, through, held, asked_at, self.accepted).reply(asked_at)

    def prepare(self) -> None:
        """Load yfinance and the calendars, and keep their warnings off standard error.

        Call this before there are threads. Filters alone are not enough: a block of filters in one thread applies to
        all threads while it lasts, and when it ends it restores the filters from when it began.
        """
        import yfinance  # noqa: F401

        ready_calendars()
        warnings.filterwarnings("ignore", module=r"yfinance(\.|$)")
        if warnings.showwarning is not _shown_but_yfinances:
            _shown.append(warnings.showwarning)
            warnings.showwarning = _shown_but_yfinances

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """Always empty: Yahoo publishes only prices."""
        return {}

    def pinned(self, symbols: Sequence[str], series: Sequence[str]) -> None:
        """None: what Yahoo will answer is known once it has."""

    def kind(self, symbol: str) -> Kind:
        """What kind of instrument the symbol is."""
        return self.kinds.get(symbol, Kind.COMMODITY if symbol.endswith("=F") else Kind.FUND)

    @contextmanager
    def ready(self, symbols: Sequence[str]) -> Iterator[None]:
        """A context in which `chart` and `asked` may be called for `symbols`, from any thread."""
        with _yfinance_speaking_up():
            ready_yfinance(cache_folder() / "yahoo", {symbol: _zone(self.kind(symbol)) for symbol in symbols})
            self._session = self._session or YahooSession(Patience.usual())
            yield

    def asked(self, symbol: str, question: Callable[[Any], _Told]) -> _Told:
        """The result of `question` on the symbol's `yfinance.Ticker`, using this run's session; raises `NoAnswer`."""
        import yfinance

        return _raising(lambda: question(yfinance.Ticker(symbol, session=self._session)))

    def quotes(self, symbols: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Yahoo's quote for each symbol it knows, all in one request; raises `NoAnswer`."""
        from yfinance.data import YfData

        def told() -> dict[str, Mapping[str, Any]]:
            content = YfData(self._session).get_raw_json(_QUOTE, params={"symbols": ",".join(symbols)})
            return {quote["symbol"]: quote for quote in content["quoteResponse"]["result"]}

        return _raising(told)

    def screened(self, query: Any, size: int) -> Mapping[str, Any]:
        """Yahoo's screener on an `EquityQuery`, the most traded first; raises `NoAnswer`."""
        import yfinance

        return _raising(
            lambda: yfinance.screen(query, size=size, sortField="avgdailyvol3m", sortAsc=False, session=self._session)
        )

    def chart(self, symbol: str, first: date, last: date) -> tuple[Any, Mapping[str, Any]]:
        """yfinance's frame of unadjusted daily bars, and the chart that it was made from; raises `NoAnswer`."""
        frame = self.asked(
            symbol,
            lambda ticker: ticker.history(
                start=(first - timedelta(days=4)).isoformat(),
                end=(last + timedelta(days=3)).isoformat(),  # exclusive, and crypto's day ends before New York's
                auto_adjust=False,
                actions=True,
                keepna=True,
            ),
        )
        assert self._session is not None
        chart = self._session.charts.pop(symbol, None)
        if chart is None:
            raise NoAnswer(Status.BAD_DATA, "Yahoo Finance sent its prices in a way that is not known")
        return frame, chart


def _raising(question: Callable[[], _Told]) -> _Told:
    """The answer to the question, with anything yfinance raises turned into `NoAnswer`."""
    import peewee
    from yfinance.exceptions import YFException, YFRateLimitError, YFTickerMissingError

    try:
        return question()
    except YFRateLimitError as error:
        raise NoAnswer(Status.RATE_LIMITED, "Yahoo Finance asks for a pause (HTTP 429)") from error
    except YFTickerMissingError as error:
        raise NoAnswer(Status.MISSING, f"Yahoo Finance has no prices for it ({error.rationale})") from error
    except (ValueError, LookupError, AttributeError, TypeError, YFException, peewee.PeeweeException) as error:
        # Half an answer, or a locked cache: yfinance lets any error of its own through.
        what = f"{type(error).__name__}: {error}"
        raise NoAnswer(Status.BAD_DATA, f"Yahoo Finance's answer could not be used ({what})") from error
    except OSError as error:  # curl_cffi's and requests' exceptions are OSErrors
        raise NoAnswer(Status.NETWORK, f"Yahoo Finance could not be reached ({error})") from error


_shown: list[Callable[..., None]] = []
"""The function that showed warnings before yfinance's were filtered out."""


def _shown_but_yfinances(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    if "yfinance" not in Path(filename).parts:
        _shown[-1](message, category, filename, lineno, file, line)


def _zone(kind: Kind) -> str:
    return "UTC" if kind is Kind.CRYPTO else "America/New_York"


@contextmanager
def _yfinance_speaking_up() -> Iterator[None]:
    """A context in which yfinance raises its errors instead of logging them, caches no answer, and prints nothing."""
    loggers, silence = [logging.getLogger(name) for name in ("yfinance", "stamina")], logging.NullHandler()
    for logger in loggers:
        logger.addHandler(silence)
    with warnings.catch_warnings():
        import yfinance  # importing it adds a warning filter, which this block removes again
        from yfinance.data import YfData

        warnings.filterwarnings("ignore", module=r"yfinance(\.|$)")
        YfData.cache_get.cache_clear()
        hidden = yfinance.config.debug.hide_exceptions
        yfinance.config.debug.hide_exceptions = False
        try:
            yield
        finally:
            yfinance.config.debug.hide_exceptions = hidden
            for logger in loggers:
                logger.removeHandler(silence)
