"""Yahoo Finance as a site on loopback: charts, quotes, fund profiles, cookie and crumb, in the shapes that it uses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote_plus, urlencode
from zoneinfo import ZoneInfo

from tests.servers.loopback import Answer, Request

CHART = "/v8/finance/chart/"
SCREENER = "/v1/finance/screener"
CRUMB = "invented-crumb"
COOKIE = "A3=d=invented; Expires=Fri, 01 Jan 2038 12:00:00 GMT; Domain=.yahoo.com; Path=/; SameSite=None; Secure"


@dataclass(frozen=True)
class Listing:
    """One symbol as the server tells of it: closes by day, None where Yahoo would send null."""

    closes: Mapping[date, float | None]
    zone: str = "America/New_York"
    opens: time = time(9, 30)
    shuts: time = time(16, 0)
    """When its day ends, and the quote with it."""
    adjustment: float = 1.0
    """What the adjusted close is, as a share of the close."""
    quote: tuple[float, datetime] | None = None
    """The regular market's price and moment, where they are not the last close held and the end of that day."""
    splits: Mapping[date, tuple[int, int]] = field(default_factory=dict)
    """Numerator and denominator by day."""
    dividends: Mapping[date, float] = field(default_factory=dict)
    kind: str = "ETF"
    edit: Callable[[dict[str, Any]], None] | None = None
    """What is done to the chart before it is sent: a null here, a row twice there."""

    def stamp(self, day: date, moment: time | None = None) -> int:
        """The day's bar, or another moment of it, in seconds since 1970."""
        return int(datetime.combine(day, moment or self.opens, ZoneInfo(self.zone)).timestamp())

    def chart(self, symbol: str, query: Mapping[str, str]) -> dict[str, Any]:
        """The body of a chart answer for the range that the query asks for, in the shape that Yahoo gives it."""
        first, end = int(query.get("period1", 0)), int(query.get("period2", 2**40))
        rows = [(self.stamp(day), day, close) for day, close in self.closes.items()]
        rows = rows[-1:] if query.get("range") == "1d" else [row for row in rows if first <= row[0] < end]
        closes = [close for _, _, close in rows]
        quote: dict[str, list[Any]] = {name: list(closes) for name in ("open", "high", "low", "close")}
        quote["volume"] = [1000] * len(rows)
        adjusted = [None if close is None else close * self.adjustment for close in closes]
        result: dict[str, Any] = {"meta": self.meta(symbol)}
        if rows:
            result["timestamp"] = [stamp for stamp, _, _ in rows]
            result["indicators"] = {"quote": [quote], "adjclose": [{"adjclose": adjusted}]}
            result |= self.events({day for _, day, _ in rows})
        else:
            result["indicators"] = {"quote": [{}], "adjclose": [{}]}
        if self.edit is not None:
            self.edit(result)
        return {"chart": {"result": [result], "error": None}}

    def meta(self, symbol: str) -> dict[str, Any]:
        """What Yahoo says about the symbol beside its bars, the quote among it."""
        held = [day for day, close in self.closes.items() if close is not None]
        meta: dict[str, Any] = {
            "currency": "USD",
            "symbol": symbol,
            "exchangeName": "PCX",
            "instrumentType": self.kind,
            "firstTradeDate": self.stamp(min(self.closes)) if self.closes else None,
            "gmtoffset": -18000,
            "timezone": "EST",
            "exchangeTimezoneName": self.zone,
            "priceHint": 2,
            "dataGranularity": "1d",
            "range": "",
            "validRanges": ["1d", "5d", "1mo", "max"],
        }
        price, moment = None, None
        if self.quote is not None:
            price, moment = self.quote[0], int(self.quote[1].timestamp())
        elif held:
            price, moment = self.closes[held[-1]], self.stamp(held[-1], self.shuts)
        return meta | {"regularMarketPrice": price, "regularMarketTime": moment, "chartPreviousClose": price}

    def events(self, days: set[date]) -> dict[str, Any]:
        """Splits and dividends on `days`."""
        splits = {
            str(self.stamp(day)): {"date": self.stamp(day), "numerator": up, "denominator": down}
            for day, (up, down) in self.splits.items()
            if day in days
        }
        paid = {
            str(self.stamp(day)): {"date": self.stamp(day), "amount": amount}
            for day, amount in self.dividends.items()
            if day in days
        }
        found = {name: events for name, events in (("splits", splits), ("dividends", paid)) if events}
        return {"events": found} if found else {}


