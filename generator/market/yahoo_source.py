"""Yahoo Finance's daily history, through yfinance, in; bars that may be believed, and a finding for each symbol, out.

One `Ticker.history` for each symbol, unadjusted, four at a time, all through one session (`yahoo_session`). What came
is read (`yahoo_answer`), then judged (`judgement`). What fails for one symbol is that symbol's finding.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from generator.market.cache import cache_folder, ready_yfinance
from generator.market.judgement import judge, unexplained_moves
from generator.market.sessions import FIRST_DAY, present
from generator.market.source import Finding, Held, SourceReply, Status
from generator.market.yahoo_answer import Reading, keep, read_answer
from generator.market.yahoo_session import NoAnswer, Patience, YahooSession
from generator.model import Bars, Kind, Observations

_AT_ONCE = 4
_GOOD_SO_FAR = (Status.OK, Status.STALE, Status.INCOMPLETE)


@dataclass
class YahooSource:
    """Prices as Yahoo Finance publishes them. One object is one run: one session, one deadline, one refusal."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """What sort of instrument each symbol is; one that is not here is a fund, or a future if it ends in `=F`."""
    advance: Callable[[Finding], None] | None = None
    """Called as each symbol's answer is in, from any thread."""
    key: str = "yahoo"
    supplier: str = "Yahoo Finance"
    simulated: bool = False
    _session: YahooSession | None = field(default=None, init=False, repr=False, compare=False)

    def history(self, symbols: Sequence[str], through: date, held: Mapping[str, Held] | None = None) -> SourceReply:
        """The bars of each symbol from 1987, or from the day needed on, up to `through`; later ones are provisional."""
        asked_at = present()
        if not symbols:
            return SourceReply({}, fetched_at=asked_at)
        held, session = held or {}, self._session or YahooSession(Patience.usual())
        self._session = session
        with _yfinance_speaking_up():
            ready_yfinance(cache_folder() / "yahoo", {symbol: _zone(self.kind(symbol)) for symbol in symbols})

            def read(symbol: str) -> Reading | NoAnswer:
                answer = self._read(session, symbol, through, held.get(symbol))
                if self.advance:
                    self.advance(Verdicts.of({symbol: answer}, through, held, asked_at).findings[symbol])
                return answer

            with ThreadPoolExecutor(_AT_ONCE) as pool:
                answers = dict(zip(symbols, pool.map(read, symbols), strict=True))
        return Verdicts.of(answers, through, held, asked_at).reply(asked_at)

    def kind(self, symbol: str) -> Kind:
        """What sort of instrument the symbol is."""
        return self.kinds.get(symbol, Kind.COMMODITY if symbol.endswith("=F") else Kind.FUND)

    def _read(self, session: YahooSession, symbol: str, through: date, held: Held | None) -> Reading | NoAnswer:
        import peewee
        import yfinance
        from yfinance.exceptions import YFException, YFRateLimitError, YFTickerMissingError

        first = held.since if held else FIRST_DAY
        try:
            frame = yfinance.Ticker(symbol, session=session).history(
                start=(first - timedelta(days=4)).isoformat(),
                end=(through + timedelta(days=3)).isoformat(),  # exclusive, and crypto's day ends before New York's
                auto_adjust=False,
                actions=True,
                keepna=True,
            )
            return read_answer(symbol, self.kind(symbol), frame, session.charts.pop(symbol), through)
        except NoAnswer as failure:
            return failure
        except YFRateLimitError:
            return NoAnswer(Status.RATE_LIMITED, "Yahoo Finance asks for a pause (HTTP 429)")
        except YFTickerMissingError as error:
            return NoAnswer(Status.MISSING, f"Yahoo Finance has no prices for it ({error.rationale})")
        except (ValueError, LookupError, AttributeError, TypeError, YFException, peewee.PeeweeException) as error:
            # Half an answer or a locked cache: yfinance lets whatever breaks on it through.
            what = f"{type(error).__name__}: {error}"
            return NoAnswer(Status.BAD_DATA, f"Yahoo Finance's answer could not be used ({what})")
        except OSError as error:  # curl_cffi's and requests' exceptions are OSErrors
            return NoAnswer(Status.NETWORK, f"Yahoo Finance could not be reached ({error})")

    def observations(self, series: Sequence[str], through: date) -> Mapping[str, Observations]:
        """None: Yahoo publishes prices alone."""
        return {}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What to think of each answer."""

    readings: Mapping[str, Reading]
    findings: Mapping[str, Finding]
    begins: Mapping[str, date]

    @classmethod
    def of(
        cls, answers: Mapping[str, Reading | NoAnswer], through: date, held: Mapping[str, Held], now: datetime
    ) -> Verdicts:
        """Each symbol by itself, then its moves beside those of the others."""
        readings: dict[str, Reading] = {}
        findings: dict[str, Finding] = {}
        begins: dict[str, date] = {}
        for symbol, answer in answers.items():
            if isinstance(answer, NoAnswer):
                findings[symbol] = Finding(symbol, answer.status, answer.reason)
                continue
            findings[symbol] = Finding(symbol, *judge(answer, through, held.get(symbol), now))
            complete = findings[symbol].status is not Status.INCOMPLETE
            readings[symbol] = answer if complete else _without_last(answer)
            if first := _begins_after(answer, through, symbol in held):
                begins[symbol] = first
        usable = {symbol: each for symbol, each in readings.items() if findings[symbol].status in _GOOD_SO_FAR}
        for symbol, why in unexplained_moves(usable, through, held):
            findings[symbol] = Finding(symbol, Status.SUSPECT, why)
        return cls(readings, findings, begins)

    def reply(self, asked_at: datetime) -> SourceReply:
        """The answers, each as far as it may be believed."""
        bars: dict[str, Bars] = {}
        provisional: dict[str, Bars] = {}
        withheld: dict[str, Bars] = {}
        for symbol, reading in self.readings.items():
            status = self.findings[symbol].status
            if len(reading.provisional.days):
                provisional[symbol] = reading.provisional
            if status is Status.GAP:
                withheld[symbol] = reading.bars
            elif status in _GOOD_SO_FAR and len(reading.bars.days):
                bars[symbol] = reading.bars
        return SourceReply(
            bars=bars,
            findings={symbol: each for symbol, each in self.findings.items() if symbol not in self.begins},
            begins=self.begins,
            fetched_at=asked_at,
            provisional=provisional,
            withheld=withheld,
            actions={symbol: each.actions for symbol, each in self.readings.items() if each.actions},
        )


def _begins_after(reading: Reading, through: date, is_held: bool) -> date | None:
    """The day on which its history begins, if that is after the last day asked for."""
    if len(reading.bars.days) or is_held or not len(reading.provisional.days):
        return None
    first: date = reading.provisional.days[0].astype(object)
    return first if reading.first_trade is None or reading.first_trade > through else None


def _without_last(reading: Reading) -> Reading:
    """The reading with its last bar among the provisional ones."""
    bars = reading.bars
    last = bars.days == bars.days[-1]
    return replace(reading, bars=keep(bars, ~last), provisional=keep(bars, last))


def _zone(kind: Kind) -> str:
    return "UTC" if kind is Kind.CRYPTO else "America/New_York"


@contextmanager
def _yfinance_speaking_up() -> Iterator[None]:
    """yfinance raises its errors rather than writing them to a log, keeps no answer, and prints nothing of its own."""
    loggers, silence = [logging.getLogger(name) for name in ("yfinance", "stamina")], logging.NullHandler()
    for logger in loggers:
        logger.addHandler(silence)
    with warnings.catch_warnings():
        import yfinance  # it adds a warning filter of its own, which ends with this block
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
