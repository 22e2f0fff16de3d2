"""The archive as a site knows it: what lists tell of each issue, read anew only where an issue was written again."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson

from generator.errors import DataError, OutputError
from generator.model import Correction, Entry
from generator.publishing.archive import PAPER, STATE, Shelved, shelved
from generator.publishing.corrections import MOST, by_issue, differences
from generator.publishing.laid import Kept, Laid, read_laid
from generator.publishing.public import write_file
from generator.publishing.words import words_in
from generator.site.laying import Layout, entry_from, values_of

INDEX = "index.json"
FORMAT = 2
HELD = 1_000
"""How many issues are held in memory as they were laid out; others are read a second time for their page."""


@dataclass(frozen=True, slots=True)
class Known:
    """An issue that the site has."""

    entry: Entry
    place: str
    """The folder that it stands in."""
    stamp: tuple[int, ...]
    digest: str
    """Of the issue and its ledger."""
    version: str
    """Of its words."""
    pictures: Mapping[str, str]
    """The files that stand beside its article, with the digest of each."""
    told: str
    """A digest of what lists tell of it."""
    key: str
    """`2024-07-11/session`."""
    whole: bool = True
    """False for one that was published and cannot be read any more: its page stays as it is."""

    @property
    def shelved(self) -> Shelved:
        """Its folder, to be read."""
        return Shelved(self.entry.session, self.entry.kind, self.place, self.stamp)


@dataclass
class Shelf:
    """All issues, oldest first, and what there is to say of the archive."""

    output: Path
    layout: Layout
    known: list[Known] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """Issues that the site had and the archive has no more."""
    held: dict[str, Laid] = field(default_factory=dict)
    earlier: Mapping[str, Known] = field(default_factory=dict)
    """What the run before knew."""
    same: bool = False
    """Whether it was found out as it would be now."""

    @cached_property
    def published(self) -> Kept:
        """What was published before."""
        return Kept(self.output)

    @cached_property
    def to_compare(self) -> list[Known]:
        """The issues whose words may have changed: those that are not in the index of the run before as they are."""
        before = {key: one.digest for key, one in self.earlier.items()}
        real = (one for one in self.known if one.whole and not one.entry.simulated)
        return [one for one in real if before.get(one.key) != one.digest]

    def laid(self, one: Known, told: Sequence[Correction]) -> Laid:
        """The issue as it is laid out with these corrections."""
        wanted = self.layout.page_of(one.digest, told, PAPER in one.pictures)
        found = self.held.pop(one.key, None) or read_laid(self.output, one.key)
        return found if found and found.page_of == wanted else self.layout.lay(one.shelved, told)


def open_shelf(
    layout: Layout, corrections: Sequence[Correction], held_back: Mapping[str, str] = MappingProxyType({})
) -> Shelf:
    """The archive, with the index of an earlier run where issues would be read as they were for that.

    `held_back` says of issues why they are not to be published yet; the page of one that is out stays as it is.
    """
    output = layout.output
    found, notices = shelved(output)
    earlier, same = _read_index(output, layout.basis)
    shelf = Shelf(output, layout, notices=notices, earlier=earlier, same=same)
    told = by_issue(corrections)
    for one in found:
        before = earlier.get(one.key)
        if one.key in held_back:
            _keep(shelf, before, held_back[one.key])
        elif before and same and before.stamp == one.stamp:
            shelf.known.append(before)
        else:
            try:
                shelf.known.append(_taken_in(shelf, one, told.get(one.key, ())))
            except DataError as error:
                _keep(shelf, before, str(error))
    standing = {one.key for one in shelf.known}
    for key, before in earlier.items():
        if key not in standing:
            if os.path.isdir(before.place):  # half of it is left: what was published stays
                _keep(shelf, before, "")
            else:
                shelf.gone.append(key)
    shelf.known.sort(key=lambda one: (one.entry.session, one.entry.kind))
    if not shelf.known:
        lines = "".join(f"\n{notice}" for notice in shelf.notices)
        raise OutputError(f"{output}: holds no issue. Write one first, or name the archive with --output.{lines}")
    return shelf


def _keep(shelf: Shelf, before: Known | None, told: str) -> None:
    """Leave the page of an issue that cannot be read any more as it is."""
    if told:
        shelf.notices.append(told)
    if before:
        shelf.notices.append(f"{before.key}: its page stays as it was published.")
        shelf.known.append(replace(before, stamp=(), pictures={}, whole=False))


def _taken_in(shelf: Shelf, one: Shelved, told: Sequence[Correction]) -> Known:
    laid = shelf.layout.found(one)
    if laid is None:
        laid = shelf.layout.lay(one, told)
    elif len(shelf.held) < HELD:
        shelf.held[one.key] = laid
    values = laid.entry
    seen = sha256(orjson.dumps(values)).hexdigest()[:24]
    return Known(entry_from(values), one.place, one.stamp, laid.digest, laid.version, laid.pictures, seen, one.key)


# --- what was published, and what is corrected --------------------------------------------------


def new_corrections(shelf: Shelf, made: tuple[Correction, ...], at: Callable[[], datetime]) -> list[Correction]:
    """A correction of each issue that says or shows something else than when it was published.

    One of a simulated market is none: nobody was told anything of a real one.
    """
    last = {one.issue: one.version for one in made if one.version}
    found: list[Correction] = []
    for one in shelf.to_compare:
        if last.get(one.key) == one.version or shelf.published.stands(one.key, one.digest):
            continue
        was = shelf.published.read(one.key)
        if was is None or was.digest == one.digest:
            continue
        now = words_in(_laid(shelf, one).words)
        text, differing = differences(was, now) if now else ("", ())
        if differing:
            untold = max(0, len(differing) - MOST)
            found.append(Correction(one.key, at(), text, differing[:MOST], one.version, untold))
    return found


def keep_words(shelf: Shelf) -> None:
    """Keep the words of every issue as it is now published."""
    for one in shelf.to_compare:
        if not shelf.published.stands(one.key, one.digest):
            _laid(shelf, one)
            shelf.published.keep(one.key)


def _laid(shelf: Shelf, one: Known) -> Laid:
    """The issue as it was laid out, with whatever corrections."""
    found = shelf.held.get(one.key) or read_laid(shelf.output, one.key)
    return found if found and found.digest == one.digest else shelf.layout.lay(one.shelved, ())


# --- the index ----------------------------------------------------------------------------------


def write_index(shelf: Shelf) -> None:
    """Keep what was found out about the issues for the next run."""
    earlier = shelf.earlier
    if shelf.same and len(earlier) == len(shelf.known) and all(earlier.get(one.key) is one for one in shelf.known):
        return
    issues = {
        one.key: [values_of(one.entry), one.stamp, one.digest, one.version, one.pictures, one.told]
        for one in shelf.known
    }
    held = {"format": FORMAT, "basis": shelf.layout.basis, "issues": issues}
    write_file(shelf.output / STATE / INDEX, orjson.dumps(held, option=orjson.OPT_APPEND_NEWLINE))


def _read_index(output: Path, basis: str) -> tuple[dict[str, Known], bool]:
    """The issues of an earlier run by their key, and whether what was found out about them still holds."""
    try:
        kept = orjson.loads((output / STATE / INDEX).read_bytes())
        if kept["format"] != FORMAT:
            return {}, False
        known = {key: _from_index(key, f"{output}/{key}", *values) for key, values in kept["issues"].items()}
        return known, kept["basis"] == basis
    except (OSError, ValueError, KeyError, TypeError):  # none, or one that is damaged: everything is read anew
        return {}, False


def _from_index(
    key: str,
    place: str,
    values: list[Any],
    stamp: list[int],
    digest: str,
    version: str,
    pictures: dict[str, str],
    told: str,
) -> Known:
    return Known(entry_from(values), place, tuple(stamp), digest, version, pictures, told, key)
