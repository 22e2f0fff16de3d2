"""Reads everything an editor writes from a publication's folder, or reports every fault in it at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from generator.editorial.calendars import gather_calendars
from generator.editorial.channels import gather_channels
from generator.editorial.choices import gather_choices
from generator.editorial.decisions import decisions_of, measured_of, peaks_of
from generator.editorial.facts import gather_facts
from generator.editorial.fragments import read_fragments, with_horizon
from generator.editorial.kinds import editions, gather_outlines
from generator.editorial.lexicon import gather_lexicon
from generator.editorial.masthead import gather_imprint
from generator.editorial.own import gather_own
from generator.editorial.readings import gather_readings
from generator.editorial.shared_lines import gather_shared_lines
from generator.editorial.universe import gather_universe
from generator.errors import ContentError, Fault
from generator.model import Fragment, Imprint, Outline, Publication, Universe

_Read = TypeVar("_Read")
_NOBODY = Imprint("", "", "", "https://example.com/{date}/", "", "", "")
"""Stands in for an unreadable masthead while the rest is checked."""


def read_publication(root: Path, templates: Sequence[Path]) -> Publication:
    """The publication at `root` (the folder that holds content/); raises `ContentError` with every fault."""
    publication, faults = gather_publication(root, templates)
    if faults or publication is None:
        raise ContentError(faults)
    return publication


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
    facts = _kept(faults, gather_facts(content))
    readings = _collect(faults, lambda: gather_readings(content))
    calendars = _kept(faults, gather_calendars(content))
    choices = _kept(faults, gather_choices(content))
    outlines = _kept(faults, gather_outlines(content, universe))
    fragments = _fragments(content, outlines, universe, faults)
    decisions = _kept(faults, decisions_of(facts))
    if universe is None or lexicon is None:
        return None, faults
    universe = replace(universe, decisions=decisions, peaks=peaks_of(facts), measured=measured_of(facts))
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
        choices,
    )
    return made, faults


def _fragments(
    content: Path, outlines: Mapping[str, Outline], universe: Universe | None, faults: list[Fault]
) -> dict[str, tuple[Fragment, ...]]:
    """By kind, the fragments that its parts take from, and an editor's own sentences."""
    own = _kept(faults, gather_own(content, outlines))
    shared = _kept(faults, gather_shared_lines(content))
    found: dict[str, tuple[Fragment, ...]] = {}
    for kind in editions(content):
        outline = outlines.get(kind)
        borrowed = [slot for slot in outline.slots if "/" in slot] if outline else []
        spell = with_horizon(universe, outline.horizon) if outline and universe else str
        read = _kept(faults, read_fragments(content, kind, borrowed, spell, shared))
        found[kind] = (*read, *own.get(kind, ()))
    return found


def _kept(faults: list[Fault], gathered: tuple[_Read, list[Fault]]) -> _Read:
    """What was read; its faults are added to the others."""
    read, found = gathered
    faults += found
    return read


def _collect(faults: list[Fault], gather: Callable[[], tuple[_Read | None, list[Fault]]]) -> _Read | None:
    try:
        read, found = gather()
    except ContentError as error:
        faults.extend(error.faults)
        return None
    faults += found
    return read
