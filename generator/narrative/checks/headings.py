"""Finds headings that say nothing of their own, and those that stand above what they do not speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from generator.errors import ContentError, Fault
from generator.model import Fragment, Outline, Variant
from generator.narrative.language.echoes import ECHO, echo
from generator.narrative.planning import BOTTOM_LINE, LEAD, TAKEAWAYS


def heading_faults(fragment: Fragment, outline: Outline) -> Iterator[Fault]:
    """Every fault of the fragment's headings."""
    headings, bodies = _wordings(fragment, "heading"), _wordings(fragment, "body")
    if headings:
        yield from _one_sided(fragment, headings, outline)
    if fragment.slot in {part.slot for part in outline.parts if part.key in (LEAD, TAKEAWAYS, BOTTOM_LINE)}:
        return  # what stands there has no heading
    parts = [part for part in outline.parts if part.slot == fragment.slot]
    if not headings and any(not part.headings and not part.joined for part in parts):
        message = f"part '{parts[0].key}' has no heading but those of its passages: give this one a '# heading'."
        yield Fault(f"{fragment.path}:1", message)
    for body in bodies:
        said = _spelled(body)
        if headings and said and all(echo(_spelled(heading), said) >= ECHO for heading in headings):
            message = f"its first sentence says what the headings say, '{_spelled(headings[0])}'; reword one of them."
            yield Fault(body.source, message)


def _wordings(fragment: Fragment, part: str) -> tuple[Variant, ...]:
    try:
        return tuple(fragment.parts[part]) if part in fragment.parts else ()
    except ContentError:
        return ()  # reported already


def _spelled(variant: Variant) -> str:
    """The first line, with nothing in place of what its figures print."""
    return " ".join(variant.plain)


def _one_sided(fragment: Fragment, headings: Iterable[Variant], outline: Outline) -> Iterator[Fault]:
    """A heading of a passage's own above a part that is joined to it and speaks for the other side."""
    for above, below in pairwise(outline.parts):
        if above.slot != fragment.slot or {_spelled(one) for one in headings} <= set(above.headings):
            continue
        if below.joined and above.tone and below.tone and above.tone is not below.tone:
            message = f"its heading stands above the part '{below.key}', which speaks for the other side; take it out."
            yield Fault(f"{fragment.path}:1", message)
