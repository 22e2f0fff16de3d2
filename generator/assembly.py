"""Make one issue, in memory: its prose, posts and charts, and what proves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jinja2 import Environment

from generator.caching import fingerprint
from generator.errors import ContentError, Fault
from generator.figures.pictures import picture
from generator.figures.releases import sources_told
from generator.figures.series import bar_chart, line_chart
from generator.figures.table import FigureTable
from generator.model import (
    Article,
    BarsBlock,
    Block,
    Channel,
    Digest,
    Fact,
    Imprint,
    Inset,
    InsetBlock,
    Issue,
    LinesBlock,
    Market,
    NotesBlock,
    PictureBlock,
    Publication,
    Role,
    Sentence,
    SourcesBlock,
    TableBlock,
    TextBlock,
    Trial,
    Weighed,
    spoken,
)
from generator.narrative.composing.composition import compose
from generator.narrative.composing.inbox import envelope
from generator.narrative.composing.posts import fit_posts
from generator.narrative.composing.tables import move_table, small_tables
from generator.narrative.language.lexicalisation import spelled_date
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import Plan, plan, trial_told
from generator.notes import left_out, missing_prices, taken_on
from generator.publishing.holdings import Holdings
from generator.publishing.ledger import claims_of
from generator.publishing.provenance import CITING, derivations_of, fact_records, figure_records
from generator.rendering.environment import environment
from generator.rendering.pages.article import article_link
from generator.rendering.pictures.card import card_alt
from generator.rendering.pictures.charts import BAR_CHART_FILE, LINE_CHART_FILE

WORDS_A_MINUTE = 230
"""How fast news is read, for the reading time on the page."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that editions are made of: one market, its figures, and the publication's newsroom over them."""

    publication: Publication
    market: Market
    table: FigureTable
    newsroom: Newsroom
    holdings: Holdings
    templates: Environment

    @classmethod
    def over(
        cls,
        publication: Publication,
        edition: str,
        market: Market,
        of: Sequence[bytes] | None = None,
        table: FigureTable | None = None,
    ) -> Desk:
        """The desk for one edition over one market.

        `of` is all that the publication was read from, if that is known: then rules that were held against the same
        prices before are not held against them again. `table` has figures of this market that were computed before.
        """
        table = table or FigureTable(market, publication.universe)
        newsroom = Newsroom.over(publication, edition, table)
        if of is not None:
            newsroom.remember([*of, fingerprint(market)])
        return cls(publication, market, table, newsroom, Holdings(market), environment(publication.templates))


@dataclass(frozen=True, slots=True)
class Edition:
    """One session's edition in memory: what it says, what proves it, and what was passed over."""

    article: Article
    digest: Digest
    imprint: Imprint
    simulated: bool
    market: Mapping[str, Any]
    """What was held of the market, as the ledger records it."""
    weighed: tuple[Weighed, ...]
    figures: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, Mapping[str, Any]]
    base_rates: Mapping[str, Mapping[str, Any]]
    channels: tuple[Channel, ...]
    """The networks that its posts are made for."""
    choices: Mapping[str, Any]
    """What an editor chose for it, as the ledger records it."""
    test: Trial | None
    """The test that it sets."""
    taken_on: Mapping[str, str]
    """By fragment, who answers for an editor's own sentence that no figure proves."""

    @property
    def issue(self) -> Issue:
        """What it says, as data, without what proves it."""
        return Issue(self.article, self.digest, self.imprint, self.simulated, test=self.test)

    @property
    def derivations(self) -> Mapping[str, str]:
        """For each claim's name, the words in which a page says how it was made."""
        return derivations_of(self.figures, claims_of(self.article, self.digest), self.base_rates)


def make_edition(desk: Desk, row: int | None = None) -> Edition:
    """The edition of the session on `row` (default: the last), from what was known by then."""
    newsroom = desk.newsroom
    row = len(desk.market.sessions) - 1 if row is None else row
    planned = plan(newsroom.at(row))
    prose = compose(planned)
    held = desk.holdings.record(row)
    citable = _citable(desk, row)
    article = _article(desk, prose, planned, held, citable)
    imprint = replace(desk.publication.imprint, disclosure=_disclosure(desk, article.session))
    simulated = desk.market.simulated
    digest = fit_posts(planned, prose, desk.publication, article_link(article, imprint), simulated=simulated)
    letter = envelope(planned, prose, desk.publication)
    digest = replace(digest, alt_text=card_alt(article, desk.templates, simulated=simulated), envelope=letter)
    claims = claims_of(article, digest)
    computed = [claim for claim in claims if not newsroom.figures.catalogue.is_fact(claim.name)]
    figures = figure_records(computed, newsroom.figures, row)
    facts = fact_records(claims, citable)
    base_rates = newsroom.recall.records(claims, newsroom.by_key, row)
    weighed = planned.tonight.weigh(planned.outcomes)
    return Edition(
        article,
        digest,
        imprint,
        simulated,
        held,
        weighed,
        figures,
        facts,
        base_rates,
        desk.publication.channels,
        planned.tonight.choices.record if planned.tonight.choices else {},
        trial_told(planned),
        {one.key: one.taken_on_by for one in newsroom.by_key.values() if one.taken_on_by},
    )


