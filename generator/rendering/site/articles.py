"""Pour what a site has of one issue: its page, its text for feeds, its part of the front page, its line in lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from generator.model import (
    Article,
    BarsBlock,
    Correction,
    Entry,
    Issue,
    LinesBlock,
    PictureBlock,
)
from generator.rendering.environment import pour
from generator.rendering.filters import script_json
from generator.rendering.pages.article import author_of, context_of, inline_charts
from generator.rendering.pictures.charts import drawn_inline
from generator.rendering.site.pages import FURTHER, SECTIONS, SitePages, modified_at
from generator.rendering.site.places import Places
from generator.rendering.site.structured import news_article


def article_page(
    pages: SitePages,
    issue: Issue,
    entry: Entry,
    derivations: Mapping[str, str],
    corrections: Sequence[Correction],
    paper: bool,
) -> str:
    """An article's page with derivations and corrections; `set_beside` fills in the rest.

    `paper` says whether there is a PDF of it.
    """
    article, path, places, now = issue.article, pages.places.article(entry), pages.places, pages.imprint
    imprint = replace(issue.imprint, url=now.url, title=now.title, language=now.language)
    published = places.published(entry.session)
    modified = modified_at(published, corrections)
    card = pages.card(entry)
    page = pages.head(
        path, entry.headline, entry.standfirst, "article", noindex=issue.simulated, kind="article", image=card
    )
    data = news_article(article, imprint, places, published, modified, card, corrections)
    return pages.pour(
        "site-article.html.j2",
        page,
        **context_of(article, imprint, issue.simulated, derivations),
        charts=inline_charts(article, pages.env),
        paper=False,
        paper_file=places.href(places.beside(entry, "article.pdf")) if paper else "",
        published=published,
        modified=modified,
        corrections=tuple(corrections),
        subjects=pages.subjects(entry.tags),
        sections=SECTIONS,
        further=FURTHER,
        structured_data=script_json(data),
    )


def front(pages: SitePages, issue: Issue, newest: Entry) -> str:
    """The newest issue as the front page shows it."""
    charts = _first_lines(issue.article, pages.env)
    row = pages.rows([newest])[0]
    return pour(pages.env, "site-front.html.j2", article=issue.article, charts=charts, newest=row)


def full_text(
    issue: Issue, entry: Entry, places: Places, env: Environment, corrections: Sequence[Correction], pictures: set[str]
) -> str:
    """The article as HTML that stands on its own: no derivation, no link within the page, every address whole."""
    charts = {
        block.file: places.absolute(places.beside(entry, block.file))
        for block in issue.article.blocks
        if isinstance(block, LinesBlock | BarsBlock | PictureBlock) and block.file in pictures
    }
    return pour(
        env,
        "feed-item.html.j2",
        article=issue.article,
        imprint=issue.imprint,
        corrections=tuple(corrections),
        pictures=charts,
        drawn=False,
    )


def entry_of(issue: Issue, card: str, subjects: Mapping[str, str]) -> Entry:
    """What lists tell of an issue."""
    article = issue.article
    session: date = article.session
    named = sorted(
        (name for name in subjects if article.angle == name or article.angle.startswith(f"{name}/")), key=len
    )
    tags = dict.fromkeys([*(subjects[name] for name in named[-1:]), *article.tags])
    return Entry(
        session,
        article.edition,
        article.kicker,
        article.headline.text,
        article.standfirst.text,
        author_of(issue.imprint),
        article.angle,
        tuple(tags),
        article.reading_minutes,
        issue.simulated,
        card,
    )


def _first_lines(article: Article, env: Environment) -> dict[str, dict[str, Markup]]:
    """The first chart of lines, drawn for a desk and for a telephone."""
    for block in article.blocks:
        if isinstance(block, LinesBlock):
            return {block.file: drawn_inline(block, env)}
    return {}
