"""Fill the table of moves and the small tables of one session."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from generator.errors import CommentaryError, ContentError, Fault, UnknownFigureError
from generator.model import (
    Catalogue,
    Cell,
    Inset,
    Kind,
    Outline,
    Piece,
    Segment,
    Slot,
    SmallTable,
    Table,
    TextBlock,
    Unit,
    Variant,
)
from generator.narrative.language.lexicalisation import spelled_date
from generator.narrative.language.phrases import Context, Quoted, claimed, day_of
from generator.narrative.language.voice import Voice
from generator.narrative.newsroom import Tonight
from generator.narrative.situations.citations import is_figure
from generator.narrative.situations.rules import read_rule
from generator.narrative.writing.filters import FILTERS, VOICED, apply, misused, short

MINUS = "\u2212"
_HELD = re.compile(r"(?<!,) ")
"""The spaces at which a cell does not break."""
_GIVEN_SIGN = frozenset({Unit.PERCENT, Unit.POINTS, Unit.BASIS_POINTS})
"""Units whose rises have a plus in a table; every fall has a minus."""
_OF_TABLES = tuple(name for name in FILTERS if name not in VOICED)


def move_table(tonight: Tonight) -> Table:
    """One row per segment that has any figure on the session; a cell is None where its figure is absent.

    A column that says again what one before it says is left out: on a Monday the week is the day.
    """
    outline = tonight.newsroom.outline
    rows = []
    for key in outline.table_rows:
        cells = tuple(_move(tonight, f"{key}_{measure}") for _, measure in outline.table_columns)
        if any(cells):
            rows.append((_label(tonight.newsroom.publication.universe.segments[key]), cells))
    said = [
        [cell.text if (cell := cells[number]) else None for _, cells in rows]
        for number in range(len(outline.table_columns))
    ]
    kept = [number for number, one in enumerate(said) if not any(one) or one not in said[:number]]
    columns = tuple(outline.table_columns[number][0] for number in kept)
    shown = tuple((label, tuple(cells[number] for number in kept)) for label, cells in rows)
    return Table(outline.table_caption, columns, shown)


def small_tables(tonight: Tonight, prose: Sequence[TextBlock]) -> list[tuple[str, Inset]]:
    """The small tables that have something to show, each with the part below which it stands, in page order."""
    parts = [block.part for block in prose]
    told = [one for one in tonight.newsroom.outline.tables if one.after in parts and tonight.allows(one)]
    made = [(one.after, _inset(tonight, one)) for one in sorted(told, key=lambda one: parts.index(one.after))]
    return [(part, inset) for part, inset in made if inset]


def _inset(tonight: Tonight, table: SmallTable) -> Inset | None:
    """The table without the rows and columns that have nothing in them; None if none is left, or its caption is absent.

    A heading or a label that quotes an absent figure leaves its column or row out.
    """
    caption = _run(tonight, table.caption)
    headings = [_run(tonight, heading) for heading in table.columns]
    rows = [(_run(tonight, label), [_together(_run(tonight, cell)) for cell in cells]) for label, cells in table.rows]
    rows = [(label, cells) for label, cells in rows if label]
    kept = [number for number, heading in enumerate(headings) if heading and any(cells[number] for _, cells in rows)]
    shown = tuple((label, tuple(cells[number] for number in kept)) for label, cells in rows)
    shown = tuple((label, cells) for label, cells in shown if any(cells))
    if not (caption and shown):
        return None
    return Inset(table.key, caption, table.corner, tuple(headings[number] for number in kept), shown)


def _run(tonight: Tonight, words: Variant | None) -> Cell:
    """The words with their figures filled in; empty where one of them is absent."""
    if words is None:
        return ()
    pieces: list[Piece] = []
    literals = zip(words.plain, words.markdown, words.html, strict=True)
    for literal, slot in zip_longest(literals, words.slots):
        pieces.append(Piece(*literal))
        try:
            made = _filled(tonight, slot) if slot else []
        except ContentError as error:
            raise ContentError([Fault(words.source, fault.message) for fault in error.faults]) from error
        if made is None:
            return ()
        pieces += made
    return tuple(piece for piece in pieces if piece.text)


def _together(cell: Cell) -> Cell:
    """A cell whose words hold together, but after a comma: where there is no room its line breaks there."""

    def held(words: str) -> str:
        return _HELD.sub("\u00a0", words)

    return tuple(
        piece if piece.claim else Piece(held(piece.text), held(piece.markdown), held(piece.html)) for piece in cell
    )


def _filled(tonight: Tonight, slot: Slot) -> list[Piece] | None:
    """The pieces for a figure; None where it is absent."""
    quoted = tonight.realiser.quote(slot.names[0])
    if quoted is None:
        return None
    newsroom = tonight.newsroom
    context = Context(newsroom.publication.universe, newsroom.verbs, tonight.realiser.session, Voice(tonight.turn))
    call = slot.calls[0] if slot.calls else None
    return apply(context, quoted, call.name, call.arguments) if call else _in_full(context, quoted)


def _in_full(context: Context, quoted: Quoted) -> list[Piece]:
    """The figure as tables print it: a number with all its decimals, a date in words, a name, yes or no."""
    unit = quoted.definition.unit
    if unit is Unit.NAME:
        return short(context, quoted)
    if unit is Unit.DATE:
        return [claimed(spelled_date(day_of(quoted), "full"), quoted)]
    if unit is Unit.FLAG:
        return [claimed("yes" if quoted.printed else "no", quoted)]
    return [claimed(_number(quoted), quoted)]


def _number(quoted: Quoted) -> str:
    number = f"{abs(quoted.printed):,.{quoted.definition.decimals}f}"
    plus = "+" if quoted.printed > 0 and quoted.definition.unit in _GIVEN_SIGN else ""
    return f"{MINUS if quoted.printed < 0 else plus}{number}"


def _label(segment: Segment) -> str:
    """The row's name; an asterisk, which the caption explains, marks total returns among price returns."""
    return segment.short if segment.kind is Kind.INDEX else f"{segment.short}*"


