"""Reads everything an editor writes from a publication's folder, or reports every fault in it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from generator.model import Fragment, Imprint, Publication

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
    facts, found = gather_facts(content)
    faults += found
    readings = _collect(faults, lambda: gather_readings(content))
    calendars, found = gather_calendars(content)
    faults += found
    choices, found = gather_choices(content)
    faults += found
    outlines, found = gather_outlines(content, universe)
    faults += found
    own, found = gather_own(content, outlines)
    faults += found
    shared, found = gather_shared_lines(content)
    faults += found
    fragments: dict[str, tuple[Fragment, ...]] = {}
    for edition in editions(content):
        outline = outlines.get(edition)
        borrowed = [slot for slot in outline.slots if "/" in slot] if outline else []
        spell = with_horizon(universe, outline.horizon) if outline and universe else str
        fragments[edition], found = read_fragments(content, edition, borrowed, spell, shared)
        fragments[edition] += tuple(own.get(edition, ()))
        faults += found
    decisions, found = decisions_of(facts)
    faults += found
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


def _collect(faults: list[Fault], gather: Callable[[], tuple[_Read | None, list[Fault]]]) -> _Read | None:
    try:
        read, found = gather()
    except ContentError as error:
        faults.extend(error.faults)
        return None
    faults += found
    return read
