"""Finds lines that take up what no passage of their kind finds, so that they would never stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.errors import ContentError, Fault
from generator.model import Fragment
from generator.suggestion import alike


def link_faults(fragment: Fragment, findings: Collection[str]) -> Iterator[Fault]:
    """Of one fragment, where its kind's passages find `findings`."""
    try:
        lines = [line for wordings in fragment.parts.values() for wording in wordings for line in wording.then]
    except ContentError:  # reported where the words are parsed
        return
    for line in lines:
        links = [*([line.link] if line.link else []), *(one.link for one in line.unless)]
        for key in sorted({key for link in links for key in link.keys if key not in findings}):
            near = alike(key, [*findings])
            hint = f"Did you mean '{near}'?" if near else f"Set `finds: [{key}]` in the passage that does."
            yield Fault(line.source, f"'{key}' is found by no passage of this kind of article. {hint}")
