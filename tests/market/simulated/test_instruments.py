"""What each symbol of the simulated market is made of."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.market.sessions import is_session
from generator.market.simulated.instruments import instrument_of
from generator.model import Kind


def test_a_listed_symbol_has_its_own_loadings() -> None:
    """Utilities move less than the market and fall when yields rise."""
    utilities = instrument_of("XLU", Kind.FUND)
    assert utilities.market < 0.8
    assert utilities.rates < 0


@pytest.mark.parametrize("kind", list(Kind))
def test_any_other_symbol_has_those_of_its_kind(kind: Kind) -> None:
    """A symbol added by an editor needs no line of code to be simulated."""
    assert instrument_of("NEVER-HEARD-OF", kind).start > 0


def test_every_symbol_of_the_universe_begins_on_a_session(project_root: Path) -> None:
    """No inception falls on a day when the exchange was shut."""
    text = (project_root / "content" / "universe.yaml").read_text(encoding="utf-8")
    for entry in yaml.safe_load(text)["segments"].values():
        for symbol in (entry.get("price"), entry.get("total")):
            if symbol:
                assert is_session(instrument_of(symbol, Kind(entry["kind"])).inception)
