"""Pour an article into Markdown and an HTML page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Article, BarsBlock, Imprint, LinesBlock, PictureBlock
from generator.rendering.environment import pour, sheet
from generator.rendering.figures_in_text import cited
from generator.rendering.filters import script_json
from generator.rendering.pictures.card_link import CARD_FILE, CardLink
from generator.rendering.pictures.charts import drawn_inline

NO_DERIVATIONS: Mapping[str, str] = MappingProxyType({})
HEADLINE_LIMIT = 110
"""Longest headline, in characters, that search engines show from structured data."""


def render_markdown(
    article: Article,
    imprint: Imprint,
    env: Environment,
    *,
    simulated: bool = False,
    derivations: Mapping[str, str] = NO_DERIVATIONS,
    card: str = "",
) -> str:
    """The article as Markdown with YAML front matter that Hugo and Jekyll read; charts are links to `charts/*.svg`.

    `card` is in words what `card.png` beside it shows; empty where there is none.
    """
    context = context_of(article, imprint, simulated, derivations)
    context["card"] = card_link(article, imprint, card) if card else None
    matter = front_matter(article, imprint, simulated, context["card"])
    return pour(env, "article.md.j2", **context, charts={}, front_matter=matter)


def render_html(
    article: Article,
    imprint: Imprint,
    env: Environment,
    *,
    simulated: bool = False,
    derivations: Mapping[str, str] = NO_DERIVATIONS,
    paper: bool = False,
    card: str = "",
) -> str:
    """The article as one self-contained HTML page: its style sheet and charts inside it, no script to run.

    `derivations` gives for a figure's name the words that say how it was made; they appear on hover and on focus.
    `paper` gives the page that `render_pdf` lays out: the same words, without what paper cannot show.
    `card` is in words what `card.png` beside it shows; networks take it by its address, so a page without one has none.
    """
    context = context_of(article, imprint, simulated, derivations)
    context["card"] = card_link(article, imprint, card) if card and imprint.url else None
    return pour(
        env,
        "article.html.j2",
        **context,
        charts=inline_charts(article, env),
        paper=paper,
        style=Markup(sheet(env, "style.css")),
        structured_data=script_json(structured_data(article, imprint, context["card"])),
    )


def article_link(article: Article, imprint: Imprint) -> str:
    """Where the article will be read: the imprint's address with `{date}` and `{edition}` filled in."""
    return imprint.url.replace("{date}", article.session.isoformat()).replace("{edition}", article.edition)


def card_link(article: Article, imprint: Imprint, alt: str) -> CardLink:
    """The card's words, and its address beside the article's: its file's name alone where the imprint has none."""
    return CardLink(urljoin(article_link(article, imprint), CARD_FILE), alt)


def author_of(imprint: Imprint) -> str:
    """Who wrote it, for machines: the byline without its "By"."""
    return imprint.byline.removeprefix("By ").removeprefix("the ")


def front_matter(article: Article, imprint: Imprint, simulated: bool, card: CardLink | None = None) -> str:
    """YAML between two lines `---`: title, date, slug, description, author, tags, card, and whether it is simulated."""
    fields: dict[str, Any] = {
        "title": article.headline.text,
        "date": article.session,
        "slug": f"{article.session.isoformat()}-{article.edition}",
        "description": article.standfirst.text,
        "author": author_of(imprint),
        "tags": list(article.tags),
        "categories": [article.edition],
        "lang": imprint.language,
        "canonical_url": article_link(article, imprint),
        **({"image": card.address, "image_alt": card.alt} if card else {}),
        "draft": False,
        "simulated": simulated,
    }
    return matter_of(fields)


def matter_of(fields: Mapping[str, Any]) -> str:
    """The fields as YAML between two lines `---`."""
    import yaml  # here, as a site that only joins what was poured before needs none

    # libyaml's, which is ten times as quick, where PyYAML was built with it; both write the same.
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(dict(fields), Dumper=dumper, sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{text}---\n"


def structured_data(article: Article, imprint: Imprint, card: CardLink | None = None) -> dict[str, Any]:
    """The schema.org `NewsArticle` that search engines read."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline.text[:HEADLINE_LIMIT],
        "description": article.standfirst.text,
        "datePublished": article.session.isoformat(),
        "inLanguage": imprint.language,
        "author": {"@type": "Organization", "name": author_of(imprint)},
        "publisher": {"@type": "Organization", "name": imprint.title},
        "mainEntityOfPage": article_link(article, imprint),
        **({"image": [card.address]} if card else {}),
        "keywords": list(article.tags),
    }


def context_of(article: Article, imprint: Imprint, simulated: bool, derivations: Mapping[str, str]) -> dict[str, Any]:
    """What every page of an article is handed."""
    below = [one for one in article.citing if one is not article.headline]  # nothing is marked beside a headline
    known = cited(below, article.sources) if article.sources else frozenset[int]()
    return {
        "article": article,
        "imprint": imprint,
        "simulated": simulated,
        "derivations": derivations,
        "author": author_of(imprint),
        "link": article_link(article, imprint),
        "uncited": tuple(fact for number, fact in enumerate(article.sources, 1) if number not in known),
    }


def inline_charts(article: Article, env: Environment) -> dict[str, dict[str, Markup]]:
    """By file each chart as drawings to stand in the page: one, or one for each size."""
    drawn = (block for block in article.blocks if isinstance(block, LinesBlock | BarsBlock | PictureBlock))
    return {block.file: drawn_inline(block, env) for block in drawn}
