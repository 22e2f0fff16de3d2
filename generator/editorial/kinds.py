"""`content/kinds/*.yaml`: the kinds of article, each with the sessions on which it appears and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.insets import PictureShape, SmallTableShape, misplaced, picture_faults, pictures, small_tables
from generator.editorial.schema import Shape, choice, fitted, matching, some, unknown
from generator.editorial.values import Key, Line, Name, Prose
from generator.editorial.yaml_reader import read_document
from generator.errors import ContentError, Fault
from generator.model import Appears, Outline, OutlinePart, Tone, Universe

Folder = Annotated[
    str, matching(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", "cannot name a folder here: letters, digits, - and _ only.")
]
Slot = Annotated[
    str,
    matching(
        r"(?:[A-Za-z0-9][A-Za-z0-9_-]{0,59}/)?[A-Za-z0-9][A-Za-z0-9_-]{0,59}",
        "cannot name a folder here: letters, digits, - and _ only, and another kind before it, as in session/breadth.",
    ),
]
Place = Annotated[
    str,
    matching(
        r"bottom line|[A-Za-z0-9][A-Za-z0-9_-]{0,59}",
        "cannot name a part: letters, digits, - and _ only, or 'bottom line'.",
    ),
]
Count = Annotated[int, Field(ge=0, le=100)]


class PartShape(Shape):
    """One part of the page."""

    what: ClassVar[str] = "part"
    key: Place
    slot: Slot | None = None
    minimum: Count = 0
    maximum: Count = 1
    headings: list[Name] = Field(default=[])
    tone: choice(Tone) | None = None  # type: ignore[valid-type]
    topics: list[Name] = Field(default=[])
    joined: bool = False

    def part(self, kind: str) -> OutlinePart:
        """The model's own object; a folder of the kind's own is named without the kind."""
        slot = (self.slot or self.key).removeprefix(f"{kind}/")
        texts = tuple(self.headings), self.tone, tuple(self.topics), self.joined
        return OutlinePart(self.key, slot, self.minimum, self.maximum, *texts)


class TableShape(Shape):
    """The table of moves."""

    what: ClassVar[str] = "the table"
    caption: Prose
    rows: some(Key)  # type: ignore[valid-type]
    columns: dict[Line, Key]


class LineChartShape(Shape):
    """The chart of lines."""

    what: ClassVar[str] = "the line chart"
    segments: some(Key, most=6)  # type: ignore[valid-type]
    span: Literal["1m", "3m", "6m", "1y"]


class BarChartShape(Shape):
    """The chart of bars."""

    what: ClassVar[str] = "the bar chart"
    segments: some(Key, most=30)  # type: ignore[valid-type]


class OutlineShape(Shape):
    """The whole file."""

    what: ClassVar[str] = "a kind of article"
    appears: choice(Appears) = Appears.SESSION  # type: ignore[valid-type]
    on_demand: bool = False
    horizon: Literal["1d", "wtd", "mtd", "qtd", "htd", "ytd"] = "1d"
    kicker: Name | None = None
    angle: Slot
    words: some(Annotated[int, Field(ge=0, le=20_000)], least=2, most=2)  # type: ignore[valid-type]
    balance: some(Folder, least=2, most=2)  # type: ignore[valid-type]
    standfirst: list[Place] = Field(default=[])
    first: list[Place] = Field(default=[])
    parts: some(PartShape)  # type: ignore[valid-type]
    table: TableShape
    line_chart: LineChartShape
    bar_chart: BarChartShape
    tables: list[SmallTableShape] = Field(default=[])
    pictures: list[PictureShape] = Field(default=[])


def read_outlines(content: Path, universe: Universe) -> dict[str, Outline]:
    """Every kind's outline by its name, that of its file."""
    outlines, faults = gather_outlines(content, universe)
    if faults:
        raise ContentError(faults)
    return outlines


