"""`content/facts/*.yaml` in; cited facts out, each with its source and the sessions on which it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.editorial.yaml_reader import Document, parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Fact

_NEEDED = ("as_of", "source", "url", "values")


def read_facts(content: Path) -> tuple[Fact, ...]:
    """Every fact, oldest first; every fault in every file is reported at once."""
    facts: list[Fact] = []
    faults: list[Fault] = []
    for path in sorted((content / "facts").glob("*.yaml")):
        where = f"content/facts/{path.name}"
        try:
            document = parse(read_text(path, where), where)
        except ContentError as error:
            faults.extend(error.faults)
            continue
        for number, values in enumerate(document.values.get("facts") or ()):
            found = _faults(document, number, values)
            faults += found
            if not found:
                facts.append(_fact(document, number, values))
    if faults:
        raise ContentError(faults)
    return tuple(sorted(facts, key=lambda fact: (fact.as_of, fact.key)))


def _fact(document: Document, number: int, values: Mapping[str, Any]) -> Fact:
    as_of: date = values["as_of"]
    return Fact(
        key=str(document.values["key"]),
        as_of=as_of,
        expires=values.get("expires", as_of + timedelta(days=1)),
        values={
            str(name): Decimal(str(value)) if isinstance(value, int | float) else str(value)
            for name, value in values["values"].items()
        },
        source=str(values["source"]),
        url=str(values["url"]),
        published=values.get("published", as_of),
        line=document.at(f"facts.{number}"),
    )


def _faults(document: Document, number: int, values: object) -> list[Fault]:
    place = document.at(f"facts.{number}")
    if "key" not in document.values:
        return [Fault(f"{document.where}:1", "a file of facts needs a 'key', the name under which rules find them.")]
    if not isinstance(values, Mapping):
        return [Fault(place, "a fact should be a list of settings.")]
    faults = [Fault(place, f"a fact needs '{name}'.") for name in _NEEDED if not values.get(name)]
    faults += [
        Fault(place, f"'{name}' should be a date such as 2024-09-18.")
        for name in ("as_of", "expires", "published")
        if not isinstance(values.get(name), date | None)
    ]
    return faults
