"""A plan in; the prose of the article out, sentence by sentence in page order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.errors import CommentaryError
from generator.model import Piece, Role, Sentence, TextBlock, TextRole, Tone, Variant
from generator.narrative.language.openings import openings, reads_well
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Candidate, Said
from generator.narrative.planning import LEAD, TAKEAWAYS, Chosen, Plan, usable

_PARAGRAPH = 35
"""Words from which a paragraph stands alone."""


@dataclass(frozen=True, slots=True)
class _Try:
    """A wording filled in, the voice after saying it, and what it states."""

    sentence: Sentence
    voice: Voice
    states: Said


@dataclass(slots=True)
class Writer:
    """Writes down one plan, in one voice."""

    plan: Plan
    voice: Voice
    said: Said = 0
    """What the part of the page that this writer fills says or is to say."""

    def write(self, candidate: Candidate, variants: Sequence[Variant]) -> Sentence | None:
        """The first wording that begins well; failing all, the one whose turn it is.

        A wording that would say what is kept for another sentence gives way.
        """
        tonight = self.plan.tonight
        own = tonight.said(variants[0])
        others = self.said & ~own | tonight.sides(self.said)
        tries: list[_Try] = []
        for variant in variants:
            states = tonight.said(variant)
            voice = self.voice.copy()
            sentence = tonight.realiser.sentence(candidate.fragment, variant, candidate.past, voice)
            if sentence is None or tonight.barred(variant) & others:
                continue
            tries.append(_Try(sentence, voice, states))
            if reads_well(self.voice.last, sentence.text):
                return self._keep(tries[-1], others)
        return self._keep(tries[0], others) if tries else None

    def _keep(self, kept: _Try, others: Said) -> Sentence:
        self.voice.mentions, self.voice.verbs = kept.voice.mentions, kept.voice.verbs
        self.voice.last = openings(kept.sentence.text)[-1]
        self.said = others | kept.states
        return kept.sentence

    def angle(self, part: str) -> Sentence:
        """One of the parts that the angle of the day supplies."""
        sentence = self.write(self.plan.angle, self.plan.angle_variants[part])
        if sentence is None:  # planning has seen that every figure of it is there
            raise CommentaryError(f"{self.plan.angle.fragment.path}: its {part} cannot be filled on this session.")
        return sentence


def compose(plan: Plan) -> tuple[TextBlock, ...]:
    """The article's prose, block by block in page order."""
    voice = Voice(plan.tonight.turn)
    sides = plan.tonight.sides(plan.said)
    headline = Writer(plan, voice.copy(Register.HEADLINE), sides).angle("headline")
    brief = Writer(plan, voice.copy(Register.BRIEF), plan.said)
    standfirst = brief.angle("standfirst")
    voice.last = brief.voice.last
    writer = Writer(plan, voice, brief.said)
    news = writer.angle("lead")
    if openings(news.text)[0] == brief.voice.last:  # the two stand one above the other
        standfirst = brief.angle("standfirst")
    lead = (news, *_written(writer, plan.parts.get(LEAD, ())))
    sections = []
    for part in plan.tonight.newsroom.outline.parts:
        if part.key in (LEAD, TAKEAWAYS) or not plan.parts.get(part.key):
            continue
        chosen = plan.parts[part.key]
        heading = _heading(writer, chosen[0], part.headings)
        paragraphs = _paragraphs(_written(writer, chosen))
        sections.append(TextBlock(Role.SECTION, part.key, paragraphs, heading))
    takeaways = _takeaways(writer)
    return (
        _block(Role.HEADLINE, headline),
        _block(Role.STANDFIRST, standfirst),
        _block(Role.LEAD, *lead),
        *sections,
        *([TextBlock(Role.TAKEAWAYS, Role.TAKEAWAYS, tuple((one,) for one in takeaways))] if takeaways else []),
        _block(Role.BOTTOM_LINE, writer.angle("bottom line")),
    )


def _block(role: TextRole, *sentences: Sentence) -> TextBlock:
    """Sentences in one paragraph."""
    return TextBlock(role, role, (sentences,))


def _written(writer: Writer, chosen: Iterable[Chosen]) -> tuple[Sentence, ...]:
    return tuple(sentence for item in chosen if (sentence := writer.write(item.candidate, item.variants)))


def _paragraphs(points: Iterable[Sentence]) -> tuple[tuple[Sentence, ...], ...]:
    """One point to a paragraph; a short one joins the next."""
    paragraphs: list[tuple[Sentence, ...]] = []
    for point in points:
        if paragraphs and sum(sentence.words for sentence in paragraphs[-1]) < _PARAGRAPH:
            paragraphs[-1] += (point,)
        else:
            paragraphs.append((point,))
    return tuple(paragraphs)


def _heading(writer: Writer, first: Chosen, standing: Sequence[str]) -> Sentence | None:
    """The heading that the section's first fragment brings, or the outline's own in turn."""
    tonight = writer.plan.tonight
    taken = tonight.sides(writer.said)
    for variant in tonight.wordings(first.candidate, "heading"):
        if tonight.barred(variant) & taken:
            continue
        voice = writer.voice.copy(Register.BRIEF)
        made = tonight.realiser.sentence(first.fragment, variant, first.candidate.past, voice)
        if made:
            return made
    if not standing:
        return None
    words = standing[tonight.turn % len(standing)]
    return Sentence(
        (Piece.of(words),),
        "",
        f"content/kinds/{tonight.newsroom.edition}.yaml",
        Tone.NEUTRAL,
    )


def _takeaways(writer: Writer) -> tuple[Sentence, ...]:
    """Three to five points, each with figures of its own, the most newsworthy first."""
    tonight = writer.plan.tonight
    part = next((part for part in tonight.newsroom.outline.parts if part.key == TAKEAWAYS), None)
    if part is None:
        return ()
    apart = Writer(writer.plan, writer.voice.copy(Register.BRIEF), tonight.sides(writer.said))
    topics: set[str] = set()
    points: list[Sentence] = []
    for candidate in tonight.candidates(part.slot):
        if len(points) == part.maximum:
            break
        topic = candidate.fragment.topic
        variants = usable(tonight, candidate, "body", apart.said)
        if not variants or (topic and topic in topics):
            continue
        sentence = apart.write(candidate, variants)
        if sentence:
            points.append(sentence)
            topics.add(topic)
            writer.plan.outcomes[candidate.fragment.key] = "spoke"
    writer.voice.last = apart.voice.last
    return tuple(points)
