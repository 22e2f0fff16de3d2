"""Finds sentences that leave the reader guessing: what “it” is, which span a move covers, what a percentage is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from generator.errors import Fault
from generator.model import Publication, Sentence, Slot, Variant
from generator.narrative.language.stretches import Stretch, any_of, fits, named_in, owner, sentences

POINTS_BACK = re.compile(
    r"(?:Even so |Still |And |But |So |By then |Now |Yet )?(?:the whole of )?"
    r"(?:it|its|that(?= (?:is|was|leaves|puts|brings|makes|left|put|brought|made)\b)|the index)\b",
    re.IGNORECASE,
)
"""The beginning of a sentence whose subject is in the sentence before."""
NAMED_BY = {"weekday": "day", "month_name": "month", "quarter_number": "quarter", "year_number": "year"}
"""Placeholders that name a span of time, and the span that each names."""


def referent_faults(publication: Publication, variant: Variant, part: str) -> Iterator[Fault]:
    """Pronouns without a noun in the wording, measures without their name, moves without their span."""
    told = sentences(variant)
    yield from (Fault(variant.source, message) for message in _pronouns(publication, told, variant.follows))
    yield from (Fault(variant.source, message) for sentence in told for message in _names(publication, sentence))
    if part != "heading":
        yield from (Fault(variant.source, message) for message in _spans(publication, told))


def goes_on(publication: Publication, line: Variant) -> tuple[str, str] | None:
    """The “it” or the like that a line begins with, and the segment whose figure follows it; None if it names that."""
    sentence = sentences(line)[0]
    begins, of = _begins(publication, sentence), _of(publication, sentence)
    return (begins, of) if begins and of and of not in _named(publication, sentence) else None


def ends_about(publication: Publication, line: Variant) -> str | None:
    """The segment that the last sentence of a line is about."""
    return _subject(publication, sentences(line)[-1])


def _pronouns(publication: Publication, told: Sequence[Stretch], follows: bool) -> Iterator[str]:
    """Sentences that begin with “it” or the like although the sentence before, in the same wording, does not fit.

    The noun of a line that `follows` others may stand in one of these.
    """
    spoken: str | None = None
    for number, sentence in enumerate(told):
        if begins := _begins(publication, sentence):
            of = _of(publication, sentence)
            if number == 0 and not follows and (of or begins.lower() != "the index"):
                yield f"begins with '{begins}', whose noun stands in no sentence before it: name it."
            elif of and spoken and of != spoken and of not in _named(publication, sentence):
                yield f"begins with '{begins}' after a sentence about '{spoken}', and goes on with '{of}': name it."
            continue
        spoken = _subject(publication, sentence) or (spoken if POINTS_BACK.match(sentence.text) else None)


def _begins(publication: Publication, sentence: Stretch) -> str:
    """The words that a sentence begins with if its noun stands before it, else nothing."""
    found = POINTS_BACK.match(sentence.text)
    return found[0] if found and not any_of(publication.lexicon.senses.expletive).match(sentence.text) else ""


def _of(publication: Publication, sentence: Stretch) -> str | None:
    return next((key for _, slot in sentence.places if (key := _stated(publication, slot))), None)


def _named(publication: Publication, sentence: Stretch) -> list[str]:
    spoken = publication.lexicon.senses.spoken
    return [one.segment for one in named_in(sentence.text, sentence.slots, publication.universe, spoken)]


def _subject(publication: Publication, sentence: Stretch) -> str | None:
    """The segment that a sentence is about: the first one named after its last semicolon, else the first one named."""
    universe, spoken = publication.universe, publication.lexicon.senses.spoken
    named = named_in(sentence.text, sentence.slots, universe, spoken)
    last = sentence.text.rfind(";")
    return next((one.segment for one in named if one.at > last), named[0].segment if named else None)


def _stated(publication: Publication, slot: Slot) -> str | None:
    """The segment whose figure a placeholder prints."""
    name = slot.names[0]
    return None if name in publication.universe.segments or slot.many else owner(name, publication.universe)


def _names(publication: Publication, sentence: Stretch) -> Iterator[str]:
    for calling in publication.lexicon.senses.called:
        for slot in sentence.slots:
            if fits(slot.names[0], calling.measures) and not any_of(calling.words).search(sentence.text):
                names = ", ".join(calling.words[:4])
                yield f"'{slot.names[0]}' is not called what it is: one of {names} has to stand there."


def _spans(publication: Publication, told: Sequence[Stretch]) -> Iterator[str]:
    """Moves whose span is not named here or before, and moves of the day that follow another span without naming it."""
    named: set[str] = set()
    last = ""
    for sentence in told:
        here = frames_named(publication, sentence)
        named |= here
        for slot in sentence.slots:
            for frame in frames_of(publication, slot):
                if frame != "day" and frame not in named:
                    yield f"'{slot.names[0]}' is a move over a {frame}, and nothing says so."
                if frame == "day" and last not in ("", "day") and "day" not in here:
                    yield f"'{slot.names[0]}' is the day's, and stands after a sentence about a {last}: name the day."
        stated = [frame for slot in sentence.slots for frame in frames_of(publication, slot)]
        last = stated[-1] if stated else last


def frames_of(publication: Publication, slot: Slot) -> list[str]:
    """The spans whose moves a placeholder prints."""
    frames = publication.lexicon.senses.frames
    return [key for key, frame in frames.items() if any(fits(name, frame.measures) for name in slot.names)]


def frames_named(publication: Publication, sentence: Stretch) -> set[str]:
    """The spans that a sentence names, in words or through a placeholder."""
    frames = publication.lexicon.senses.frames
    found = {key for key, frame in frames.items() if any_of(frame.words).search(sentence.text)}
    for slot in sentence.slots:
        found |= {NAMED_BY[name] for name in slot.names if name in NAMED_BY}
        calls = {str(argument) for call in slot.calls for argument in call.arguments} | {
            call.name for call in slot.calls
        }
        found |= {"year"} if "year" in calls else {"month"} if "month" in calls else set()
        found |= {"day"} if slot.names[0] == "session_date" and calls & {"date", "full_date"} else set()
        found |= {"day"} if any(name.endswith(("_highest_since", "_lowest_since")) for name in slot.names) else set()
    return found


def borrows_span(publication: Publication, before: Sentence | None, sentence: Sentence) -> bool:
    """Whether a finished sentence is about the day without naming it, right after one about another span."""
    last = _told_over(publication, before) if before else []
    if not last or last[-1] == "day":
        return False
    first = _told_over(publication, sentence)
    if not first or first[0] != "day":
        return False
    named = any_of(publication.lexicon.senses.frames["day"].words).search(sentence.text)
    return not (named or any(piece.claim and piece.claim.name == "weekday" for piece in sentence.pieces))


def _told_over(publication: Publication, sentence: Sentence) -> list[str]:
    """The spans whose moves a finished sentence prints, in order."""
    measures = tuple([(key, frame.measures) for key, frame in publication.lexicon.senses.frames.items()])
    names = [piece.claim.name for piece in sentence.pieces if piece.claim and piece.claim.kind in ("figure", "word")]
    return [key for name in names for key in _spans_of(name, measures)]


@cache
def _spans_of(name: str, measures: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    return tuple([key for key, patterns in measures if fits(name, patterns)])
