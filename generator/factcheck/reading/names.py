"""The names under which people write of what the universe holds: indices, funds, tickers, sectors, yields, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

_STOCKS = r"(?:[- ](?:stocks|shares|equities|names|index|benchmark|companies))?"
_INDEX = r"(?:®|™)?(?i: index| average)?"
_SUFFIX = r"(?:[- ](?:sector(?: fund| etf)?|stocks|shares|index|group|names|companies|fund|etf))?"


@dataclass(frozen=True, slots=True)
class Name:
    """What a name in a text stands for: a segment or a release of the universe."""

    key: str
    fund: bool = False
    """Whether a fund is named, by its ticker or as a fund, and not what it follows."""
    loose: bool = False
    """Whether the words are wider than the series that stands for them: `small caps`, `energy stocks`."""


_NAMES: tuple[tuple[str, str], ...] = (
    ("small", rf"(?:small[- ]cap )?Russell[- ]?2000(?:[- ]small[- ]cap)?{_INDEX}(?: of small(?:er)?(?:-company|-cap)? (?:companies|stocks))?|RUT"),
    ("small", r"(?<=[Tt]he )Russell(?! ?\d{4}| Micro| Top| Mid| Invest| U\.?S)"),
    ("sp500", rf"S&P[- ]?500{_INDEX}|\.?SPX|\.INX|(?<=[Tt]he )S&P(?! ?\d{3}\b| Small| Mid| Global| Dow| Equal| Regional| Bio)|S&P(?= index|,| and | or )(?: index)?|Standard (?:&|and) Poor['’]s 500{_INDEX}|\^?GSPC|INX"),
    ("nasdaq", rf"(?:[Tt]he )?(?:Nasdaq|NASDAQ)(?i: composite)?(?![- ]?100|[- ]listed| Bio| Global| Stock| exchange){_INDEX}|[\^.]?IXIC|COMP(?!\w)"),
    ("nasdaq100", rf"Nasdaq[- ]?100{_INDEX}|NDX"),
    ("dow", r"Dow Jones(?i: industrial average)|Dow Industrial Average|Dow Jones [Ii]ndustrials|Dow industrials|Dow Jones(?! Trans| Util| News)|DJIA|\.DJI|Dow(?! Theory| Transport| Utilit| Chemical| Inc| Jones| 30)"),
    ("mega", rf"S&P 100{_INDEX}"),
    ("equal_weight", rf"equal[- ]weight(?:ed)?(?: version of the)? S&P 500(?: index| fund| ETF)?|S&P 500 Equal[- ]Weight(?:ed)?{_INDEX}|equal[- ]weight(?:ed)? (?:index|fund|benchmark)"),
    ("midcap", rf"S&P MidCap 400{_INDEX}"),
    ("sp600", rf"S&P Small[- ]?Cap 600{_INDEX}|S&P 600(?: small[- ]?cap)?{_INDEX}"),
    ("micro", rf"Russell Micro[- ]?cap{_INDEX}"),
    ("small_value", rf"Russell 2000 Value{_INDEX}"),
    ("small_growth", rf"Russell 2000 Growth{_INDEX}"),
    ("vix", r"(?:C(?i:boe) )?VIX(?i: volatility)?(?i: index| gauge of expected swings in stocks)?|C(?i:boe) Volatility Index|(?:Wall Street's )?fear gauge"),
    ("ust10y", r"(?:benchmark )?(?:10|ten)[- ](?:year|yr) (?:U\.?S\.? )?(?:Treasury )?(?:note |bond )?(?:yield|rate(?! mortgage))|yield on (?:the )?(?:benchmark )?(?:10|ten)[- ](?:year|yr)(?: U\.?S\.?)?(?: Treasury| T-?)?(?: note| bond)?"),
    ("note_2y", r"(?:2|two)[- ](?:year|yr) (?:U\.?S\.? )?(?:Treasury )?(?:note )?(?:yield|rate)|yield on (?:the )?(?:2|two)-year(?: U\.?S\.?)?(?: Treasury)?(?: note)?"),
    ("note_5y", r"(?:5|five)-year (?:U\.?S\.? )?(?:Treasury )?(?:note )?(?:yield|rate)|yield on (?:the )?(?:5|five)-year(?: Treasury)?(?: note)?"),
    ("bond_30y", r"(?:30|thirty)-year (?:U\.?S\.? )?(?:Treasury )?(?:bond )?yield|yield on (?:the )?(?:30|thirty)-year(?: Treasury)?(?: bond)?"),
    ("bill_3m", r"(?:3|three)-month (?:U\.?S\.? )?(?:Treasury )?(?:bill )?yield"),
    ("dollar", r"(?:ICE )?(?:U\.?S\.? )?dollar index|DXY"),
)  # fmt: skip
"""Names that mean the series itself, as patterns."""

_LOOSE: tuple[tuple[str, str], ...] = (
    ("small", rf"small[- ]caps{_STOCKS}|small[- ]cap[- ](?:stocks|shares|equities|names|index|benchmark|gauge|companies)|small(?:er)?[- ]company (?:stocks|shares)|small(?:er)? companies|small(?:er)? stocks"),
    ("dow", r"blue-chip (?:index|gauge|average|benchmark)"), ("nasdaq", r"tech-heavy (?:index|gauge|benchmark)"),
    ("exus_small", rf"(?:international|foreign|overseas) small[- ](?:caps|cap (?:stocks|shares|companies)){_STOCKS}|small[- ]caps (?:outside (?:of )?the (?:United States|U\.?S\.?)|abroad)"),
    ("sp500", rf"large[- ]caps{_STOCKS}|large[- ]cap (?:stocks|shares|index|benchmark)"),
    ("mega", r"mega[- ]?caps|mega[- ]?cap (?:stocks|shares|fund)|fund of (?:the )?S&P 100 megacaps"),
    ("top50", r"fund of the 50 largest stocks"),
    ("equal_weight", r"average (?:large[- ]company )?stock(?= in the S&P 500)?|average S&P 500 (?:stock|company)"),
    ("midcap", rf"mid[- ]?caps{_STOCKS}|mid[- ]?cap (?:stocks|shares)"),
    ("micro", rf"micro[- ]?caps{_STOCKS}|micro[- ]?cap (?:stocks|shares|fund|index)|fund of micro caps"),
    ("small_value", rf"small(?:[- ]cap)? value{_STOCKS}"),
    ("small_growth", rf"small(?:[- ]cap)? growth{_STOCKS}"),
    ("mag7", r"(?:so-called )?[\"']?Magnificent (?:Seven|7)[\"']?(?: stocks| technology stocks)?|Mag(?:nificent)?[- ]7|equal[- ]weighted basket of (?:them|the seven|the [\"']?Magnificent Seven[\"']?)"),
    ("regional_banks", r"regional[- ]banks?(?: stocks| shares| index| fund)?"),
    ("biotech", r"biotech(?:nology)?s?(?: stocks| shares| index| fund)?"),
    ("dollar", r"(?<=the )(?:U\.?S\.? )?dollar"),
    ("gold", r"gold(?: futures| prices)?"),
    ("bitcoin", r"bitcoin"),
    ("ether", r"ether(?:eum)?"),
)  # fmt: skip
"""Names that mean a part of the market for which one series stands."""

SECTORS = {
    "materials": "materials",
    "communications": r"communications? services|communications",
    "energy": "energy",
    "financials": r"financials?",
    "industrials": r"industrials?",
    "technology": r"(?:information )?technology|tech",
    "staples": r"consumer[- ]staples|staples",
    "real_estate": r"real[- ]estate",
    "utilities": r"utilit(?:y|ies)",
    "health": r"health[- ]?care",
    "discretionary": r"consumer[- ]discretionary",
}
_COMPANIES = {
    "apple": "Apple", "microsoft": "Microsoft", "nvidia": "Nvidia", "alphabet": r"Alphabet|Google(?: parent)? Alphabet",
    "amazon": r"Amazon(?:\.com)?", "meta": r"Meta(?: Platforms)?", "tesla": "Tesla",
}  # fmt: skip
_TICKERS = {
    "IWM": "small", "SPY": "sp500", "VOO": "sp500", "QQQ": "nasdaq100", "DIA": "dow", "OEF": "mega", "XLG": "top50",
    "RSP": "equal_weight", "IJH": "midcap", "IJR": "sp600", "IWC": "micro", "IWN": "small_value", "IWO": "small_growth",
    "VSS": "exus_small", "AAPL": "apple", "MSFT": "microsoft", "NVDA": "nvidia", "GOOGL": "alphabet",
    "AMZN": "amazon", "META": "meta", "TSLA": "tesla", "XLB": "materials", "XLC": "communications", "XLE": "energy",
    "XLF": "financials", "XLI": "industrials", "XLK": "technology", "XLP": "staples", "XLRE": "real_estate",
    "XLU": "utilities", "XLV": "health", "XLY": "discretionary", "PSCD": "small_discretionary",
    "PSCC": "small_staples", "PSCE": "small_energy", "PSCF": "small_financials", "PSCH": "small_health",
    "PSCI": "small_industrials", "PSCM": "small_materials", "PSCT": "small_technology", "PSCU": "small_utilities",
    "KRE": "regional_banks", "XBI": "biotech",
}  # fmt: skip
_ETF_NAMES = {
    "small": r"iShares Russell 2000 ETF|Russell 2000 (?:index )?(?:fund|ETF)",
    "sp500": r"SPDR S&P 500 (?:ETF(?: Trust)?|Trust)|S&P 500 (?:index )?(?:fund|ETF)",
    "nasdaq100": r"Invesco QQQ(?: Trust)?|Nasdaq[- ]100 (?:fund|ETF)", "sp600": r"(?:iShares Core )?S&P (?:Small-?Cap )?600 (?:ETF|fund)",
    "regional_banks": r"SPDR S&P Regional Banking ETF", "biotech": r"SPDR S&P Biotech ETF",
    "equal_weight": r"Invesco S&P 500 Equal Weight ETF",
}  # fmt: skip

_UNHELD = (
    r"Russell 1000(?: Value| Growth)?", r"Russell 3000", r"Russell Top 200", r"Russell Midcap", r"S&P 1500", r"S&P Global 1200",
    r"MSCI (?:ACWI|EAFE|World|Emerging Markets|USA)(?: ex-USA)?(?: Small Cap)?", r"FTSE 100", r"Nikkei(?: 225)?", r"Euro Stoxx 50",
    r"STOXX (?:Europe )?600", r"Hang Seng", r"DAX", r"Dow Transports?", r"Dow (?:Jones )?Transportation(?: Average| stocks)?",
    r"Philadelphia Semiconductor(?: Index)?", r"NYSE Composite", r"Wilshire 5000", r"ARKK", r"HYG", r"LQD", r"TLT",
)  # fmt: skip
"""Indices and funds that people write of and the universe does not hold."""

RELEASES: tuple[tuple[str, str], ...] = (
    ("core_cpi", r"core (?:CPI|consumer price index|consumer prices|inflation(?: rate)?)|core measure of consumer prices|consumer prices (?:excluding|without) food and energy"),
    ("cpi", r"(?:headline |annual |consumer[- ])?(?:CPI|inflation(?: rate)?)(?![- ]adjusted| expect| gauge| fear| worr| data| report| reading| concern| outlook| number)|consumer[- ]price index|consumer prices|consumer inflation"),
    ("unemployment", r"(?:unemployment|jobless) rate|unemployment(?= (?:rose|fell|was|climbed|edged|dropped|slipped|ticked|held|stood|remained))"),
    ("payrolls", r"(?:total )?(?:U\.?S\.? )?non-?farm payrolls(?: in the (?:US|U\.S\.|United States))?|(?:U\.?S\.? )?payrolls|(?:U\.?S\.? )?employers|job (?:growth|gains)|payroll growth"),
    ("gdp", r"(?:U\.?S\.? )?(?:real )?(?:GDP|gross domestic product)(?: growth)?|(?:U\.?S\.? )?economic growth|(?:the )?(?:U\.?S\.? )?economy"),
    ("claims", r"(?:(?:initial|weekly|first-time|new|U\.?S\.?) )*(?:jobless|unemployment)(?: benefits?)? claims|(?:(?:initial|new|first-time|weekly) )*(?:applications|claims|filings) for (?:state )?(?:unemployment|jobless) (?:insurance benefits|benefits|aid|insurance)"),
)  # fmt: skip


@cache
def patterns() -> tuple[tuple[str, Name, bool], ...]:
    """Every pattern with what it names, and whether its letters' case matters; the longest match wins."""
    return tuple(_patterns())


