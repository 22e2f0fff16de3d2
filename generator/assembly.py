"""Prose, posts, charts and proof from the rooms in; one edition, and the files it is printed as, out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from jinja2 import Environment

from generator.errors import ProductUnavailableError
from generator.figures.series import bar_chart, line_chart
from generator.figures.table import FigureTable
from generator.model import (
    Article,
    Digest,
    Fact,
    Imprint,
    LineChart,
    Market,
    Omission,
    Page,
    Post,
    Publication,
    Weighed,
)
from generator.narrative.composition import Prose, compose
from generator.narrative.fitting import Network, fit_digest
from generator.narrative.lexicalisation import spelled_date
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import Plan, plan
from generator.narrative.tables import move_table
from generator.publishing.holdings import Holdings
from generator.publishing.ledger import build_ledger, claims_of, ledger_text
from generator.publishing.provenance import derivations, fact_records, figure_records
from generator.rendering import digest as networks
from generator.rendering.article import article_link, render_html, render_markdown
from generator.rendering.card import ALT_FILE, CARD_FILE, card_alt, render_card
from generator.rendering.charts import BAR_CHART_FILE, LINE_CHART_FILE, render_bar_chart, render_line_chart
from generator.rendering.environment import environment, sheet
from generator.rendering.press import Press

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
    def over(cls, publication: Publication, edition: str, market: Market) -> Desk:
        """The desk for one edition over one market."""
        table = FigureTable(market, publication.universe)
        newsroom = Newsroom.over(publication, edition, table)
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
    derivations: Mapping[str, str]


def make_edition(desk: Desk, row: int | None = None) -> Edition:
    """The edition of the session on `row` (default: the last), from what was known by then."""
    newsroom = desk.newsroom
    row = len(desk.market.sessions) - 1 if row is None else row
    planned = plan(newsroom.at(row))
    prose = compose(planned)
    article = _article(desk, prose, planned)
    imprint = replace(desk.publication.imprint, disclosure=_disclosure(desk, article.session))
    digest = _digest(desk, planned, prose, article, imprint)
    claims = claims_of(article, digest)
    computed = [claim for claim in claims if not newsroom.figures.catalogue.is_fact(claim.name)]
    figures = figure_records(computed, desk.table, row)
    facts = fact_records(claims, desk.publication.facts)
    weighed = planned.tonight.weigh(planned.outcomes)
    simulated, held = desk.market.simulated, desk.holdings.record(row)
    return Edition(article, digest, imprint, simulated, held, weighed, figures, facts, derivations(figures, claims))


def _disclosure(desk: Desk, session: date) -> str:
    """The line that names the program, the supplier of the data and the session."""
    text = desk.publication.imprint.disclosure.replace("{supplier}", desk.market.supplier)
    return text.replace("{session}", spelled_date(session, "full"))


def _article(desk: Desk, prose: Prose, planned: Plan) -> Article:
    """The prose with its table, charts, notes and sources beside it."""
    outline, publication, row = desk.newsroom.outline, desk.publication, planned.tonight.row
    session = planned.tonight.realiser.session
    words = sum(sentence.words for sentence in prose.sentences())
    return Article(
        edition=outline.edition,
        session=session,
        headline=prose.headline,
        standfirst=prose.standfirst,
        lead=prose.lead,
        sections=prose.sections,
        takeaways=prose.takeaways,
        bottom_line=prose.bottom_line,
        table=move_table(planned.tonight),
        line_chart=line_chart(desk.table, outline.line_segments, outline.line_sessions, publication.universe, row),
        bar_chart=bar_chart(desk.table, outline.bar_segments, publication.universe, row),
        notes=(*publication.imprint.notes, *_left_out(desk.holdings.omissions(row))),
        sources=_sources(publication, prose),
        angle=planned.angle.fragment.key,
        tags=publication.imprint.hashtags,
        reading_minutes=max(1, round(words / WORDS_A_MINUTE)),
        dateline=f"{publication.imprint.place}, {spelled_date(session, 'day')}",
    )


def _sources(publication: Publication, prose: Prose) -> tuple[Fact, ...]:
    """The cited facts, in order of first use."""
    pieces = [piece for sentence in prose.sentences() for piece in sentence.pieces if piece.claim]
    lines = dict.fromkeys(piece.claim.source for piece in pieces if piece.claim and piece.claim.kind == "fact")
    by_line = {fact.line: fact for fact in publication.facts}
    return tuple(by_line[line] for line in lines)


def _left_out(omissions: Iterable[Omission]) -> list[str]:
    """A note that names what the edition had to go without; what had not begun yet needs no note."""
    missing = [item.symbol for item in omissions if not item.reason.startswith("begins on")]
    return [f"Left out for want of data: {', '.join(missing)}."] if missing else []


def _digest(desk: Desk, planned: Plan, prose: Prose, article: Article, imprint: Imprint) -> Digest:
    """The posts, each within its network's own count as its template pours it, and the card they show in words."""
    env, simulated = desk.templates, desk.market.simulated

    def measure(network: networks.Network, post: Post) -> int:
        return network.length(networks.post_text(post, network, imprint, env, simulated=simulated))

    folds = (
        (networks.X, networks.X.limit),
        (networks.LINKEDIN, networks.LINKEDIN_FOLD),
        (networks.FACEBOOK, networks.FACEBOOK_FOLD),
    )
    limits = {network.key: Network(partial(measure, network), network.limit, fold) for network, fold in folds}
    universe = desk.publication.universe
    cashtags = [tag for key in universe.core if (tag := universe.segments[key].cashtag)]
    hashtags = [f"#{tag}" for tag in imprint.hashtags]
    link = article_link(article, imprint)
    digest = fit_digest(planned, prose, limits, link, cashtags, hashtags)
    return replace(digest, alt_text=card_alt(article, env, simulated=simulated))


