"""A small publication of its own: four segments, a dozen fragments, every kind of file, read and written in no time."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment

from generator.assembly import Desk, make_edition
from generator.market.panel import load_market
from generator.market.simulated.source import SampleSource
from generator.model import Publication
from generator.products import make_texts
from generator.project import bundled_root
from generator.rendering.environment import environment

SESSION = date(1997, 3, 14)
UNIVERSE = """core: [small, sp500]
segments:
  small: {kind: index, price: ^RUT, total: IWM, names: [the Russell 2000, the Russell], short: Russell 2000, headline: Small caps, plural: true, records_from: 1990-01-02, cashtag: $IWM}
  sp500: {kind: index, price: ^GSPC, total: SPY, names: [the S&P 500, the large-cap index], short: S&P 500, note: large companies}
  energy: {kind: fund, total: XLE, names: [energy]}
  apple: &stock
    {kind: stock, total: AAPL, names: [Apple]}
  meta: {<<: *stock, total: META, names: [Meta]}
  pair: {kind: basket, members: [apple, meta], names: [the pair]}
groups:
  stocks: {one: stock, many: stocks, members: [apple, meta, energy]}
releases:
  cpi: {series: CPIAUCSL, every: month, unit: index level, lasts: 105, short: prices, source: "The Bureau", url: "https://bureau.gov/cpi"}
  slope: {series: [DGS10, DGS2], make: difference, every: day, unit: basis points, scale: 100, lag: 1, lasts: 8, short: slope, source: "The Reserve", url: "https://reserve.gov/slope"}
"""
PUBLICATION = """title: Kessler Brief
byline: By the desk
place: BOSTON
url: https://kessler.org/{date}/{edition}/
disclosure: By a program, from prices by {supplier} for {session}.
risk: No advice.
call_to_action: Read on.
language: en-US
hashtags: [smallcaps, Russell2000]
notes: [Moves are price returns.]
"""
CLAIMS = """claims:
  rose: [rose, gained]
  fell: [fell, lost]
  led: [ahead]
opposites: [[rose, fell]]
banned: [soaring, guaranteed]
"""
OUTLINE = """angle: angle
words: [40, 400]
balance: [for, against]
parts:
  - {key: lead, minimum: 0, maximum: 1}
  - {key: large, minimum: 1, maximum: 3, headings: [The large, The other side]}
  - {key: for, slot: for, minimum: 1, maximum: 2, tone: opportunity, headings: [For, In favor]}
  - {key: against, minimum: 1, maximum: 2, tone: caution, headings: [Against, On the contrary]}
  - {key: takeaways, minimum: 1, maximum: 3}
table:
  caption: Moves in percent.
  rows: [small, sp500, energy]
  columns: {Close: level, Day: return_1d, Year: return_ytd}
line_chart: {segments: [small, sp500], span: 3m}
bar_chart: {segments: [small, sp500]}
"""
FACTS = """key: reserve
facts:
  - id: reserve-1997-03
    as_of: 1997-03-10
    expires: 1997-04-10
    published: 1997-03-11
    source: The Reserve
    url: https://reserve.gov/decision
    values: {upper: 5.50, lower: 5, move: raised}
"""
READINGS = """readings:
  good_day:
    says: Most things rise.
    signals:
      small_up: small_return_1d >= 0.3
      large_up: sp500_return_1d >= 0.3
      energy_up: energy_return_1d >= 0.3
      pair_up: pair_return_1d >= 0.3
      most_up: stocks_up_1d >= 2
"""
FRAGMENTS = {
    "angle/always": """---
weight: 0.01
---
# headline
- Small caps close {{ weekday }} at {{ small_level }}
- Small caps at {{ small_level }}, {{ sp500 }} at {{ sp500_level }}
- A close of {{ small_level }} for small caps

# standfirst
- {{ sp500 }} stood at {{ sp500_level }} when the session closed.
- For large companies the closing level of {{ weekday }} was {{ sp500_level }}.
- Beside it stands {{ sp500 }}, whose official close was {{ sp500_level }}.

# lead
- The official close of {{ small }} on {{ weekday }} was {{ small_level }}.
- {{ small }} closed {{ weekday }} at {{ small_level }}, and from that level the next session is measured.
- At the bell on {{ weekday }} {{ small }} stood at {{ small_level }}.

# bottom line
- A single close is a level and gives no direction.
- A move of either takes a second close.
- What a level is worth depends on the closes around it.