def _disclosure(desk: Desk, session: date) -> str:
    """The line that names the program, the supplier of the data and the session."""
    text = desk.publication.imprint.disclosure.replace("{supplier}", desk.market.supplier)
    return text.replace("{session}", spelled_date(session, "full"))


def _article(
    desk: Desk, prose: Sequence[TextBlock], planned: Plan, held: Mapping[str, Any], citable: Iterable[Fact]
) -> Article:
    """The prose with its table, charts, sources and notes beside it."""
    outline, publication = desk.newsroom.outline, desk.publication
    session = planned.tonight.realiser.session
    words = sum(sentence.words for _, sentence in spoken(prose))
    return Article(
        edition=outline.edition,
        session=session,
        kicker=outline.kicker,
        blocks=tuple(_blocks(desk, prose, planned, held, citable)),
        angle=planned.angle.fragment.key,
        tags=publication.imprint.hashtags,
        reading_minutes=max(1, round(words / WORDS_A_MINUTE)),
        dateline=f"{publication.imprint.place}, {spelled_date(session, 'day')}",
    )


def _blocks(
    desk: Desk, prose: Sequence[TextBlock], planned: Plan, held: Mapping[str, Any], citable: Iterable[Fact]
) -> Iterator[Block]:
    """The article's blocks in page order: a chart beside the lead, the figures below the bottom line."""
    outline, publication, row = desk.newsroom.outline, desk.publication, planned.tonight.row
    lines = line_chart(desk.table, outline.line_segments, outline.line_span, publication.universe, row)
    bars = bar_chart(desk.table, outline.bar_segments, publication.universe, row, outline.horizon)
    table = move_table(planned.tonight)
    insets = small_tables(planned.tonight, prose)
    pictures = list(_pictures(desk, planned))
    for block in prose:
        yield block
        if block.role is Role.LEAD and lines:
            yield LinesBlock(LINE_CHART_FILE, lines)
        yield from (picture for part, picture in pictures if part == block.part)
        yield from (InsetBlock(inset) for part, inset in insets if part == block.part)
    yield TableBlock(table)
    yield BarsBlock(BAR_CHART_FILE, bars)
    session = planned.tonight.realiser.session
    yield SourcesBlock(_sources(citable, prose, [inset for _, inset in insets]))
    omitted = (one.symbol for one in desk.holdings.omissions(row) if not one.begins)
    yield NotesBlock(
        (
            *publication.imprint.notes,
            *left_out(omitted, held["symbols"], publication.universe, session),
            *missing_prices(desk.table, publication.universe, row),
            *taken_on(desk.newsroom.by_key, prose),
        )
    )


def _pictures(desk: Desk, planned: Plan) -> Iterator[tuple[str, PictureBlock]]:
    """The kind's own pictures that have something to show, each with the part below which it stands."""
    newsroom, tonight = desk.newsroom, planned.tonight
    for one in newsroom.outline.pictures:
        try:
            flags = {name: newsroom.rule_holds(rule, one.place) for name, rule in one.rules.items()}
            chart = picture(newsroom.figures, one, tonight.row, flags) if tonight.allows(one) else None
        except ContentError as error:
            raise ContentError([Fault(fault.where or one.place, fault.message) for fault in error.faults]) from error
        if chart:
            yield one.after, PictureBlock(one.file, chart)


def _citable(desk: Desk, row: int) -> tuple[Fact, ...]:
    """All that a sentence of that row may cite: facts, entries of calendars, and the releases told on it."""
    return (*desk.newsroom.figures.citable(row), *sources_told(desk.table, desk.publication.universe, row))


def _sources(citable: Iterable[Fact], prose: Iterable[TextBlock], insets: Iterable[Inset]) -> tuple[Fact, ...]:
    """The facts and releases that are cited, in order of first use: by sentences, then by small tables."""
    citing: list[Sentence | Inset] = [*(sentence for _, sentence in spoken(prose)), *insets]
    pieces = [piece for said in citing for piece in said.pieces if piece.claim]
    lines = dict.fromkeys(piece.claim.source for piece in pieces if piece.claim and piece.claim.kind in CITING)
    by_line = {fact.id: fact for fact in citable}
    return tuple(by_line[line] for line in lines if line)
