"""The releases of the universe in; what is wrong with them, by line, out."""

from __future__ import annotations

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
GOOD = 'series: DFF, every: day, unit: percent rate, lag: 4, lasts: 10, short: rate, source: Fed, url: "https://x"'
MONTHLY = 'series: UNRATE, every: month, unit: percent rate, lasts: 92, short: rate, source: BLS, url: "https://x"'


def read(tmp_path: Path, releases: str) -> list[str]:
    """The faults of a universe with these releases."""
    (tmp_path / "universe.yaml").write_text(HEAD + releases, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        read_universe(tmp_path)
    return [str(fault) for fault in raised.value.faults]


def test_a_release_is_read_with_its_line(tmp_path: Path) -> None:
    """What is not said has the usual value: two decimals for a rate, nothing revised."""
    jobs = f"  jobs: {{{MONTHLY}, published: [UNRATE, UNRATE_second], revisable: true}}\n"
    slope = (
        "  slope:\n    {series: [A, B], make: difference, every: day, unit: basis points, scale: 100, lag: 1, lasts: 8,"
    )
    (tmp_path / "universe.yaml").write_text(
        f"{HEAD}{jobs}{slope} short: s, source: s, url: https://u}}\n", encoding="utf-8"
    )
    releases = read_universe(tmp_path).releases
    rate, slope_of = releases["jobs"], releases["slope"]
    assert (rate.series, rate.every, rate.unit, rate.decimals) == (("UNRATE",), Every.MONTH, Unit.RATE, 2)
    assert (rate.line, rate.lag, rate.revisable, rate.signed) == ("content/universe.yaml:5", None, True, False)
    assert rate.published == ("vintages/UNRATE", "vintages/UNRATE_second")
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
        (f"  cpi: {{{GOOD.replace('every: day', 'every: moon')}}}", "should be one of day, week, month, quarter"),
        (f"  cpi: {{{GOOD.replace('percent rate', 'dollars')}}}", "should be one of index level"),
        (f"  cpi: {{{GOOD}, make: sum}}", "should be one of value, difference"),
        (f"  cpi: {{{GOOD}, make: difference}}", "made of two series"),
        (f"  cpi: {{{GOOD.replace('DFF', '[A, B]')}}}", "made of two series"),
        (f"  cpi: {{{GOOD.replace('lag: 4', 'lag: a week')}}}", "'lag' should be a whole number; it is 'a week'"),
        (f"  cpi: {{{GOOD.replace('10', '4')}}}", "should be more than the lag, 4"),
        (f"  cpi: {{{GOOD.replace('lag: 4, ', '')}}}", "a daily number needs 'lag'"),
        (f"  cpi: {{{GOOD}, revisable: true}}", "'revisable' cannot be set here: a daily number is told by its lag"),
        (f"  cpi: {{{GOOD}, make: yearly growth}}", "cannot be of a daily number"),
        (f"  cpi: {{{MONTHLY}, lag: 52}}", "'lag' cannot be set here: it is told from the day on which it came out"),
        (f"  cpi: {{{MONTHLY}, priced: true}}", "'priced' cannot be set here"),
        (f"  cpi: {{{MONTHLY}, make: hundred less}}", "cannot be of one that comes out by the period"),
        (f"  cpi: {{{MONTHLY}, published: ../prices/IWM}}", "should name files of DIR/vintages"),
    ],
)
def test_what_is_wrong_is_told_by_line(tmp_path: Path, release: str, fault: str) -> None:
    """Each fault stands with the line on which to mend it."""
    faults = read(tmp_path, f"{release}\n")
    assert any(fault in one and one.startswith("content/universe.yaml:5") for one in faults), faults


OFFICES = (
    "Bureau of Labor Statistics", "Bureau of Economic Analysis", "Labor Department", "Commerce Department",
    "Federal Reserve", "Treasury", "ICE BofA index", "Yahoo Finance",
)  # fmt: skip


def test_every_paragraph_that_tells_a_release_names_its_office() -> None:
    """Who says so, within the paragraph itself, whatever the list of sources adds; a post has no room for it."""
    publication = read_publication(*_bundled())
    releases = publication.universe.releases
    told = {f"{key}{part}" for key, one in releases.items() if one.every is not Every.DAY for part in ("", "_step")}
    bodies = [wording for one in publication.fragments["session"] for wording in one.parts.get("body", ())]
    for wording in bodies:
        if any(told & line.figures for line in wording.lines):
            words = " ".join(" ".join(line.plain) for line in wording.lines)
            assert any(office in words for office in OFFICES), wording.source


def _bundled() -> tuple[Path, tuple[Path, ...]]:
    project = find_project(bundled_root())
    return project.root, project.templates


def test_a_yield_says_how_it_is_quoted(tmp_path: Path) -> None:
    """Only rates quoted alike are ever subtracted, so that each has to say it."""
    bill = "bill: {kind: yield, price: ^IRX, names: [the bill]}"
    text = HEAD.replace("releases:", "").replace("segments: {", f"segments: {{{bill}, ")
    (tmp_path / "universe.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        read_universe(tmp_path)
    assert "Set 'quoted' for 'bill'" in str(raised.value.faults[0])
