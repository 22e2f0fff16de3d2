"""Computes by SQL over raw closes what followed past occurrences of a situation, and what followed any session.

A window counts from the session on which it is complete: the first on or after the same day of a later week or month.
Of occurrences within one window only the first counts. Nothing is said of fewer than twenty windows, or if all
occurrences, however close together, say the opposite.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from generator.errors import UnknownFigureError
from generator.model import Unit
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.spec import own_series, rounded

TWENTY = 20
NONE = 3
"""Points by which two shares may differ and still count as the same."""
AHEAD = {"1w": ("7 DAYS", "one week"), "1m": ("1 MONTH", "one month"), "3m": ("3 MONTHS", "three months"),
         "1y": ("12 MONTHS", "one year")}  # fmt: skip
_SAID = re.compile(r"(followed|all)_(1w|1m|3m|1y)_(\w+)")
_SHARES = {"higher": "{one} rose", "lower": "{one} fell", "ahead": "{one} did better than {other}",
           "behind": "{one} did worse than {other}"}  # fmt: skip
_MIDDLES = {"median": "median price return of {one}", "gap_median": "median price return of {one} less that of {other}"}


@dataclass(frozen=True, slots=True)
class Meant:
    """A base rate's name, parsed; unit, decimals and words are as in the ledger."""

    always: bool
    ahead: str
    what: str
    unit: Unit
    decimals: int
    words: str


def meant(name: str) -> Meant | None:
    """The meaning of a base rate's name; None for any other name."""
    found = _SAID.fullmatch(name)
    kind = _kind(found[3]) if found else None
    if not found or not kind or (found[1] == "all" and found[3].endswith("_edge")):
        return None
    return Meant(found[1] == "all", found[2], found[3], *kind)


def mentioned(rule: str) -> bool:
    """Whether a rule names a base rate."""
    return bool(_SAID.search(rule))


def _kind(what: str) -> tuple[Unit, int, str] | None:
    if what == "n":
        return Unit.COUNT, 0, "windows complete"
    if what in _MIDDLES:
        return (Unit.PERCENT if what == "median" else Unit.POINTS), 1, _MIDDLES[what]
    stem, _, rest = what.partition("_")
    if stem not in _SHARES or rest not in ("", "share", "edge") or (rest == "edge" and stem in ("lower", "behind")):
        return None
    if not rest:
        return Unit.COUNT, 0, f"windows in which {_SHARES[stem]}"
    if rest == "share":
        return Unit.PERCENT, 0, f"share of windows in which {_SHARES[stem]}"
    contrary = "none where the share after every occurrence lies on the other side of all sessions'"
    return Unit.POINTS, 0, f"printed share of windows in which {_SHARES[stem]}, less all sessions'; {contrary}"


@dataclass(frozen=True, slots=True)
class Followed:
    """A base rate for each session, in full and as printed; NaN where nothing is said."""

    values: array[float]
    printed: array[float]


