"""The watch list of the universe in; companies to name, and what is wrong with the list, out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.editorial.universe import gather_universe, read_universe
from generator.errors import ContentError
from generator.model import Kind

HEAD = """core: [small, large]
segments: {small: {kind: index, price: ^RUT, names: [the index]}, large: {kind: index, price: ^GSPC, names: [it]}}
"""
ACORN = "{symbol: ACRN, name: Acorn Drugs, does: a drug developer, sector: health care, since: 2024-01-31}"


def read(folder: Path, *more: str) -> list[str]:
    """The faults of a universe with this beside its segments."""
    (folder / "universe.yaml").write_text("\n".join((HEAD, *more)), encoding="utf-8")
    return [str(fault) for fault in gather_universe(folder)[1]]


def test_a_company_is_told_from_the_day_that_it_is_listed_with(tmp_path: Path) -> None:
    """It is a stock of its own and a member of the group that is ranked, counted even where one has no price."""
    assert read(tmp_path, "watch:", f"  - {ACORN}", f"  - {ACORN.replace('ACRN', 'BRK-B')}") == []
    universe = read_universe(tmp_path)
    acorn = universe.segments["watch_acrn"]
    assert (acorn.kind, acorn.total, acorn.names, acorn.does, acorn.sector) == (
        Kind.STOCK, "ACRN", ("Acorn Drugs",), "a drug developer", "health care",
    )  # fmt: skip
    assert (acorn.told_from, acorn.begins) == (date(2024, 1, 31), date(2024, 1, 31))
    assert universe.groups["watch"].members == ("watch_acrn", "watch_brkb")
    assert universe.groups["watch"].partly
    assert universe.told_from() == {"ACRN": date(2024, 1, 31), "BRK-B": date(2024, 1, 31)}


def test_without_a_list_the_group_is_there_and_empty(tmp_path: Path) -> None:
    """So a passage may name its figures, and says nothing."""
    assert read(tmp_path) == []
    assert read_universe(tmp_path).groups["watch"].members == ()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (f"watch: [{ACORN}, {ACORN}]", "'ACRN' is told of already"),
        (f"watch: [{ACORN.replace('ACRN', '^RUT')}]", "'^RUT' is told of already"),
        (f"watch: [{ACORN}]\ngroups: {{watch: {{one: a, many: b, members: [small]}}}}", "'watch' is the name of the"),
        (f"watch: [{ACORN.replace(', since: 2024-01-31', '')}]", "since"),
        (f"watch: [{ACORN.replace('a drug developer', chr(39) + 'a {drug} developer' + chr(39))}]", "universe.yaml:"),
    ],
)
def test_a_list_that_cannot_be_is_told_with_its_line(tmp_path: Path, more: str, said: str) -> None:
    """Listed twice, told of as an index, a name that is taken, no day, a brace in words that are printed."""
    faults = read(tmp_path, more)
    assert faults
    assert said in faults[0]
    with pytest.raises(ContentError):
        read_universe(tmp_path)
