"""Headings that the first sentence below repeats, and sections that would stand without one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.narrative.checks.headings import heading_faults

from ..conftest import Room

BODIES = ("The buying was broad. All rose.", "Whatever lifted stocks reached every part of the market.")


def faults(newsroom: Room, headings: tuple[str, ...], bodies: tuple[str, ...], slot: str = "large") -> list[str]:
    """What is said of a passage with these headings and wordings; the second side has no headings but its passages'."""
    head = "# heading\n" + "".join(f"- {one}\n" for one in headings) if headings else ""
    text = f"---\ntone: caution\n---\n{head}# body\n" + "".join(f"- {one}\n" for one in bodies)
    made = newsroom({f"{slot}/x": text}, small_return_1d=[1.0])
    outline = replace(made.outline, parts=tuple(one for one in made.outline.parts if one.key in ("large", "against")))
    fragments = made.publication.fragments[made.edition]
    return [str(fault) for one in fragments for fault in heading_faults(one, outline)]


@pytest.mark.parametrize(
    ("headings", "repeated"),
    [
        (("The buying was broad", "Buying was very broad"), True),
        (("The buying was broad", "Nearly every industry rose"), False),
        (("A broad gain", "Every part of the market rose"), False),
    ],
)
def test_a_heading_is_not_said_again_by_the_sentence_below_it(
    newsroom: Room, headings: tuple[str, ...], repeated: bool
) -> None:
    """One heading that differs is enough, as it stands there on that day; a sentence that tells more may share words."""
    found = faults(newsroom, headings, BODIES)
    assert [": its first sentence says what the headings say" in one for one in found] == [True] * repeated
    assert all(one.startswith("content/session/large/x.md:8:") for one in found)


def test_where_a_part_has_no_headings_each_passage_has_its_own(newsroom: Room) -> None:
    """Otherwise it would stand below a heading that is about something else."""
    assert "part 'against' has no heading but those of its passages" in "".join(faults(newsroom, (), BODIES, "against"))
    assert faults(newsroom, ("A bear market", "The trend"), BODIES, "against") == []
    assert faults(newsroom, (), BODIES) == []