class Aftermath:
    """What followed each situation asked about, counted once for all sessions."""

    def __init__(self, columns: SqlColumns) -> None:
        self._columns = columns
        segments = columns.universe.segments
        self.one, self.other = (segments[key] for key in columns.universe.core[:2])
        self._known: dict[tuple[str, str], Followed] = {}

    def table(self, name: str, situation: str, held: Sequence[int]) -> str:
        """A table `(n, v, p)` of a base rate; `held` says on which sessions the situation occurred."""
        said = meant(name)
        if said is None:
            raise UnknownFigureError(name)
        key = "" if said.always else situation
        return self._columns.once(f"{name} {key}", lambda: self._rate(said, key, held))

    def column(self, name: str, situation: str, held: Sequence[int]) -> Followed:
        """A base rate over every session."""
        if (name, situation) not in self._known:
            rows = self._columns.run(f"SELECT v, p FROM {self.table(name, situation, held)} ORDER BY n")
            columns = (
                array("d", (math.nan if one is None else one for one in each)) for each in zip(*rows, strict=True)
            )
            self._known[name, situation] = Followed(*columns)
        return self._known[name, situation]

    def span(self, said: Meant, situation: str, held: Sequence[int], row: int) -> tuple[int, int, int, int]:
        """The number of windows complete by `row`; the rows where the first and last began, and the last ended."""
        table = self._windows(said.ahead, "" if said.always else situation, held)
        query = f"SELECT count(*)::INT, min(began), max(began), max(n) FROM {table} WHERE n <= {row}"
        count, first, last, ended = self._columns.run(query)[0]
        return count, first, last, ended  # type: ignore[return-value]

    def words(self, said: Meant) -> str:
        """The words in which the ledger must say what was counted."""
        what = said.words.format(one=self.one.short, other=self.other.short)
        occasion = "each earlier session" if said.always else (
            "each earlier occurrence of the rule, the earliest of any whose windows overlap"
        )  # fmt: skip
        return f"{what}, over {AHEAD[said.ahead][1]} from {occasion}"

    def _rate(self, said: Meant, situation: str, held: Sequence[int]) -> str:
        if said.what.endswith("_edge"):
            share = f"{said.ahead}_{said.what.removesuffix('_edge')}_share"
            mine, usual = (self.table(f"{of}_{share}", situation, held) for of in ("followed", "all"))
            each = self._after_each(said, situation, held)
            gap, other = "(a.p - b.p)", "(e.p - b.p)"
            contrary = f"{gap} * {other} <= 0 AND greatest(abs({gap}), abs({other})) > {NONE}"
            edge = f"SELECT n, CASE WHEN NOT ({contrary}) THEN {gap} END AS p FROM {mine} a JOIN {usual} b USING (n) "
            return f"SELECT n, p / 100 AS v, p FROM ({edge} JOIN {each} e USING (n)) ORDER BY n"
        to_date = self._to_date(said, situation, held)
        value = f"CASE WHEN windows >= {TWENTY} THEN {_value(said.what)} END"
        scale = " * 100" if said.unit in (Unit.PERCENT, Unit.POINTS) else ""
        shown = rounded(f"(v{scale})", said.decimals)
        return f"SELECT n, v, {shown} AS p FROM (SELECT n, {value} AS v FROM {to_date}) ORDER BY n"

    def _after_each(self, said: Meant, situation: str, held: Sequence[int]) -> str:
        """A table `(n, p)` of the printed share after every occurrence, even one close to the one before."""
        share = said.what.removesuffix("_edge")
        value = f"CASE WHEN windows >= {TWENTY} THEN {share} / windows END"
        shown = rounded(f"({value} * 100)", 0)
        return f"(SELECT n, {shown} AS p FROM {self._to_date(said, situation, held, each=True)})"

    def _to_date(self, said: Meant, situation: str, held: Sequence[int], each: bool = False) -> str:
        """A table with one row per session: the counts and medians of the windows complete by then."""
        windows = self._windows(said.ahead, situation, held, each)
        counts = "count(*) OVER w AS windows, median(move) OVER w AS median, median(gap) OVER w AS gap_median"
        signs = {"higher": "move > 0", "lower": "move < 0", "ahead": "gap > 0", "behind": "gap < 0"}
        counts += "".join(f", count(*) FILTER (WHERE {sign}) OVER w AS {name}" for name, sign in signs.items())
        # Windows that began on different days may end on the same day; all that end by a session count on it.
        frame = "WINDOW w AS (ORDER BY n RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        running = f"SELECT DISTINCT ON (n) * FROM (SELECT *, {counts} FROM {windows} {frame})"
        names = ", ".join(f"r.{name}" for name in ("windows", "median", "gap_median", *signs))
        query = f"SELECT s.n, {names} FROM sessions s ASOF LEFT JOIN ({running}) r ON s.n >= r.n"
        return self._columns.once(f"to date {'each ' if each else ''}{said.ahead} {situation}", lambda: query)

    def _windows(self, ahead: str, situation: str, held: Sequence[int], each: bool = False) -> str:
        """A table `(began, n, move, gap)` of windows by the session that ends each; overlapping ones only if `each`."""
        return self._columns.once(
            f"windows {'each ' if each else ''}{ahead} {situation}",
            lambda: self._laid(ahead, situation, held, each),
        )

    def _laid(self, ahead: str, situation: str, held: Sequence[int], each: bool) -> str:
        occasions = "SELECT n FROM sessions"
        ends = self._ends(ahead)
        if situation:
            began, free = [], 0
            for row, holds in enumerate(held):
                if holds and row >= free:
                    began.append(row)
                    free = row + 1 if each else ends[row]
            occasions = f"SELECT unnest({began}::INT[]) AS n"
        one, other = (own_series(segment) for segment in (self.one, self.other))
        assert one is not None
        assert other is not None
        mine, theirs = (self._columns.series(series.symbol, series.field) for series in (one, other))
        rows = f"SELECT unnest(range({len(ends)}))::INT AS n, unnest({ends}::INT[]) AS e"
        over = self._columns.once(f"ends {ahead}", lambda: rows)
        joined = f"FROM {{}} b JOIN {over} o USING (n) JOIN {{}} e ON e.n = o.e"
        move = f"(SELECT e.n, e.v / b.v - 1 AS v, b.n AS began {joined})"
        return (
            f"SELECT o.n AS began, a.n AS n, a.v AS move, a.v - b.v AS gap "
            f"FROM ({occasions}) o JOIN {move.format(mine, mine)} a ON a.began = o.n "
            f"JOIN {move.format(theirs, theirs)} b ON b.began = o.n "
            "WHERE a.v IS NOT NULL AND b.v IS NOT NULL ORDER BY 2"
        )

    def _ends(self, ahead: str) -> list[int]:
        """For each row, the row on which a window that begins there is complete; beyond the last if none is yet."""
        later = f"(SELECT n, (day + INTERVAL {AHEAD[ahead][0]})::DATE AS later FROM sessions)"
        joined = f"{later} a ASOF LEFT JOIN sessions b ON a.later <= b.day"
        rows = self._columns.asked(f"SELECT coalesce(b.n, 2147483647) FROM {joined} ORDER BY a.n")
        return [end for (end,) in rows]  # type: ignore[misc]


def _value(what: str) -> str:
    """SQL for one number from the table of counts."""
    if what == "n":
        return "windows"
    return f"{what.removesuffix('_share')} / windows" if what.endswith("_share") else what
