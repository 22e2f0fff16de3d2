"""The releases of the universe in; what is wrong with them, by line, out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.editorial.publication import read_publication
from generator.editorial.universe import read_universe
from generator.errors import ContentError
from generator.model import Every, Make, Unit
from generator.project import bundled_root, find_project

HEAD = """core: [small, large]
segments: {small: {kind: index, price: ^RUT, names: [the index]}, large: {kind: index, price: ^GSPC, names: [it]}}

releases:
"""
GOOD = 'series: CPIAUCSL, every: month, unit: index level, lag: 63, lasts: 105, short: prices, source: BLS, url: "https://x"'


def read(tmp_path: Path, releases: str) -> list[str]:
    """The faults of a universe with these releases."""
    (tmp_path / "universe.yaml").write_text(HEAD + releases, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        read_universe(tmp_path)
    return [str(fault) for fault in raised.value.faults]


def test_a_release_is_read_with_its_line(tmp_path: Path) -> None:
    """What is not said has the usual value: one decimal for a level, no late observation."""
    late = f"  cpi: {{{GOOD}, late: {{2025-09-01: 2025-11-20}}}}\n"
    slope = (
        "  slope:\n    {series: [A, B], make: difference, every: day, unit: basis points, scale: 100, lag: 1, lasts: 8,"
    )
    (tmp_path / "universe.yaml").write_text(
        f"{HEAD}{late}{slope} short: s, source: s, url: https://u}}\n", encoding="utf-8"
    )
    releases = read_universe(tmp_path).releases
    cpi, slope_of = releases["cpi"], releases["slope"]
    assert (cpi.series, cpi.every, cpi.unit, cpi.decimals) == (("CPIAUCSL",), Every.MONTH, Unit.LEVEL, 1)
    assert (cpi.line, cpi.late) == ("content/universe.yaml:5", {date(2025, 9, 1): date(2025, 11, 20)})
    assert (slope_of.series, slope_of.make, slope_of.scale, slope_of.decimals) == (
        ("A", "B"),
        Make.DIFFERENCE,
        100.0,
        0,
    )


@pytest.mark.parametrize(
    ("release", "fault"),
    [
        ("  cpi: soon", "'cpi' should be a list of settings"),
        ("  cpi: {series: CPIAUCSL}", "release 'cpi' needs 'every'"),
        (f"  small: {{{GOOD}}}", "'small' cannot name a release"),
        (f"  cpi: {{{GOOD}, lagg: 3}}", "'lagg' is not a setting of release 'cpi'. Did you mean 'lag'?"),
        (f"  cpi: {{{GOOD.replace('month', 'moon')}}}", "should be one of day, week, month, quarter"),
        (f"  cpi: {{{GOOD.replace('index level', 'dollars')}}}", "should be one of index level"),
        (f"  cpi: {{{GOOD}, make: sum}}", "should be one of value, difference"),
        (f"  cpi: {{{GOOD}, make: difference}}", "made of two series"),
        (f"  cpi: {{{GOOD.replace('CPIAUCSL', '[A, B]')}}}", "made of two series"),
        (f"  cpi: {{{GOOD.replace('63', 'a month')}}}", "'lag' should be a whole number; it is 'a month'"),
        (f"  cpi: {{{GOOD.replace('105', '63')}}}", "should be more than the lag, 63"),
        (f"  cpi: {{{GOOD}, late: {{2025-09-01: soon}}}}", "'2025-09-01' should be a date such as"),
        (f"  cpi: {{{GOOD}, late: [2025-09-01]}}", "'late' should be a list of `name: value` lines"),
    ],
)
def test_what_is_wrong_is_told_by_line(tmp_path: Path, release: str, fault: str) -> None:
    """Each fault stands with the line on which to mend it."""
    faults = read(tmp_path, f"{release}\n")
    assert any(fault in one and one.startswith("content/universe.yaml:5") for one in faults), faults


OFFICES = (
    "Bureau of Labor Statistics", "Bureau of Economic Analysis", "Labor Department", "Federal Reserve", "ICE BofA index",
    "Yahoo Finance",
)  # fmt: skip


def test_every_wording_of_the_backdrop_names_its_office_and_its_date() -> None:
    """Who says so and when it was, within the sentence itself, whatever the list of sources adds."""
    publication = read_publication(*_bundled())
    fragments = [one for one in publication.fragments["session"] if one.slot == "backdrop"]
    assert len(fragments) >= 40
    for fragment in fragments:
        assert len(fragment.parts["body"]) >= 3
        for wording in fragment.parts["body"]:
            words = " ".join(wording.plain)
            assert any(office in words for office in OFFICES), wording.source
            assert any(name.endswith("_date") for name in wording.figures), wording.source


def _bundled() -> tuple[Path, tuple[Path, ...]]:
    project = find_project(bundled_root())
    return project.root, project.templates
