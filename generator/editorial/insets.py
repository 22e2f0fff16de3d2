"""The small tables and the pictures of a kind of article, from `tables` and `pictures` in `content/kinds/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, choice, given, rule, unknown
from generator.editorial.values import Key, Line, Name, Prose, Rule
from generator.editorial.wording import read_bracketed
from generator.errors import ContentError, Fault
from generator.model import Draw, Picture, SmallTable, Variant

_NAME = re.compile(r"[A-Za-z_*][\w*]*", re.ASCII)
_STEM = re.compile(r"\w+", re.ASCII)


def _columns_fault(value: object) -> str | None:
    if isinstance(value, dict | list) and value and all(isinstance(one, str) and one.strip() for one in value):
        measures = value.values() if isinstance(value, dict) else ()
        wrong = next((one for one in measures if not isinstance(one, str)), None)
        return None if wrong is None else f"has {given(wrong)} where a measure belongs, such as return_wtd."
    return "should be a list of headings, or `heading: measure` lines."


def _rows_fault(value: object) -> str | None:
    if not isinstance(value, dict) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        return "should be `label: segment` lines, or `label: [figure, figure]` lines."
    for label, row in value.items():
        cells = row if isinstance(row, list) else [row]
        if not all(isinstance(cell, str) or (cell is None and isinstance(row, list)) for cell in cells):
            return f"has no figures behind '{label}': name what begins their names, or list them."
    return None


class SmallTableShape(Shape):
    """One table inside the article."""

    what: ClassVar[str] = "a small table"
    key: Key
    after: Name
    when: Rule | None = None
    caption: Prose
    corner: Line
    columns: Annotated[Any, rule(_columns_fault)]
    rows: Annotated[Any, rule(_rows_fault)]


class PictureShape(Shape):
    """One picture inside the article."""

    what: ClassVar[str] = "a picture"
    key: Annotated[Key, rule(lambda key: _TAKEN.get(key))]
    after: Name
    draw: choice(Draw)  # type: ignore[valid-type]
    title: Name
    figures: Annotated[dict[Name, Key], Field(min_length=1, max_length=6)]
    when: Rule | None = None
    years: Annotated[int, Field(ge=1, le=100)] | None = None
    last: Annotated[int, Field(ge=2, le=24)] = 12
    before: Annotated[int, Field(ge=0, le=252)] = 63
    sessions: Annotated[int, Field(ge=21, le=756)] = 252
    logarithmic: bool = False
    start: Annotated[float, Field(gt=0, le=1_000_000)] | None = None
    shaded: Rule | None = None
    events: Rule | None = None


_TAKEN = dict.fromkeys(("performance", "moves"), "is the name of a chart that every kind has.")
_ONLY = {"events": Draw.AROUND, **dict.fromkeys(("shaded", "logarithmic", "start", "years"), Draw.LINES)}
"""Settings that one way of drawing alone has."""


def pictures(document: Document, shapes: Sequence[PictureShape]) -> tuple[Picture, ...]:
    """The pictures as they are laid out."""
    return tuple(
        Picture(
            key=one.key,
            after=one.after,
            draw=one.draw,
            title=one.title,
            figures=tuple(one.figures.items()),
            when=_rule(one.when),
            years=one.years or 0,
            last=one.last,
            before=one.before,
            sessions=one.sessions,
            logarithmic=one.logarithmic,
            start=one.start or 0.0,
            shaded=_rule(one.shaded),
            events=_rule(one.events),
            place=document.at("pictures", number, "key"),
        )
        for number, one in enumerate(shapes)
    )


def picture_faults(document: Document, shapes: Sequence[PictureShape]) -> Iterator[Fault]:
    """Settings that do not go together."""
    for number, one in enumerate(shapes):
        place = document.at("pictures", number, "draw")
        for name, draw in _ONLY.items():
            if getattr(one, name) and one.draw is not draw:
                yield Fault(document.at("pictures", number, name), f"'{name}' is for a picture of {draw}.")
        if one.draw is Draw.AROUND and (not one.events or len(one.figures) != 2):
            yield Fault(place, "around events stand two levels, and a rule 'events' that holds on their sessions.")


def _rule(given: Any) -> str:
    return "" if given in (None, True) else str(given)


def small_tables(document: Document, shapes: Sequence[SmallTableShape]) -> tuple[tuple[SmallTable, ...], list[Fault]]:
    """The tables that can be read, and every fault in how they are laid out."""
    tables: list[SmallTable] = []
    faults: list[Fault] = []
    for number, shape in enumerate(shapes):
        try:
            tables.append(_Reader(document, number, shape).table())
        except ContentError as error:
            faults += error.faults
    return tuple(tables), faults


def misplaced(
    document: Document, listed: str, shapes: Sequence[SmallTableShape | PictureShape], parts: Sequence[str]
) -> Iterator[Fault]:
    """Tables or pictures that stand below no part of the article, and keys that two of them share."""
    keys = [shape.key for shape in shapes]
    below = [part for part in parts if part not in ("takeaways", "bottom line")]
    for number, shape in enumerate(shapes):
        if shape.after not in below:
            place = document.at(listed, number, "after")
            yield Fault(place, unknown(shape.after, "a part below which it can stand", below))
        if shape.key in keys[:number]:
            yield Fault(document.at(listed, number, "key"), f"'{shape.key}' is there twice.")


class _Reader:
    """Reads one table, each of its words with the line on which they stand."""

    def __init__(self, document: Document, number: int, shape: SmallTableShape) -> None:
        self._document, self._at, self._shape = document, ("tables", number), shape

    def table(self) -> SmallTable:
        """The table; raises `ContentError` with every fault in it."""
        shape = self._shape
        columns = shape.columns if isinstance(shape.columns, dict) else dict.fromkeys(shape.columns)
        return SmallTable(
            key=shape.key,
            after=shape.after,
            when=_rule(shape.when),
            caption=self._words(" ".join(shape.caption.split()), "caption"),
            corner=shape.corner,
            columns=tuple(self._words(heading, "columns", heading) for heading in columns),
            rows=tuple(
                (self._words(label, "rows", label), self._cells(label, row, columns))
                for label, row in shape.rows.items()
            ),
            place=self._place("when" if shape.when else "key"),
        )

    def _cells(self, label: str, row: str | list[str | None], columns: dict[str, Any]) -> tuple[Variant | None, ...]:
        if isinstance(row, str):
            return tuple(self._measured(label, row, heading, columns[heading]) for heading in columns)
        if len(row) != len(columns):
            message = f"'{label}' has {len(row)} cells; there are {len(columns)} columns."
            raise ContentError([Fault(self._place("rows", label), message)])
        where = ("rows", label)
        return tuple(self._figures(cell, *where, number) if cell else None for number, cell in enumerate(row))

    def _measured(self, label: str, stem: str, heading: str, measure: str | None) -> Variant:
        """The cell of a row and a column: a figure whose name begins as the row says and ends as the column says."""
        where = ("rows", label)
        if not _STEM.fullmatch(stem):
            message = f"'{stem}' begins no figure's name; list the cells of a row as [one, another]."
            raise ContentError([Fault(self._place(*where), message)])
        if measure is None:
            message = f"'{label}' needs a list of cells, as the columns name no measures."
            raise ContentError([Fault(self._place(*where), message)])
        if "*" in measure:
            return self._figures(measure.replace("*", stem), *where)
        if not _STEM.fullmatch(measure):
            message = f"'{measure}' is the same in every row: put a * where the row's name belongs."
            raise ContentError([Fault(self._place("columns", heading), message)])
        return self._figures(f"{stem}_{measure}", *where)

    def _figures(self, words: str, *where: object) -> Variant:
        """A cell: the name of a figure, or words with figures in brackets."""
        read = self._words(f"[{words}]" if _NAME.fullmatch(words) else words, *where)
        if not read.slots:
            raise ContentError([Fault(self._place(*where), f"'{words}' names no figure.")])
        return read

    def _words(self, words: str, *where: object) -> Variant:
        place = self._place(*where)
        file, _, line = place.rpartition(":")
        return read_bracketed(words, file, int(line))

    def _place(self, *where: object) -> str:
        return self._document.at(*self._at, *where)
