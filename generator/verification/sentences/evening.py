"""What is known of a session without the ledger: the day, its charts, its sources, its standing text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.model import Channel, Fact, Kind, Publication
from generator.verification.figures.charts import Drawn
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.words import spelled
from generator.verification.sentences.standing import (
    SIMULATED,
    disclosure_of,
    imprint_text,
    page_text,
    post_text,
    template_text,
)
from generator.verification.sentences.tables import claims_of_tables

ALT_TEMPLATE = "card-alt.txt.j2"


@dataclass(frozen=True, slots=True)
class Evening:
    """What is known of one session without its ledger: the day, its charts, its sources."""

    publication: Publication
    edition: str
    session: date
    simulated: bool
    supplier: str
    days: Sequence[date]
    """The sessions that the line chart covers."""
    line: Drawn | None
    bars: Drawn
    facts: tuple[Fact, ...]
    """The cited facts, in order of first use."""
    notes: tuple[str, ...]
    cited: Mapping[str, str | float]
    """What each name that is cited comes to: a word, a day or a number."""
    pictures: tuple[Drawn, ...] = ()
    """The kind's own pictures, in page order."""
    headed: frozenset[str] = frozenset()
    """The ids of the sources that the headline alone rests on, which are listed and marked nowhere."""

    @property
    def charts(self) -> tuple[Drawn, ...]:
        """Every chart with axes, in page order."""
        return (*([self.line] if self.line else []), *self.pictures)

    def standing(self, *templates: str) -> Counter[str]:
        """What a product of these templates may contain besides its sentences, and how often."""
        publication, about = self.publication, (self.publication, self.edition, self.session)
        disclosure = disclosure_of(publication, self.supplier, self.session)
        found: Counter[str] = Counter()
        for template in templates:
            found.update(imprint_text(publication, template, disclosure))
            found.update(template_text(publication.templates, template))
        if any(template.startswith(("article", "mail")) for template in templates):
            found.update({*page_text(*about), *self.notes, *(one.file for one in self.pictures)} - {""})
        return found

    def beside_posts(self, channel: Channel) -> Counter[str]:
        """What a channel's file may contain besides its sentences: its link and tags, and the call to read on."""
        calls = sum(line == "call" for paragraph in channel.closing for line in paragraph)
        found = Counter({self.publication.imprint.call_to_action: calls})
        found.update({*post_text(self.publication, self.edition, self.session)} - {""})
        found[SIMULATED] = max(found[SIMULATED], 99 if any(file.thread for file in channel.files) else 1)
        return found

    @property
    def own_words(self) -> frozenset[str]:
        """All standing text that the publication itself prints."""
        imprint = self.publication.imprint
        return frozenset([imprint.title, imprint.byline, imprint.risk, imprint.place, imprint.call_to_action,
                          *imprint.notes, *imprint.hashtags])  # fmt: skip


def cites(record: Mapping[str, Any], evening: Evening, mark: str = "[{}]") -> str:
    """The source numbers that follow a sentence, for its facts and releases; a headline has none beside it."""
    if record.get("part") == "headline":
        return ""
    numbers = {fact.id: number for number, fact in enumerate(evening.facts, 1)}
    lines = dict.fromkeys(cited_line(claim) for claim in record["claims"])
    return "".join(mark.format(numbers[line]) for line in lines if line in numbers)


def first_used(ledger: Mapping[str, Any], facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts and releases that the article cites, in order of first use: by sentences, then by small tables."""
    said = [claim for one in ledger["products"]["article"] for claim in one["claims"]]
    lines = dict.fromkeys(map(cited_line, (*said, *claims_of_tables(ledger))))
    by_line = {fact.id: fact for fact in facts}
    return tuple(by_line[line] for line in lines if line in by_line)


def only_headed(ledger: Mapping[str, Any]) -> frozenset[str]:
    """The ids of the sources that the headline rests on and nothing below it does."""
    parts: dict[bool, set[str]] = {True: set(), False: set()}
    for one in ledger["products"]["article"]:
        parts[one["part"] == "headline"].update(map(cited_line, one["claims"]))
    return frozenset(parts[True] - parts[False] - {cited_line(claim) for claim in claims_of_tables(ledger)} - {""})


def cited_line(claim: Mapping[str, Any]) -> str:
    """The id of a claim's source; empty for claims without one, such as a count of a rule's past."""
    return str(claim.get("source", "")) if claim["kind"] in ("fact", "figure", "word") else ""


def missing_notes(columns: SqlColumns, row: int) -> list[str]:
    """The notes for readers on sessions of the past year whose prices are missing."""
    notes: dict[str, None] = {}
    for segment in columns.universe.segments.values():
        for symbol, field in ((segment.price, "close"), (segment.total, "adj_close")):
            gaps = columns.missing(frozenset([symbol])) if symbol else []
            if not symbol or not gaps:
                continue
            closes = columns.prices.values(symbol, field)[: row + 1]
            last = max((n for n, close in enumerate(closes) if close is not None), default=-1)
            days = [columns.prices.days[n] for n in gaps if row - 260 < n < last and closes[n] is None]
            if days:
                shown = [spelled(day, "full") for day in days]
                if len(days) > 4:
                    shown = [*shown[:3], f"{len(days) - 3} more sessions"]
                listed = f"{'; '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
                whose = "the fund on " if segment.kind is Kind.INDEX and field == "adj_close" else ""
                notes[f"No price is held of {whose}{segment.names[0]} for {listed}; what runs across is not told."] = (
                    None
                )
    return list(notes)