def _patterns() -> Iterator[tuple[str, Name, bool]]:
    for ticker, key in _TICKERS.items():
        yield rf"\$?{ticker}(?: ETF| fund)?", Name(key, fund=True), True
    for key, pattern in _ETF_NAMES.items():
        yield rf"(?:{pattern})(?: \(\$?[A-Z]{{3,4}}\))?", Name(key, fund=True), False
    for key, pattern in _NAMES:
        yield pattern, Name(key), key != "ust10y" and key.startswith(("small", "dow", "nasdaq", "vix"))
    for key, pattern in _LOOSE:
        yield pattern, Name(key, loose=True), False
    for key, pattern in SECTORS.items():
        yield rf"(?:S&P 500(?:'s)? )?(?:{pattern}){_SUFFIX}", Name(key, loose=True), False
        small = {"communications": "", "real_estate": ""}.get(key, pattern)
        if small:
            yield rf"small(?:er)?(?:[- ]cap)? (?:{small}){_SUFFIX}", Name(f"small_{key}", loose=True), False
    for pattern in _UNHELD:
        yield rf"{pattern}{_INDEX}", Name(regex.sub(r"\(.*|\?.*", "", pattern).strip()), True
    for key, pattern in _COMPANIES.items():
        yield rf"(?:shares (?:of|in) )?(?:{pattern})(?:'s)?(?: (?:stock|shares)| Inc\.?)?", Name(key), True
