"""The products of an edition: which files there are, what each is asked for by, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment

from generator.assembly import Edition
from generator.channels.setting import file_text
from generator.errors import ProductUnavailableError, SettingsError
from generator.market.sessions import close_time
from generator.model import BarsBlock, Channel, LineChart, LinesBlock, Page, PictureBlock, PostFile
from generator.publishing.document import ISSUE_FILE, issue_text
from generator.publishing.ledger import build_ledger, ledger_text
from generator.publishing.manifest import manifest
from generator.rendering.environment import sheet
from generator.rendering.mail.letter import render_letter
from generator.rendering.pages.article import render_html, render_markdown
from generator.rendering.paper.press import Press
from generator.rendering.pictures.card import ALT_FILE, render_card
from generator.rendering.pictures.card_link import CARD_FILE
from generator.rendering.pictures.charts import drawn_file
from generator.rendering.pictures.raster import CHART_FILE, png_of, render_chart_picture

Files = dict[str, str | bytes]
LEDGER = "edition.json"
LETTER = ("newsletter.html", "newsletter.txt", "newsletter.eml")


@dataclass(frozen=True, slots=True)
class Pouring:
    """An edition and all that its files are poured with."""

    edition: Edition
    env: Environment
    press: Press | None = None
    """Lays out the PDF, which it was sent at the start."""
    card: str = ""
    """In words the card that stands beside the article; empty where there is none."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The charts as pictures for the newsletter, by their files; empty where none can be made."""
    texts: bool = False
    """Whether texts alone are made, as they stand beside pictures that nobody draws."""


@dataclass(frozen=True, slots=True)
class Product:
    """A kind of file, or a few that belong together."""

    format: str
    """What it is asked for by."""
    files: tuple[str, ...]
    make: Callable[[Pouring], Files]
    text: bool = True
    """Whether it is text that a replay counts and the second reader reads without a picture drawn."""


def products(channels: Iterable[Channel]) -> Iterator[Product]:
    """Every product that can be asked for, in the order in which they are made."""
    yield Product("markdown", ("article.md",), lambda given: {"article.md": _article(given, render_markdown)})
    yield Product("html", ("article.html",), lambda given: {"article.html": _article(given, render_html)}, text=False)
    yield Product("pdf", ("article.pdf",), _paper, text=False)
    yield Product("mail", (*LETTER, CHART_FILE), _mail, text=False)
    for channel in channels:
        yield Product(channel.key, tuple(file.path for file in channel.files), _posts_of(channel))


def formats(channels: Iterable[Channel], *, text: bool = False) -> tuple[str, ...]:
    """All that can be asked for; with `text`, what is text."""
    return tuple(product.format for product in products(channels) if product.text or not text)


def asked_for(wanted: Collection[str], channels: Iterable[Channel]) -> tuple[str, ...]:
    """The formats asked for, all of them where none is named; raises `SettingsError` for one that there is not."""
    known = formats(channels)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise SettingsError(f"There is no product '{unknown[0]}'. Choose some of {', '.join(known)}.")
    return tuple(wanted) or known


def formats_of(names: Collection[str], channels: Iterable[Channel]) -> set[str]:
    """The formats that these files are products of."""
    return {product.format for product in products(channels) if set(product.files) & set(names)}


def formats_in(folder: Path, channels: Iterable[Channel]) -> set[str]:
    """The formats of the products that stand in an edition's folder; none where there is no folder."""
    names = (name for product in products(channels) for name in product.files)
    return formats_of([name for name in names if (folder / name).is_file()], channels)


