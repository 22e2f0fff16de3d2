"""Find fonts by name, and measure text set in them.

The fonts come with two packages, under an open licence; no font of the machine is ever used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from generator.errors import Fault

SERIF_BOLD = "SourceSerifPro-Bold.ttf"
SANS = "SourceSansPro-Regular.ttf"
SANS_SEMIBOLD = "SourceSansPro-Semibold.ttf"

PRINTED = (
    "SourceSerifPro-Regular.ttf",
    "SourceSerifPro-It.ttf",
    SERIF_BOLD,
    SANS,
    SANS_SEMIBOLD,
)
"""The fonts of print.css and of the card."""

PACKAGES = "font-source-serif-pro and font-source-sans-pro"


@cache
def font_files() -> Mapping[str, Path]:
    """Every font of the packages by the name of its file; raises `ImportError` where a package is missing."""
    import font_source_sans_pro
    import font_source_serif_pro

    folders = [Path(package.font_directory) for package in (font_source_serif_pro, font_source_sans_pro)]
    return {path.name: path for folder in folders for path in sorted(folder.glob("*.ttf"))}


def unprintable(characters: Iterable[tuple[str, str]]) -> list[Fault]:
    """A fault for each (place, character) that a font of the pages lacks; none where the fonts are not installed."""
    try:
        shown = frozenset.intersection(*(frozenset(_advances(name)) for name in PRINTED))
    except ImportError:
        return []
    return [
        Fault(
            place, f"'{one}' (U+{ord(one):04X}) is in no font of the pages and would print as a box; write it in words."
        )
        for place, one in characters
        if ord(one) not in shown
    ]


def text_width(text: str, font: str, size: float) -> float:
    """Width of `text` in units of `size`, by the font's own advances.

    Kerning, which narrows all but a few pairs, is left out; a character the font lacks counts a full em.
    """
    widths = _advances(font)
    return size * sum(widths.get(ord(character), 1.0) for character in text)


@cache
def _advances(font: str) -> Mapping[int, float]:
    """Each character's advance as a share of the type's size, from the font's own tables (OpenType `cmap`, `hmtx`)."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font_files()[font], lazy=True) as file:
        em, metrics = file["head"].unitsPerEm, file["hmtx"].metrics
        return {code: metrics[glyph][0] / em for code, glyph in file.getBestCmap().items()}
