"""`content/claims.yaml` in; which figures, ages and runs may stand behind which words, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.editorial.yaml_reader import Document
from generator.errors import Fault
from generator.model import Mean, Recency, Runs, Scope

_KEYS = {
    "scopes": frozenset({"words", "of", "all", "figures"}),
    "recency": frozenset({"words", "sessions", "months", "figures"}),
    "means": frozenset({"best", "worst", "large", "up", "down"}),
}
_RUNS = frozenset({"words", "figures"})


def read_scopes(claims: Document) -> tuple[Scope, ...]:
    """Words that name a part of the market, in the file's order."""
    return tuple(
        Scope(key, _words(one, "words"), _words(one, "of"), _words(one, "all"), _words(one, "figures"), line)
        for key, one, line in _entries(claims, "scopes")
    )


def read_recency(claims: Document) -> tuple[Recency, ...]:
    """Words that say how long ago something was."""
    return tuple(
        Recency(
            key, _words(one, "words"), int(one.get("sessions", 0)), int(one.get("months", 0)), _words(one, "figures")
        )
        for key, one, _ in _entries(claims, "recency")
    )


def read_runs(claims: Document) -> Runs:
    """Words that make a number the length of a run."""
    values = claims.values.get("runs") or {}
    return Runs(_words(values, "words"), _words(values, "figures"))


def read_means(claims: Document) -> tuple[Mean, ...]:
    """Means that hide their members."""
    return tuple(
        Mean(key, str(one["best"]), str(one["worst"]), float(one["large"]), _words(one, "up"), _words(one, "down"))
        for key, one, _ in _entries(claims, "means")
    )


def meaning_faults(claims: Document) -> list[Fault]:
    """Entries of these sections that cannot be understood."""
    faults = [fault for section in _KEYS for fault in _section_faults(claims, section)]
    runs = claims.values.get("runs") or {}
    if not isinstance(runs, Mapping) or set(runs) - _RUNS:
        faults.append(Fault(claims.at("runs"), "'runs' takes 'words' and 'figures', each a list."))
    return faults


def _section_faults(claims: Document, section: str) -> Iterator[Fault]:
    values, known = claims.values.get(section) or {}, ", ".join(sorted(_KEYS[section]))
    if not isinstance(values, Mapping):
        yield Fault(claims.at(section), f"'{section}' is a list of names, each with {known}.")
        return
    for key, one in values.items():
        if not isinstance(one, Mapping) or set(one) - _KEYS[section]:
            yield Fault(claims.at(f"{section}.{key}"), f"'{key}' takes these: {known}.")
        elif not all(isinstance(value, list | int | float | str) for value in one.values()):
            yield Fault(claims.at(f"{section}.{key}"), f"what stands under '{key}' is a list, a name or a number.")
        elif section == "means" and not _KEYS[section] <= set(one):
            yield Fault(claims.at(f"{section}.{key}"), f"'{key}' needs each of these: {known}.")
        elif section == "recency" and ("sessions" in one) == ("months" in one):
            yield Fault(claims.at(f"{section}.{key}"), f"'{key}' needs either 'sessions' or 'months'.")


def _entries(claims: Document, section: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    for key, one in (claims.values.get(section) or {}).items():
        yield str(key), one, claims.at(f"{section}.{key}")


def _words(one: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = one.get(key) or []
    return tuple(map(str, found if isinstance(found, list) else [found]))
