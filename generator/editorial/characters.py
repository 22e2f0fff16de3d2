"""Which characters beyond ASCII the content prints, and where: a page can show only those that its fonts have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.editorial.yaml_reader import parse, read_text
from generator.errors import ContentError


def characters(content: Path) -> dict[tuple[str, str], None]:
    """Each (`file:line`, character) once, in file order; unreadable files are skipped, and reported elsewhere."""
    found: dict[tuple[str, str], None] = {}
    for path in sorted(
        [*content.glob("*.yaml"), *content.glob("*/*.yaml"), *content.glob("*/*/*.yaml"), *content.glob("*/*/*.md")]
    ):
        where = f"content/{path.relative_to(content).as_posix()}"
        try:
            text = read_text(path, where, content)
            if not text.isascii() or "\\" in text:
                texts = _bullets(text, where) if path.suffix == ".md" else parse(text, where).texts()
                found |= {(place, one): None for place, words in texts for one in words if not one.isascii()}
        except ContentError:
            continue
    return found


def _bullets(text: str, where: str) -> Iterator[tuple[str, str]]:
    """The lines below a fragment's settings."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    yield from ((f"{where}:{number}", line) for number, line in enumerate(lines[end + 1 :], end + 2))
