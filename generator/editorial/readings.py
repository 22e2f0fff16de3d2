"""`content/readings.yaml`: familiar patterns of a session, each known by its signals; a publication may have none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, fitted
from generator.editorial.values import Key, Line, Rule
from generator.editorial.yaml_reader import read_document
from generator.errors import Fault
from generator.model import Reading, Signal

NAME = "readings.yaml"
WHERE = f"content/{NAME}"
FEWEST = 5
"""The fewest signals of a reading, so that one may be unknown and four still speak."""


class ReadingShape(Shape):
    """One reading."""

    what: ClassVar[str] = "reading"
    says: Line
    signals: Annotated[dict[Key, Rule], Field(min_length=FEWEST)]

    def reading(self, key: str, document: Document) -> Reading:
        """The model's own object."""
        place = ("readings", key, "signals")
        signals = (
            Signal(name, when if isinstance(when, str) else str(when), document.at(*place, name))
            for name, when in self.signals.items()
        )
        return Reading(key, self.says, tuple(signals), document.at("readings", key))


class ReadingsShape(Shape):
    """The whole file."""

    what: ClassVar[str] = "the file of readings"
    readings: dict[Key, ReadingShape]


def gather_readings(content: Path) -> tuple[tuple[Reading, ...] | None, list[Fault]]:
    """The readings in the file's order, and every fault in it."""
    path = content / NAME
    if not path.exists() and not path.is_symlink():
        return (), []
    document = read_document(content, WHERE)
    shape, faults = fitted(document, ReadingsShape)
    if shape is None:
        return None, faults
    return tuple(one.reading(key, document) for key, one in shape.readings.items()), faults