POSTS = {
    "x": {"x.txt": networks.render_x, "x-thread.txt": networks.render_thread},
    "linkedin": {"linkedin.txt": networks.render_linkedin},
    "facebook": {"facebook.txt": networks.render_facebook},
}
"""The files of each network's format."""

Files = dict[str, str | bytes]


def make_pages(
    edition: Edition, env: Environment, formats: Collection[str], press: Press
) -> tuple[list[Page], tuple[str, ...]]:
    """Every file of the edition's folder, and notices of what could not be made and why.

    The pages are poured in `env`; the PDF is laid out by `press` while the others are made here.
    """
    article, imprint, simulated = edition.article, edition.imprint, edition.simulated
    files: Files = {}
    notices: list[str] = []
    if "pdf" in formats:
        paper = render_html(article, imprint, env, simulated=simulated, paper=True)
        press.send(paper, sheet(env, "print.css"))
    if {"html", *POSTS} & set(formats):
        files |= _or_notice(notices, lambda: _card(edition, env))
    files |= _article_pages(edition, env, formats, CARD_FILE in files)
    if article.line_chart:
        files[LINE_CHART_FILE] = render_line_chart(article.line_chart, env)
    if article.bar_chart:
        files[BAR_CHART_FILE] = render_bar_chart(article.bar_chart, env)
    files |= _post_pages(edition, env, formats)
    if "pdf" in formats:
        files |= _or_notice(notices, lambda: {"article.pdf": press.receive()})
    files["edition.json"] = ledger_text(_ledger(edition))
    pages = [Page(path, text if isinstance(text, bytes) else text.encode()) for path, text in files.items()]
    return pages, tuple(notices)


def make_texts(edition: Edition, env: Environment, formats: Collection[str]) -> dict[str, str]:
    """The edition's texts as they stand in its folder beside a card: article, posts and ledger; no picture is drawn."""
    texts = _article_pages(edition, env, formats, card=True) | _post_pages(edition, env, formats)
    return {**texts, "edition.json": ledger_text(_ledger(edition))}


def _post_pages(edition: Edition, env: Environment, formats: Collection[str]) -> dict[str, str]:
    """The posts of the networks asked for."""
    renders = {path: render for key, files in POSTS.items() if key in formats for path, render in files.items()}
    return {
        path: render(edition.digest, edition.imprint, env, simulated=edition.simulated)
        for path, render in renders.items()
    }


def _or_notice(notices: list[str], make: Callable[[], Files]) -> Files:
    """What `make` gives; where this machine cannot make it, nothing, and the reason among the notices."""
    try:
        return make()
    except ProductUnavailableError as error:
        notices.append(str(error))
        return {}


def _card(edition: Edition, env: Environment) -> Files:
    """The social card, and beside it the words for those who do not see it."""
    png = render_card(edition.article, edition.imprint, env, simulated=edition.simulated)
    return {CARD_FILE: png, ALT_FILE: f"{edition.digest.alt_text}\n"}


def _article_pages(edition: Edition, env: Environment, formats: Collection[str], card: bool) -> dict[str, str]:
    """The article in Markdown and HTML, as far as asked for; `card` says that the card stands beside it."""
    renders = {"markdown": ("article.md", render_markdown), "html": ("article.html", render_html)}
    return {
        path: render(
            edition.article,
            edition.imprint,
            env,
            simulated=edition.simulated,
            derivations=edition.derivations,
            card=card,
        )
        for key, (path, render) in renders.items()
        if key in formats
    }


def _ledger(edition: Edition) -> dict[str, Any]:
    """The ledger, with the card's words and the ends of the lines it draws, which those words quote."""
    article, digest = edition.article, edition.digest
    ledger = build_ledger(
        article, digest, edition.market, edition.weighed, edition.figures, edition.facts, edition.imprint.disclosure
    )
    lines = _line_ends(article.line_chart) if article.line_chart else []
    return {**ledger, "card": {"alt_text": digest.alt_text, "lines": lines}}


def _line_ends(chart: LineChart) -> list[dict[str, Any]]:
    """Where each line ends, and what it was rebased on."""
    first, last = chart.days[0].isoformat(), chart.days[-1].isoformat()
    return [
        {"label": line.label, "symbol": line.symbol, "from": first, "to": last, "rebased_to_100": line.values[-1]}
        for line in chart.lines
    ]