def gather_outlines(content: Path, universe: Universe | None) -> tuple[dict[str, Outline], list[Fault]]:
    """Every outline that can be read, and every fault; without a universe, segments are not looked up."""
    outlines: dict[str, Outline] = {}
    faults: list[Fault] = []
    for edition in editions(content):
        where = f"content/kinds/{edition}.yaml"
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", edition):
            faults.append(Fault(f"{where}:1", "the file's name is the kind's: letters, digits, - and _ only."))
        try:
            document = read_document(content, where)
        except ContentError as error:
            faults.extend(error.faults)
            continue
        shape, found = fitted(document, OutlineShape)
        faults += found
        if shape is not None:
            tables, unread = small_tables(document, shape.tables)
            faults += [*_faults(document, shape, universe), *unread]
            drawn = pictures(document, shape.pictures)
            outlines[edition] = replace(_outline(edition, shape), tables=tables, pictures=drawn)
    return outlines, faults


def editions(content: Path) -> list[str]:
    """The names of the kinds, whether or not their files can be read."""
    return sorted(path.stem for path in content.glob("kinds/*.yaml"))


def _outline(edition: str, shape: OutlineShape) -> Outline:
    return Outline(
        edition=edition,
        appears=shape.appears,
        on_demand=shape.on_demand,
        horizon=shape.horizon,
        kicker=shape.kicker or edition.capitalize(),
        angle=shape.angle.removeprefix(f"{edition}/"),
        parts=tuple(part.part(edition) for part in shape.parts),
        table_caption=shape.table.caption,
        table_rows=tuple(shape.table.rows),
        table_columns=tuple(shape.table.columns.items()),
        line_segments=tuple(shape.line_chart.segments),
        line_span=shape.line_chart.span,
        bar_segments=tuple(shape.bar_chart.segments),
        words=(shape.words[0], shape.words[1]),
        balance=(shape.balance[0], shape.balance[1]),
        standfirst=tuple(shape.standfirst),
        first=tuple(shape.first),
    )


def _faults(document: Document, shape: OutlineShape, universe: Universe | None) -> Iterator[Fault]:
    """Contradictions within an outline, and between it and the universe."""
    keys = [part.key for part in shape.parts]
    for number, part in enumerate(shape.parts):
        place = document.at("parts", number)
        if part.minimum > part.maximum:
            yield Fault(place, f"part '{part.key}': minimum is larger than maximum.")
        if part.key in keys[:number]:
            yield Fault(place, f"part '{part.key}' is there twice.")
    yield from misplaced(document, "tables", shape.tables, keys)
    yield from misplaced(document, "pictures", shape.pictures, keys)
    yield from picture_faults(document, shape.pictures)
    if shape.words[0] > shape.words[1]:
        yield Fault(document.at("words"), "'words' names the fewest first, then the most.")
    for number, side in enumerate(shape.balance):
        if side not in keys:
            yield Fault(document.at("balance", number), unknown(side, "a part of this outline", keys))
        elif side in ("lead", "takeaways", "bottom line"):
            yield Fault(document.at("balance", number), f"'{side}' is no section, and cannot speak for a side.")
    for listed, part_keys in (("standfirst", shape.standfirst), ("first", shape.first)):
        for number, key in enumerate(part_keys):
            if key not in keys:
                yield Fault(document.at(listed, number), unknown(key, "a part of this outline", keys))
    if shape.balance[0] == shape.balance[1]:
        yield Fault(document.at("balance"), "'balance' names two different parts, one for and one against.")
    named = {"table": shape.table.rows, "line_chart": shape.line_chart.segments, "bar_chart": shape.bar_chart.segments}
    setting = {"table": "rows"}
    for block, segments in named.items():
        for number, name in enumerate(segments):
            place = document.at(block, setting.get(block, "segments"), number)
            if universe is not None and name not in universe.segments:
                yield Fault(place, unknown(name, "a segment of content/universe.yaml", universe.segments))
            elif name in segments[:number]:
                yield Fault(place, f"'{name}' is there twice.")
