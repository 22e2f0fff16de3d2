"""Which issues an issue leads to: those before and after it, and those that tell of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.site.lists import grouped
from generator.site.shelf import Known


def neighbours(known: Sequence[Known]) -> tuple[dict[str, Known], dict[str, Known]]:
    """For each issue by its key the one of its kind before it, and the one after."""
    before: dict[str, Known] = {}
    after: dict[str, Known] = {}
    last: dict[str, Known] = {}
    for one in known:
        if earlier := last.get(one.entry.kind):
            before[one.key], after[earlier.key] = earlier, one
        last[one.entry.kind] = one
    return before, after


def related(known: Sequence[Known], before: Mapping[str, Known], most: int = 3) -> dict[str, list[Known]]:
    """For each issue others of its day, then earlier ones that told the same story, then of its first subject.

    Only earlier ones, so that a new issue changes no page but its neighbours'.
    """
    days = grouped(known, lambda one: one.entry.session.isoformat())
    stories: dict[str, list[Known]] = {}
    found: dict[str, list[Known]] = {}
    for one in known:
        entry = one.entry
        keys = (f"story {entry.angle}", f"tag {entry.tags[0] if entry.tags else ''}")
        told = [other for other in days[entry.session.isoformat()] if other is not one]
        for key in keys:
            told += stories.get(key, [])[::-1]
        fit = [other for other in told if other is not before.get(one.key) and other.entry.simulated <= entry.simulated]
        found[one.key] = list({other.key: other for other in fit}.values())[:most]
        for key in keys:
            stories[key] = [*stories.get(key, [])[-most:], one]
    return found
