"""`content/sources/*.yaml`: cited facts, each with its source and the sessions on which it holds.

`content/sources/day/*.yaml` are an editor's notes of one session, each a fact of that session.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from generator.editorial.document import Document
from generator.editorial.notes import Id, NotesShape
from generator.editorial.schema import Shape, fitted
from generator.editorial.values import Address, Day, Key, Line, NumberOrWord, Prose
from generator.editorial.yaml_reader import documents, parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Fact

FOLDER = "sources"


class FactShape(Shape):
    """One fact."""

    what: ClassVar[str] = "fact"
    id: Id
    as_of: Day
    expires: Day | None = None
    published: Day | None = None
    dated: Line | None = None
    """What the day beside the source is if not that of publication: a later record's is that on which it was known."""
    source: Line
    title: Line | None = None
    url: Address
    values: dict[Key, NumberOrWord]
    # For the editor, so that a number's meaning and standing are on record beside it.
    unit: Line | None = None
    measures: Prose | None = None
    confidence: Prose | None = None
    note: Prose | None = None

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
            id=self.id,
            dated=self.dated or "published",
            line=line,
        )


class FactsShape(Shape):
    """One file of facts."""

    what: ClassVar[str] = "a file of facts"
    key: Key | None = None
    facts: list[FactShape] | None = None
    keys: dict[Key, list[FactShape]] | None = None
    """Several keys in one file, each with its facts."""


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
    faults += [
        Fault(f"content/facts/{path.name}", f"is no longer read here: move it to content/{FOLDER}/.")
        for path in sorted((content / "facts").glob("*.yaml"))
    ]
    for pattern, read in ((f"{FOLDER}/*.yaml", _facts), (f"{FOLDER}/day/*.yaml", _notes)):
        for document in documents(content, pattern, faults):
            found, wrong = read(document)
            facts += found
            faults += wrong
    faults += _twice(facts)
    return tuple(sorted(facts, key=lambda fact: (fact.as_of, fact.published, fact.key, fact.id))), faults


def read_notes(path: Path) -> tuple[date, bytes]:
    """The session that a file of notes is about, and its text; raises `ContentError` for one that cannot be read."""
    text = read_text(path, str(path))
    shape, faults = _noted(parse(text, str(path)))
    if shape is None or faults:
        raise ContentError(faults)
    return shape.session, text.encode()


def _noted(document: Document) -> tuple[NotesShape | None, list[Fault]]:
    shape, faults = fitted(document, NotesShape)
    return shape, [*faults, *(shape.faults(document) if shape else ())]


def _notes(document: Document) -> tuple[list[Fact], list[Fault]]:
    shape, faults = _noted(document)
    return shape.facts(document) if shape else [], faults


def _facts(document: Document) -> tuple[list[Fact], list[Fault]]:
    shape, faults = fitted(document, FactsShape)
    if shape is None:
        return [], faults
    groups: list[tuple[str, list[FactShape], tuple[Any, ...]]] = []
    if shape.key is not None and shape.facts is not None and shape.keys is None:
        groups = [(shape.key, shape.facts, ("facts",))]
    elif shape.keys is not None and shape.key is None and shape.facts is None:
        groups = [(key, listed, ("keys", key)) for key, listed in shape.keys.items()]
    elif not faults:
        faults.append(Fault(document.at(), "has either 'key' and 'facts', or 'keys' with the facts of each."))
    facts = [
        one.fact(key, document.at(*place, number)) for key, listed, place in groups for number, one in enumerate(listed)
    ]
    for key, listed, place in groups:
        faults += _faults(document, key, listed, place)
    return facts, faults


def _faults(document: Document, key: str, listed: Iterable[FactShape], place: tuple[Any, ...]) -> Iterator[Fault]:
    words: dict[str, bool] = {}
    if key == "note" or key.startswith(("note_", "last_")):
        yield Fault(document.at(*place), f"'{key}' cannot be a key here: notes and the newest facts are called so.")
    for number, fact in enumerate(listed):
        if fact.until <= fact.as_of:
            at = document.at(*place, number, "expires")
            yield Fault(at, f"'expires' should be after 'as_of', {fact.as_of}: or the fact would never hold.")
        for name, value in fact.values.items():
            if words.setdefault(name, isinstance(value, str)) is not isinstance(value, str):
                at = document.at(*place, number, "values", name)
                yield Fault(at, f"'{name}' is a number in one fact and a word in another.")


def _twice(facts: Iterable[Fact]) -> Iterator[Fault]:
    """Ids given to two facts, and keys that lie in two files, where one name might mean two things."""
    ids: dict[str, str] = {}
    files: dict[str, str] = {}
    for fact in facts:
        if ids.setdefault(fact.id, fact.line) != fact.line:
            yield Fault(fact.line, f"the id '{fact.id}' stands at {ids[fact.id]} already; every fact has its own.")
        file = fact.line.rpartition(":")[0]
        if "/day/" not in file and files.setdefault(fact.key, file) != file:
            yield Fault(fact.line, f"facts of '{fact.key}' are in {files[fact.key]} already; keep a key in one file.")
