"""SQL for cited facts and an editor's notes, and which of them a sentence quotes on a day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from generator.model import NOTED, Basis, Fact, Unit
from generator.verification.figures.spec import Spec, Tables

KEPT = timedelta(days=400)
"""How long the newest fact of a key may be told after it began."""
TOLD = 20
"""Sessions over which the beginning of a fact is told."""
_NEVER = date(9999, 12, 31)


class Sources:
    """The facts of a publication by key, each with the days on which it is the one that speaks."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts: dict[str, list[Fact]] = {key: [] for key in NOTED}
        for fact in facts:
            self._facts.setdefault(fact.key, []).append(fact)
        self._told: dict[tuple[str, bool], list[tuple[date, int | None]]] = {}

    def quoted(self, name: str, day: date) -> Fact | None:
        """The fact that the name quotes on the day; None if there is none or the name is no fact's."""
        key, value, newest = self._read(name)
        if not key:
            return None
        fact = self._newest(key, day) if newest else self._in_force(key, day)
        counted = value in ("sessions_since", "today")
        return fact if fact is not None and (counted or value in fact.values) else None

    def spec(self, name: str) -> Spec | None:
        """What the name of a fact means; None if it is no fact's."""
        key, value, newest = self._read(name)
        if not key:
            return None
        if value == "sessions_since":
            label, formula = f"sessions since the newest {key}", "sessions from that on which the newest fact began"
            return Spec(name, Unit.COUNT, Basis.NONE, label, formula, lambda tables: self._since(tables, key), 0)
        if value == "today" and key in NOTED:
            label, formula = "a note of the session", "an editor noted what somebody said of the session"
            rows = self._steps(key, newest=False, numbers=[1.0] * len(self._facts[key]))
            return Spec(
                name, Unit.FLAG, Basis.NONE, label, formula,
                lambda tables: f"SELECT n, coalesce(v, 0) AS v FROM ({over_sessions(rows)})", 0,
            )  # fmt: skip
        return self._of_value(name, key, value, newest=newest)

    def _of_value(self, name: str, key: str, value: str, *, newest: bool) -> Spec:
        held = [fact.values.get(value) for fact in self._facts[key]]
        words = tuple(dict.fromkeys(one for one in held if isinstance(one, str)))
        numbers = [None if one is None else _number(one, words) for one in held]
        digits = [str(one).partition(".")[2] for one in held if isinstance(one, Decimal)]
        unit = NOTED.get(key, {}).get(value, Unit.CITED if digits else Unit.NAME)
        label, formula = "cited fact", "as published"
        if newest:
            label, formula = "newest cited fact", "as published, of the newest fact so far"
        query = over_sessions(self._steps(key, newest=newest, numbers=numbers))
        decimals = max(map(len, digits), default=0)
        return Spec(name, unit, Basis.NONE, label, formula, lambda tables: query, decimals, words)

    def measured(self, key: str) -> tuple[str, list[tuple[date, float | None]]] | None:
        """The key of facts meant, and the days on which the fact that speaks changes, with the day of its measurement.

        `last_` before a key means its newest fact; None if there is no fact of the key.
        """
        bare = key if self._facts.get(key) else key.removeprefix("last_")
        facts = self._facts.get(bare)
        if not facts:
            return None
        days = [float((fact.as_of - date(1970, 1, 1)).days) for fact in facts]
        return bare, self._steps(bare, newest=bare != key, numbers=days)

    def _read(self, name: str) -> tuple[str, str, bool]:
        """The key and the value that a name is made of, and whether the newest fact is meant; empty if it is none."""
        return self._names.get(name, ("", "", False))

    @cached_property
    def _names(self) -> dict[str, tuple[str, str, bool]]:
        names: dict[str, tuple[str, str, bool]] = {}
        for key, facts in self._facts.items():
            for value in [*(value for fact in facts for value in fact.values), *NOTED.get(key, ())]:
                names[f"{key}_{value}"] = key, value, False
                names[f"last_{key}_{value}"] = key, value, True
            names[f"{key}_sessions_since"] = key, "sessions_since", True
            if key in NOTED:
                names[f"{key}_today"] = key, "today", False
        return names

    def _steps(self, key: str, *, newest: bool, numbers: Sequence[float | None]) -> list[tuple[date, float | None]]:
        """The days on which what is told changes, each with the number told from then on."""
        if (key, newest) not in self._told:
            self._told[key, newest] = list(self._places(key, newest=newest))
        return [(day, None if place is None else numbers[place]) for day, place in self._told[key, newest]]

    def _places(self, key: str, *, newest: bool) -> Iterator[tuple[date, int | None]]:
        """The days on which another fact is told, or none, each with the place of that fact."""
        facts = self._facts[key]
        days = {_starts(fact) for fact in facts}
        days |= {_starts(fact) + KEPT + timedelta(days=1) if newest else fact.expires for fact in facts}
        for day in sorted(days):
            fact = self._newest(key, day) if newest else self._in_force(key, day)
            yield day, next((at for at, one in enumerate(facts) if one is fact), None)

    def _in_force(self, key: str, day: date) -> Fact | None:
        return _latest([fact for fact in self._facts[key] if _starts(fact) <= day < fact.expires])

    def _newest(self, key: str, day: date) -> Fact | None:
        fact = _latest([fact for fact in self._facts[key] if _starts(fact) <= day])
        return fact if fact is not None and day - _starts(fact) <= KEPT else None

    def _since(self, tables: Tables, key: str) -> str:
        days = [day for (day,) in tables.asked("SELECT day FROM sessions ORDER BY n") if isinstance(day, date)]
        steps: list[tuple[date, float | None]] = []
        for day, _ in self._steps(key, newest=True, numbers=[None] * len(self._facts[key])):
            fact = self._newest(key, day)
            begun = _starts(fact) if fact else _NEVER
            known = bool(days) and days[0] <= begun <= days[-1]
            steps.append((day, float(bisect_left(days, begun)) if known else None))
        ago = f"SELECT n, n - v AS v FROM ({over_sessions(steps)})"
        return f"SELECT n, CASE WHEN v <= {TOLD} THEN v END AS v FROM ({ago})"


def _number(value: Decimal | str | date, words: Sequence[str]) -> float:
    if isinstance(value, str):
        return words.index(value)
    return float((value - date(1970, 1, 1)).days if isinstance(value, date) else value)


def _starts(fact: Fact) -> date:
    """The day from which a fact is told: not before it was public."""
    return fact.published if fact.published > fact.as_of else fact.as_of


def _latest(facts: Sequence[Fact]) -> Fact | None:
    """The fact of the latest day; of two of one day the one published later, then by its id."""
    return max(facts, key=lambda fact: (fact.as_of, fact.published, fact.id), default=None)


def over_sessions(steps: Sequence[tuple[date, float | None]]) -> str:
    """SQL for `(n, v)`: on each session the number of the last step up to it."""
    if not steps:
        return "SELECT n, NULL::DOUBLE AS v FROM sessions"
    rows = ", ".join(f"(DATE '{day}', {'NULL' if number is None else number}::DOUBLE)" for day, number in steps)
    return f"SELECT s.n, t.v FROM sessions s ASOF LEFT JOIN (VALUES {rows}) AS t(day, v) ON s.day >= t.day"
