"""An edition in; the files of its folder out: article, posts, charts, card and ledger."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from generator.assembly import Edition
from generator.errors import ProductUnavailableError
from generator.model import LineChart, Page
from generator.publishing.ledger import build_ledger, ledger_text
from generator.publishing.manifest import manifest
from generator.rendering.environment import sheet
from generator.rendering.pages import digest as networks
from generator.rendering.pages.article import render_html, render_markdown
from generator.rendering.paper.press import Press
from generator.rendering.pictures.card import ALT_FILE, CARD_FILE, render_card
from generator.rendering.pictures.charts import BAR_CHART_FILE, LINE_CHART_FILE, render_bar_chart, render_line_chart

POSTS = {
    "x": {"x.txt": networks.render_x, "x-thread.txt": networks.render_thread},
    "linkedin": {"linkedin.txt": networks.render_linkedin},
    "facebook": {"facebook.txt": networks.render_facebook},
}
"""The files of each network's format."""
FORMATS = {
    "article.md": "markdown",
    "article.html": "html",
    "article.pdf": "pdf",
    **{path: key for key, files in POSTS.items() for path in files},
}
"""The format that each file is asked for by; card and charts come with them."""

Files = dict[str, str | bytes]


def formats_in(folder: Path) -> set[str]:
    """The formats of the products that stand in an edition's folder; none where there is no folder."""
    return {key for name, key in FORMATS.items() if (folder / name).is_file()}


def make_pages(
    edition: Edition, env: Environment, formats: Collection[str], press: Press, made_with: Mapping[str, str]
) -> tuple[list[Page], tuple[str, ...]]:
    """Every file of the edition's folder, and notices of what could not be made and why.

    The pages are poured in `env`; the PDF is laid out by `press` while the others are made here. The ledger names each
    file with its digest, and in `made_with` what all of them were made with.
    """
    article, imprint, simulated = edition.article, edition.imprint, edition.simulated
    files: Files = {}
    notices: list[str] = []
    if "pdf" in formats:
        paper = render_html(article, imprint, env, simulated=simulated, paper=True)
        press.send(paper, sheet(env, "print.css"))
    if {"html", *POSTS} & set(formats):
        files |= _or_notice(notices, lambda: _card(edition, env))
    files |= _article_pages(edition, env, formats, edition.digest.alt_text if CARD_FILE in files else "")
    if article.line_chart:
        files[LINE_CHART_FILE] = render_line_chart(article.line_chart, env)
    if article.bar_chart:
        files[BAR_CHART_FILE] = render_bar_chart(article.bar_chart, env)
    files |= _post_pages(edition, env, formats)
    if "pdf" in formats:
        files |= _or_notice(notices, lambda: {"article.pdf": press.receive()})
    made = {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}
    ledger = {**_ledger(edition), "made_with": made_with, "files": manifest(made)}
    made["edition.json"] = ledger_text(ledger).encode()
    return [Page(path, content) for path, content in made.items()], tuple(notices)


def make_texts(edition: Edition, env: Environment, formats: Collection[str]) -> dict[str, str]:
    """The edition's texts as they stand in its folder beside a card: article, posts and ledger.

    No picture is drawn, and the ledger names no files.
    """
    texts = _article_pages(edition, env, formats, edition.digest.alt_text) | _post_pages(edition, env, formats)
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


def _article_pages(edition: Edition, env: Environment, formats: Collection[str], card: str) -> dict[str, str]:
    """The article in Markdown and HTML, as far as asked for; `card` is in words the card that stands beside it."""
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
        article,
        digest,
        edition.market,
        edition.weighed,
        edition.figures,
        edition.facts,
        edition.base_rates,
        edition.imprint.disclosure,
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
