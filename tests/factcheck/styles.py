"""Invented sentences in the styles of several trades; one style is held out, and nothing is tuned on it.

A sentence is a form with places: {s} who, {o} another, {v} a verb of the sign, {n} a number, {t} a span, {l} a level,
{d} a date. Words for verbs, names and spans are each style's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Words = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Style:
    """How one trade writes."""

    key: str
    names: Words
    up: tuple[str, ...]
    down: tuple[str, ...]
    spans: Words
    decimals: int
    percent: str
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)


NAMES: Words = {
    "small": ("The Russell 2000", "Small caps", "The small-cap Russell 2000"),
    "sp500": ("The S&P 500",), "nasdaq": ("The Nasdaq Composite", "The Nasdaq"),
    "dow": ("The Dow Jones Industrial Average", "The Dow"), "nasdaq100": ("The Nasdaq 100",),
    "technology": ("Technology stocks", "The technology sector"), "energy": ("Energy stocks", "The energy sector"),
    "financials": ("Financials", "Financial stocks"), "health": ("Health care stocks", "Health care"),
    "utilities": ("Utilities",), "industrials": ("Industrials",), "nvidia": ("Nvidia", "Shares of Nvidia"), "apple": ("Apple",),
}  # fmt: skip
_SPANS: Words = {
    "day": ("on {weekday}",), "week": ("for the week", "this week"), "month": ("in {month}", "this month"), "quarter": ("this quarter",),
    "year": ("this year", "so far this year", "year to date"), "last week": ("last week",), "last month": ("last month",),
    "3 months": ("over the past three months",), "12 months": ("over the past 12 months", "in the past year"),
    "5 sessions": ("over five sessions",), "10 sessions": ("in the past 10 sessions",),
}  # fmt: skip

WIRE = Style(
    "wire", NAMES,
    ("rose", "gained", "climbed", "advanced", "added", "jumped"), ("fell", "lost", "dropped", "slid", "shed", "declined"),
    _SPANS, 1, "%",
    {
        "move": ("{s} {v} {n} {t}.", "{T}, {s} {v} {n}.", "{s} {v} {n} {t}, as investors weighed the latest data.", "{s} was {w} {n} {t}."),
        "day": ("{s} {v} {n}.", "{s} {v} {n} on {weekday}.", "{s} {v} {n} to {l}.", "{s} closed {w} {n} at {l}.", "{s} {v} {p} points, or {n}, to {l}.",
                "{s} closed at {l}, {w} {n}.", "{s} ended {n} {h}."),
        "pair": ("{s} {v} {n}, while {o} {v2} {n2}.", "{s} {v} {n} and {o} {v2} {n2}.", "{s} {v} {n}; {o} {v2} {n2}."),
        "list": ("{s} {v} {n}, {o} {n2} and {q} {n3}.",),
        "compare": ("{s} outperformed {o} by {g} percentage points {t}.", "{s} beat {o} {t}.", "{T}, {s} outpaced {o}.", "{s} has beaten {o} by {g} percentage points {t}."),
        "level": ("{s} closed at {l}.", "{s} ended the session at {l}.", "{s} settled at {l} on {weekday}."),
        "highest": ("{s} closed at {l}, its highest close since {d}.", "{s} {v} {n} to its highest close since {d}."),
        "best": ("{s} {v} {n}, its {b} day since {d}.", "It was the {b} day for {s} since {d}.", "{s} had its {b} day since {d}."),
        "best week": ("{s} {v} {n} for the week, its {b} week since {d}.", "{s} posted its {b} weekly {noun} since {d}."),
        "record": ("{s} closed at a record high.", "{s} {v} {n} to a record close.", "{s} ended at an all-time high of {l}."),
        "run": ("{s} {v} for a {k} straight session.", "{s} {v} {n}, its {k} straight {noun}.", "{s} extended its {x} streak to {c} days."),
        "distance": ("{s} is {n} below its record close.", "That leaves {s} {n} below its record."),
        "breadth": ("{C} of the 11 S&P 500 sectors {v} on {weekday}.", "{C} of 11 sectors ended {h}.", "{C} of the 11 S&P 500 sectors {v}, led by {s}."),
        "best sector": ("{s} led the S&P 500 sectors with a {n} gain.", "{s} was the best-performing sector, up {n}."),
        "yield": ("The yield on the 10-year Treasury note {v} to {y} from {y0}.", "The 10-year Treasury yield {v} {bp} basis points to {y}."),
        "vix": ("The VIX {v} to {l}.", "The Cboe Volatility Index closed at {l}."),
        "cpi": ("Consumer prices rose {n} in {m} from a year earlier.", "The consumer price index increased {n} in the 12 months through {m}."),
        "unemployment": ("The unemployment rate was {n} in {m}.", "The jobless rate stood at {n} in {m}."),
        "payrolls": ("Employers added {j} jobs in {m}.", "Nonfarm payrolls rose by {j} in {m}."),
        "gdp": ("Gross domestic product grew at a {n} annualized rate in the {quarter} quarter.",),
        "fed": ("The Federal Reserve {f} rates by {bp} basis points on {d}.", "The Fed {f} its benchmark rate by {half} percentage point on {d}, to a range of {lo}% to {hi}%."),
    },
)  # fmt: skip

LETTER = Style(
    "letter", NAMES | {"small": ("Small caps", "The Russell", "Small-cap stocks"), "sp500": ("The S&P", "The S&P 500"), "nasdaq": ("The tech-heavy Nasdaq",),
                       "dow": ("The Dow", "The blue-chip Dow")},
    ("popped", "surged", "tacked on", "rallied", "picked up"), ("tumbled", "gave up", "sank", "slumped", "dipped"),
    _SPANS | {"week": ("on the week", "this week"), "month": ("so far in {month}", "month to date"), "year": ("YTD", "since the start of the year", "for the year")},
    1, "%",
    {
        "move": ("{s} {v} {n} {t}.", "{s} {v} about {n} {t}.", "{s}, meanwhile, {v} {n} {t}.", "{T}, {s} {v} {n}."),
        "day": ("{s} {v} {n} today.", "{s} finished {w} {n}.", "{s} closed {n} {h} at {l}.", "{s} notched a {n} {noun}.", "A {n} {noun} for {s} on {weekday}."),
        "pair": ("{s} {v} {n}, but {o} {v2} {n2}.", "{s} {v} {n} (and {o} {v2} {n2}).", "{s} {v} {n}, compared with {o}'s {n2} {noun2}."),
        "list": ("{s} {v} {n}, {o} {n2}, and {q} {n3}.",),
        "compare": ("{s} left {o} behind {t}, beating it by {g} percentage points.", "{s} is ahead of {o} {t}.", "{s} finished {g} percentage points ahead of {o} {t}."),
        "level": ("{s} wrapped up at {l}.", "{s} finished at {l}."),
        "highest": ("That is the highest close for {s} since {d}.", "{s} just had its highest close since {d}."),
        "best": ("It was {s}'s {b} day since {d}.", "{s} just had the {b} day since {d}.", "{s} {v} {n}, the {b} day since {d}."),
        "best week": ("{s} just had its {b} week since {d}.", "{s} {v} {n} this week, the {b} week since {d}."),
        "record": ("{s} hit a new all-time high.", "{s} closed at a fresh record."),
        "run": ("{s} has now {v3} for {c} straight days.", "{s} made it {c} {nouns} in a row.", "{s} {v} for the {k} day in a row."),
        "distance": ("{s} is still {n} below its all-time high.",),
        "breadth": ("{C} of the 11 sectors closed {h} today.", "Just {c} of 11 sectors were {w}."),
        "best sector": ("{s} led the way, up {n}.",),
        "yield": ("The 10-year yield ended at {y}.", "The 10-year yield {v} to {y}, from {y0} the day before."),
        "vix": ("The VIX finished at {l}.",),
        "cpi": ("CPI came in at {n} year over year for {m}.", "Inflation ran at {n} in {m}."),
        "unemployment": ("The unemployment rate came in at {n} for {m}.",),
        "payrolls": ("The economy added {j} jobs in {m}.",),
        "gdp": ("The economy grew at a {n} annual rate in the {quarter} quarter.",),
        "fed": ("The Fed {f} rates by {bp} bps on {d}.",),
    },
)  # fmt: skip

MODEL = Style(
    "model", NAMES | {"small": ("The Russell 2000 Index", "Small-cap equities", "The Russell 2000"), "sp500": ("The S&P 500 Index", "The broader S&P 500"),
                      "nasdaq": ("The tech-heavy Nasdaq Composite",), "dow": ("The Dow Jones Industrial Average",)},
    ("surged", "climbed", "soared", "advanced", "recorded a gain of"), ("plunged", "retreated", "declined", "slipped", "suffered a loss of"),
    _SPANS | {"week": ("for the week", "over the course of the week"), "year": ("year-to-date", "so far in {year}"), "12 months": ("over the past 12 months", "over the last year")},
    2, "%",
    {
        "move": ("{s} {v} {n} {t}.", "{s} {v} {n} {t}, underscoring a shift in sentiment.", "{T}, {s} {v} an impressive {n}.", "{s}—a key benchmark—{v} {n} {t}."),
        "day": ("In the latest market session, {s} {v} {n}.", "{s} {v} {n} to close at {l}, reflecting broad participation.", "{s} ended the trading day at {l}, {w} {n}.",
                "{s} finished the session with a {n} {noun}."),
        "pair": ("{s} {v} {n}, whereas {o} {v2} {n2}.", "{s} {v} {n}, compared to a {n2} {noun2} for {o}."),
        "list": ("{s} {v} {n}, while {o} and {q} {v2} {n2} and {n3}, respectively.",),
        "compare": ("{s} outperformed {o} by {gb} basis points {t}.", "{s} outpaced {o} {t}, signaling a broadening rally.", "{T}, {s} outperformed {o}."),
        "level": ("{s} ended the trading day at {l} points.", "{s} closed the day at {l}."),
        "highest": ("{s} reached its highest closing level since {d}.",),
        "best": ("{s} {v} {n}, marking its {b} single-day performance since {d}.", "{s} posted its {b} day since {d}."),
        "best week": ("{s} {v} {n} for the week, marking its {b} weekly performance since {d}.",),
        "record": ("{s} reached an all-time high.", "{s} closed at a record high of {l}, its highest level ever recorded."),
        "run": ("{s} {v} {n}, marking its {k} consecutive {noun}.", "{s} posted its {k} consecutive daily {noun}."),
        "distance": ("{s} remains {n} below its all-time high.",),
        "breadth": ("{C} of the 11 S&P 500 sectors finished {h}.",),
        "best sector": ("{s} led the gains, rising {n}.", "{s} was the top-performing sector with a {n} gain."),
        "yield": ("The benchmark 10-year Treasury yield {v} to {y}.", "The yield on the benchmark 10-year Treasury note {v} by {bp} basis points to {y}."),
        "vix": ("The VIX, often called Wall Street's fear gauge, closed at {l}.",),
        "cpi": ("Headline inflation stood at {n} year-over-year in {m}.", "The Consumer Price Index (CPI) rose {n} year-over-year in {m}."),
        "unemployment": ("The unemployment rate stood at {n} in {m}.",),
        "payrolls": ("The U.S. economy added {j} jobs in {m}.", "Nonfarm payrolls increased by {j} in {m}."),
        "gdp": ("Real GDP grew at an annualized rate of {n} in the {quarter} quarter.",),
        "fed": ("The Federal Reserve {f} interest rates by {bp} basis points on {d}.", "The FOMC {f} the federal funds rate by {bp} basis points on {d}, bringing it to a range of {lo}%–{hi}%."),
    },
)  # fmt: skip

BROKER = Style(
    "broker", {"small": ("Russell 2000", "RUT"), "sp500": ("S&P 500", "SPX"), "nasdaq": ("Nasdaq", "Nasdaq Composite"), "dow": ("Dow", "DJIA"),
               "nasdaq100": ("Nasdaq-100", "NDX"), "technology": ("XLK", "Tech stocks"), "energy": ("XLE", "Energy stocks"), "financials": ("XLF", "Financials"),
               "health": ("XLV", "Health care stocks"), "utilities": ("XLU", "Utilities"), "industrials": ("XLI", "Industrials"), "nvidia": ("NVDA",), "apple": ("AAPL",)},
    ("up", "rose", "gained"), ("down", "fell", "lost"),
    _SPANS | {"week": ("WTD", "this week"), "month": ("MTD", "this month"), "year": ("YTD", "this year"), "quarter": ("QTD",)}, 2, "%",
    {
        "move": ("{s} {v} {n} {t}.", "{s} {sn} {t}."),
        "day": ("{s} {sn}.", "{s} {l} ({sn}).", "{s}: {sn} to {l}.", "{s} closed {w} {n}."),
        "pair": ("{s} {sn}, {o} {sn2}.", "{s} {v} {n} vs. {o} {v2} {n2}."),
        "list": ("{s} {sn}, {o} {sn2}, {q} {sn3}.",),
        "compare": ("{s} outperformed {o} by {gb} bps {t}.", "{s} ahead of {o} {t}."),
        "level": ("{s} closed at {l}.",),
        "highest": ("{s}: highest close since {d}.",),
        "best": ("{s}: {b} day since {d}.", "{s} {sn}, {b} day since {d}."),
        "best week": ("{s} {sn} this week, {b} week since {d}.",),
        "record": ("{s} at a record close.", "{s} closed at a record."),
        "run": ("{s} {v} for {c} straight sessions.",),
        "distance": ("{s} {n} below its record close.",),
        "breadth": ("{C} of 11 sectors {h}.",),
        "best sector": ("{s} was the best sector, {sn}.",),
        "yield": ("10-year yield {y} vs. {y0} prior.", "10-year yield closed at {y}."),
        "vix": ("VIX at {l}.", "VIX closed at {l}."),
        "cpi": ("CPI {m}: {n} y/y.", "{m} CPI rose {n} y/y."),
        "unemployment": ("Unemployment rate {n} in {m}.",),
        "payrolls": ("Nonfarm payrolls rose {j} in {m}.",),
        "gdp": ("GDP grew at a {n} annual rate in the {quarter} quarter.",),
        "fed": ("Fed {f} rates by {bp} bp on {d}.",),
    },
)  # fmt: skip

COLUMN = Style(
    "column (held out)", NAMES | {"small": ("The Russell 2000 index of smaller companies", "America's small caps", "Smaller companies"),
                                  "sp500": ("The S&P 500", "The benchmark S&P 500"), "nasdaq": ("The Nasdaq",), "dow": ("The 30-stock Dow", "The Dow industrials")},
    ("put on", "crept up", "bounced", "returned", "marched", "was better by"), ("dropped", "surrendered", "retreated", "gave back", "coughed up", "was worse by"),
    _SPANS | {"week": ("over the week", "across the week"), "month": ("during {month}",), "year": ("since January", "since New Year", "in {year} to date"), "12 months": ("in twelve months",),
              "last week": ("the week before",), "3 months": ("in three months",)}, 1, " per cent",
    {
        "move": ("{s} {v} {n} {t}.", "{T} {s} {v} {n}.", "Investors saw {s} {v} {n} {t}.", "By the close, {s} had {v} {n} {t}."),
        "day": ("{s} {v} {n} by the closing bell.", "At {l}, {s} was {w} {n}.", "{s} ended the day {n} {h}.", "When trading stopped, {s} stood at {l}, {n} {h}."),
        "pair": ("{s} {v} {n}, against {n2} for {o}.", "While {o} {v2} {n2}, {s} {v} {n}."),
        "list": ("{s} {v} {n}; {o}, {n2}; {q}, {n3}.",),
        "compare": ("{s} did better than {o} {t}.", "{s} had the edge over {o} {t}, by {g} percentage points.", "{s} fared better than {o} {t}."),
        "level": ("The last print for {s} was {l}.", "{s} closed out the day at {l}."),
        "highest": ("Not since {d} has {s} closed higher.", "{s} closed at its highest since {d}."),
        "best": ("Not since {d} has {s} had so good a day.", "{s} enjoyed its {b} session since {d}."),
        "best week": ("{s} put in its {b} week since {d}.",),
        "record": ("{s} has never closed higher.", "{s} set a closing record."),
        "run": ("It was the {k} {noun} in a row for {s}.", "{s} {v} for the {k} session running."),
        "distance": ("{s} stands {n} short of its record.",),
        "breadth": ("{C} sectors out of 11 {v}.", "{C} of the market's 11 sectors {v}."),
        "best sector": ("{s} was the day's best sector, with a {noun} of {n}.",),
        "yield": ("Ten-year Treasuries yielded {y} at the close.", "The ten-year yield closed at {y}."),
        "vix": ("The VIX ended the day at {l}.",),
        "cpi": ("Prices were {n} higher in {m} than a year before.", "Annual inflation was {n} in {m}."),
        "unemployment": ("Unemployment was {n} in {m}.", "The rate of unemployment was {n} in {m}."),
        "payrolls": ("Payrolls grew by {j} in {m}.",),
        "gdp": ("Growth ran at an annual {n} in the {quarter} quarter.",),
        "fed": ("On {d} the Fed {f} rates by {half} percentage point.",),
    },
)  # fmt: skip

TUNED = (WIRE, LETTER, MODEL, BROKER)
HELD_OUT = (COLUMN,)
