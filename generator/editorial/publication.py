"""Reads everything an editor writes from a publication's folder, or reports every fault in it at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from generator import files
from generator.caching import kept
from generator.editorial.calendars import gather_calendars
from generator.editorial.channels import gather_channels
from generator.editorial.facts import gather_facts
from generator.editorial.fragments import read_fragments, with_horizon
from generator.editorial.kinds import editions, gather_outlines
from generator.editorial.lexicon import gather_lexicon
from generator.editorial.masthead import gather_imprint
from generator.editorial.readings import gather_readings
from generator.editorial.shared_lines import gather_shared_lines
from generator.editorial.universe import gather_universe
from generator.errors import ContentError, Fault
from generator.model import Fragment, Imprint, Publication

_Read = TypeVar("_Read")
_NOBODY = Imprint("", "", "", "https://example.com/{date}/", "", "", "")
"""Stands in for an unreadable masthead while the rest is checked."""


def read_publication(root: Path, templates: Sequence[Path]) -> Publication:
    """The publication at `root` (the folder that holds content/); raises `ContentError` with every fault.

    What was read once without a fault is kept, and read again only when a file of it has changed.
    """
    of = content_files(root)
    if of is None:
        return _without_fault(root, templates)
    place = "\n".join(map(str, (root, *templates)))
    return kept("publication", place, of, lambda: _without_fault(root, templates))


def _without_fault(root: Path, templates: Sequence[Path]) -> Publication:
    publication, faults = gather_publication(root, templates)
    if faults or publication is None:
        raise ContentError(faults)
    return publication


def content_files(root: Path) -> list[bytes] | None:
    """Each file's name and what it holds, below content/; None where one is no plain file, as reading will tell."""
    found: list[bytes] = []
    waiting = [str(root / "content")]
    try:
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in sorted(entries, key=lambda one: one.name):
                    found.append(entry.path.encode(errors="surrogateescape"))
                    if entry.is_symlink():
                        return None
                    if entry.is_dir():
                        waiting.append(entry.path)
                    else:
                        found.append(files.read_bytes(Path(entry.path)))
    except OSError:
        return None
    return found


def gather_publication(root: Path, templates: Sequence[Path]) -> tuple[Publication | None, list[Fault]]:
    """The publication as far as it can be read, and every fault in it.

    It is None if the universe or the lexicon, on which everything rests, could not be read; other faulty parts are left
    out.
    """
    content = root / "content"
    faults: list[Fault] = []
    imprint = _collect(faults, lambda: gather_imprint(content, len(editions(content)))[:2])
    channels = _collect(faults, lambda: gather_channels(content))
    universe = _collect(faults, lambda: gather_universe(content))
    lexicon = _collect(faults, lambda: gather_lexicon(content))
    facts, found = gather_facts(content)
    faults += found
    readings = _collect(faults, lambda: gather_readings(content))
    calendars, found = gather_calendars(content)
    faults += found
    outlines, found = gather_outlines(content, universe)
    faults += found
    shared, found = gather_shared_lines(content)
    faults += found
    fragments: dict[str, tuple[Fragment, ...]] = {}
    for edition in editions(content):
        outline = outlines.get(edition)
        borrowed = [slot for slot in outline.slots if "/" in slot] if outline else []
        spell = with_horizon(universe, outline.horizon) if outline and universe else str
        fragments[edition], found = read_fragments(content, edition, borrowed, spell, shared)
        faults += found
    if universe is None or lexicon is None:
        return None, faults
    fragments = {edition: fragments[edition] for edition in outlines}
    made = Publication(
        root,
        tuple(templates),
        imprint or _NOBODY,
        channels or (),
        universe,
        lexicon,
        outlines,
        fragments,
        facts,
        readings or (),
        calendars,
    )
    return made, faults


def _collect(faults: list[Fault], gather: Callable[[], tuple[_Read | None, list[Fault]]]) -> _Read | None:
    try:
        read, found = gather()
    except ContentError as error:
        faults.extend(error.faults)
        return None
    faults += found
    return read
