"""Refuses a drawing that is more than shapes and words, before a native renderer reads it.

A template is untrusted: what a renderer might take for a path, what it would repeat without end and what nests
deeper than its stack are named with their line. Only what is listed here may stand in a drawing.
"""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError, ParserCreate, errors

ELEMENTS = frozenset(
    (
        *("svg", "g", "text", "tspan", "title", "desc", "defs", "stop", "image", "style"),
        *("path", "rect", "line", "circle", "ellipse", "polygon", "polyline"),
        *("linearGradient", "radialGradient", "clipPath"),
    )
)
"""No `use`, `pattern`, `mask` or `filter`: a few lines of them can ask for endless work."""
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
ADDRESSES = ("href", "xlink:href")
DEPTH, COUNT, SIZE = 32, 5_000, 4 * 2**20
_OWN = "It may only point at its own elements, as '#name'."


def svg_fault(svg: str) -> tuple[int, str] | None:
    """The line and the words of the first thing in the drawing that is not allowed; None where it is plain."""
    size = len(svg.encode(errors="replace"))
    if size > SIZE:
        return 1, f"the drawing has {size:,} bytes; it may have {SIZE:,}."
    reader = _Reader()
    try:
        reader.parser.Parse(svg.encode("utf-8", "surrogatepass"), True)
    except ExpatError as error:
        return error.lineno, f"the drawing is not XML: {errors.messages[error.code]}."
    except _Fault as fault:
        return reader.parser.CurrentLineNumber, str(fault)
    missing = next((name for name, _ in reader.asked if name not in reader.named), None)
    return (dict(reader.asked)[missing], f"the drawing has no element '{missing}' to point at.") if missing else None


class _Fault(Exception):
    """What is not allowed, raised out of the parser's callbacks."""


class _Reader:
    """Goes through a drawing once, element by element."""

    def __init__(self) -> None:
        self.parser = ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.named: set[str] = set()
        self.asked: list[tuple[str, int]] = []
        self._open: list[str] = []
        self._count = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        self._count += 1
        if name not in ELEMENTS:
            raise _Fault(f"the drawing may not hold <{name}>.")
        if len(self._open) > DEPTH or self._count > COUNT:
            raise _Fault(f"the drawing may hold {COUNT:,} elements, {DEPTH} within one another, and holds more.")
        self.named.add(attributes.get("id", ""))
        for key, value in attributes.items():
            if key in ADDRESSES:
                self._address(name, value)
            elif key.rpartition(":")[2] in ADDRESSES:
                raise _Fault(f"the drawing may not hold the attribute '{key}'.")
            else:
                self._style(value)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open[-1] == "style":
            self._style(text)
            if "@" in text or "\\" in text:
                raise _Fault("the drawing's style may not hold '@' or a backslash.")

    def _doctype(self, *_: object) -> None:
        raise _Fault("the drawing may have no document type.")

    def _address(self, element: str, value: str) -> None:
        """A picture brings itself along; anything else points at an element of this drawing."""
        if element == "image":
            if not PICTURE.fullmatch(value.strip()):
                raise _Fault(f"the drawing would read '{value[:60]}'. Put pictures in as data: addresses.")
        elif value.startswith("#"):
            self.asked.append((value[1:], self.parser.CurrentLineNumber))
        else:
            raise _Fault(f"the drawing would read '{value[:60]}'. {_OWN}")

    def _style(self, text: str) -> None:
        for inside in re.findall(r"url\s*\(([^)]*)", text, re.IGNORECASE):
            target = inside.strip(" \t\r\n'\"")
            if not target.startswith("#"):
                raise _Fault(
                    f"the drawing would read '{target[:60]}'. It may only point at its own elements, as '#name'."
                )
            self.asked.append((target[1:], self.parser.CurrentLineNumber))
