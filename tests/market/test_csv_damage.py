"""Damage of every sort to a price file: read to the same numbers, or told; never a traceback, never another number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.market.files.source import CsvSource
from generator.market.judging.gaps import find_gaps
from generator.market.sessions import trading_days
from generator.model import Kind, Segment, Universe

DAYS = trading_days(date(2022, 1, 3), date(2024, 7, 11))
LAST = DAYS[-1].astype(object)
CLOSES = np.round(100.0 * np.exp(np.cumsum(np.random.default_rng(7).normal(0, 0.01, len(DAYS)))), 2)
ROWS = [
    [str(day), f"{close:.2f}", f"{close * 0.98:.4f}", str(31_000_000 + row)]
    for row, (day, close) in enumerate(zip(DAYS, CLOSES, strict=True))
]
HEADER = ["date", "close", "adj_close", "volume"]
UNIVERSE = Universe({"x": Segment("x", Kind.FUND, "X", "X", ("x",), "X", "x")}, {}, ("x",))
Table = list[list[str]]
Damage = Callable[[Table, int, int], Table | str]


def joined(table: Table, separator: str = ",") -> str:
    return "".join(separator.join(row) + "\n" for row in table)


def cell_dropped(table: Table, row: int, cell: int) -> Table:
    del table[row][cell % len(table[row])]
    return table


def cell_doubled(table: Table, row: int, cell: int) -> Table:
    table[row].insert(cell % 4, table[row][cell % 4])
    return table


def cells_shifted(table: Table, row: int, cell: int) -> Table:
    del table[row][1 + cell % 2]
    table[row].append("")
    return table


def one_too_few_and_one_too_many(table: Table, row: int, cell: int) -> Table:
    return cell_doubled(cell_dropped(table, row, cell), row % (len(table) - 2) + 1, cell)


def row_dropped(table: Table, row: int, cell: int) -> Table:
    del table[row]
    return table


def row_doubled(table: Table, row: int, cell: int) -> Table:
    table.insert(row, list(table[row]))
    return table


def rows_swapped(table: Table, row: int, cell: int) -> Table:
    other = 1 + (row + cell) % (len(table) - 1)
    table[row], table[other] = table[other], table[row]
    return table


def block_scaled(table: Table, row: int, cell: int) -> Table:
    by = (0.01, 0.1, 10.0, 100.0)[cell % 4]
    for each in table[row : row + 1 + cell]:
        each[1:3] = (f"{float(price) * by:.6f}" for price in each[1:3])
    return table


def adjusted_scaled(table: Table, row: int, cell: int) -> Table:
    for each in table[row:]:
        each[2] = f"{float(each[2]) * (0.5, 2.0, 0.1, 10.0)[cell % 4]:.6f}"
    return table


def separators_changed(table: Table, row: int, cell: int) -> str:
    return joined(table, (";", "\t", ", ", " , ")[cell % 4])


def separators_changed_in_one_row(table: Table, row: int, cell: int) -> str:
    lines = joined(table).splitlines(keepends=True)
    lines[row] = lines[row].replace(",", (";", "\t", " ", "|")[cell % 4])
    return "".join(lines)


def decimal_commas(table: Table, row: int, cell: int) -> str:
    return joined(table, ";").replace(".", ",")


def newest_first(table: Table, row: int, cell: int) -> Table:
    return [table[0], *table[:0:-1]]


def thousands(table: Table, row: int, cell: int) -> Table:
    table[row][1] = f"1,{float(table[row][1]):06.2f}"
    return table


def word_for_a_price(table: Table, row: int, cell: int) -> Table:
    table[row][1 + cell % 2] = ("null", "NaN", "inf", "1e308", "5e-324", "\x1b[2J", "-1", "#N/A")[cell % 8]
    return table


def cut_off(table: Table, row: int, cell: int) -> str:
    text = joined(table)
    return text[: len(text) * row // len(table) + cell]


DAMAGES: list[Damage] = [
    cell_dropped, cell_doubled, cells_shifted, one_too_few_and_one_too_many, row_dropped, row_doubled, rows_swapped,
    block_scaled, adjusted_scaled, separators_changed, separators_changed_in_one_row, decimal_commas, newest_first,
    thousands, word_for_a_price, cut_off,
]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(DAMAGES), st.integers(1, len(ROWS) - 1), st.integers(0, 40))
def test_no_damage_changes_a_number_in_silence(damage: Damage, row: int, cell: int) -> None:
    """What is read is what stood there; a day that is gone is told as missing, and everything else is refused."""
    table = damage([list(HEADER), *(list(each) for each in ROWS)], row, cell)
    with TemporaryDirectory() as folder:
        (Path(folder) / "prices").mkdir()
        (Path(folder) / "prices" / "X.csv").write_text(table if isinstance(table, str) else joined(table))
        reply = CsvSource(Path(folder), kinds={"X": Kind.FUND}).history(["X"], LAST)
    if "X" in reply.omissions:
        assert "prices/X.csv" in reply.omissions["X"]
        assert len(reply.omissions["X"]) < 400
        return
    bars = reply.bars["X"]
    assert bars.close is not None
    held = ~np.isnan(bars.close)
    found = dict(zip(bars.days[held].astype(str).tolist(), bars.close[held].tolist(), strict=True))
    true = {each[0]: float(each[1]) for each in ROWS}
    assert all(true[day] == price for day, price in found.items())
    if not found:  # a file cut off in its header, or right after it
        return
    told = set(find_gaps(reply, UNIVERSE, DAYS).get(("X", "close"), DAYS[:0]).astype(str).tolist())
    gone = {day for day in true if min(found) < day < max(found)} - set(found)
    assert gone == told
