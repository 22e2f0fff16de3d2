"""What the small tables of an article must hold: every cell from the closes, and which rows and columns there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from generator.errors import CommentaryError
from generator.model import Slot, SmallTable, Unit, Variant
from generator.verification.figures.answers import Answers
from generator.verification.figures.words import MINUS, Shown, spelled
from generator.verification.holdings import WHERE
from generator.verification.sentences.reading import Sentences
from generator.verification.sentences.saying import Part, Said, say

Record = Mapping[str, Any]
_RISES = (Unit.PERCENT, Unit.POINTS, Unit.BASIS_POINTS)


def check_tables(answers: Answers, ledger: Record, sentences: Sentences, row: int) -> None:
    """Check the ledger's small tables, cell by cell, and that each stands there that should and no other."""
    found = ledger.get("tables", {})
    parts = dict.fromkeys(record["part"] for record in ledger["products"]["article"])
    wanted = {table.key: held for table in _told(parts, sentences, row) if (held := _held(table, sentences, row))}
    answers.check(list(found) == list(wanted), "small tables", WHERE, list(found), f"the tables are {list(wanted)}")
    for key, table in found.items():
        right = wanted.get(key, {"corner": "", "rows": []})
        answers.check(
            table["corner"] == right["corner"], "small tables", WHERE, f"{key}: {table['corner']}", right["corner"]
        )
        shape = [len(one) for one in table["rows"]], [len(one) for one in right["rows"]]
        answers.check(shape[0] == shape[1], "small tables", WHERE, f"{key}: {shape[0]}", f"its rows are {shape[1]}")
        for cell, other in zip(laid_out(table), laid_out(right), strict=False):
            answers.check(cell == other, "table cells", WHERE, f"{key}: {cell}", f"the closes give {other}")


def laid_out(table: Record) -> Iterator[Record | None]:
    """Caption, headings and cells of a table, in order."""
    yield from (table.get("caption"), *table.get("columns", ()), *chain.from_iterable(table["rows"]))


def claims_of_tables(ledger: Record) -> list[Record]:
    """Every claim of the ledger's small tables, in page order."""
    cells = (cell for table in ledger.get("tables", {}).values() for cell in laid_out(table) if cell)
    return [claim for cell in cells for claim in cell["claims"]]


def _told(parts: Mapping[str, None], sentences: Sentences, row: int) -> list[SmallTable]:
    """The outline's tables whose part is told and whose rule holds, in the order of the parts."""
    order = list(parts)
    tables = sentences.wordings.outline.tables
    return sorted(
        (one for one in tables if one.after in parts and _allowed(one.when, sentences, row)),
        key=lambda one: order.index(one.after),
    )


def _allowed(rule: str, sentences: Sentences, row: int) -> bool:
    try:
        return sentences.rules.holds(rule, row)
    except CommentaryError:
        return False


def _held(table: SmallTable, sentences: Sentences, row: int) -> dict[str, Any] | None:
    """The table as the ledger has to have it; None where it has nothing to show."""

    def cell(words: Variant | None) -> dict[str, Any] | None:
        return _cell(words, sentences, row) if words else None

    caption, columns = cell(table.caption), [cell(heading) for heading in table.columns]
    rows = [[cell(label), *(_held_together(cell(one)) for one in cells)] for label, cells in table.rows]
    rows = [one for one in rows if one[0]]
    kept = [n for n, heading in enumerate(columns) if heading and any(one[n + 1] for one in rows)]
    rows = [[one[0], *(one[n + 1] for n in kept)] for one in rows if any(one[n + 1] for n in kept)]
    if caption is None or not rows:
        return None
    return {"caption": caption, "corner": table.corner, "columns": [columns[n] for n in kept], "rows": rows}


def drop_repeated(rows: dict[str, dict[str, Any]]) -> None:
    """Take out each column that says in every row what an earlier one says: a week on its first session."""
    seen = set[tuple[str, ...]]()
    for heading in list(next(iter(rows.values()), {})):
        column = tuple(cells[heading]["text"] if cells[heading] else "" for cells in rows.values())
        if any(column) and column in seen:
            for cells in rows.values():
                del cells[heading]
        seen.add(column)


def _cell(words: Variant, sentences: Sentences, row: int) -> dict[str, Any] | None:
    """Words and claims of a cell; None where a figure of it is absent."""
    parts: list[Part] = [words.plain[0]]
    for literal, slot in zip(words.plain[1:], words.slots, strict=True):
        made = _said(slot, sentences, row)
        if made is None:
            return None
        parts += [*made, literal]
    claims = [_claim(part) for part in parts if isinstance(part, Said)]
    text = "".join(part if isinstance(part, str) else part.texts[0] for part in parts)
    return {"text": text, "claims": claims}


def _held_together(cell: dict[str, Any] | None) -> dict[str, Any] | None:
    """A cell whose own words have no space at which its line may break, but after a comma."""
    if cell is None:
        return None
    text, at, parts = cell["text"], 0, []
    for claim in cell["claims"]:
        start = text.index(claim["text"], at)
        parts += [_unbroken(text[at:start]), claim["text"]]
        at = start + len(claim["text"])
    return cell | {"text": "".join([*parts, _unbroken(text[at:])])}


def _unbroken(words: str) -> str:
    return words.replace(", ", "\0").replace(" ", "\u00a0").replace("\0", ", ")


def _said(slot: Slot, sentences: Sentences, row: int) -> Sequence[Part] | None:
    shown = sentences.shown(slot.names[0], row)
    if shown is None:
        return None
    call = slot.calls[0] if slot.calls else None
    setting = sentences.setting(row)
    if call:
        return say(setting, shown, call.name, call.arguments)
    if shown.unit is Unit.NAME:
        return say(setting, shown, "short", ())
    return [Said(shown.kind, shown.name, (in_full(shown),), shown)]


def in_full(shown: Shown) -> str:
    """A figure as tables print it: all its decimals, a minus where it falls, a plus where a return or a gap rises."""
    if shown.unit is Unit.DATE:
        return spelled(shown.day, "full")
    if shown.unit is Unit.FLAG:
        return "yes" if shown.printed else "no"
    sign = MINUS if shown.printed < 0 else "+" if shown.printed > 0 and shown.unit in _RISES else ""
    return f"{sign}{abs(shown.printed):,.{shown.decimals}f}"


def _claim(said: Said) -> dict[str, str]:
    source = said.shown.source if said.shown else ""
    return {"kind": said.kind, "name": said.name, "text": said.texts[0]} | ({"source": source} if source else {})