# post
- {{ small }} closed {{ weekday }} at {{ small_level }}, {{ sp500 }} at {{ sp500_level }}.
- The close: {{ small }} {{ small_level }}, {{ sp500 }} {{ sp500_level }}.
- On {{ weekday }} {{ small }} ended at {{ small_level }}.
""",
    "angle/up": """---
when: small_return_1d > 0 and not stocks_best_1d == 'meta'
weight: 1.5
topic: day
tone: opportunity
asserts:
  rose: small_return_1d > 0
---
# headline
- Small caps {{ small_return_1d | move }}
- Small caps gained {{ small_return_1d | size }}
- A better day for small caps

# standfirst
- The Reserve {{ reserve_move }} its range to {{ reserve_upper | size }} percent.
- {{ stocks_up_1d | Counted }} of the stocks went with it.
- Days of this sort are counted here from {{ first_session | year }} on.

# lead
- {{ small }} {{ small_return_1d | moved }}; {{ sp500 }} ended {{ sp500_return_1d | updown }}.
- Up on {{ weekday }}: {{ small }} {{ small_return_1d | updown }}.
- On {{ weekday }} {{ small }} rose {{ small_return_1d | size }}.

# bottom line
- A close back below {{ small_level_before }} would undo it.
- The next close decides.
- For {{ month_name }} the index stands at {{ small_return_mtd | signed }}.

# post
- {{ small }} {{ small_return_1d | updown }} at {{ small_level }}.
- Small caps {{ small_return_1d | move }}.
- {{ small }} {{ small_return_1d | moved }} on {{ weekday }}.
""",
    "angle/down": """---
when: small_return_1d < 0
weight: 1.5
topic: day
tone: caution
order: [against, large]
asserts:
  fell: small_return_1d < 0
---
# headline
- Small caps {{ small_return_1d | move }}
- Small caps lost {{ small_return_1d | size }}
- A worse day for small caps

# standfirst
- {{ stocks_up_1d | Counted }} of the stocks did better than that.
- The level of {{ weekday }} is {{ small_level }}. [if sp500_return_1d > 0] The S&P gained on the same day.
- Days of this sort are counted here from {{ first_session | year }} on.

# lead
- {{ small }} {{ small_return_1d | moved }} on {{ weekday }}. [if sp500_return_1d > 0] {{ sp500 }} gained {{ sp500_return_1d | size }}. [elif sp500_return_1d < 0] {{ sp500 }} lost {{ sp500_return_1d | size }}. [else] {{ sp500 }} ended where it had begun. [end] Both are official closes.
- Down on {{ weekday }}: {{ small }} {{ small_return_1d | updown }}. [if small_return_1d < -1] Moves of more than a percent are not everyday ones.
- On {{ weekday }} {{ small }} fell {{ small_return_1d | size }}.

# bottom line
- A close back above {{ small_level_before }} would undo it.
- The next close decides.
- For {{ month_name }} the index stands at {{ small_return_mtd | signed }}.

# post
- {{ small }} {{ small_return_1d | updown }} at {{ small_level }}.
- Small caps {{ small_return_1d | move }}. [if sp500_return_1d > 0] {{ sp500 }} gained.
- {{ small }} {{ small_return_1d | moved }} on {{ weekday }}.
""",
    "large/week": """---
case: firm
when: sp500_return_5d > 0
tone: opportunity
weight: 3
finds: [firm]
asserts: {gained: sp500_return_5d > 0}
---
- Five sessions have left {{ sp500 }} {{ sp500_return_5d | updown }}. [if supports] The day of small companies is of a piece with that run. [if against] Small companies had a day of another kind than that one. [if context] The day itself is a story of its own.
- {{ sp500 }} gained {{ sp500_return_5d | size }} over five sessions. [if sp500_return_21d > 0] The month comes to {{ sp500_return_21d | signed }} as well. [elif sp500_return_21d < 0] The month is {{ sp500_return_21d | updown }} even so. [end] Both are moves of closes.
- Over five sessions large companies had a gain of {{ sp500_return_5d | size }}. [if sp500_return_5d > 2] That is above two in a hundred.

# post
- Five sessions of {{ sp500 }}: {{ sp500_return_5d | signed }}.
- {{ sp500 }} gained {{ sp500_return_5d | size }} in five sessions.
- Five sessions: {{ sp500 }} {{ sp500_return_5d | updown }}. [if sp500_return_21d > 0] The month is {{ sp500_return_21d | updown }}.

