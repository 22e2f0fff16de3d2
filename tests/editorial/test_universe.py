"""What is wrong with a universe: segments, groups and releases that contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.universe import gather_universe, read_universe
from generator.errors import ContentError

from ..small_publication import UNIVERSE


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("core: [small, sp500]", "core: [small, nobody]", "nobody"),
        ("core: [small, sp500]", "core: [small, energy]", "'energy' needs a 'price'"),
        ("core: [small, sp500]", "core: [small]", "names two segments at least"),
        ("price: ^GSPC,", "price: ^GSPC, told_from: 2000-01-03,", "cannot have 'told_from'"),
        ("total: XLE, ", "", "needs a price or total symbol"),
        ("kind: fund, total: XLE", "kind: yield, total: XLE", "Set 'quoted' for 'energy'"),
        ("kind: fund, total: XLE", "kind: fund, quoted: a discount rate, total: XLE", "'energy' is none"),
        ("kind: fund, total: XLE", "kind: basket, total: XLE", "a basket has members"),
        ("members: [apple, meta],", "members: [apple, meta], total: X,", "no symbol of its own"),
        ("members: [apple, meta],", "members: [apple, meta], told_from: 2000-01-03,", "stands with the basket's members"),
        ("members: [apple, meta],", "members: [apple, apple],", "has the member 'apple' twice"),
        ("members: [apple, meta],", "members: [apple, appel],", "Did you mean 'apple'"),
        ("members: [apple, meta],", "members: [apple, pair],", "cannot be in a basket"),
        ("  stocks: {", "  apple: {", "is the name of a segment already"),
        ("  cpi: {", "  apple: {", "'apple' cannot name a release"),
    ],
)  # fmt: skip
def test_each_fault_is_told(tmp_path: Path, was: str, now: str, told: str) -> None:
    """At its line."""
    assert was in UNIVERSE
    (tmp_path / "universe.yaml").write_text(UNIVERSE.replace(was, now, 1))
    faults = [str(fault) for fault in gather_universe(tmp_path)[1]]
    assert any(told in fault and fault.startswith("content/universe.yaml:") for fault in faults), faults
    with pytest.raises(ContentError):
        read_universe(tmp_path)
