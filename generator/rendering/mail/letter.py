"""Pour an article into the two parts of its newsletter: HTML for mail programs, and plain text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import Markup

from generator.errors import ContentError, Fault, LetterUnavailableError
from generator.model import Article, Digest, Envelope, Imprint, Inset, Newsletter, NotesBlock, Role, Sentence, Table
from generator.rendering.environment import pour, sheet, shown_path
from generator.rendering.figures_in_text import cites
from generator.rendering.filters import cell_text
from generator.rendering.pages.article import article_link
from generator.rendering.pictures.raster import MailChart, png_of

HTML, TEXT = "mail.html.j2", "mail.txt.j2"
STYLE, SCREEN_STYLE = "mail.css", "mail-screen.css"
SIMULATED = "Simulated market: "
"""What the subject of a simulated market's issue begins with."""
FILLER = "\u034f\u00a0" * 60
"""What follows the preheader unseen, lest the inbox go on with the masthead."""
_TEMPLATED = re.compile(r"\{\{|\{%|\*\|")
"""What a mailing service's own templates would take for an instruction."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Both parts of a newsletter, what its inbox shows, and where its HTML finds the charts."""

    subject: str
    html: str
    text: str
    newsletter: Newsletter
    link: str
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The address of each chart's picture, by the file of the picture."""


def render_letter(
    article: Article, digest: Digest, imprint: Imprint, env: Environment, *, simulated: bool, charts: Collection[str]
) -> Letter:
    """The newsletter's two parts; it shows the `charts` of these files as pictures, by addresses beside the article's.

    Raises `LetterUnavailableError` where nobody is named who sends it, `ContentError` for what would run as a template.
    """
    newsletter, envelope = imprint.newsletter, digest.envelope
    if newsletter is None or envelope is None:
        raise LetterUnavailableError(
            "No newsletter: content/publication.yaml does not say who sends it. "
            "Add 'newsletter' to it, as docs/newsletter.md shows."
        )
    link = article_link(article, imprint)
    pictures = {file: MailChart(urljoin(link, png_of(file))) for file in charts}
    shown = {png_of(file): chart.source for file, chart in pictures.items()}
    context = _context(article, envelope, imprint, newsletter, simulated)
    return Letter(context["subject"], _html(context, env, pictures), _text(context, env), newsletter, link, shown)


def _context(
    article: Article, envelope: Envelope, imprint: Imprint, newsletter: Newsletter, simulated: bool
) -> dict[str, Any]:
    notes = [note for block in article.blocks if isinstance(block, NotesBlock) for note in block.notes]
    return {
        "article": article,
        "standfirst": next(article.of(Role.STANDFIRST)).sentences,
        "imprint": imprint,
        "newsletter": newsletter,
        "envelope": envelope,
        "simulated": simulated,
        "subject": f"{SIMULATED if simulated else ''}{envelope.subject.text}",
        "link": article_link(article, imprint),
        "notes": [note for note in notes if note not in imprint.notes],
    }


def _html(context: dict[str, Any], env: Environment, pictures: Mapping[str, MailChart]) -> str:
    import css_inline  # takes a while to load, and only the newsletter needs it

    html = pour(
        env,
        HTML,
        **context,
        pictures=pictures,
        filler=FILLER,
        screen_style=Markup(sheet(env, SCREEN_STYLE)),
    )
    inliner = css_inline.CSSInliner(
        extra_css=sheet(env, STYLE), load_remote_stylesheets=False, keep_style_tags=False, keep_link_tags=False
    )
    try:
        inlined: str = inliner.inline(html).replace(' data-css-inline="keep"', "")
    except (css_inline.InlineError, ValueError) as error:
        raise ContentError([Fault(shown_path(env, STYLE), f"{error}. Mend the style sheet.")]) from error
    return _harmless(inlined.rstrip() + "\n", shown_path(env, HTML))


def _text(context: dict[str, Any], env: Environment) -> str:
    article: Article = context["article"]

    def spoken(sentences: Sequence[Sentence]) -> str:
        return " ".join(
            sentence.text + "".join(f"[{number}]" for number in cites(sentence, article.sources))
            for sentence in sentences
        )

    return _harmless(pour(env, TEXT, **context, spoken=spoken, lined=table_lines).strip() + "\n", shown_path(env, TEXT))


def table_lines(table: Table | Inset) -> tuple[str, ...]:
    """The table as lines of text, its columns below each other where every letter is as wide as the next."""
    cells = [(table.corner if isinstance(table, Inset) else "Index or fund", *map(cell_text, table.columns))]
    cells += [(cell_text(label), *map(cell_text, row)) for label, row in table.rows]
    first, *others = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return tuple("  ".join([row[0].ljust(first), *map(str.rjust, row[1:], others)]).rstrip() for row in cells)


def _harmless(text: str, where: str) -> str:
    """The text, unless a mailing service would run a part of it as a template."""
    if found := _TEMPLATED.search(text):
        near = " ".join(text[max(found.start() - 20, 0) : found.end() + 20].split())
        message = f"the newsletter holds '{found[0]}' ('{near}'), which mailing services would run as a template."
        raise ContentError([Fault(where, f"{message} Take it out.")])
    return text