@dataclass(frozen=True)
class Fund:
    """A fund's profile: the price over earnings of what it holds, as Yahoo gives it, and of its own quote."""

    price_to_earnings: float
    """The reciprocal: 0.0561 is 17.8 times; 0.0 is unknown."""
    trailing_pe: float | None = None


@dataclass(frozen=True)
class Company:
    """A company as the screener tells of it; where a figure is None, Yahoo leaves it out."""

    sector: str
    name: str
    value: float | None = 1e9
    price: float | None = 50.0
    shares: float | None = 1e6
    """Traded on a usual day."""
    kind: str = "EQUITY"
    currency: str = "USD"

    def quote(self, symbol: str) -> dict[str, Any]:
        """The quote among a screen's answers."""
        told = {"marketCap": self.value, "regularMarketPrice": self.price, "averageDailyVolume3Month": self.shares}
        words = {"symbol": symbol, "shortName": self.name, "quoteType": self.kind, "currency": self.currency}
        return words | {key: value for key, value in told.items() if value is not None}


@dataclass
class Yahoo:
    """Yahoo Finance with the listings it has."""

    listings: Mapping[str, Listing]
    funds: Mapping[str, Fund] = field(default_factory=dict)
    companies: Mapping[str, Company] = field(default_factory=dict)
    hosts: tuple[str, ...] = (
        *("fc.yahoo.com", "query1.finance.yahoo.com", "query2.finance.yahoo.com"),
        *("guce.yahoo.com", "consent.yahoo.com"),
    )
    screens: list[dict[str, Any]] = field(default_factory=list)
    """What the screener was asked, in order."""

    def subject(self, path: str, query: Mapping[str, str]) -> str:
        """The symbol, `crumb`, or `cookie` for whatever else there is."""
        for start in (CHART, "/v10/finance/quoteSummary/"):
            if path.startswith(start):
                return path.removeprefix(start)
        if path == SCREENER:
            return "screener"
        if path.endswith("/quote"):
            return query.get("symbols", "")
        if "/timeseries/" in path:
            return query.get("symbol", "")
        return "crumb" if path.endswith("/getcrumb") else "cookie"

    def answer(self, request: Request) -> Answer:
        """What the request asks for, if its cookie and crumb are in order."""
        path = request.path
        if path.startswith(CHART):
            return self.chart(request)
        if request.host == "consent.yahoo.com":
            return consent(request)
        if request.host == "fc.yahoo.com":
            return Answer(b"", 404, {"Set-Cookie": COOKIE})
        if path.endswith("/getcrumb"):
            return Answer(CRUMB.encode()) if "A3=" in request.cookie else refusal("Invalid Cookie")
        if "A3=" not in request.cookie or request.query.get("crumb") != CRUMB:
            return refusal("Invalid Crumb")
        if path.startswith("/v10/finance/quoteSummary/"):
            return self.summary(request)
        if path.endswith("/quote"):
            known = [symbol for symbol in request.query.get("symbols", "").split(",") if symbol in self.listings]
            return as_json({"quoteResponse": {"result": [self.quote(symbol) for symbol in known], "error": None}})
        if path == SCREENER:
            return self.screened(json.loads(request.body))
        if "/timeseries/" in path:  # what yfinance asks for beside every quote
            told = {"meta": {"symbol": [request.subject], "type": ["trailingPegRatio"]}}
            return as_json({"timeseries": {"result": [told], "error": None}})
        return Answer(b"", 404)

    def chart(self, request: Request) -> Answer:
        """The symbol's chart, or that there is no such symbol."""
        listing = self.listings.get(request.subject)
        if listing is not None:
            return as_json(listing.chart(request.subject, request.query))
        said = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
        return as_json({"chart": {"result": None, "error": said}}, 404)

    def quote(self, symbol: str) -> dict[str, Any]:
        """The symbol's quote."""
        meta = self.listings[symbol].meta(symbol)
        fund = self.funds.get(symbol)
        quote = {key: meta[key] for key in ("symbol", "currency", "regularMarketPrice", "regularMarketTime")}
        ratio = {"trailingPE": fund.trailing_pe} if fund and fund.trailing_pe is not None else {}
        return quote | {"quoteType": meta["instrumentType"]} | ratio

    def screened(self, asked: dict[str, Any]) -> Answer:
        """The companies of the sector asked for, whatever else was asked: a screener need not keep to it."""
        self.screens.append(asked)
        wanted = {tuple(one["operands"]) for one in asked["query"]["operands"] if one["operator"] == "EQ"}
        found = [one.quote(symbol) for symbol, one in self.companies.items() if ("sector", one.sector) in wanted]
        result = {"start": 0, "count": len(found), "total": len(found), "quotes": found}
        return as_json({"finance": {"result": [result], "error": None}})

    def summary(self, request: Request) -> Answer:
        """Those of the modules asked for that the server knows: type, detail, holdings and profile."""
        symbol = request.subject
        if symbol not in self.listings:
            said = {"code": "Not Found", "description": f"Quote not found for symbol: {symbol}"}
            return as_json({"quoteSummary": {"result": None, "error": said}}, 404)
        fund, wanted = self.funds.get(symbol), request.query.get("modules", "").split(",")
        modules: dict[str, Any] = {"quoteType": {"quoteType": "ETF", "symbol": symbol, "maxAge": 1}}
        if fund is not None:
            detail = {} if fund.trailing_pe is None else {"trailingPE": fund.trailing_pe}
            modules["summaryDetail"] = {"maxAge": 1} | detail
            modules["summaryProfile"] = {"maxAge": 1, "longBusinessSummary": "An invented fund."}
            modules["fundProfile"] = {"maxAge": 1, "family": "Invented", "categoryName": "Invented", "legalType": "ETF"}
            modules["topHoldings"] = {
                "maxAge": 1,
                "stockPosition": 1.0,
                "holdings": [],
                "equityHoldings": {"priceToEarnings": fund.price_to_earnings, "priceToBook": 0.4},
                "bondHoldings": {},
                "bondRatings": [],
                "sectorWeightings": [],
            }
        found = {name: modules[name] for name in wanted if name in modules}
        return as_json({"quoteSummary": {"result": [found], "error": None}})


def consent(request: Request) -> Answer:
    """The page that asks for consent, and the way back once it is given."""
    if request.path == "/given":
        return Answer(b"", 302, {"Location": request.query["back"]})
    form = f'<form method="post" action="/given?back={quote_plus(request.query["back"])}"><input name="agree"></form>'
    return Answer(f"<!doctype html><html>{form}</html>".encode(), 200, {"Content-Type": "text/html"})


def to_consent(symbol: str) -> str:
    """Where Yahoo sends somebody who has yet to consent, on the way to a chart."""
    back = f"https://query2.finance.yahoo.com{CHART}{symbol}?{urlencode({'period1': 0, 'period2': 2**40})}"
    return f"https://consent.yahoo.com/asked?{urlencode({'back': back})}"


def as_json(content: object, status: int = 200) -> Answer:
    """An answer in JSON."""
    return Answer(json.dumps(content).encode(), status, {"Content-Type": "application/json"})


def refusal(why: str) -> Answer:
    """What Yahoo says to a request whose cookie or crumb is not in order."""
    error = {"code": "Unauthorized", "description": why}
    return as_json({"finance": {"result": None, "error": error}}, 401)
