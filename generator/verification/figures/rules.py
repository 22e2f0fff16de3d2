"""Evaluates an editor's rule by SQL over the figures: on which sessions it holds, and its own past."""

from __future__ import annotations

import ast
import re
from array import array
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from math import log2

from generator.errors import CommentaryError, DataError
from generator.model import Appears
from generator.verification.figures.aftermath import Aftermath, meant, mentioned
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.rule_sql import FUNCTIONS, parsed, rule_query
from generator.verification.figures.spec import EARLIER, TO_DATE


@dataclass(frozen=True, slots=True)
class Past:
    """A rule over every session; each list has one entry per session, about the sessions before it."""

    held: bytes
    times_before: array[int]
    last_row: array[int]
    """Row of the last earlier session on which it held; -1 if there is none."""
    chances_before: array[int]
    sessions_held: array[int]
    first_row: int
    """Row of the first session on which every figure of the rule was present; -1 if there is none."""

    def surprisal(self, row: int) -> float:
        """Surprisal in bits, with one session of each kind added to both counts."""
        return -log2((self.times_before[row] + 1) / (self.chances_before[row] + 2))


class Rules:
    """Every rule asked about, each evaluated once for all sessions."""

    def __init__(self, columns: SqlColumns, appears: Appears = Appears.SESSION, *, on_demand: bool = False) -> None:
        """Of a kind `on_demand` the last session is one with an article, whatever day it is."""
        self._columns = columns
        self._appears, self._on_demand = appears, on_demand
        self.aftermath = Aftermath(columns)
        self._pasts: dict[tuple[str, str], Past] = {}
        self._held: dict[tuple[str, str], bytes] = {}

    def holds(self, text: str, row: int, after: str = "") -> bool:
        """Whether the rule holds on one session; the empty rule always does.

        `after` is the situation that the rule's base rates are about.
        """
        if not text:
            return True
        after = after if mentioned(text) else ""
        if (text, after) not in self._held:
            found = self._columns.arrays(f"SELECT held FROM ({self._query(text, after)}) ORDER BY n")
            self._held[text, after] = found["held"].astype(bool).tobytes()
        return bool(self._held[text, after][row])

    def past(self, text: str, after: str = "") -> Past:
        """The rule's past."""
        after = after if mentioned(text) else ""
        if (text, after) not in self._pasts:
            self._pasts[text, after] = self._past(text, after)
        return self._pasts[text, after]

    def _past(self, text: str, after: str) -> Past:
        if self._appears is not Appears.SESSION:
            return self._past_of_some(text, after)
        inner = f"SELECT *, min(CASE WHEN present THEN n END) OVER () AS first FROM ({self._query(text, after)})"
        found = self._columns.arrays(
            f"SELECT held, coalesce(sum(held::INT) OVER {EARLIER}, 0)::INT AS times, "
            f"coalesce(max(CASE WHEN held THEN n END) OVER {EARLIER}, -1)::INT AS last, "
            "coalesce(greatest(n - first, 0), 0)::INT AS chances, "
            f"(n - coalesce(max(CASE WHEN NOT held THEN n END) OVER {TO_DATE}, -1))::INT AS run, "
            f"coalesce(first, -1)::INT AS first FROM ({inner}) ORDER BY n"
        )
        self._held[text, after] = found["held"].astype(bool).tobytes()
        names = ("times", "last", "chances", "run", "first")
        times, last, chances, run, first = (array("i", found[name].tobytes()) for name in names)
        return Past(self._held[text, after], times, last, chances, run, first[0])

    def _past_of_some(self, text: str, after: str) -> Past:
        """The past among the sessions on which there is an article; what lies between them has no part in it."""
        found = self._columns.arrays(f"SELECT held, present FROM ({self._query(text, after)}) ORDER BY n")
        on = self.on_axis
        held = bytes(now and there for now, there in zip(found["held"].tolist(), on, strict=True))
        present = found["present"].tolist()
        rows = [n for n, there in enumerate(on) if there]
        first = next((n for n in rows if present[n]), -1)
        times, last, chances, run = (array("i", [0]) * len(on) for _ in range(4))
        count, latest, length, since = 0, -1, 0, -1
        for n in rows:
            since += n >= first >= 0
            length = length + 1 if held[n] else 0
            times[n], last[n], chances[n], run[n] = count, latest, max(since, 0), length
            count, latest = (count + 1, n) if held[n] else (count, latest)
        self._held[text, after] = held
        return Past(held, times, last, chances, run, first)

    @cached_property
    def on_axis(self) -> list[bool]:
        """Whether there is an article of each session."""
        if self._appears is Appears.SESSION:
            return [True] * len(self._columns.prices.days)
        flag = self._columns.column(self._appears.flag)
        assert flag is not None  # there is one in every universe
        return [*(value == 1 for value in flag.printed[:-1]), flag.printed[-1] == 1 or self._on_demand]

    @cached_property
    def places(self) -> list[int]:
        """How many articles there were before each session."""
        return [0, *accumulate(self.on_axis)][:-1]

    def _query(self, text: str, after: str) -> str:
        """SQL for `(n, held, present)`, with the base rates of the situation `after`."""
        return rule_query(text, self._columns, lambda name: self._table(name, after))

    def _table(self, name: str, after: str) -> str:
        if after and meant(name):
            return self.aftermath.table(name, after, self.past(after).held)
        return self._columns.table(name)


@lru_cache(maxsize=20_000)
def named_in(text: str) -> frozenset[str]:
    """The figures that a rule names and the words that it compares them with; empty if it cannot be read."""
    try:
        nodes = list(ast.walk(parsed(text)))
    except DataError:
        return frozenset()
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(words | ({node.id for node in nodes if isinstance(node, ast.Name)} - set(FUNCTIONS)))


_CALENDAR = re.compile(
    r"weekday|(week|month|quarter|year)_(ends|number)|and|or|not|abs|True|False|followed_\w+|all_\w+"
)


def measured_by(text: str) -> set[str]:
    """The figures by which a rule counts sessions, without `_before`, and without calendar figures and base rates."""
    names = re.findall(r"\b[a-z_]\w*\b(?!['\"])", re.sub(r"'[^']*'", "", text))
    return {name.removesuffix("_before") for name in names if not _CALENDAR.fullmatch(name)}


def both_bounds(text: str) -> str:
    """A figure that the rule limits to between two numbers; empty if there is none."""
    found = re.findall(r"\b(\w+) *([<>])=? *-?\d", text)
    names = {name for name, _ in found}
    return next((name for name in sorted(names) if {(name, "<"), (name, ">")} <= set(found)), "")


def readable(rules: Rules, text: str, row: int) -> bool:
    """Whether the rule holds; False if it cannot be evaluated."""
    try:
        return rules.holds(text, row)
    except CommentaryError:
        return False
