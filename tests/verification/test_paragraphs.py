"""Paragraphs by the second reader: what stands is proved line by line, and a line that may not stand is found."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pytest

from generator.assembly import Desk, make_edition
from generator.market.panel import load_market
from generator.market.simulated.source import SampleSource
from generator.model import Bearing, Variant
from generator.products import make_pages
from generator.project import bundled_root
from generator.publishing.manifest import made_with
from generator.rendering.paper.press import Press
from generator.verbs.check import content_faults
from generator.verification.reader import SecondReader
from generator.verification.sentences.wordings import bullet

from ..small_publication import SESSION, write_small

Ledger = dict[str, Any]
BACK = 40
"""How many sessions are written, up to the last."""


class Written:
    """Issues of the small publication, and the second reader over the same prices."""

    def __init__(self, root: Path, back: int = BACK) -> None:
        publication, faults = content_faults(root, (bundled_root() / "templates",))
        assert publication is not None
        assert faults == []
        market = load_market(SampleSource(publication.universe), publication.universe, SESSION)
        self.desk = Desk.over(publication, "session", market)
        self.reader = SecondReader(publication, "session", market)
        last = len(market.sessions)
        self.ledgers = [self._ledger(row) for row in range(last - back, last)]

    def _ledger(self, row: int) -> Ledger:
        with Press(wanted=False) as press:
            made = made_with(self.desk.publication)
            pages, _ = make_pages(make_edition(self.desk, row), self.desk.templates, ("markdown",), press, lambda: made)
        (ledger,) = (page.content for page in pages if page.path == "edition.json")
        return orjson.loads(ledger)  # type: ignore[no-any-return]

    def faults(self, ledger: Ledger) -> list[str]:
        """What the second reader says of a ledger, without the pages poured from it."""
        return [f"{fault.said}: {fault.why}" for fault in self.reader.verify({}, ledger).faults]

    def lines(self) -> Iterator[tuple[Ledger, int, Variant]]:
        """Each line of a paragraph in each article: the ledger, the place of its record, and the line itself."""
        for ledger in self.ledgers:
            for place, record in enumerate(ledger["products"]["article"]):
                wording = self.reader.sentences.wordings.at(record["source"])
                if wording is not None and wording.variant.follows:
                    yield ledger, place, wording.variant


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(write_small(tmp_path_factory.mktemp("small")))


def article(ledger: Ledger) -> list[dict[str, Any]]:
    return ledger["products"]["article"]  # type: ignore[no-any-return]


def test_what_stands_is_proved(written: Written) -> None:
    """Issue by issue, whatever lines the session called for; among them lines by rule, by bearing, and plain ones."""
    assert [fault for ledger in written.ledgers for fault in written.faults(ledger)] == []
    lines = [line for _, _, line in written.lines()]
    assert {line.bearing for line in lines} >= {None, Bearing.SUPPORTS, Bearing.AGAINST}
    assert any(line.when for line in lines)
    assert any(not line.optional for line in lines)


def test_every_line_is_told_by_its_own_place(written: Written) -> None:
    """The bullet's line with the number of the line in it, in the order of the paragraph."""
    for ledger in written.ledgers:
        places = [record["source"] for record in article(ledger)]
        for one, other in pairwise(places):
            if bullet(other) != other:
                assert bullet(one) == bullet(other)
                assert int(other.rpartition(".")[2]) > (0 if one == bullet(one) else int(one.rpartition(".")[2]))


def test_a_line_that_no_wording_has_is_found(written: Written) -> None:
    """A number behind the bullet's that there is no line for."""
    ledger, place, _ = next(written.lines())
    altered = copy.deepcopy(ledger)
    record = article(altered)[place]
    record["source"] = f"{record['source'].rpartition('.')[0]}.9"
    assert any("there is no such wording" in fault for fault in written.faults(altered))


RULED = (
    "The S&P gained on the same day.",
    "Moves of more than a percent are not everyday ones.",
)


