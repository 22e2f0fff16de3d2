"""A plan in; the prose of the article out, sentence by sentence in page order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from generator.errors import CommentaryError
from generator.model import Piece, Section, Sentence, Tone, Variant
from generator.narrative.newsroom import Candidate, Newsroom, Said
from generator.narrative.openings import openings, repeats
from generator.narrative.planning import LEAD, TAKEAWAYS, Chosen, Plan, usable
from generator.narrative.voice import Register, Voice


@dataclass(frozen=True, slots=True)
class Prose:
    """Every sentence of an article, before table, charts and notes are put beside it."""

    headline: Sentence
    standfirst: Sentence
    lead: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    takeaways: tuple[Sentence, ...]
    bottom_line: Sentence

    def sentences(self) -> list[Sentence]:
        """All of it in page order."""
        body = [sentence for section in self.sections for paragraph in section.paragraphs for sentence in paragraph]
        headings = [section.heading for section in self.sections if section.heading]
        return [self.headline, self.standfirst, *self.lead, *headings, *body, *self.takeaways, self.bottom_line]


@dataclass(slots=True)
class Writer:
    """Writes down one plan; `last` is the opening of the sentence just written."""

    newsroom: Newsroom
    plan: Plan
    voice: Voice
    last: str | None = None
    reserved: set[Said] = field(default_factory=set)

    def write(self, candidate: Candidate, variants: Sequence[Variant], voice: Voice | None = None) -> Sentence | None:
        """The first wording that does not begin as its neighbour does; failing all, the one whose turn it is."""
        speaking = voice or self.voice
        realiser = self.newsroom.realiser(self.plan.row)
        first: tuple[Sentence, Voice] | None = None
        for variant in variants:
            trial = speaking.copy()
            sentence = realiser.sentence(candidate.fragment, variant, candidate.standing, trial)
            if sentence is None:
                continue
            if first is None:
                first = (sentence, trial)
            if not repeats(self.last, sentence.text):
                return self._keep(sentence, trial, speaking)
        return self._keep(*first, speaking) if first else None

    def _keep(self, sentence: Sentence, trial: Voice, speaking: Voice) -> Sentence:
        speaking.mentions, speaking.verbs = trial.mentions, trial.verbs
        self.last = openings(sentence.text)[-1]
        return sentence

    def angle(self, part: str, voice: Voice | None = None) -> Sentence:
        """One of the parts that the angle of the day supplies."""
        sentence = self.write(self.plan.angle, self.plan.angle_variants[part], voice)
        if sentence is None:  # planning has seen that every figure of it is there
            raise CommentaryError(f"{self.plan.angle.fragment.path}: its {part} cannot be filled on this session.")
        return sentence


def compose(newsroom: Newsroom, plan: Plan) -> Prose:
    """The article's prose, in page order."""
    voice = Voice(plan.row)
    writer = Writer(newsroom, plan, voice)
    headline = writer.angle("headline", voice.copy(Register.HEADLINE))
    writer.last = None
    standfirst = writer.angle("standfirst", voice.copy(Register.BRIEF))
    lead = [writer.angle("lead"), *_written(writer, plan.parts.get(LEAD, ()))]
    sections = []
    for part in newsroom.outline.parts:
        if part.key in (LEAD, TAKEAWAYS) or not plan.parts.get(part.key):
            continue
        chosen = plan.parts[part.key]
        sections.append(Section(part.key, _heading(writer, chosen[0], part.headings), (_written(writer, chosen),)))
    after_body = writer.last
    takeaways = _takeaways(writer)
    writer.last = after_body if not takeaways else writer.last
    bottom_line = writer.angle("bottom line")
    return Prose(headline, standfirst, tuple(lead), tuple(sections), takeaways, bottom_line)


def _written(writer: Writer, chosen: Iterable[Chosen]) -> tuple[Sentence, ...]:
    return tuple(sentence for item in chosen if (sentence := writer.write(item.candidate, item.variants)))


def _heading(writer: Writer, first: Chosen, standing: Sequence[str]) -> Sentence | None:
    """The heading that the section's first fragment brings, or the outline's own in turn."""
    row = writer.plan.row
    for variant in writer.newsroom.wordings(first.candidate, "heading", row):
        voice = writer.voice.copy(Register.BRIEF)
        made = writer.newsroom.realiser(row).sentence(first.fragment, variant, first.candidate.standing, voice)
        if made:
            return made
    if not standing:
        return None
    words = standing[row % len(standing)]
    return Sentence(
        (Piece(words, words, escape(words, quote=False)),),
        "",
        f"content/{writer.newsroom.edition}/outline.yaml",
        Tone.NEUTRAL,
    )


def _takeaways(writer: Writer) -> tuple[Sentence, ...]:
    """Three to five points, each with figures of its own, the most newsworthy first."""
    part = next((part for part in writer.newsroom.outline.parts if part.key == TAKEAWAYS), None)
    if part is None:
        return ()
    said: set[Said] = set()
    topics: set[str] = set()
    points: list[Sentence] = []
    for candidate in writer.newsroom.candidates(writer.plan.row, part.slot):
        if len(points) == part.maximum:
            break
        topic = candidate.fragment.topic
        variants = usable(writer.newsroom, candidate, "body", writer.plan.row, said)
        if not variants or (topic and topic in topics):
            continue
        sentence = writer.write(candidate, variants, writer.voice.copy(Register.BRIEF))
        if sentence:
            points.append(sentence)
            said |= writer.newsroom.said(variants[0], writer.plan.row)
            topics.add(topic)
            writer.plan.outcomes[candidate.fragment.key] = "spoke"
    return tuple(points)
