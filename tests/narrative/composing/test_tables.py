"""The table of moves and the small tables: what stands in a cell, and what leaves a row or a column out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.editorial.wording import read_bracketed
from generator.model import Draw, Inset, Outline, Picture, SmallTable, Table, TextBlock, Variant
from generator.narrative.composing.tables import move_table, picture_faults, small_tables, table_faults
from generator.narrative.newsroom import Newsroom, Tonight

from ..conftest import Room

PLACE = "content/kinds/session.yaml"
PROSE = (TextBlock("section", "large", ()), TextBlock("section", "for", ()))  # type: ignore[arg-type]


def words(text: str) -> Variant:
    return read_bracketed(text, PLACE, 7)


def table(key: str = "own", after: str = "large", when: str = "", **rows: tuple[str, ...]) -> SmallTable:
    """A table of two columns, and rows of cells by label; `~` for none."""
    cells = tuple(
        (words(label), tuple(words(one) if one != "~" else None for one in row)) for label, row in rows.items()
    )
    return SmallTable(key, after, when, words("Moves."), "Index", (words("Day"), words("Date")), cells, f"{PLACE}:5")


def laid_out(newsroom: Room, outline: dict[str, object], **columns: list[float | None]) -> Tonight:
    made = newsroom({}, **columns)
    outlines = {"session": replace(made.outline, **outline)}  # type: ignore[arg-type]
    return Newsroom.over(replace(made.publication, outlines=outlines), "session", made.figures.computed).at(0)


def spelled(found: Table) -> list[tuple[str, list[str | None]]]:
    return [(label, [cell.text if cell else None for cell in cells]) for label, cells in found.rows]


def shown(inset: Inset) -> list[list[str]]:
    run = ["".join(piece.text for piece in cell) for cell in inset.columns]
    rows = [["".join(piece.text for piece in one) for one in (label, *cells)] for label, cells in inset.rows]
    return [run, *rows]


def test_the_table_of_moves_leaves_out_what_is_not_there(newsroom: Room) -> None:
    """A fund has an asterisk and no level; a row of which nothing is held is left out."""
    columns = (("Close", "level"), ("Day", "return_1d"))
    tonight = laid_out(
        newsroom,
        {"table_rows": ("small", "micro", "energy"), "table_columns": columns, "table_caption": "Closes."},
        small_level=[2000.5], small_return_1d=[-1.5], micro_return_1d=[0.25], energy_return_1d=[None],
    )  # fmt: skip
    found = move_table(tonight)
    assert (found.caption, found.columns) == ("Closes.", ("Close", "Day"))
    assert [label for label, _ in spelled(found)] == ["Russell 2000", "Micro caps*"]
    assert spelled(found)[0][1][1] == "\u22121.50"
    assert spelled(found)[1][1] == [None, "+0.25"]


@pytest.mark.parametrize(("week", "told"), [([-1.5, 0.25], ("Day",)), ([-1.5, 0.24], ("Day", "Week"))])
def test_the_table_of_moves_says_nothing_twice(newsroom: Room, week: list[float], told: tuple[str, ...]) -> None:
    """A column that repeats one before it in every row, as the week's does on a Monday, is left out."""
    columns = (("Day", "return_1d"), ("Week", "return_wtd"))
    tonight = laid_out(
        newsroom,
        {"table_rows": ("small", "micro"), "table_columns": columns, "table_caption": ""},
        small_return_1d=[-1.5], micro_return_1d=[0.25], small_return_wtd=week[:1], micro_return_wtd=week[1:],
    )  # fmt: skip
    found = move_table(tonight)
    assert (found.columns, {len(cells) for _, cells in found.rows}) == (told, {len(told)})


def test_a_small_table_keeps_the_rows_and_columns_that_have_something(newsroom: Room) -> None:
    """An absent figure leaves a dash; a row or a column of dashes alone is left out, and so is a table of none."""
    tables = (
        table(Small=("[small_return_1d]", "~"), Large=("[sp500_return_1d]", "[sp500_rank]")),
        table("none", Small=("[sp500_return_1d]", "~")),
        table("never", when="small_return_1d > 5", Small=("[small_return_1d]", "~")),
        table("elsewhere", after="takeaways", Small=("[small_return_1d]", "~")),
        table("first", after="for", Small=("[small_return_1d | size], then", "~")),
    )
    tonight = laid_out(newsroom, {"tables": tables}, small_return_1d=[1.5], sp500_return_1d=[None], sp500_rank=[None])
    found = small_tables(tonight, PROSE)
    assert [(part, inset.key) for part, inset in found] == [("large", "own"), ("for", "first")]
    assert shown(found[0][1]) == [["Day"], ["Small", "+1.50"]]
    assert shown(found[1][1])[1] == ["Small", "1.5%, then"]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (table(Small=("[no_such_figure]", "~")), "no_such_figure"),
        (table(Small=("[small_return_1d | moved]", "~")), "'moved' is not a filter of tables"),
        (table(Small=("[small_return_1d | month]", "~")), "the filter"),
        (table(when="small_return_1d >", Small=("[small_return_1d]", "~")), f"{PLACE}:5"),
    ],
)
def test_each_fault_of_a_small_table_is_told(newsroom: Room, made: SmallTable, told: str) -> None:
    """Before any price is read."""
    outline, room = outline_of(newsroom, tables=(made,))
    assert any(told in str(fault) for fault in table_faults(outline, room.figures.catalogue))


def test_a_column_that_none_of_the_rows_has_is_told(newsroom: Room) -> None:
    """A measure misspelt would leave an empty column."""
    columns = (("Close", "level"), ("Day", "retrun_1d"))
    outline, room = outline_of(newsroom, table_rows=("small",), table_columns=columns)
    (fault,) = table_faults(outline, room.figures.catalogue)
    assert "column 'Day': 'retrun_1d' is a measure of none of the rows" in str(fault)


@pytest.mark.parametrize(
    ("figure", "rule", "told"),
    [
        ("small_level", "small_return_1d > 0", ""),
        ("no_such_figure", "", "no_such_figure"),
        ("small_since", "", "a picture draws numbers"),
        ("small_level", "small_return_1d >", f"{PLACE}:9"),
    ],
)
def test_each_fault_of_a_picture_is_told(newsroom: Room, figure: str, rule: str, told: str) -> None:
    """It draws numbers that follow from prices."""
    drawn = Picture(
        "path",
        "large",
        Draw.LINES,
        "Path",
        (("Small", figure),),
        rule,
        1,
        12,
        63,
        252,
        False,
        0.0,
        "",
        "",
        f"{PLACE}:9",
    )
    outline, room = outline_of(newsroom, pictures=(drawn,))
    faults = [str(fault) for fault in picture_faults(outline, room.figures.catalogue)]
    assert (faults == []) if not told else any(told in fault for fault in faults)


def outline_of(newsroom: Room, **changed: object) -> tuple[Outline, Newsroom]:
    room = newsroom({}, small_level=[1.0], small_return_1d=[1.0], small_since=[1.0])
    return replace(room.outline, **changed), room  # type: ignore[arg-type]
