"""A reading's counts and signals, by SQL from the rules as the content has them."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Basis, Reading, Signal, Unit
from generator.verification.figures.rule_sql import names_in, rule_query
from generator.verification.figures.spec import Spec, Tables

FEWEST_KNOWN = 4
_COUNTED = {
    "for": ("signals that hold", "how many hold", "sum(held::INT)"),
    "against": ("signals that do not hold", "how many are known and do not hold", "sum((present AND NOT held)::INT)"),
    "signals": ("signals known", "how many are known", "sum(present::INT)"),
}


def of_reading(name: str, readings: Iterable[Reading]) -> Spec | None:
    """The count or the signal that a reading gives under this name."""
    for reading in readings:
        rest = name.removeprefix(f"{reading.key}_")
        if rest == name:
            continue
        if rest in _COUNTED:
            return _count(name, rest, reading)
        for signal in reading.signals:
            if signal.key == rest:
                return _signal(name, signal, reading)
    return None


def _signal(name: str, signal: Signal, reading: Reading) -> Spec:
    def sql(tables: Tables) -> str:
        return f"SELECT n, CASE WHEN present THEN held::INT END AS v FROM ({rule_query(signal.when, tables)})"

    label = f"{_spaced(reading.key)}: {_spaced(signal.key)}"
    parts = tuple(names_in(signal.when))
    return Spec(name, Unit.FLAG, Basis.NONE, label, f"whether {signal.when}", sql, 0, parts=parts)


def _count(name: str, what: str, reading: Reading) -> Spec:
    label, how, counted = _COUNTED[what]

    def sql(tables: Tables) -> str:
        each = " UNION ALL ".join(f"({rule_query(signal.when, tables)})" for signal in reading.signals)
        enough = f"sum(present::INT) >= {FEWEST_KNOWN}"
        return f"SELECT n, CASE WHEN {enough} THEN {counted} END AS v FROM ({each}) GROUP BY n"

    listed = ", ".join(_spaced(signal.key) for signal in reading.signals)
    formula = f"{how} of the {len(reading.signals)} signals {listed}; absent where fewer than {FEWEST_KNOWN} are known"
    parts = tuple({part for signal in reading.signals for part in names_in(signal.when)})
    flags = tuple(f"{reading.key}_{signal.key}" for signal in reading.signals)
    words = f"{_spaced(reading.key)}, {label}"
    return Spec(name, Unit.COUNT, Basis.NONE, words, formula, sql, 0, parts=parts, signals=flags)


def _spaced(key: str) -> str:
    return key.replace("_", " ")
