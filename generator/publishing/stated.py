"""List all that an article states: its words and numbers, and what its pictures show."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from generator.model import Article, BarsBlock, InsetBlock, LineChart, LinesBlock, PictureBlock, TableBlock
from generator.publishing.words import Shown


def words_of(article: Article) -> tuple[tuple[str, str], ...]:
    """All that an issue states, in page order: each sentence with its part, each number of its table and bars."""
    said = [(part, sentence.text) for part, sentence in article.spoken()]
    for block in article.blocks:
        if isinstance(block, TableBlock):
            for label, cells in block.table.rows:
                told = zip(block.table.columns, cells, strict=True)
                said += [("table", f"{label}, {column}: {cell.text if cell else '–'}") for column, cell in told]
        elif isinstance(block, InsetBlock):
            rows = (block.inset.columns, *((label, *cells) for label, cells in block.inset.rows))
            words = [["".join(piece.text for piece in cell) or "–" for cell in cells] for cells in rows]
            said += [("table", ", ".join(cells)) for cells in words]
        elif isinstance(block, BarsBlock):
            title = block.chart.title
            said += [("bars", f"{title}, {bar.label}: {bar.printed.replace('-', '−')}") for bar in block.chart.bars]
    return tuple(said)


def drawn_of(article: Article) -> dict[str, Shown]:
    """What the issue's charts with axes show; its bars are among its words."""
    blocks = (block for block in article.blocks if isinstance(block, LinesBlock | PictureBlock))
    return {block.file: _shown(block.chart) for block in blocks}


def _shown(chart: LineChart) -> Shown:
    places = [str(step) for step in chart.steps] or [day.isoformat() for day in chart.days]
    edges = (("lower edge", chart.low), ("upper edge", chart.high))
    lines = [*((line.label, line.values) for line in chart.lines), *((name, edge) for name, edge in edges if edge)]
    return Shown(chart.title, {label: known for label, values in lines if (known := _known(places, values))})


def _known(places: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    """The values that there are, to six digits: a picture shows three."""
    known = zip(places, values, strict=False)  # a line that goes on in the future ends before the last place
    return {place: float(f"{value:.6g}") for place, value in known if isfinite(value)}