---
case: soft
when: sp500_return_5d <= 0
tone: caution
weight: 3
---
- Five sessions brought {{ sp500 }} no more than {{ sp500_return_5d | signed }}. [if sp500_return_21d < 0] The month comes to {{ sp500_return_21d | signed }}.
- {{ sp500 }} is {{ sp500_return_5d | updown }} over five sessions. [if supports] The day of small companies is of a piece with that run. [if against] Small companies had a day of another kind than that one. [if context] The day itself is a story of its own.
- Over five sessions large companies come to {{ sp500_return_5d | signed }}. The fund that holds them all is SPY.

# post
- Five sessions of {{ sp500 }}: {{ sp500_return_5d | signed }}.
- {{ sp500 }} comes to {{ sp500_return_5d | signed }} in five sessions.
- Five sessions: {{ sp500 }} {{ sp500_return_5d | updown }}.
""",
    "large/always": """---
weight: 0.05
---
# heading
- Small beside large
- How the two compare

# body
- {{ small }} follows small companies, {{ sp500 | possessive }} members are large.
- Small against large means here {{ small }} against {{ sp500 | short }}.
- By construction {{ small | full }} takes in small companies.
""",
    "large/gap": """---
after: small_minus_sp500_1d >= 0.1
when: small_return_1d_n > 20
topic: gap
asserts: {led: small_minus_sp500_1d > 0}
---
- Small companies finished {{ small_minus_sp500_1d | points }} ahead.
- The two ended {{ small_minus_sp500_1d | ahead }}, as they had {{ times_before | times }} before.
- Ahead by {{ small_minus_sp500_1d | size }}: {{ [energy_return_1d, apple_return_1d] | compared }}.
""",
    "for/gain": """---
when: small_return_1d >= 0
tone: opportunity
---
- {{ small }} stands {{ small_return_1m | updown }} over a month.
- The month comes to {{ small_return_1m | signed }}.
- A month has left {{ small_return_1m | updown }}.
""",
    "against/loss": """---
when: abs(small_return_1d) < 5
tone: caution
---
- Over five sessions it is {{ small_return_5d | updown }}. [if told firm] Large companies were seen above. [else] Large companies make no difference to it.
- Five sessions come to {{ small_return_5d | signed }}. [if told firm] Large companies were seen above. [else] Large companies make no difference to it.
- The five sessions to {{ weekday }} left {{ small_return_5d | updown }}. [if told firm] Large companies were seen above. [else] Large companies make no difference to it.
""",
    "takeaways/level": """---
topic: level
---
- {{ small }} closed at {{ small_level }}.
- The close was {{ small_level }}.
- At the close it stood at {{ small_level }}, against {{ threshold }} for a correction.
""",
}


def write_small(folder: Path) -> Path:
    """The publication's folder, written to `folder`."""
    content = folder / "content"
    texts = {
        "publication.yaml": PUBLICATION,
        "universe.yaml": UNIVERSE,
        "claims.yaml": CLAIMS,
        "kinds/session.yaml": OUTLINE,
        "sources/reserve.yaml": FACTS,
        "readings.yaml": READINGS,
        "lexicon.yaml": _lexicon(),
        "channels.yaml": (bundled_root() / "content" / "channels.yaml").read_text(encoding="utf-8"),
        **{f"session/{name}.md": text for name, text in FRAGMENTS.items()},
    }
    for name, text in texts.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, encoding="utf-8")
    return folder


@cache
def _lexicon() -> str:
    """The bundled lexicon, with a term that the small publication quotes."""
    text = (bundled_root() / "content" / "lexicon.yaml").read_text(encoding="utf-8")
    return text.partition("\nterms:")[0] + "\nterms: {threshold: 10%}\n"


@cache
def _poured_in(templates: tuple[Path, ...]) -> Environment:
    """One environment for all issues: to compile the templates takes longer than to write."""
    return environment(templates)


def copy_small(source: Path, folder: Path) -> Path:
    """A copy of a publication's folder, in the place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return folder


def written(publication: Publication, session: date = SESSION) -> dict[str, str]:
    """The texts of an issue of each edition, made in memory over a simulated market of fourteen months."""
    texts: dict[str, str] = {}
    market = load_market(SampleSource(publication.universe), publication.universe, session)
    for edition in publication.outlines:
        made = make_edition(Desk.over(publication, edition, market))
        formats = ("markdown", "html", "x", "linkedin", "facebook")
        texts |= make_texts(made, _poured_in(publication.templates), formats)
    return texts
