"""A table of readers, one a row, each of whom gets an issue of their own: its title, its universe, its holdings."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from generator import files
from generator.editorial.yaml_reader import unfit
from generator.errors import ContentError, DataError, Fault
from generator.escaping import address_fault
from generator.model import Publication
from generator.suggestion import alike

COLUMNS = ("name", "title", "byline", "url", "holdings", "kind", "project")
MOST_HOLDINGS = 40
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Reader:
    """One row: for whom an issue is made, and what is theirs in it; what is empty is as the publication has it."""

    line: str
    """`readers.csv:7`."""
    name: str
    """The folder of their issues."""
    title: str = ""
    byline: str = ""
    url: str = ""
    holdings: tuple[str, ...] = ()
    """Segments or symbols, which become the rows of the table of moves."""
    kind: str = "session"
    project: str = ""
    """The folder of a publication, and so of a universe, of their own; beside the table if it is relative."""


def read_readers(path: Path) -> tuple[list[Reader], list[Fault]]:
    """Every row that can be read, and one fault for each that cannot; raises `DataError` for a table that is none."""
    try:
        text = files.read_text(path, largest=files.LARGEST_OF_DATA)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    rows = csv.reader(StringIO(text), strict=True)
    readers: list[Reader] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    try:
        header = [cell.strip() for cell in next(rows, [])]
        if fault := _header_fault(header):
            raise DataError(f"{path}:1: {fault}")
        for cells in rows:
            line = f"{path.name}:{rows.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            try:
                reader = _reader(header, cells, line, path.parent)
            except ContentError as error:
                faults += error.faults[:1]
                continue
            place = f"{reader.name.lower()} {reader.kind}"
            if place in seen:
                faults.append(Fault(line, f"'{reader.name}' has a '{reader.kind}' already, on {seen[place]}."))
                continue
            seen[place] = line
            readers.append(reader)
    except csv.Error as error:
        raise DataError(f"{path}:{rows.line_num}: is not a table of commas ({error}).") from error
    return readers, faults


def _header_fault(header: Sequence[str]) -> str:
    for name in header:
        if name not in COLUMNS:
            near = alike(name, COLUMNS)
            known = f"Did you mean '{near}'?" if near else f"There are {', '.join(COLUMNS)}."
            return f"there is no column '{name[:40]}'. {known}"
    if len({*header}) < len(header):
        return "a column stands there twice."
    return "" if "name" in header else f"the first line names the columns, 'name' among them: {', '.join(COLUMNS)}."


def _reader(header: Sequence[str], cells: Sequence[str], line: str, beside: Path) -> Reader:
    """The row; raises `ContentError` with what is wrong."""
    if len(cells) != len(header):
        raise _fault(line, f"has {len(cells)} cells where the first line names {len(header)} columns.")
    given = {name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()}
    name = given.get("name", "")
    if not _NAME.fullmatch(name):
        raise _fault(line, f"the name '{name[:40]}' cannot be a folder's: use letters, digits, - and _.")
    for key in ("title", "byline", "url", "holdings", "kind", "project"):
        if len(given.get(key, "")) > _LONGEST * (10 if key in ("holdings", "project") else 1):
            raise _fault(line, f"the {key} is too long.")
    for key in ("title", "byline"):
        if wrong := unfit(given.get(key, "")):
            raise _fault(line, f"{key}: {wrong}")
    if (
        wrong := address_fault(given["url"].replace("{date}", "d").replace("{edition}", "e"))
        if "url" in given
        else None
    ):
        raise _fault(line, f"url: {wrong}")
    if "project" in given:
        given["project"] = str((beside / given["project"]).resolve())
    holdings = tuple(dict.fromkeys(re.split(r"[\s;,]+", given.pop("holdings", ""))))
    return Reader(line, holdings=tuple(filter(None, holdings)), **given)


def _fault(line: str, message: str) -> ContentError:
    return ContentError([Fault(line, message)])


def for_reader(publication: Publication, reader: Reader) -> Publication:
    """The publication with what is the reader's own; raises `ContentError` for what it does not have."""
    own = {key: value for key in ("title", "byline", "url") if (value := getattr(reader, key))}
    outline = publication.outlines.get(reader.kind)
    if outline is None:
        raise _fault(
            reader.line, f"there is no kind '{reader.kind}'; these there are: {', '.join(publication.outlines)}."
        )
    if len(reader.holdings) > MOST_HOLDINGS:
        raise _fault(
            reader.line, f"{len(reader.holdings)} holdings are more than a table has room for, {MOST_HOLDINGS}."
        )
    rows = tuple(dict.fromkeys(_segments(publication, reader)))
    outline = replace(outline, table_rows=rows or outline.table_rows)
    imprint = replace(publication.imprint, **own)
    return replace(publication, imprint=imprint, outlines={**publication.outlines, reader.kind: outline})


def _segments(publication: Publication, reader: Reader) -> Iterator[str]:
    """The segments that are held, by the names or symbols that the row gives."""
    known = _by_symbol(publication)
    for held in reader.holdings:
        key = held if held in publication.universe.segments else known.get(held.upper())
        if key is None:
            near = alike(held, [*known, *publication.universe.segments])
            hint = f" Did you mean '{near}'?" if near else " Add it to content/universe.yaml."
            raise _fault(reader.line, f"'{held}' is no segment or symbol of the universe.{hint}")
        yield key


def _by_symbol(publication: Publication) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for key, segment in publication.universe.segments.items():
        for symbol in (segment.price, segment.total):
            if symbol:
                found.setdefault(symbol.upper(), key)
    return found
