"""Say values as templates print them: days and moments, cells of tables, words of mail, JSON for a script."""

from __future__ import annotations

import json
import textwrap
from datetime import date, datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.escaping import markdown_text
from generator.rendering import figures_in_text

if TYPE_CHECKING:
    from generator.model import Cell, Piece

ABSENT = "–"
"""What a table shows where a figure is absent."""


def long_date(day: date) -> str:
    """`Thursday, July 11, 2024`."""
    return f"{day:%A, %B} {day.day}, {day.year}"


def moment(at: datetime) -> str:
    """`July 15, 2025, 9:30 a.m. in New York`; the day alone where the moment is midnight, as that of a day is."""
    day = f"{at:%B} {at.day}, {at.year}"
    if not (at.hour or at.minute):
        return day
    return f"{day}, {at.hour % 12 or 12}:{at.minute:02d} {'a.m.' if at.hour < 12 else 'p.m.'} in New York"


def markdown_cell(content: str | Piece | Cell | None) -> str:
    """Words, or those of pieces, made safe for a cell of a Markdown table; a dash where a figure is absent."""
    return markdown_text(cell_text(content)).replace("|", "\\|")


def cell_text(content: str | Piece | Cell | None) -> str:
    """The words of a table's cell; a dash where a figure is absent."""
    from generator.model import Piece  # with all that documents are made of, which a site of laid out issues needs not

    if isinstance(content, Piece):
        return content.text
    words = content if isinstance(content, str) else "".join([piece.text for piece in content or ()])
    return words or ABSENT


def markdown_alt(text: str) -> str:
    """`text` made safe for the words between the brackets of a Markdown image."""
    return markdown_text(text.replace("[", "(").replace("]", ")"))


def wrapped(text: str) -> str:
    """Text in lines of at most 72 letters, as mail without HTML is set; no word is broken."""
    indent = "  " if text.startswith("* ") else ""
    return textwrap.fill(text, 72, break_long_words=False, break_on_hyphens=False, subsequent_indent=indent)


def script_json(value: object) -> Markup:
    """`value` as JSON that may stand in a `<script>` element: no `<` in it can close that element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


FILTERS = {
    "machine": figures_in_text.machine_value,
    "derivation": figures_in_text.derivation,
    "cites": figures_in_text.cites,
    "prose": figures_in_text.prose,
    "long_date": long_date,
    "moment": moment,
    "markdown": markdown_text,
    "cell": markdown_cell,
    "celled": cell_text,
    "alt": markdown_alt,
    "wrapped": wrapped,
}
"""By the names that templates have for them."""