def _move(tonight: Tonight, name: str) -> Piece | None:
    """The figure with all its decimals, so that a column lines up."""
    try:
        quoted = tonight.realiser.quote(name)
    except UnknownFigureError:  # a basket has no level
        return None
    # A fund's adjusted close is no price that anybody was quoted.
    if quoted is None or quoted.definition.unit is Unit.DOLLARS:
        return None
    return claimed(_number(quoted), quoted)


# --- faults ---------------------------------------------------------------------------------------


def table_faults(outline: Outline, catalogue: Catalogue) -> Iterator[Fault]:
    """What is wrong with the figures of a kind's tables: every fault that needs no prices."""
    for heading, measure in outline.table_columns:
        if not any(is_figure(f"{key}_{measure}", catalogue) for key in outline.table_rows):
            message = f"column '{heading}': '{measure}' is a measure of none of the rows."
            yield Fault(f"content/kinds/{outline.edition}.yaml:1", message)
    for table in outline.tables:
        try:
            read_rule(table.when, catalogue, table.place)
        except ContentError as error:
            yield from error.faults
        for words in table.words:
            for slot in words.slots:
                yield from _slot_faults(slot, words.source, catalogue)


def picture_faults(outline: Outline, catalogue: Catalogue) -> Iterator[Fault]:
    """What is wrong with the figures and the rules of a kind's pictures."""
    for picture in outline.pictures:
        for rule in picture.rules.values():
            try:
                read_rule(rule, catalogue, picture.place)
            except ContentError as error:
                yield from error.faults
        for _, name in picture.figures:
            try:
                unit = catalogue.define(name).unit
            except CommentaryError as error:
                yield Fault(picture.place, error.faults[0].message if isinstance(error, ContentError) else str(error))
                continue
            if unit in (Unit.NAME, Unit.DATE, Unit.FLAG) or catalogue.define(name).source:
                yield Fault(picture.place, f"'{name}' is {unit}: a picture draws numbers that follow from prices.")


def _slot_faults(slot: Slot, place: str, catalogue: Catalogue) -> Iterator[Fault]:
    name, call = slot.names[0], slot.calls[0] if slot.calls else None
    try:
        unit = catalogue.define(name).unit
    except CommentaryError as error:
        message = error.faults[0].message if isinstance(error, ContentError) else str(error)
        yield Fault(place, message)
        return
    if slot.many or len(slot.calls) > 1:
        yield Fault(place, "a figure in a table takes one name and one filter at most.")
    elif call and call.name not in _OF_TABLES:
        yield Fault(place, f"'{call.name}' is not a filter of tables; these are: {', '.join(_OF_TABLES)}.")
    elif call and (wrong := misused(call.name, unit, len(call.arguments))):
        yield Fault(place, f"'{name} | {call.name}': the filter {wrong}.")