@pytest.mark.parametrize("text", RULED)
def test_a_line_that_stands_though_its_rule_does_not_hold_is_found(written: Written, text: str) -> None:
    """Put where the paragraph would have it, its words true to the letter of the wording."""
    place, line = next(
        (one.source, one)
        for fragment in written.desk.publication.fragments["session"]
        for part in fragment.parts.values()
        for wording in part
        for one in wording.then
        if "".join(one.plain) == text
    )
    found = 0
    for row, ledger in zip(range(-BACK, 0), written.ledgers, strict=True):
        records = article(ledger)
        at = next((n for n, one in enumerate(records) if one["source"] == bullet(place)), None)
        fragment = written.reader.sentences.wordings.at(place).fragment  # type: ignore[union-attr]
        row += len(written.desk.market.sessions)
        if at is None or written.reader.sentences.holds(fragment.when, row, fragment):
            continue
        altered = copy.deepcopy(ledger)
        article(altered).insert(at + 1, {**records[at], "text": text, "source": place, "claims": []})
        assert any("does not hold on the session" in fault for fault in written.faults(altered)), line
        found += 1
    assert found


@pytest.mark.parametrize("wrong", [Bearing.SUPPORTS, Bearing.AGAINST, Bearing.CONTEXT])
def test_a_line_that_bears_otherwise_on_the_story_is_found(written: Written, wrong: Bearing) -> None:
    """`As it should` on a day on which the story goes against it, and the other way round."""
    tried = 0
    for ledger, place, line in written.lines():
        if line.bearing in (None, wrong):
            continue
        record = article(ledger)[place]
        wording = written.reader.sentences.wordings.at(bullet(record["source"]))
        assert wording is not None
        other = next(one for one in wording.variant.then if one.bearing is wrong)
        altered = copy.deepcopy(ledger)
        article(altered)[place] = {**record, "text": "".join(other.plain), "source": other.source}
        assert any("does not bear on the story" in fault for fault in written.faults(altered))
        tried += 1
    assert tried


@pytest.mark.parametrize("told", [True, False])
def test_a_line_that_takes_up_what_was_not_said_is_found(written: Written, told: bool) -> None:
    """`Were seen above` where nothing above finds it, and the other line of the chain where something does."""
    tried = 0
    for ledger, place, line in written.lines():
        if not line.looks_up or bool(line.link) is told:
            continue
        record = article(ledger)[place]
        wording = written.reader.sentences.wordings.at(bullet(record["source"]))
        assert wording is not None
        other = next(one for one in wording.variant.then if one.looks_up and bool(one.link) is told)
        altered = copy.deepcopy(ledger)
        article(altered)[place] = {**record, "text": "".join(other.plain), "source": other.source}
        says = "no passage above it finds firm" if told else "for which there is another line"
        assert any(says in fault for fault in written.faults(altered))
        tried += 1
    assert tried


def test_a_line_that_always_stands_is_missed(written: Written) -> None:
    """Taken out of the ledger and every product alike, it leaves no false word behind, but a gap."""
    tried = 0
    for ledger, place, line in written.lines():
        if line.optional:
            continue
        altered = copy.deepcopy(ledger)
        del article(altered)[place]
        assert any("without a line that always stands" in fault for fault in written.faults(altered))
        tried += 1
    assert tried


def test_the_lines_of_a_paragraph_stand_in_their_order(written: Written) -> None:
    """Two lines that have changed places say something else."""
    tried = 0
    for ledger, place, _ in written.lines():
        altered = copy.deepcopy(ledger)
        records = article(altered)
        assert bullet(records[place - 1]["source"]) == bullet(records[place]["source"])
        records[place - 1], records[place] = records[place], records[place - 1]
        assert any("in another order" in fault for fault in written.faults(altered))
        tried += 1
    assert tried


PASSAGES = {
    "said": "---\ntopic: said\n---\n- Somebody said a word of it.\n- A word was said of it by somebody.\n- Of it somebody said a word.\n",
    "size": "---\ntopic: size\n---\n- A month is a measure of another kind.\n- Of another kind is what a month measures.\n- What a month measures is of another kind.\n",
}
NUT_GRAF = "\n# nut graf\n- The point is a plain one.\n- A plain one is the point.\n- Plain is the point here.\n"


