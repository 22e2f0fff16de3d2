"""Checks the tables of a product, row by row: the small ones in page order, then the table of moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.verification.figures.answers import Answers
from generator.verification.products.page import PageText
from generator.verification.sentences.evening import Evening, cites
from generator.verification.sentences.extraction import Read
from generator.verification.sentences.tables import laid_out

Record = Mapping[str, Any]
Rows = list[list[str]]
ABSENT = "–"


def check_tables(answers: Answers, name: str, page: PageText, read: Read, ledger: Record, evening: Evening) -> None:
    """Check that a product has the ledger's tables, each with its caption and its rows, and no other."""
    small = list(ledger.get("tables", {}).values())
    after = {table.key: table.after for table in evening.publication.outlines[evening.edition].tables}
    for key, table in ledger.get("tables", {}).items():
        claims = [claim for cell in laid_out(table) if cell for claim in cell["claims"]]
        caption = table["caption"]["text"] + cites({"claims": claims}, evening, "{}" if page.tight else "[{}]")
        at = page.take(caption)
        answers.check(at >= 0, "small tables", name, caption, "this caption of a table does not stand there")
        below = at < 0 or page.tight or page.is_below(at, after.get(key, ""))
        answers.check(below, "small tables", name, caption, f"it does not stand below '{after.get(key)}'")
    wanted = [_rows(table) for table in small]
    moves = _moves(ledger, evening)
    if page.tight:
        for row in (row for table in (*wanted, moves) for row in table):
            there = page.take(" ".join(row)) >= 0
            answers.check(there, "table rows", name, " ".join(row), "this row of a table does not stand there")
        return
    for table in small:
        page.take(table["corner"])
    found = [table for table in read.tables if table]
    for rows, right in zip(found[: len(wanted)], wanted, strict=False):
        _compare(answers, name, rows, right)
    for rows in found[len(wanted) :][:1]:
        _compare(answers, name, [rows[0][1:], *rows[1:]], moves)
    number = len(wanted) + bool(ledger["table"])
    answers.check(len(found) == number, "table rows", name, f"{len(found)} tables", f"there are {number}")


def _rows(table: Record) -> Rows:
    """A small table as it is shown."""
    rows = [[cell["text"] if cell else ABSENT for cell in row] for row in table["rows"]]
    return [[table["corner"], *(cell["text"] for cell in table["columns"])], *rows]


def _moves(ledger: Record, evening: Evening) -> Rows:
    """The table of moves as it is shown; its header without the first cell, which is the template's."""
    headings = headings_of(ledger, evening)
    rows = ledger["table"].items()
    shown = [[label, *(cells[one]["text"] if cells.get(one) else ABSENT for one in headings)] for label, cells in rows]
    return [headings, *shown] if shown else []


def headings_of(ledger: Record, evening: Evening) -> list[str]:
    """The headings of the table of moves: the outline's, but for columns that the ledger leaves out of every row."""
    headings = [heading for heading, _ in evening.publication.outlines[evening.edition].table_columns]
    held = next(iter(ledger["table"].values()), dict.fromkeys(headings))
    return [heading for heading in headings if heading in held]


def _compare(answers: Answers, name: str, found: Rows, wanted: Rows) -> None:
    for row, right in zip([*found, *[[]] * len(wanted)], wanted, strict=False):
        answers.check(row == right, "table rows", name, " | ".join(row), f"the ledger's row is {' | '.join(right)}")
    if len(found) > len(wanted):
        answers.uncovered(name, " | ".join(found[-1]), "the ledger has no such row")
