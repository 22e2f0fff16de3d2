"""The bundled publication over real history, made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from generator.assembly import Desk
from generator.loading import load_prices, open_publication
from generator.model import Settings, TextBlock
from generator.narrative.composing.composition import compose
from generator.narrative.planning import Plan, plan
from generator.project import bundled_root

Told = tuple[Plan, tuple[TextBlock, ...]]


@pytest.fixture(scope="session")
def desk(shared_data: Path) -> Desk:
    """The session edition over all of ../shared/data."""
    settings = Settings(source="csv", data=shared_data, project=bundled_root(), session=date(2025, 6, 30))
    publication = open_publication(settings)
    return Desk.over(publication, "session", load_prices(settings, publication))


@pytest.fixture(scope="session")
def tell(desk: Desk) -> Callable[[int], Told]:
    """The plan and prose of the session on a row."""

    def told(row: int) -> Told:
        planned = plan(desk.newsroom.at(row))
        return planned, compose(planned)

    return told


@pytest.fixture(scope="session")
def row_of(desk: Desk) -> Callable[[str], int]:
    """The row of a session by its date."""

    def row(day: str) -> int:
        found = int(np.searchsorted(desk.market.sessions, np.datetime64(day)))
        assert str(desk.market.sessions[found]) == day
        return found

    return row
