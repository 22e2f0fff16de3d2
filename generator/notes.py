"""The notes below an article: what it had to go without, and who answers for a sentence of his own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from generator.figures.table import FigureTable
from generator.model import Fragment, Kind, TextBlock, Universe, spoken
from generator.narrative.language.lexicalisation import spelled_date

MOST_NAMED = 8
"""How many missing parts of the market a note names; the ledger has them all."""
RECALLED = 260
"""Sessions back, about a year, over which a missing price is told to readers: most that is told reaches no further."""


def taken_on(fragments: Mapping[str, Fragment], prose: Sequence[TextBlock]) -> list[str]:
    """A note for each sentence that a person answers for, as no figure proves all of its words."""
    said = [(fragments.get(one.fragment), one.text) for _, one in spoken(prose)]
    return [taken_on_note(one.taken_on_by, text) for one, text in said if one and one.taken_on_by]


def taken_on_note(name: str, text: str) -> str:
    """What readers are told of a sentence that a person answers for."""
    return f"{name} answers for this sentence, which prices alone do not prove: \u201c{text}\u201d"


def left_out(
    omitted: Iterable[str], held: Mapping[str, Mapping[str, Any]], universe: Universe, session: date
) -> list[str]:
    """A note that names what the page had to go without, of the symbols omitted; `held` is the ledger's record of all.

    A segment of which one price is there is told of by that, so that nothing that is printed is called left out.
    """
    lacking = set(omitted)
    priced = [(one.names[0], {"close": one.price, "adj_close": one.total}) for one in universe.segments.values()]
    missing = [
        name
        for name, fields in priced
        if lacking & set(fields.values()) and not any(_ends(held, *field, session) for field in fields.items())
    ]
    named = list(dict.fromkeys(missing))
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return [f"Left out for want of data: {', '.join(named[:MOST_NAMED])}{more}."] if named else []


def _ends(held: Mapping[str, Any], field: str, symbol: str | None, session: date) -> bool:
    """Whether the last value held of a symbol's field is the session's own."""
    found = held.get(symbol or "", {}).get(field)
    return bool(found) and found["last"] == session.isoformat()


def missing_prices(table: FigureTable, universe: Universe, row: int) -> list[str]:
    """A note for each price that is missing on a session of the past year, with others held on either side of it."""
    notes, gaps = dict[str, None](), table.market.gaps
    for segment in universe.segments.values() if gaps else ():
        for symbol, field in ((segment.price, "close"), (segment.total, "adj_close")):
            days = gaps.get((symbol or "", field), table.sessions[:0])
            held = np.flatnonzero(np.isfinite(table.price(symbol or "", field)[: row + 1]))
            rows = np.searchsorted(table.sessions, days)
            told = rows[(rows > row - RECALLED) & (rows < held[-1])] if len(held) else rows[:0]
            if len(told):
                fund = segment.kind is Kind.INDEX and field == "adj_close"
                notes[missing_note(segment.names[0], [table.days[one] for one in told.tolist()], fund)] = None
    return list(notes)


def missing_note(name: str, days: Sequence[date], fund: bool) -> str:
    """What readers are told of sessions without a price, of a segment or of the fund that gives its total return."""
    named = [spelled_date(day, "full") for day in days[:3]]
    more = [f"{len(days) - 3} more sessions"] if len(days) > 4 else [spelled_date(day, "full") for day in days[3:]]
    *others, last = [*named, *more]
    listed = f"{'; '.join(others)} and {last}" if others else last
    return f"No price is held of {'the fund on ' if fund else ''}{name} for {listed}; what runs across is not told."
