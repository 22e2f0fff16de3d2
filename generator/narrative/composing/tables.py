"""An outline's rows and columns in; the table of index moves for one session out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import CommentaryError, Fault, UnknownFigureError
from generator.model import Catalogue, Claim, Kind, Outline, Piece, Segment, Table, Unit
from generator.narrative.language.phrases import Quoted
from generator.narrative.newsroom import Tonight
from generator.narrative.writing.realisation import Realiser


def move_table(tonight: Tonight) -> Table:
    """One row per segment that has any figure on the session; a cell is None where its figure is absent."""
    outline, realiser = tonight.newsroom.outline, tonight.realiser
    rows = []
    for key in outline.table_rows:
        cells = tuple(_cell(realiser, f"{key}_{measure}") for _, measure in outline.table_columns)
        if any(cells):
            rows.append((_label(tonight.newsroom.publication.universe.segments[key]), cells))
    columns = tuple(heading for heading, _ in outline.table_columns)
    return Table(outline.table_caption, columns, tuple(rows))


def column_faults(outline: Outline, catalogue: Catalogue) -> Iterator[Fault]:
    """Columns of the table whose measure no row has, so that they would stand empty for ever."""
    for heading, measure in outline.table_columns:
        if not any(_is_known(f"{key}_{measure}", catalogue) for key in outline.table_rows):
            message = f"column '{heading}': '{measure}' is a measure of none of the rows."
            yield Fault(f"content/kinds/{outline.edition}.yaml:1", message)


def _is_known(name: str, catalogue: Catalogue) -> bool:
    try:
        catalogue.define(name)
    except CommentaryError:
        return False
    return True


def _label(segment: Segment) -> str:
    """The row's name; an asterisk, which the caption explains, marks total returns among price returns."""
    return segment.short if segment.kind is Kind.INDEX else f"{segment.short}*"


def _cell(realiser: Realiser, name: str) -> Piece | None:
    """The figure with all its decimals, so that a column lines up."""
    try:
        quoted = realiser.quote(name)
    except UnknownFigureError:  # a basket has no level
        return None
    # A fund's adjusted close is no price that anybody was quoted.
    if quoted is None or quoted.definition.unit is Unit.DOLLARS:
        return None
    return _printed(quoted)


def _printed(quoted: Quoted) -> Piece:
    number = f"{abs(quoted.printed):,.{quoted.definition.decimals}f}"
    sign = ""
    if quoted.definition.unit is not Unit.LEVEL:
        sign = "+" if quoted.printed > 0 else "\u2212" if quoted.printed < 0 else ""
    words = f"{sign}{number}"  # no character of it means anything in HTML
    return Piece(words, words, words, Claim("figure", quoted.name, quoted.value))
