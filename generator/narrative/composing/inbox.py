"""Chooses what an inbox shows of a newsletter: a subject and a preheader, whole statements that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from generator.errors import ContentError, Fault
from generator.model import Envelope, Publication, Role, Sentence, Takes, TextBlock, Variant
from generator.narrative.composing.composition import Paragraph, Writer
from generator.narrative.composing.posts import messages_of
from generator.narrative.language.openings import opening
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Candidate, Said, Tonight
from generator.narrative.planning import Plan
from generator.narrative.writing.referents import borrows_span

SUBJECT, PREHEADER = 60, 100
"""The most characters of each that inboxes show."""
FULL = 40
"""Characters from which a preheader is preferred: where one is shorter, the inbox goes on with what comes next."""


class Offer(NamedTuple):
    """Words that would do, and whether they are the story's own; else those of the story that is always true."""

    lines: Paragraph
    own: bool = True

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def envelope(plan: Plan, prose: Sequence[TextBlock], publication: Publication) -> Envelope:
    """The newsletter's subject and preheader; raises `ContentError` where no subject that is true fits.

    The preheader is empty where nothing can stand beside the subject; `check` tells of that.
    """
    subject, preheader = choose(plan, prose, publication)
    if subject:
        return Envelope(subject.lines[0], preheader.lines if preheader else ())
    where = f"{plan.angle.fragment.path}:{plan.angle.fragment.when_line}"
    message = f"no headline or subject of this story has {SUBJECT} characters or fewer on this session."
    raise ContentError([Fault(where, f"{message} Write shorter ones under '# subject'.")])


def choose(plan: Plan, prose: Sequence[TextBlock], publication: Publication) -> tuple[Offer | None, Offer | None]:
    """Subject and preheader, each None where nothing fits."""
    headline = next(block for block in prose if block.role is Role.HEADLINE)
    subject = subject_of(plan, Offer(headline.sentences))
    if subject is None:
        return None, None
    short = None
    for one in _beside(plan, prose):
        if _adds(plan.tonight, publication, subject, one):
            if len(one.text) >= FULL:
                return subject, one
            short = short or one
    return subject, short


def subject_of(plan: Plan, *first: Offer) -> Offer | None:
    """The `first` of what could be a subject that fits, else a wording of the story's headline or its `# subject`."""
    offers = chain(first, _of_stories(plan, ("headline", "subject"), Register.HEADLINE))
    return next((one for one in offers if len(one.lines) == 1 and len(one.text) <= SUBJECT), None)


def _beside(plan: Plan, prose: Sequence[TextBlock]) -> Iterator[Offer]:
    """What may stand beside a subject, best first: what stands below the headline, the other side, the other news."""
    yield from (Offer(block.sentences) for block in prose if block.role is Role.STANDFIRST)
    messages = messages_of(plan, prose)
    for what in (Takes.OTHER_SIDE, Takes.POINTS):
        yield from (Offer(message.sentences) for message in messages[what])
    yield from _of_stories(plan, ("preheader", "standfirst", "post"), Register.BRIEF)


def _of_stories(plan: Plan, parts: Sequence[str], register: Register) -> Iterator[Offer]:
    """The parts' wordings, filled in, the one whose turn it is first: the day's story's, then the one always true."""
    tonight = plan.tonight
    always = [one for one in tonight.candidates(tonight.newsroom.outline.angle) if not one.fragment.when]
    for story in dict.fromkeys([plan.angle.fragment.key, *(one.fragment.key for one in always)]):
        own = story == plan.angle.fragment.key
        candidate = plan.angle if own else next(one for one in always if one.fragment.key == story)
        for part in parts:
            for variant in _turns(tonight, candidate, part):
                voice = Voice(tonight.turn, register)
                if lines := Writer(plan, voice, tonight.statements.sides(plan.said)).write(candidate, [variant], part):
                    yield Offer(lines, own)


def _turns(tonight: Tonight, candidate: Candidate, part: str) -> list[Variant]:
    """The part's wordings that can be filled: those of this session in their turn, then the others."""
    mine = tonight.wordings(candidate, part)
    written = candidate.fragment.parts.get(part, ())
    return [*mine, *(one for one in written if one not in mine and tonight.ready(one, candidate))]


def _adds(tonight: Tonight, publication: Publication, subject: Offer, offer: Offer) -> bool:
    """Whether the words fit, tell none of the subject's figures again, and are nobody else's."""
    first, last = offer.lines[0], subject.lines[-1]
    return (
        len(offer.text) <= PREHEADER
        and not _stated(tonight, subject.lines) & _stated(tonight, offer.lines)
        and opening(first.text) != opening(last.text)
        and not borrows_span(publication, last, first)
        and not any(piece.claim and piece.claim.source for line in offer.lines for piece in line.pieces)
    )


def _stated(tonight: Tonight, lines: Sequence[Sentence]) -> Said:
    claims = [piece.claim for line in lines for piece in line.pieces if piece.claim]
    return tonight.statements.stated({claim.name for claim in claims if claim.kind == "figure"})
