"""`content/facts/*.yaml`: cited facts, each with its source and the sessions on which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from generator.editorial.schema import Address, Day, Key, Line, NumberOrWord, Shape, fitted
from generator.editorial.yaml_reader import Document, parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Fact


class FactShape(Shape):
    """One fact."""

    what: ClassVar[str] = "fact"
    as_of: Day
    expires: Day | None = None
    published: Day | None = None
    source: Line
    url: Address
    values: dict[Key, NumberOrWord]

    @property
    def until(self) -> date:
        """The first day on which the fact no longer holds."""
        return self.expires or self.as_of + timedelta(days=1)

    def fact(self, key: str, line: str) -> Fact:
        """The model's own object."""
        return Fact(
            key=key,
            as_of=self.as_of,
            expires=self.until,
            values={
                name: value if isinstance(value, str) else Decimal(str(value)) for name, value in self.values.items()
            },
            source=self.source,
            url=self.url,
            published=self.published or self.as_of,
            line=line,
        )


class FactsShape(Shape):
    """One file of facts."""

    what: ClassVar[str] = "a file of facts"
    key: Key
    facts: list[FactShape]


def read_facts(content: Path) -> tuple[Fact, ...]:
    """Every fact, oldest first; every fault in every file is reported at once."""
    facts, faults = gather_facts(content)
    if faults:
        raise ContentError(faults)
    return facts


def gather_facts(content: Path) -> tuple[tuple[Fact, ...], list[Fault]]:
    """Every fact that can be read, oldest first, and every fault in the files."""
    facts: list[Fact] = []
    faults: list[Fault] = []
    for path in sorted((content / "facts").glob("*.yaml")):
        where = f"content/facts/{path.name}"
        try:
            document = parse(read_text(path, where, content), where)
        except ContentError as error:
            faults.extend(error.faults)
            continue
        shape, found = fitted(document, FactsShape)
        faults += found
        if shape is not None:
            faults += _faults(document, shape)
            facts += [one.fact(shape.key, document.at("facts", number)) for number, one in enumerate(shape.facts)]
    return tuple(sorted(facts, key=lambda fact: (fact.as_of, fact.key))), faults


def _faults(document: Document, shape: FactsShape) -> Iterator[Fault]:
    words: dict[str, bool] = {}
    for number, fact in enumerate(shape.facts):
        if fact.until <= fact.as_of:
            place = document.at("facts", number, "expires")
            yield Fault(place, f"'expires' should be after 'as_of', {fact.as_of}: or the fact would never hold.")
        for name, value in fact.values.items():
            if words.setdefault(name, isinstance(value, str)) is not isinstance(value, str):
                place = document.at("facts", number, "values", name)
                yield Fault(place, f"'{name}' is a number in one fact and a word in another.")
