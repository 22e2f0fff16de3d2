"""What an altered edition is put to: verified with and without being printed again, and told kind by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar

import orjson

from generator.assembly import Edition
from generator.errors import DataError
from generator.products import formats_of
from generator.verbs.verify import comparable
from generator.verification.figures.answers import Answers
from generator.verification.products.files import check_manifest, check_reprint
from generator.verification.products.form import read_ledger
from generator.verification.reader import SecondReader

from .places import places

Files = dict[str, bytes]
Made = Iterator[tuple[str, Files | Callable[[], Files]]]
"""(what was altered, the altered files, or what makes them where that takes its time)"""
Item = TypeVar("Item")
LEDGER = "edition.json"
HIDDEN = re.compile(r"(?s)<head>.*?</head>|<svg\b.*?</svg>|<span class=\"why\".*?</span>|<[^>]*>")


@dataclass(frozen=True)
class Case:
    """A finished edition, all that is known of it, and how it can be made anew."""

    files: Files
    reader: SecondReader
    edition: Edition
    again: Callable[[Edition, Sequence[str]], Files]
    """The files of an edition in the formats asked for, made by the program itself."""
    made_with: Mapping[str, str]
    printed: dict[frozenset[str], Files] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.files[name].decode()

    @property
    def ledger(self) -> dict[str, Any]:
        ledger: dict[str, Any] = orjson.loads(self.files[LEDGER])
        return ledger

    def put(self, name: str, text: str) -> Files:
        return {**self.files, name: text.encode()}


FOLDER = "files deleted, added, emptied"
"""The kind that leaves the manifest as it was."""
Kind = Callable[[Case], Made]
Kinds = dict[str, Kind]


def kind(into: Kinds, name: str) -> Callable[[Kind], Kind]:
    """Keep what makes the alterations of one kind under its name."""

    def keep(made: Kind) -> Kind:
        assert name not in into
        into[name] = made
        return made

    return keep


def evenly(items: Sequence[Item], most: int) -> list[Item]:
    """At most so many of the items, at even distances."""
    return [items[number * len(items) // most] for number in range(most)] if len(items) > most else list(items)


def swapped_in(case: Case, name: str, pattern: str, change: Callable[[str], str], most: int) -> Made:
    text = case.text(name)
    found = [one for one in places(name, text, pattern, HIDDEN) if change(one[0]) != one[0]]
    for one in evenly(found, most):
        yield f"{name}: {one[0]}", case.put(name, text[: one.start()] + change(one[0]) + text[one.end() :])


def dumped(ledger: object) -> bytes:
    """The ledger as the program lays it out."""
    return orjson.dumps(ledger, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


# --- the trial ------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """How one kind fared: how many alterations, and which were missed, by the whole of verify and by the reader alone."""

    tried: int = 0
    missed: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)


def resealed(files: Files) -> Files:
    """The files, with every digest in the manifest put right."""
    try:
        ledger = orjson.loads(files[LEDGER])
        for name, record in ledger["files"].items():
            if name in files:
                record["sha256"] = sha256(files[name]).hexdigest()
    except (ValueError, KeyError, TypeError, AttributeError):
        return files
    text = dumped(ledger)
    return {**files, LEDGER: text} if text != files[LEDGER] else files


def trial(case: Case, kinds: Mapping[str, Kind], most: int | None = None) -> dict[str, Outcome]:
    """Every alteration of the edition (or at most so many of each kind), verified in both ways."""
    outcomes: dict[str, Outcome] = {}
    for name, make in kinds.items():
        outcome = outcomes[name] = Outcome()
        made = [one for one in make(case) if one[1] != case.files]
        for what, files in made if most is None else evenly(made, most):
            files = files() if callable(files) else files
            if files == case.files:
                continue
            # What is done to the files of a folder, or to the layout of a ledger, must stay as it is.
            seal = name != FOLDER and files[LEDGER] == case.files[LEDGER]
            alone, together = verified(case, resealed(files) if seal else files)
            outcome.tried += 1
            outcome.alone += [] if alone else [what]
            outcome.missed += [] if together else [what]
    return outcomes


def verified(case: Case, files: Files) -> tuple[bool, bool]:
    """Whether the second reader alone finds a fault, and whether the reprint or the reader does."""
    try:
        ledger = read_ledger(files[LEDGER], LEDGER)
    except DataError:
        return True, True
    alone = bool(_read(case, files, ledger).faults)
    again, _ = comparable(printed(case, files, ledger), case.made_with, files, ledger)
    answers = Answers()
    if again is not None:
        check_reprint(answers, files, again, ledger)
    return alone, alone or bool(answers.faults)


def _read(case: Case, files: Files, ledger: Mapping[str, Any]) -> Answers:
    """What the second reader says; files that are as they were, beside a ledger that says the same, it has passed."""
    same = {**ledger, "files": None} == {**case.ledger, "files": None}
    altered = {name: content for name, content in files.items() if not same or content != case.files.get(name)}
    named = ledger.get("files")
    holds = same and isinstance(named, dict) and list(named) == list(case.ledger["files"])
    answers = case.reader.read_files(altered, ledger, ledger_holds=holds)
    check_manifest(answers, files, ledger, case.edition.channels)
    return answers


def printed(case: Case, files: Files, ledger: Mapping[str, Any]) -> Files:
    """The edition printed again, in the formats of the files and of the manifest."""
    formats = frozenset(formats_of({*files, *(ledger.get("files") or {})}, case.edition.channels))
    if formats not in case.printed:
        case.printed[formats] = case.again(case.edition, sorted(formats))
    return case.printed[formats]


HEAD = f"{'altered':<52} {'tried':>6} {'missed':>7} {'by the reader alone':>20}"


def line(name: str, one: Outcome) -> str:
    """How one kind fared, or all together."""
    return f"{name:<52} {one.tried:>6} {len(one.missed):>7} {len(one.alone):>20}"


def total(outcomes: Iterable[Outcome]) -> Outcome:
    """All kinds taken together."""
    whole = Outcome()
    for one in outcomes:
        whole.tried += one.tried
        whole.missed += one.missed
        whole.alone += one.alone
    return whole
