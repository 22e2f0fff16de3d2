"""Write the article's prose from a plan, sentence by sentence in page order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.errors import CommentaryError
from generator.model import CHOSEN, Piece, Role, Sentence, TextBlock, TextRole, Tone, Variant
from generator.narrative.language.echoes import ECHO as OF_HEADING
from generator.narrative.language.echoes import echo, likeness
from generator.narrative.language.openings import openings, reads_well
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Candidate, Said
from generator.narrative.planning import BOTTOM_LINE, LEAD, NUT_GRAF, TAKEAWAYS, THIN, Chosen, Plan, usable

Paragraph = tuple[Sentence, ...]
ECHO = 0.7
"""The share of the standfirst's words from which a sentence says it over again."""
SHORT, LONG = 24, 70
"""Words up to which a passage makes no paragraph of its own, and those that a paragraph of several may have."""
SAID = "said"
"""The topic of what somebody is quoted as saying of the day."""
NEWS = 3.0
"""Bits times weight from which a passage's short form makes the standfirst."""


@dataclass(frozen=True, slots=True)
class _Try:
    """A wording filled in, line by line, the voice after saying it, and what it states."""

    lines: Paragraph
    voice: Voice
    states: Said

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Writer:
    """Writes down one plan, in one voice."""

    plan: Plan
    voice: Voice
    said: Said = 0
    """What the part of the page that this writer fills says or is to say."""
    above: str = ""
    """What the standfirst says, which no paragraph is to begin with once more."""
    found: list[frozenset[str]] = field(default_factory=list)
    """What each passage above has found, in page order."""

    def write(self, candidate: Candidate, variants: Sequence[Variant], part: str = "body") -> Paragraph:
        """The first wording that begins well and not as the standfirst does; failing all, the one whose turn it is;
        empty if none can be filled.

        A wording that would say what is kept for another passage gives way.
        """
        tonight = self.plan.tonight
        own = self.plan.counted.get((candidate.fragment.key, part), 0) or tonight.statements.said(variants[0])
        others = self.said & ~own | tonight.statements.sides(self.said)
        tries: list[_Try] = []
        for variant in variants:
            if tonight.statements.barred(variant) & others:
                continue
            made = self._filled(candidate, variant, others)
            if made is None:
                continue
            tries.append(made)
            if reads_well(self.voice.last, made.text) and likeness(self.above, made.lines[0].text) < ECHO:
                return self._keep(candidate, made, others)
        return self._keep(candidate, tries[0], others) if tries else ()

    def _filled(self, candidate: Candidate, variant: Variant, others: Said) -> _Try | None:
        """The wording's lines of today, or None if one that always stands cannot be filled."""
        voice, states, lines = self.voice.copy(), 0, []
        for line in self.plan.lines(candidate, variant, others, self.found):
            tonight = self.plan.tonight
            sentence = tonight.realiser.sentence(candidate.fragment, line, candidate.past, voice)
            if sentence is None:
                return None
            states |= tonight.statements.said(line)
            if sentence.pieces:
                lines.append(sentence)
                voice.last = openings(sentence.text)[-1]
        return _Try(tuple(lines), voice, states) if lines else None

    def _keep(self, candidate: Candidate, kept: _Try, others: Said) -> Paragraph:
        if candidate.fragment.finds:
            self.found.append(candidate.fragment.finds)
        self.voice.mentions, self.voice.verbs, self.voice.last = kept.voice.mentions, kept.voice.verbs, kept.voice.last
        self.said = others | kept.states
        return kept.lines

    def angle(self, part: str) -> Paragraph:
        """One of the parts that the angle of the day supplies."""
        lines = self.write(self.plan.angle, self.plan.angle_variants[part], part)
        if not lines:  # planning has seen that every figure of it is there
            raise CommentaryError(f"{self.plan.angle.fragment.path}: its {part} cannot be filled on this session.")
        return lines


def compose(plan: Plan) -> tuple[TextBlock, ...]:
    """The article's prose, block by block in page order."""
    voice = Voice(plan.tonight.turn)
    sides = plan.tonight.statements.sides(plan.said)
    headline = Writer(plan, voice.copy(Register.HEADLINE), sides).angle("headline")
    brief = Writer(plan, voice.copy(Register.BRIEF), plan.said)
    choices = plan.tonight.choices
    told = bool(choices and choices.says(plan.angle.fragment.key, "standfirst"))
    other_news = () if told or plan.angle.fragment.own_standfirst else _fresh(brief)
    standfirst = other_news or brief.angle("standfirst")
    voice.last = brief.voice.last
    writer = Writer(plan, voice, brief.said, standfirst[0].text)
    news = writer.angle("lead")
    if openings(news[0].text)[0] == brief.voice.last:  # the two stand one above the other
        standfirst = brief.angle("standfirst")
    passages = plan.parts.get(LEAD, ())
    reasons = _written(writer, [one for one in passages if one.fragment.topic == SAID])  # beside the news they explain
    nut_graf = writer.angle(NUT_GRAF) if NUT_GRAF in plan.angle_variants else ()
    lead = (news, *reasons, *_written(writer, [one for one in passages if one.fragment.topic != SAID], nut_graf))
    sections: list[TextBlock] = []
    for part in plan.sections(standfirst[0].fragment):
        if part.key in (LEAD, TAKEAWAYS, BOTTOM_LINE) or not plan.parts.get(part.key):
            continue
        chosen = sorted(plan.parts[part.key], key=lambda one: one.fragment.key != standfirst[0].fragment)
        if paragraphs := _written(writer, chosen):
            above, below = standfirst[0].text, paragraphs[0][0].text
            outline, before = plan.tonight.newsroom.outline, sections[-1].part if sections else None
            heading = _heading(writer, chosen[0], part.headings, above, below) if outline.opens(part, before) else None
            sections.append(TextBlock(Role.SECTION, part.key, paragraphs, heading))
    takeaways = _takeaways(writer)
    verdict = _written(writer, plan.parts.get(BOTTOM_LINE, ()), writer.angle("bottom line"))
    return (
        _block(Role.HEADLINE, headline),
        _block(Role.STANDFIRST, standfirst),
        _block(Role.LEAD, *lead),
        *sections,
        *([TextBlock(Role.TAKEAWAYS, Role.TAKEAWAYS, takeaways)] if takeaways else []),
        _block(Role.BOTTOM_LINE, *verdict),
    )


