"""What is behind each printed figure: formula, basis and closes, for the ledger and for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from generator.model import Basis, Claim, Fact, FigureDefinition, Figures, PriceInput, Unit

_COMPUTED = frozenset({"figure", "word"})
"""Kinds of claim that are backed by a figure."""
CITING = frozenset({"fact", "figure", "word"})
"""Kinds of claim that may cite a source, of a fact or of a release."""


def figure_records(claims: Iterable[Claim], figures: Figures, row: int) -> dict[str, dict[str, Any]]:
    """One record per figure claimed: unit, basis, formula in words, value and the prices behind it."""
    records: dict[str, dict[str, Any]] = {}
    listed: dict[int, tuple[tuple[PriceInput, ...], list[Mapping[str, Any]]]] = {}
    for name in dict.fromkeys([claim.name for claim in claims if claim.kind in _COMPUTED]):
        definition = figures.catalogue.define(name)
        value: float = figures.values(name).item(row)
        behind = figures.evidence(name, row)
        if id(behind) not in listed:  # a group's figures share evidence; holding on to it keeps its id valid
            listed[id(behind)] = behind, [_input(item) for item in behind]
        records[name] = {
            "label": definition.label,
            "formula": definition.formula,
            "unit": definition.unit,
            "basis": definition.basis,
            "value": definition.vocabulary[round(value)] if definition.unit is Unit.NAME else value,
            "printed": figures.printed(name).item(row),
            "inputs": listed[id(behind)][1],
            **({"source": definition.source} if definition.source else {}),
            **({"signals": _signals(definition, figures, row)} if definition.signals else {}),
        }
    return records


def _signals(definition: FigureDefinition, figures: Figures, row: int) -> dict[str, bool]:
    """Whether each signal of a reading holds, of those that are known on the row."""
    printed = {name: figures.printed(name).item(row) for name in definition.signals}
    return {name: bool(value) for name, value in printed.items() if value == value}  # NaN is not equal to itself


@lru_cache(maxsize=4096)
def _input(item: PriceInput) -> Mapping[str, Any]:
    """One close as the ledger keeps it, cached because many figures of its day rest on it."""
    return {"symbol": item.symbol, "field": item.field, "session": item.day.isoformat(), "value": item.value}


def derivations_of(
    records: Mapping[str, Mapping[str, Any]],
    claims: Iterable[Claim],
    base_rates: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> dict[str, str]:
    """For each claim's name, the words that a page shows on hover and focus."""
    rules = {claim.name: claim.source for claim in claims if claim.kind == "rule"}
    counted = {name: f"Counted over every session held, from the rule at {rule}." for name, rule in rules.items()}
    over = {name: _counted_over(record) for name, record in base_rates.items()}
    return {name: _derivation(record) for name, record in records.items()} | counted | over


def _counted_over(record: Mapping[str, Any]) -> str:
    windows = f"{record['windows']:,} windows, begun {record['first']} to {record['last']}"
    return f"{record['formula']}: {windows}, the last complete on {record['complete']}."


def _derivation(record: Mapping[str, Any]) -> str:
    parts = [f"{record['label']}: {record['formula']}"]
    if record["basis"] != Basis.NONE and record["basis"] not in record["label"]:
        parts[0] += f" ({record['basis']})"
    inputs = record["inputs"]
    if 0 < len(inputs) <= 4:
        parts.append("; ".join(f"{item['symbol']} {_number(item['value'])} on {item['session']}" for item in inputs))
    elif inputs:
        parts.append(f"from {len(inputs)} prices, {inputs[0]['session']} to {max(item['session'] for item in inputs)}")
    return ". ".join(parts) + "."


def _number(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 10 else f"{value:,.4f}"


def fact_records(claims: Iterable[Claim], facts: Iterable[Fact]) -> dict[str, dict[str, Any]]:
    """One record per cited fact or release: its source, address, dates and how long it holds."""
    lines = {claim.source for claim in claims if claim.kind in CITING}
    return {fact.id: _fact(fact) for fact in facts if fact.id in lines}


def _fact(fact: Fact) -> dict[str, Any]:
    """What has a known day of publication has `published`; any other source has the day that its date means."""
    dated = {"published": fact.published.isoformat(), "as_of": fact.as_of.isoformat()}
    return {
        "fact": fact.key,
        "source": fact.source,
        "url": fact.url,
        **(dated if fact.dated == "published" else {fact.dated: fact.published.isoformat()}),
        "expires": fact.expires.isoformat(),
    }
