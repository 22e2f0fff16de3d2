"""An article and its posts, written by hand with invented numbers, for every test of the rendering room."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import escape

from generator.model import (
    Article,
    Bar,
    BarChart,
    BarsBlock,
    Claim,
    Digest,
    Fact,
    Imprint,
    Line,
    LineChart,
    LinesBlock,
    NotesBlock,
    Piece,
    Post,
    Role,
    Sentence,
    SourcesBlock,
    Table,
    TableBlock,
    TextBlock,
    TextRole,
    Tone,
)
from generator.rendering.environment import environment

SESSION = date(2031, 7, 10)
MARK = re.compile(r"\{([^|}]+)\|([^|}]+)(?:\|([^}]+))?\}")


def sentence(marked: str, tone: Tone = Tone.NEUTRAL) -> Sentence:
    """`Rose {2.41%|small_return_1d|0.0241} …` as a sentence whose figure is that claim (`cpi.` starts a cited fact)."""
    pieces: list[Piece] = []
    for index, part in enumerate(re.split(r"(\{[^}]*\})", marked)):
        if index % 2 == 0:
            if part:
                pieces.append(Piece(part, part, str(escape(part))))
            continue
        match = MARK.fullmatch(part)
        assert match is not None
        text, name, value = match.groups()
        kind = "fact" if name.startswith("cpi.") else "date" if name.endswith("_date") else "figure"
        full = None if value is None else float(value) if re.fullmatch(r"-?[\d.]+", value) else value
        pieces.append(Piece(text, text, str(escape(text)), Claim(kind, name, full)))
    return Sentence(tuple(pieces), "session/lead/sample", "content/session/lead/sample.md:5", tone)


def words() -> dict[str, tuple[tuple[Sentence, ...], ...]]:
    """The sample's parts by heading: a line is a sentence, an empty line ends a paragraph."""
    parts: dict[str, tuple[tuple[Sentence, ...], ...]] = {}
    text = Path(__file__).with_name("sample-article.txt").read_text("utf-8")
    for part in re.split(r"^(?=#)", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        paragraphs = (paragraph.splitlines() for paragraph in body.strip().split("\n\n"))
        parts[heading] = tuple(tuple(sentence(line) for line in lines) for lines in paragraphs)
    return parts


WORDS = words()


def sessions(count: int) -> tuple[date, ...]:
    """The last `count` weekdays up to the sample's session."""
    days: list[date] = []
    day = SESSION
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    return tuple(reversed(days))


def wave(count: int, slope: float, depth: float, phase: float) -> tuple[float, ...]:
    """An invented index: 100 at first, then a trend with two waves on it."""
    shape = [
        slope * i / count + depth * (math.sin(i / 17 + phase) + 0.35 * math.sin(i / 2.3 + phase)) for i in range(count)
    ]
    return tuple(100 + value - shape[0] for value in shape)


LINES = LineChart(
    "Small caps and large over a year, start = 100",
    "Line chart from July 2030 to July 2031, each index set to 100 at the start. The Russell 2000 ends at 109, "
    "the S&P 500 at 118 and the equal-weight S&P 500 at 111.",
    sessions(252),
    (
        Line("Russell 2000", "^RUT", wave(252, 9.0, 3.4, 0.3)),
        Line("S&P 500", "^GSPC", wave(252, 18.0, 1.8, 1.1)),
        Line("S&P 500 equal weight", "RSP", wave(252, 11.0, 1.5, 2.0)),
    ),
)

BARS = BarChart(
    "Moves on Thursday",
    "Bar chart of the day's moves, largest first: micro caps +3.34%, Russell 2000 +2.41%, down to Nasdaq 100 −1.38%.",
    tuple(
        Bar(label, percent, f"{percent:+.2f}%".replace("-", "−"))
        for label, percent in (
            ("Micro caps", 3.34),
            ("Regional banks", 2.97),
            ("Small-cap value", 2.72),
            ("Russell 2000", 2.41),
            ("Small-cap growth", 2.08),
            ("S&P 500 equal weight", 0.83),
            ("Dow", 0.11),
            ("S&P 500", -0.64),
            ("Nasdaq", -1.12),
            ("Nasdaq 100", -1.38),
        )
    ),
)

CPI = Fact(
    "cpi",
    date(2031, 7, 10),
    date(2031, 8, 12),
    {"yoy": Decimal("2.6")},
    "U.S. Bureau of Labor Statistics, Consumer Price Index, June 2031",
    "https://www.bls.gov/cpi/",
    date(2031, 7, 10),
    "cpi-2031-06",
)
FED = Fact(
    "fed",
    date(2031, 6, 12),
    date(2031, 7, 31),
    {"target": Decimal("5.25")},
    "Federal Reserve Board, statement of June 12, 2031",
    "",
    date(2031, 6, 12),
    "fed-2031-06",
)


def cell(name: str, percent: float | None) -> Piece | None:
    """A cell of the table: a signed percentage, or None."""
    if percent is None:
        return None
    text = f"{percent:+.2f}%".replace("-", "−")
    return Piece(text, text, text, Claim("figure", name, percent / 100))


def row(key: str, label: str, level: str, *percents: float | None) -> tuple[str, tuple[Piece | None, ...]]:
    """A row of the table: a level, then moves over four horizons."""
    cells = [
        cell(f"{key}_return_{horizon}", move)
        for horizon, move in zip(("1d", "5d", "mtd", "ytd"), percents, strict=True)
    ]
    claim = Claim("figure", f"{key}_level", float(level.replace(",", "")))
    return label, (Piece(level, level, level, claim), *cells)


TABLE = Table(
    "How the day, week, month and year stand",
    ("Close", "Day", "Week", "Month", "Year"),
    (
        row("small", "Russell 2000", "4,318.62", 2.41, 3.18, 2.90, 5.61),
        row("sp500", "S&P 500", "9,702.15", -0.64, 0.47, 1.75, 13.64),
        row("nasdaq", "Nasdaq Composite", "33,870.09", -1.12, 0.20, 2.02, 17.35),
        row("dow", "Dow", "61,204.48", 0.11, 0.92, 1.31, 6.07),
        row("mega", "S&P 100 (megacaps)", "488.37", -1.20, 0.14, 1.90, None),
        row("equal_weight", "S&P 500 equal weight", "291.06", 0.83, 1.36, 1.18, 7.44),
        row("small_value", "Small-cap value", "306.75", 2.72, 3.41, 3.05, 4.12),
        row("small_growth", "Small-cap growth", "514.90", 2.08, 2.93, 2.71, 7.08),
        row("micro", "Micro caps", "233.18", 3.34, 3.80, 3.66, 4.95),
        row("regional_banks", "Regional banks", "97.42", 2.97, 4.15, 3.88, 1.23),
    ),
)


def text(role: TextRole) -> TextBlock:
    """The sentences that the sample article has under that name."""
    return TextBlock(role, role, WORDS[f"# {role}"])


ARTICLE = Article(
    edition="session",
    session=SESSION,
    kicker="The session",
    blocks=(
        text(Role.HEADLINE),
        text(Role.STANDFIRST),
        text(Role.LEAD),
        LinesBlock("charts/performance.svg", LINES),
        *(
            TextBlock(Role.SECTION, heading, paragraphs, sentence(heading[3:]) if heading[3:] else None)
            for heading, paragraphs in WORDS.items()
            if heading.startswith("##")
        ),
        TableBlock(TABLE),
        BarsBlock("charts/moves.svg", BARS),
        TextBlock(Role.TAKEAWAYS, Role.TAKEAWAYS, tuple((one,) for one in WORDS["# takeaways"][0])),
        text(Role.BOTTOM_LINE),
        SourcesBlock((CPI, FED)),
        NotesBlock(
            (
                "Returns of indices are price returns; returns of funds include dividends. A week is five sessions.",
                "Gaps are differences of the printed figures. Records count closes since September 10, 1987.",
            )
        ),
    ),
    angle="relative-strength",
    tags=("small caps", "Russell 2000", "S&P 500"),
    reading_minutes=3,
    dateline="NEW YORK, July 10",
)

IMPRINT = Imprint(
    title="Small Cap Ledger",
    byline="By the Small Cap Ledger desk",
    place="NEW YORK",
    url="https://example.com/{date}/{edition}/",
    disclosure="Produced by Market Commentary Generator, a program that chooses its sentences by rule from closing "
    "prices supplied by Example Data for the session of July 10, 2031.",
    risk="For information only; not advice to buy or sell anything. Past performance does not foretell future results.",
    call_to_action="The full table, the charts and every sum behind these figures are in the article.",
    hashtags=("smallcaps", "Russell2000", "stocks"),
)

LINK = "https://example.com/2031-07-10/session/"
NEWS = sentence(
    "The Russell 2000 rose {2.41%|small_return_1d|0.0241} on Thursday and the S&P 500 moved "
    "{−0.64%|sp500_return_1d|-0.0064}, a lead of {3.05|gap|0.0305} points."
)
AGAINST = sentence("It is still {9%|small_drawdown|-0.09} below its record.", Tone.CAUTION)
DIGEST = Digest(
    posts={"x": (Post((NEWS, AGAINST), ("$IWM", "#smallcaps"), LINK),)},
    alt_text="Line chart of the Russell 2000 against the S&P 500 over a year.",
)


@pytest.fixture(scope="session")
def templates(project_root: Path) -> Path:
    """The bundled templates."""
    return project_root / "templates"


@pytest.fixture(scope="session")
def env(templates: Path) -> Environment:
    """The environment over the bundled templates."""
    return environment([templates])


@pytest.fixture
def article() -> Article:
    """A whole article, with a table, two charts, a cited source and one that no sentence cites."""
    return ARTICLE


@pytest.fixture
def imprint() -> Imprint:
    """Who publishes it."""
    return IMPRINT


@pytest.fixture
def digest() -> Digest:
    """Its posts."""
    return DIGEST


@pytest.fixture(scope="session")
def derivations() -> Mapping[str, str]:
    """How two of its figures were made, the way the pipeline words it."""
    names = {piece.claim.name for said in _all() for piece in said.pieces if piece.claim and piece.claim.kind != "fact"}
    names |= {piece.claim.name for _, cells in TABLE.rows for piece in cells if piece and piece.claim}
    plain = {name: f"{name.replace('_', ' ').capitalize()}: worked out from invented closes." for name in names}
    return plain | {
        "small_return_1d": "Russell 2000, price return over one session: 4,318.62 / 4,216.83 - 1; "
        "closes of July 9 and July 10, 2031."
    }


def _all() -> list[Sentence]:
    return [said for _, said in ARTICLE.spoken()]


def with_headline(article: Article, headline: Sentence) -> Article:
    """The article under another headline."""
    block = TextBlock(Role.HEADLINE, Role.HEADLINE, ((headline,),))
    return replace(article, blocks=tuple(block if one.role is Role.HEADLINE else one for one in article.blocks))


def with_lines(article: Article, chart: LineChart | None) -> Article:
    """The article with another chart of lines, or without one."""
    instead = {Role.LINES: (LinesBlock("charts/performance.svg", chart),) if chart else ()}
    return replace(article, blocks=tuple(one for old in article.blocks for one in instead.get(old.role, (old,))))