def test_the_paragraphs_of_the_lead_stand_in_their_order(tmp_path: Path) -> None:
    """The news, who is quoted on it, the argument, then the rest: any two that change places are found."""
    root = write_small(tmp_path)
    content = root / "content"
    (content / "session" / "lead").mkdir()
    for name, text in PASSAGES.items():
        (content / "session" / "lead" / f"{name}.md").write_text(text, encoding="utf-8")
    for story in (content / "session" / "angle").iterdir():
        story.write_text(story.read_text(encoding="utf-8") + NUT_GRAF, encoding="utf-8")
    outline = content / "kinds" / "session.yaml"
    text = outline.read_text(encoding="utf-8")
    outline.write_text(text.replace("lead, minimum: 0, maximum: 1", "lead, minimum: 2, maximum: 2"), encoding="utf-8")
    made = Written(root, back=1)
    (ledger,) = made.ledgers
    assert made.faults(ledger) == []
    lead = [place for place, record in enumerate(article(ledger)) if record["part"] == "lead"]
    assert len({bullet(article(ledger)[place]["source"]) for place in lead}) == 4
    for one, other in pairwise(lead):
        if bullet(article(ledger)[one]["source"]) != bullet(article(ledger)[other]["source"]):
            altered = copy.deepcopy(ledger)
            records = article(altered)
            records[one], records[other] = records[other], records[one]
            assert any("the lead's order is" in fault for fault in made.faults(altered))
    altered = copy.deepcopy(ledger)
    records = article(altered)
    (graf,) = [place for place in lead if "angle/" in records[place]["source"] and "point" in records[place]["text"]]
    records.insert(lead[-1], records.pop(graf))
    assert any("the lead's order is lead, said, nut graf, passage" in fault for fault in made.faults(altered))


def test_sections_stand_in_the_order_of_the_story(written: Written) -> None:
    """A story that puts some first has them there; in the kind's own order they are found out of place."""
    tried = 0
    for ledger in written.ledgers:
        parts = list(dict.fromkeys(record["part"] for record in article(ledger)))
        down = any(record["source"].startswith("content/session/angle/down.md") for record in article(ledger))
        order = [key for key in parts if key in ("large", "for", "against")]
        assert order == [
            key for key in (("against", "large", "for") if down else ("large", "for", "against")) if key in order
        ]
        if not down:
            continue
        altered = copy.deepcopy(ledger)
        whole = (
            "headline",
            "standfirst",
            "lead",
            "large heading",
            "large",
            "for heading",
            "for",
            "against heading",
            "against",
        )
        rank = {part: place for place, part in enumerate(whole)}
        article(altered).sort(key=lambda record: rank.get(record["part"], len(rank)))
        if altered != ledger:
            assert any("the order of the parts is" in fault for fault in written.faults(altered))
            tried += 1
    assert tried


@pytest.mark.parametrize(
    "rule", ["when: small_level > 0", "when: sp500_return_1d > 0", "after: sp500_return_1d > 0\nwhen: small_level > 0"]
)
def test_a_line_tells_the_past_of_its_passage(tmp_path: Path, rule: str) -> None:
    """Counts and days of the past are those of the passage's own rule, whatever rule lets the line stand."""
    root = write_small(tmp_path)
    words = "Much has {0}. [if small_return_1d > 0] So it was after {{{{ times_before | digits }}}} others, the last of {{{{ last_time | full_date }}}}."
    head = f"---\n{rule}\nweight: 50\n---\n"
    bullets = "".join(
        f"- {words.format(kind)}\n" for kind in ("been told", "been said of this before", "come of small things")
    )
    (root / "content" / "session" / "large" / "own.md").write_text(head + bullets, encoding="utf-8")
    made = Written(root)
    said = [record for ledger in made.ledgers for record in article(ledger) if "/own.md" in record["source"]]
    assert any("So it was" in record["text"] for record in said)
    assert [fault for ledger in made.ledgers for fault in made.faults(ledger)] == []
