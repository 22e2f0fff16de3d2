"""A simulated market, a second reader over it, and finished editions for it to read, all made once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import orjson
import pytest

from generator.assembly import Desk, make_edition
from generator.loading import load_prices, open_publication
from generator.model import Settings
from generator.products import make_pages
from generator.project import bundled_root
from generator.rendering.paper.press import Press
from generator.verification.products.paper import read_paper
from generator.verification.reader import SecondReader
from tests.economy import economy

SESSIONS = ("2011-05-31", "2019-02-28", "2024-08-21", "2024-09-18")
"""They tell daily numbers, ranks and spans, and what followed; the last is the day of a decision."""
FORMATS = ("markdown", "html", "mail", "x", "linkedin", "facebook", "bluesky", "mastodon", "threads")


@dataclass(frozen=True)
class Finished:
    """One finished edition: its texts by file name, and its ledger."""

    texts: dict[str, str]
    ledger: dict[str, Any]


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The session edition over the simulated market, with an invented economy that has news on each of the sessions."""
    settings = Settings(source="sample", project=bundled_root(), session=date(2024, 9, 18))
    publication = open_publication(settings)
    market = load_prices(settings, publication)
    held = economy(publication.universe, map(date.fromisoformat, SESSIONS))
    return Desk.over(publication, "session", replace(market, observations=held))


@pytest.fixture(scope="session")
def reader(desk: Desk) -> SecondReader:
    return SecondReader(desk.publication, "session", desk.market)


@pytest.fixture(scope="session")
def editions(desk: Desk) -> list[Finished]:
    """Editions of several sessions; the last one with its PDF, where this machine can make one."""
    return [finish(desk, day, pdf=day == SESSIONS[-1]) for day in SESSIONS]


def finish(desk: Desk, day: str, pdf: bool) -> Finished:
    """The edition of that session, with all that is read of it."""
    row = int(np.searchsorted(desk.market.sessions, np.datetime64(day)))
    edition = make_edition(desk, row)
    with Press(wanted=pdf) as press:
        pages, _ = make_pages(edition, desk.templates, (*FORMATS, *(["pdf"] if pdf else [])), press, dict)
    files = {page.path: page.content for page in pages}
    texts = {name: content.decode() for name, content in files.items() if name.endswith((".md", ".html", ".txt"))}
    if "article.pdf" in files:
        texts["article.pdf"] = read_paper(files["article.pdf"]).text
    return Finished(texts, orjson.loads(files["edition.json"]))
