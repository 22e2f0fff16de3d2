"""What is wrong with a kind of article, its tables and its pictures, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.kinds import gather_outlines, read_outlines
from generator.editorial.universe import read_universe
from generator.errors import ContentError
from generator.model import Draw

from ..small_publication import OUTLINE, UNIVERSE

TABLE = """tables:
  - key: mega
    after: large
    caption: Small against large.
    corner: Index
    columns: {Day: return_1d, Ratio: "*_over_sp500"}
    rows: {Small: small, Both: ["small_level", ~]}
"""
PICTURE = """pictures:
  - key: path
    after: large
    draw: lines
    title: Over the years
    figures: {Small: small_level}
    shaded: small_return_1d > 0
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "universe.yaml").write_text(UNIVERSE)
    return tmp_path


def faults_of(content: Path, text: str, name: str = "session") -> list[str]:
    (content / "kinds" / f"{name}.yaml").write_text(text)
    return [str(fault) for fault in gather_outlines(content, read_universe(content))[1]]


def test_a_kind_with_a_table_and_a_picture_is_read(content: Path) -> None:
    """A row and a column name a figure between them, a `*` stands for the row, and a row may list its own cells."""
    (content / "kinds" / "session.yaml").write_text(OUTLINE + TABLE + PICTURE)
    outline = read_outlines(content, read_universe(content))["session"]
    (table,), (picture,) = outline.tables, outline.pictures
    cells = [[sorted(cell.figures) if cell else None for cell in row] for _, row in table.rows]
    assert cells == [[["small_return_1d"], ["small_over_sp500"]], [["small_level"], None]]
    assert [one.plain for one in table.words][:1] == [("Small against large.",)]
    assert (picture.draw, picture.file, picture.rules) == (
        Draw.LINES, "charts/path.svg", {"shaded": "small_return_1d > 0"}
    )  # fmt: skip
    assert outline.slots == ("angle", "lead", "large", "for", "against", "takeaways")


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("words: [40, 400]", "words: [400, 40]", "'words' names the fewest first"),
        ("minimum: 1, maximum: 3, headings", "minimum: 4, maximum: 3, headings", "minimum is larger than maximum"),
        ("{key: against, minimum", "{key: for, minimum", "part 'for' is there twice"),
        ("balance: [for, against]", "balance: [for, nowhere]", "nowhere"),
        ("balance: [for, against]", "balance: [for, lead]", "'lead' is no section"),
        ("balance: [for, against]", "balance: [for, for]", "two different parts"),
        ("rows: [small, sp500, energy]", "rows: [small, nobody]", "nobody"),
        ("after: large\n    caption", "after: takeaways\n    caption", "takeaways"),
        ("rows: {Small: small,", "rows: {Small: small return,", "begins no figure's name"),
        ("Day: return_1d, Ratio", "Day: ret urn, Ratio", "put a * where the row's name belongs"),
        ('["small_level", ~]', '["small_level"]', "has 1 cells; there are 2 columns"),
        ('["small_level", ~]', '["no figure at all", ~]', "names no figure"),
        ("columns: {Day: return_1d, Ratio: \"*_over_sp500\"}", "columns: [Day, Ratio]", "the columns name no measures"),
        ("columns: {Day: return_1d, Ratio: \"*_over_sp500\"}", "columns: 5", "should be a list of headings"),
        ("columns: {Day: return_1d, Ratio", "columns: {Day: 5, Ratio", "where a measure belongs"),
        ("rows: {Small: small,", "rows: {Small: 5,", "no figures behind 'Small'"),
        ("rows: {Small: small, Both: [\"small_level\", ~]}", "rows: [a]", "should be `label: segment` lines"),
        ("draw: lines", "draw: around", "two levels, and a rule 'events'"),
        ("    shaded: small", "    events: small", "'events' is for a picture of around"),
        ("key: path", "key: moves", "is the name of a chart that every kind has"),
        ("angle: angle", "angel: angle", "angel"),
    ],
)  # fmt: skip
def test_each_fault_is_told(content: Path, was: str, now: str, told: str) -> None:
    """With the file and the line, and all of them at once."""
    text = OUTLINE + TABLE + PICTURE
    assert was in text
    faults = faults_of(content, text.replace(was, now, 1))
    assert any(told in fault and fault.startswith("content/kinds/session.yaml:") for fault in faults), faults


def test_a_table_and_a_picture_may_not_be_there_twice(content: Path) -> None:
    """Nor have a key that another has."""
    two = TABLE + TABLE.removeprefix("tables:\n")
    assert any("'mega' is there twice" in fault for fault in faults_of(content, OUTLINE + two))


def test_a_kind_is_called_as_its_file_is(content: Path) -> None:
    """By letters, digits, - and _; a file that cannot be read does not hide the others."""
    assert any("letters, digits, - and _ only" in fault for fault in faults_of(content, OUTLINE, "a kind"))
    (content / "kinds" / "weekly.yaml").write_text("- a list\n")
    outlines, faults = gather_outlines(content, None)
    assert "a kind" in outlines
    assert any(fault.where.startswith("content/kinds/weekly.yaml") for fault in faults)
    with pytest.raises(ContentError):
        read_outlines(content, read_universe(content))