def make_pages(
    edition: Edition,
    env: Environment,
    wanted: Collection[str],
    press: Press,
    made_with: Callable[[], Mapping[str, str]],
) -> tuple[list[Page], tuple[str, ...]]:
    """Every file of the edition's folder, and notices of what could not be made and why.

    The pages are poured in `env`; the PDF is laid out by `press` while the others are made here. The ledger names each
    file with its digest, and with what all of them were made: `made_with` is asked while the PDF is laid out.
    """
    files: Files = {}
    notices: list[str] = []
    if "pdf" in wanted:
        paper = render_html(edition.article, edition.imprint, env, simulated=edition.simulated, paper=True)
        press.send(paper, sheet(env, "print.css"))
    if {"html", *(channel.key for channel in edition.channels)} & set(wanted):
        files |= _or_notice(notices, lambda: _card(edition, env))
    pictures = _or_notice(notices, lambda: _pictures(edition, env)) if "mail" in wanted else {}
    card = edition.digest.alt_text if CARD_FILE in files else ""
    given = Pouring(edition, env, press, card, pictures)  # type: ignore[arg-type]
    for product in products(edition.channels):
        if product.format in wanted and product.format != "pdf":
            files |= _or_notice(notices, partial(product.make, given))
    files |= _charts(edition, env)
    issue, ledger = issue_text(edition.issue), {**_ledger(edition), "made_with": made_with()}
    if "pdf" in wanted:  # last, so that all the rest is made while it is laid out
        files |= _or_notice(notices, lambda: _paper(given))
    files[ISSUE_FILE] = issue
    made = {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}
    ledger["files"] = manifest(made)
    made[LEDGER] = ledger_text(ledger).encode()
    return [Page(path, content) for path, content in made.items()], tuple(notices)


def make_texts(edition: Edition, env: Environment, wanted: Collection[str]) -> dict[str, str]:
    """The edition's texts as they stand in its folder beside a card: article, posts and ledger.

    No picture is drawn, and the ledger names no files.
    """
    given = Pouring(edition, env, card=edition.digest.alt_text, texts=True)
    texts: dict[str, str] = {}
    for product in products(edition.channels):
        if product.format in wanted and product.format != "pdf":
            texts |= {path: text for path, text in product.make(given).items() if isinstance(text, str)}
    return {**texts, LEDGER: ledger_text(_ledger(edition))}


def _article(given: Pouring, render: Callable[..., str]) -> str:
    edition = given.edition
    return render(
        edition.article,
        edition.imprint,
        given.env,
        simulated=edition.simulated,
        derivations=edition.derivations,
        card=given.card,
    )


def _paper(given: Pouring) -> Files:
    assert given.press is not None  # `make_texts` makes no PDF
    return {"article.pdf": given.press.receive()}


def _mail(given: Pouring) -> Files:
    """The newsletter's two parts, and, with its charts' pictures, the message that holds both."""
    edition, article = given.edition, given.edition.article
    shown = [block.file for block in article.charted if given.texts or png_of(block.file) in given.pictures]
    letter = render_letter(
        article, edition.digest, edition.imprint, given.env, simulated=edition.simulated, charts=shown
    )
    html, text, message = LETTER
    files: Files = {html: letter.html, text: letter.text}
    if not given.texts:
        from generator.rendering.mail.message import render_message  # it loads all that reads and writes mail

        key = f"{article.session.isoformat()}.{article.edition}"
        files[message] = render_message(letter, key, close_time(article.session), given.pictures)
    return {**files, **given.pictures}


def _pictures(edition: Edition, env: Environment) -> Files:
    return {png_of(block.file): render_chart_picture(block.chart, env) for block in edition.article.charted}


def _posts_of(channel: Channel) -> Callable[[Pouring], Files]:
    def make(given: Pouring) -> Files:
        return {file.path: _post(given.edition, channel, file) for file in channel.files}

    return make


def _post(edition: Edition, channel: Channel, file: PostFile) -> str:
    posts, call = edition.digest.posts[file.key], edition.imprint.call_to_action
    return file_text(posts, channel, call, simulated=edition.simulated)


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


def _charts(edition: Edition, env: Environment) -> Files:
    blocks = edition.article.blocks
    drawn = (block for block in blocks if isinstance(block, LinesBlock | BarsBlock | PictureBlock))
    return {block.file: drawn_file(block, env) for block in drawn}


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
        edition.choices,
        edition.taken_on,
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
