"""Lines that take up what nothing finds."""

from __future__ import annotations

from generator.narrative.checks.links import link_faults

from ..conftest import Room


def test_what_no_passage_finds_is_not_taken_up(newsroom: Room) -> None:
    """Each such line is told with its place, be it the line itself or one that stands where the other does not."""
    words = "It closed. [if told not-rates] Not those. [elif told not-rate] Nor that. [else] But those."
    text = f"---\nfinds: [not-rates]\n---\n- {words}\n"
    made = newsroom({"large/x": text}, small_return_1d=[1.0])
    (one,) = made.publication.fragments[made.edition]
    found = [str(fault) for fault in link_faults(one, one.finds)]
    assert [fault.partition(" ")[0] for fault in found] == [
        "content/session/large/x.md:4.2:",
        "content/session/large/x.md:4.3:",
    ]
    assert all("Did you mean 'not-rates'?" in fault for fault in found)
    assert [*link_faults(one, {"not-rates", "not-rate"})] == []
    assert "`finds: [not-rate" in str(next(iter(link_faults(one, {"broad"}))))