def _fresh(writer: Writer) -> Paragraph:
    """A standfirst that adds to headline and lead: the short form of the day's largest other news, if there is any."""
    plan, tonight = writer.plan, writer.plan.tonight
    told: Said = 0
    for part in ("headline", "lead"):
        told |= tonight.statements.said(plan.angle_variants[part][0])
    for key in tonight.newsroom.outline.standfirst:
        for one in sorted(plan.parts.get(key, ()), key=lambda one: -one.candidate.score):
            variants = usable(plan, one.candidate, "post", told) if one.candidate.score >= NEWS else ()
            apart = Writer(plan, writer.voice, tonight.statements.sides(writer.said))
            lines = apart.write(one.candidate, variants, "post") if variants else ()
            if lines and not any(piece.claim and piece.claim.source for line in lines for piece in line.pieces):
                return lines  # and not somebody else's words, or a number of somebody's
    return ()


def _block(role: TextRole, *paragraphs: Paragraph) -> TextBlock:
    return TextBlock(role, role, paragraphs)


def _written(writer: Writer, chosen: Iterable[Chosen], first: Paragraph = ()) -> tuple[Paragraph, ...]:
    """One paragraph for each passage below the `first`; one that is short stands in a paragraph with that before it."""
    paragraphs: list[Paragraph] = [first] if first else []
    for item in chosen:
        if lines := writer.write(item.candidate, item.variants):
            above = paragraphs[-1] if paragraphs else ()
            if above and min(_words(above), _words(lines)) <= SHORT and _words((*above, *lines)) <= LONG:
                paragraphs[-1] = (*above, *lines)
            else:
                paragraphs.append(lines)
        else:  # what is chosen after it may have said all that it had to say
            writer.plan.outcomes[item.fragment.key] = THIN
    return tuple(paragraphs)


def _words(paragraph: Paragraph) -> int:
    return sum(len(sentence.text.split()) for sentence in paragraph)


def _heading(writer: Writer, first: Chosen, standing: Sequence[str], above: str, below: str) -> Sentence | None:
    """The heading that the section's first fragment brings, or the outline's own in turn.

    Of those whose turn it is, the one that says least of the standfirst `above` and of the first sentence `below`;
    where that would only say the latter twice, another that does not.
    """
    tonight = writer.plan.tonight
    found = _headings(writer, first, tonight.wordings(first.candidate, "heading"))
    found.sort(key=lambda heading: likeness(heading.text, f"{above} {below}"))
    if found and echo(found[0].text, below) >= OF_HEADING:
        others = _headings(writer, first, tonight.spare(first.candidate, "heading"))
        found = [*(one for one in others if echo(one.text, below) < OF_HEADING), *found]
    if found:
        return found[0]
    if not standing:
        return None
    words = standing[tonight.turn % len(standing)]
    return Sentence(
        (Piece.of(words),),
        "",
        f"content/kinds/{tonight.newsroom.edition}.yaml",
        Tone.NEUTRAL,
    )


def _headings(writer: Writer, first: Chosen, wordings: Sequence[Variant]) -> list[Sentence]:
    """Those of a passage's headings that can be filled and contradict nothing that was said."""
    tonight = writer.plan.tonight
    taken = tonight.statements.sides(writer.said)
    free = [one for one in wordings if not tonight.statements.barred(one) & taken]
    voice, past = writer.voice, first.candidate.past
    made = [tonight.realiser.sentence(first.fragment, one, past, voice.copy(Register.BRIEF)) for one in free]
    return [one for one in made if one]


def _takeaways(writer: Writer) -> tuple[Paragraph, ...]:
    """Points with figures of their own, the most newsworthy first."""
    tonight = writer.plan.tonight
    part = next((part for part in tonight.newsroom.outline.parts if part.key == TAKEAWAYS), None)
    if part is None:
        return ()
    apart = Writer(writer.plan, writer.voice.copy(Register.BRIEF), tonight.statements.sides(writer.said))
    topics: set[str] = set()
    points: list[Paragraph] = []
    wanted = tonight.wanted(part.key)
    over = tonight.choices.passed_over.get(part.key, frozenset()) if tonight.choices else frozenset[str]()
    writer.plan.outcomes |= dict.fromkeys(over, CHOSEN)
    candidates = [
        one
        for one in tonight.candidates(part.slot)
        if one.fragment.key not in over and one.fragment.own_part in ("", part.key)
    ]
    for candidate in sorted(candidates, key=lambda one: one.fragment.key not in wanted):
        if len(points) == part.maximum:
            break
        topic = candidate.fragment.topic
        variants = usable(writer.plan, candidate, "body", apart.said)
        if not variants or (topic and topic in topics):
            continue
        if lines := apart.write(candidate, variants):
            points.append(lines)
            topics.add(topic)
            writer.plan.outcomes[candidate.fragment.key] = "spoke"
    writer.voice.last = apart.voice.last
    return tuple(points)
