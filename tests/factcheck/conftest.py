"""A checker over a market whose last closes are set by hand, and its sessions alone for reading without prices."""

from __future__ import annotations

import pytest

from generator.factcheck.checker import Checker
from generator.factcheck.reading.axis import Axis
from tests.factcheck.invented import DAYS, invented_checker


@pytest.fixture(scope="session")
def checker() -> Checker:
    """A checker over the invented market."""
    return invented_checker()


@pytest.fixture(scope="session")
def axis() -> Axis:
    """The invented market's sessions."""
    return Axis(DAYS, len(DAYS) - 1)
