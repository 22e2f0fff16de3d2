"""Prose, posts, charts and proof from the rooms in; one edition, and the files it is printed as, out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from generator.errors import PdfUnavailableError
from generator.figures.series import bar_chart, line_chart
from generator.figures.table import FigureTable
from generator.model import Article, Digest, Fact, Imprint, Market, Page, Post, Publication, Weighed
from generator.narrative.composition import Prose, compose
from generator.narrative.fitting import Network, fit_digest
from generator.narrative.lexicalisation import spelled_date
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import Plan, plan
from generator.narrative.tables import move_table
from generator.publishing.ledger import build_ledger, claims_of, ledger_text
from generator.publishing.provenance import derivations, fact_records, figure_records
from generator.rendering import digest as networks
from generator.rendering.article import article_link, render_html, render_markdown
from generator.rendering.charts import render_bar_chart, render_line_chart
from generator.rendering.environment import environment
from generator.rendering.pdf import render_pdf

WORDS_A_MINUTE = 230
"""How fast news is read, for the reading time on the page."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that editions are made of: one market, its figures, and the publication's newsroom over them."""

    publication: Publication
    market: Market
    table: FigureTable
    newsroom: Newsroom

    @classmethod
    def over(cls, publication: Publication, edition: str, market: Market) -> Desk:
        """The desk for one edition over one market."""
        table = FigureTable(market, publication.universe)
        return cls(publication, market, table, Newsroom.over(publication, edition, table))


@dataclass(frozen=True, slots=True)
class Edition:
    """One session's edition in memory: what it says, what proves it, and what was passed over."""

    article: Article
    digest: Digest
    imprint: Imprint
    market: Market
    weighed: tuple[Weighed, ...]
    figures: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, Mapping[str, Any]]
    derivations: Mapping[str, str]


def make_edition(desk: Desk) -> Edition:
    """The edition of the market's last session."""
    newsroom, row = desk.newsroom, len(desk.market.sessions) - 1
    planned = plan(newsroom, row)
    prose = compose(newsroom, planned)
    article = _article(desk, prose, planned)
    imprint = replace(desk.publication.imprint, disclosure=_disclosure(desk))
    digest = _digest(desk, planned, prose, article_link(article, imprint), imprint)
    claims = claims_of(article, digest)
    computed = [claim for claim in claims if not newsroom.figures.catalogue.is_fact(claim.name)]
    figures = figure_records(computed, desk.table, row)
    facts = fact_records(claims, desk.publication.facts)
    weighed = newsroom.weigh(row, planned.outcomes)
    return Edition(article, digest, imprint, desk.market, weighed, figures, facts, derivations(figures, claims))


def _disclosure(desk: Desk) -> str:
    """The line that names the program, the supplier of the data and the session."""
    text = desk.publication.imprint.disclosure.replace("{supplier}", desk.market.supplier)
    return text.replace("{session}", spelled_date(desk.market.session, "full"))


def _article(desk: Desk, prose: Prose, planned: Plan) -> Article:
    """The prose with its table, charts, notes and sources beside it."""
    outline, publication, session = desk.newsroom.outline, desk.publication, desk.market.session
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
        table=move_table(desk.newsroom, planned.row),
        line_chart=line_chart(desk.table, outline.line_segments, outline.line_sessions, publication.universe),
        bar_chart=bar_chart(desk.table, outline.bar_segments, publication.universe),
        notes=(*publication.imprint.notes, *_left_out(desk.market)),
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


def _left_out(market: Market) -> list[str]:
    """A note that names what the edition had to go without; what had not begun yet needs no note."""
    missing = [item.symbol for item in market.omissions if not item.reason.startswith("begins on")]
    return [f"Left out for want of data: {', '.join(missing)}."] if missing else []


def _digest(desk: Desk, planned: Plan, prose: Prose, link: str, imprint: Imprint) -> Digest:
    """The posts, each within its network's own count as its template pours it."""
    env, simulated = environment(desk.publication.templates), desk.market.simulated

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
    return fit_digest(desk.newsroom, planned, prose, limits, link, cashtags, hashtags)


def make_pages(
    edition: Edition, publication: Publication, formats: Collection[str]
) -> tuple[list[Page], tuple[str, ...]]:
    """Every file of the edition's folder, and notices of what could not be made and why."""
    env = environment(publication.templates)
    article, imprint, simulated = edition.article, edition.imprint, edition.market.simulated
    files: dict[str, str | bytes] = {}
    notices: list[str] = []
    if "markdown" in formats:
        files["article.md"] = render_markdown(
            article, imprint, env, simulated=simulated, derivations=edition.derivations
        )
    html = render_html(article, imprint, env, simulated=simulated, derivations=edition.derivations)
    if "html" in formats:
        files["article.html"] = html
    if "pdf" in formats:
        try:
            files["article.pdf"] = render_pdf(html, env)
        except PdfUnavailableError as error:
            notices.append(str(error))
    if article.line_chart:
        files["charts/performance.svg"] = render_line_chart(article.line_chart, env)
    if article.bar_chart:
        files["charts/moves.svg"] = render_bar_chart(article.bar_chart, env)
    posts = {
        "x": {"x.txt": networks.render_x, "x-thread.txt": networks.render_thread},
        "linkedin": {"linkedin.txt": networks.render_linkedin},
        "facebook": {"facebook.txt": networks.render_facebook},
    }
    for key, renders in posts.items():
        if key in formats:
            files |= {
                path: render(edition.digest, imprint, env, simulated=simulated) for path, render in renders.items()
            }
    ledger = build_ledger(
        article, edition.digest, edition.market, edition.weighed, edition.figures, edition.facts, imprint.disclosure
    )
    files["edition.json"] = ledger_text(ledger)
    return [Page(path, text if isinstance(text, bytes) else text.encode()) for path, text in files.items()], tuple(
        notices
    )
