"""`content/<edition>/outline.yaml` in; the shape of an edition out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.editorial.yaml_reader import Document, parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Outline, OutlinePart, Tone, Universe

_KEYS = frozenset(["angle", "parts", "table", "line_chart", "bar_chart", "words", "balance"])
SPANS = ("1m", "3m", "6m", "1y")
_PART_KEYS = frozenset(["key", "slot", "minimum", "maximum", "headings", "tone"])


def read_outlines(content: Path, universe: Universe) -> dict[str, Outline]:
    """Every edition's outline by edition name: each folder of content/ that holds an `outline.yaml`."""
    outlines: dict[str, Outline] = {}
    faults: list[Fault] = []
    for path in sorted(content.glob("*/outline.yaml")):
        edition = path.parent.name
        try:
            outlines[edition] = read_outline(path, f"content/{edition}/outline.yaml", edition, universe)
        except ContentError as error:
            faults.extend(error.faults)
    if faults:
        raise ContentError(faults)
    return outlines


def read_outline(path: Path, where: str, edition: str, universe: Universe) -> Outline:
    """One outline; every fault in the file is reported at once."""
    document = parse(read_text(path, where), where)
    faults = _faults(document, universe)
    if faults:
        raise ContentError(faults)
    values = document.values
    table, line, bar = values["table"], values["line_chart"], values["bar_chart"]
    return Outline(
        edition=edition,
        angle=str(values["angle"]),
        parts=tuple(_part(part) for part in values["parts"]),
        table_caption=str(table["caption"]),
        table_rows=tuple(table["rows"]),
        table_columns=tuple((str(heading), str(measure)) for heading, measure in table["columns"].items()),
        line_segments=tuple(line["segments"]),
        line_span=str(line["span"]),
        bar_segments=tuple(bar["segments"]),
        words=(int(values["words"][0]), int(values["words"][1])),
        balance=(str(values["balance"][0]), str(values["balance"][1])),
    )


def _part(values: Mapping[str, Any]) -> OutlinePart:
    tone = values.get("tone")
    return OutlinePart(
        key=str(values["key"]),
        slot=str(values.get("slot", values["key"])),
        minimum=int(values.get("minimum", 0)),
        maximum=int(values.get("maximum", 1)),
        headings=tuple(str(heading) for heading in values.get("headings") or ()),
        tone=Tone(tone) if tone else None,
    )


def _faults(document: Document, universe: Universe) -> list[Fault]:
    values = document.values
    faults = [
        Fault(document.at(key), f"'{key}' is not a setting of an outline; these are: {', '.join(sorted(_KEYS))}.")
        for key in values
        if key not in _KEYS
    ]
    missing = sorted(_KEYS - set(values))
    if missing:
        return [*faults, Fault(f"{document.where}:1", f"an outline also needs: {', '.join(missing)}.")]
    for number, part in enumerate(values["parts"]):
        place = document.at(f"parts.{number}")
        if not isinstance(part, Mapping) or "key" not in part:
            faults.append(Fault(place, "a part needs a key."))
            continue
        faults += [Fault(place, f"'{key}' is not a setting of a part.") for key in part if key not in _PART_KEYS]
        if part.get("tone") not in (None, *Tone):
            faults.append(Fault(place, f"a tone is one of {', '.join(Tone)}, not '{part['tone']}'."))
        if int(part.get("minimum", 0)) > int(part.get("maximum", 1)):
            faults.append(Fault(place, "minimum is larger than maximum."))
    if values["line_chart"].get("span") not in SPANS:
        place = document.at("line_chart.span" if "span" in values["line_chart"] else "line_chart")
        faults.append(Fault(place, f"a line chart needs a span, one of {', '.join(SPANS)}."))
    named = [("table", "rows"), ("line_chart", "segments"), ("bar_chart", "segments")]
    for block, key in named:
        faults += [
            Fault(document.at(f"{block}.{key}"), f"'{name}' is not a segment of content/universe.yaml.")
            for name in values[block].get(key, ())
            if name not in universe.segments
        ]
    return faults
