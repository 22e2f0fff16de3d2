"""A note and an event told in an issue: printed as they are given, cited, and read again from every product."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

from generator.assembly import Desk, make_edition
from generator.market.panel import load_market
from generator.market.simulated.source import SampleSource
from generator.products import make_pages
from generator.project import bundled_root
from generator.publishing.manifest import made_with
from generator.rendering.paper.press import Press
from generator.verbs.check import content_faults
from generator.verification.reader import SecondReader

from ..small_publication import SESSION, write_small

SAYS = "blamed a 10% jump & “the worst fall since 1987” in <bonds>, *as all did*"
NOTES = f"""session: {SESSION}
notes:
  - id: wire-why
    outlet: The Wire
    title: Bonds sell off
    url: https://wire.example.org/bonds
    published: {SESSION}
    speaker: Ann Bee
    role: strategist at C & D
    quote: It is the 3rd such day; nobody rose.
    says: "{SAYS}"
  - {{id: odds, topic: odds, outlet: The Gazette, title: Bets, url: "https://gazette.example.org/bets", published: {SESSION},
     of: a cut in May, tool: the Exchange, moment: by noon, chance: 84, before: 70, since: a day earlier}}
  - {{id: expected, topic: expected, outlet: The Herald, title: Prices, url: "https://herald.example.org/prices",
     published: {SESSION}, of: prices, unit: change, forecast: 0.1, actual: -0.1}}
  - {{id: due, topic: due, outlet: The Post, title: Results, url: "https://post.example.org/results", published: {SESSION},
     company: Acme, day: 1997-03-18}}
"""
CALENDAR = """event: report
source: The Bureau
url: https://bureau.gov/calendar
days: [1997-01-07, 1997-03-18, 1997-06-03]
"""
WORDINGS = (
    "{{ note_outlet }} {{ note_says }}, and the report is due {{ report_next | on }}.",
    "“{{ note_quote }}”, said {{ note_speaker }}, {{ note_role }}, with a report to come {{ report_next | on }}.",
    "{{ note_speaker }} is quoted by {{ note_outlet }} as the report is due on {{ report_next | date }}.",
)


NUMBERS = (
    "Futures had {{ note_odds_of }} at {{ note_odds_chance }}% {{ note_odds_moment }}, after {{ note_odds_before }}%. "
    "The {{ note_expected_of }} showed {{ note_expected_actual | signed }}%, not {{ note_expected_forecast }}%. "
    "{{ note_due_company }} reports {{ note_due_day | on }}."
)


def fragment(first: int) -> str:
    """The fragment that tells them, with its wordings in one order or another."""
    wordings = [*WORDINGS[first:], *WORDINGS[:first]]
    told = "".join(f"- {one}\n" for one in wordings)
    numbers = "".join(f"- {opening}{NUMBERS}\n" for opening in ("", "For now: ", "In short: "))
    return (
        f"---\ncase: words\ntopic: words\nwhen: note_today\nweight: 9\n---\n# body\n{told}"
        f"---\ncase: numbers\ntopic: numbers\nwhen: note_odds_today\nweight: 8\n---\n# body\n{numbers}"
    )


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_small(tmp_path_factory.mktemp("noted"))
    for name, text in ((f"sources/day/{SESSION}.yaml", NOTES), ("calendar/report.yaml", CALENDAR)):
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_note_and_a_day_to_come_are_told_and_cited(noted: Path, first: int) -> None:
    """What a note has of digits, claim words, marks, numbers and days is its own and cited; the second reader agrees."""
    (noted / "content" / "session" / "large" / "noted.md").write_text(fragment(first), encoding="utf-8")
    publication, faults = content_faults(noted, (bundled_root() / "templates",))
    assert faults == []
    assert publication is not None
    market = load_market(SampleSource(publication.universe), publication.universe, SESSION)
    desk = Desk.over(publication, "session", market)
    with Press(wanted=False) as press:
        pages, _ = make_pages(
            make_edition(desk), desk.templates, ("markdown", "html", "x"), press, lambda: made_with(publication)
        )
    files = {page.path: page.content for page in pages}
    ledger = orjson.loads(files["edition.json"])
    reader = SecondReader(publication, "session", market)
    assert [str(fault) for fault in reader.read(files, ledger).faults] == []
    article = files["article.md"].decode()
    assert "The Wire, “Bonds sell off”, published 1997-03-14." in article
    assert "The Bureau, entry for 1997-03-18." in article
    assert {"wire-why", "report-1997-03-18", "odds", "expected", "due"} <= set(ledger["facts"])
    assert "showed \u22120.1%, not 0.1%. Acme reports on Tuesday" in re.sub(r"\[\^\d+\]", "", article)
    if first == 0:  # a number of a note that is altered on the page is found
        altered = article.replace("84%", "85%").encode()
        assert "85%" in " ".join(str(fault) for fault in reader.read({**files, "article.md": altered}, ledger).faults)
