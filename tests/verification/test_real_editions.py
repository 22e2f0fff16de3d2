"""The second reader over real history: every claim of every edition holds, and none is uncovered."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import orjson
import pytest

from generator.assembly import Desk, make_edition
from generator.loading import load_prices, open_publication
from generator.model import Settings
from generator.products import make_pages
from generator.project import bundled_root
from generator.rendering.paper.press import Press
from generator.verification.reader import SecondReader

from .conftest import FORMATS

FOUND_OUT = ("2007-09-24", "2013-06-05", "2024-05-13", "2025-06-20")
"""Sessions on which a replay of all history once found a fault that no other test had seen."""


@pytest.mark.long
def test_editions_of_four_decades_hold(shared_data: Path) -> None:
    """Sixty sessions between 1988 and 2025, drawn once and for all, and those once found out, but for the PDF."""
    settings = Settings(source="csv", data=shared_data, project=bundled_root(), session=date(2025, 6, 30))
    publication = open_publication(settings)
    desk = Desk.over(publication, "session", load_prices(settings, publication))
    reader = SecondReader(publication, "session", desk.market)
    faults: list[str] = []
    found_out = [desk.newsroom.days.index(date.fromisoformat(day)) for day in FOUND_OUT]
    for row in sorted({*Random(1988).sample(range(260, len(desk.market.sessions)), 60), *found_out}):
        with Press(wanted=False) as press:
            pages, _ = make_pages(make_edition(desk, row), desk.templates, FORMATS, press, dict)
        files = {page.path: page.content.decode() for page in pages if not page.path.endswith((".png", ".eml"))}
        answers = reader.verify(files, orjson.loads(files["edition.json"]))
        faults += [f"{desk.market.sessions[row]} {answer}" for answer in answers.faults]
    assert faults == []
