"""Finds stories that cannot give the newsletter a subject, or an issue that has no preheader."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generator.errors import CommentaryError, Fault
from generator.model import Fragment
from generator.narrative.composing.composition import compose
from generator.narrative.composing.inbox import PREHEADER, SUBJECT, choose, subject_of
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import plan, told_as

TRIED = 24
"""The sessions of each story, at even distances, on which its subject is tried."""
EVERY = 91
"""One session in so many is tried whole, for its preheader."""
_FIXED = {"subject": SUBJECT, "preheader": PREHEADER}


def length_faults(fragment: Fragment) -> Iterator[Fault]:
    """Subjects and preheaders whose fixed words alone are too long, whatever is filled in."""
    for part, most in _FIXED.items():
        for variant in fragment.parts.get(part, ()) if part in list(fragment.parts) else ():
            if (length := sum(map(len, variant.plain))) > most:
                message = (
                    f"has {length} characters before anything is filled in; a newsletter's {part} may have {most}."
                )
                yield Fault(variant.source, message)


def inbox_faults(newsroom: Newsroom) -> Iterator[Fault]:
    """Stories without a subject that fits on a session of theirs, and issues without a preheader."""
    numbers = {one.key: number for number, one in enumerate(newsroom.publication.fragments[newsroom.edition])}
    appears = np.zeros(len(newsroom.days), dtype=np.bool_)
    appears[newsroom.axis.rows] = True
    for key, number in numbers.items():
        if newsroom.by_key[key].slot == newsroom.outline.angle:
            rows = np.flatnonzero(newsroom.held[:, number] & appears)
            yield from _without_subject(newsroom, key, rows[:: max(1, len(rows) // TRIED)].tolist())
    for row in newsroom.axis.rows[::EVERY].tolist():
        try:
            planned = plan(newsroom.at(row))
        except CommentaryError:
            continue  # a session that has no article, as one without a close
        subject, preheader = choose(planned, compose(planned), newsroom.publication)
        if subject and not (preheader and preheader.own):
            story = planned.angle.fragment
            message = (
                f"on {newsroom.days[row]} nothing beside the subject of this story fits in {PREHEADER} characters."
            )
            yield Fault(f"{story.path}:{story.when_line}", f"{message} Write some words under '# preheader'.")


def _without_subject(newsroom: Newsroom, key: str, rows: list[int]) -> Iterator[Fault]:
    """One fault for a story that has no subject on some of these sessions."""
    failed = []
    for row in rows:
        tonight = newsroom.at(row)
        story = next(one for one in tonight.candidates(newsroom.outline.angle) if one.fragment.key == key)
        told = told_as(tonight, story)
        found = subject_of(told) if told else None
        if told and not (found and found.own):
            failed.append(row)
    if failed:
        fragment = newsroom.by_key[key]
        message = f"no headline or subject of this story has {SUBJECT} characters or fewer on {len(failed)} of the"
        end = f"{len(rows)} sessions tried, such as {newsroom.days[failed[-1]]}. Write shorter ones under '# subject'."
        yield Fault(f"{fragment.path}:{fragment.when_line}", f"{message} {end}")
