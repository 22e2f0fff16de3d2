"""The finished edition that alterations are tried on: a simulated market's, with an invented economy and a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from generator.assembly import Desk, Edition, make_edition
from generator.loading import load_prices, open_publication
from generator.model import Settings
from generator.products import make_pages
from generator.project import bundled_root
from generator.publishing.manifest import made_with
from generator.rendering.paper.press import Press
from generator.verification.reader import SecondReader
from tests.economy import economy

from .trial import Case, Files

DAY = date(2024, 9, 18)
"""The day of a decision that the edition cites."""
FORMATS = ("markdown", "html", "mail", "x", "linkedin", "facebook", "bluesky", "mastodon", "threads")


def case() -> Case:
    """The edition of one day with all its products, over a desk of its own."""
    settings = Settings(source="sample", project=bundled_root(), session=DAY)
    publication = open_publication(settings)
    market = load_prices(settings, publication)
    market = replace(market, observations=economy(publication.universe, [DAY]))
    desk = Desk.over(publication, "session", market)
    return finished(desk, SecondReader(publication, "session", market))


def finished(desk: Desk, reader: SecondReader, formats: Sequence[str] = (*FORMATS, "pdf")) -> Case:
    """The edition of the desk's last day, and all that its alterations are tried with."""
    made = made_with(desk.publication)

    def again(edition: Edition, formats: Sequence[str]) -> Files:
        with Press(wanted="pdf" in formats) as press:
            pages, _ = make_pages(edition, desk.templates, formats, press, lambda: made)
        return {page.path: page.content for page in pages}

    edition = make_edition(desk)
    return Case(again(edition, formats), reader, edition, again, made)
