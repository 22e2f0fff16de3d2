"""List the true wordings and cases for each place of an issue, and keep what an editor chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from generator import files
from generator.editorial.choices import choices_file, choices_text
from generator.errors import ContentError, OutputError, SettingsError, StaleError
from generator.locking import alone_in
from generator.model import Choices, OutlinePart, Passage, Role, Sentence, TextBlock, Variant, Wording, spoken
from generator.narrative.checks.chosen import unkept
from generator.narrative.composing.composition import compose
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Candidate, Newsroom
from generator.narrative.planning import NUT_GRAF, Plan, plan, said_by
from generator.project import find_project
from generator.publishing.public import write_file
from generator.verbs.note import require_own
from generator.verbs.warm import Warm

STORY = "story"
MOST = 24
"""How many other cases of a place are offered, the most newsworthy first."""
_REGISTERS = {"headline": Register.HEADLINE, "standfirst": Register.BRIEF}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a place could say, all of it true on the session."""

    fragment: str
    part: str
    """Of the fragment, where it is another wording; empty where it is another case."""
    says: str
    """The wording's own words, by which the choice is kept."""
    text: str
    """The same filled in."""
    now: bool
    """Whether the issue says it."""
    chosen: bool
    bits: float = 0.0
    """How rare the case is."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the page: the story, a part that it supplies, or a passage."""

    key: str
    part: str
    fragment: str
    """Who speaks there."""
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """All places of an issue, and the hash of the choices as they are kept."""

    places: tuple[Place, ...]
    digest: str
    any: bool
    """Whether anything was chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor chooses: a wording of the fragment that speaks, or another fragment in its place."""

    part: str
    """Of the page; `story` for another story."""
    fragment: str
    says: str = ""
    of: str = ""
    """The part of the fragment whose wording it is."""
    instead: str = ""


def places(warm: Warm, kind: str, session: date) -> Places:
    """What each place of the issue could say."""
    newsroom, kept, digest = _kept(warm, kind, session)
    planned = plan(newsroom.at(warm.row(session), kept))
    blocks = compose(planned)
    supplied = ("headline", *said_by(planned.angle.fragment))
    made = [_story(planned, kept), *(_of_story(planned, kept, part, blocks) for part in supplied)]
    made += _passages(planned, kept, blocks)
    return Places(tuple(one for one in made if len(one.options) > 1 or one.part != STORY), digest, bool(kept))


def choose(warm: Warm, kind: str, session: date, choice: Choice | None, digest: str) -> Choices:
    """Keep a choice, if the issue can be told with it; without one, all go back to what rules and turns give.

    Raises `ContentError` where it cannot, and `StaleError` where others were chosen meanwhile; nothing is kept then.
    """
    newsroom, kept, there = _kept(warm, kind, session)
    if there != digest:
        raise StaleError("Something else was chosen for this issue meanwhile. Look at it again.")
    if choice and not choice.says and choice.fragment in kept.wanted(choice.part):
        raise SettingsError(f"{choice.fragment} speaks in '{choice.part}' already.")
    wanted = _with(kept, choice) if choice else Choices(session, kind)
    row = warm.row(session)
    said = _said(newsroom, row, wanted)
    if choice:  # what belongs to a fragment that speaks no more goes with it
        spoke = {sentence.fragment for _, sentence in said[1]}
        stays = {*spoke, choice.fragment}
        wanted = replace(wanted, wordings=tuple(one for one in wanted.wordings if one.fragment in stays))
        said = _said(newsroom, row, wanted)
    faults = list(unkept(newsroom.at(row, wanted), wanted, *said))
    if faults:
        raise ContentError(faults)
    _keep(warm, wanted)
    return wanted


def _said(newsroom: Newsroom, row: int, choices: Choices) -> tuple[str, list[tuple[str, Sentence]]]:
    planned = plan(newsroom.at(row, choices))
    return planned.angle.fragment.key, list(spoken(compose(planned)))


def _kept(warm: Warm, kind: str, session: date) -> tuple[Newsroom, Choices, str]:
    newsroom = warm.desk(kind).newsroom
    kept = newsroom.publication.choices.get((session, kind)) or Choices(session, kind)
    return newsroom, kept, _digest(choices_file(newsroom.publication.root / "content", session, kind))


def _digest(path: Path) -> str:
    try:
        return sha256(files.read_bytes(path)).hexdigest()
    except OSError:
        return ""


def _with(kept: Choices, choice: Choice) -> Choices:
    """The choices with one more, which takes the place of an earlier one of the same place."""
    if choice.part == STORY:
        return Choices(kept.session, kept.edition, choice.fragment, kept.passages)
    if choice.says:
        others = [one for one in kept.wordings if (one.fragment, one.part) != (choice.fragment, choice.of)]
        return replace(kept, wordings=(*others, Wording(choice.fragment, choice.of, choice.says)))
    before = next((one for one in kept.passages if (one.part, one.fragment) == (choice.part, choice.instead)), None)
    passages = [one for one in kept.passages if one is not before]
    instead = before.instead if before else choice.instead
    if instead == choice.fragment:  # back to the one that speaks by itself
        return replace(kept, passages=tuple(passages))
    return replace(kept, passages=(*passages, Passage(choice.part, choice.fragment, instead)))


def _keep(warm: Warm, choices: Choices) -> None:
    root = find_project(warm.settings.project).root
    require_own(root)
    path = choices_file(root / "content", choices.session, choices.edition)
    try:
        path.parent.mkdir(exist_ok=True)
        with alone_in(path.parent):
            if choices:
                write_file(path, choices_text(choices))
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}). Nothing is chosen.") from error


# --- what there is to choose from ---------------------------------------------------------------


def _story(planned: Plan, kept: Choices) -> Place:
    tonight, own = planned.tonight, planned.angle.fragment.key
    others = [one for one in tonight.candidates(tonight.newsroom.outline.angle) if one.fragment.key != own]
    found = [planned.angle, *others[:MOST]]
    return Place(STORY, STORY, own, tuple(_case(planned, kept, one, "headline", own, STORY) for one in found))


def _case(planned: Plan, kept: Choices, candidate: Candidate, part: str, own: str, of: str) -> Option:
    """Another fragment, told by the wording whose turn it is."""
    key = candidate.fragment.key
    texts = (_text(planned, candidate, part, one) for one in planned.tonight.wordings(candidate, part))
    text = next((text for text in texts if text), candidate.fragment.key)
    chosen = kept.story == key if of == STORY else key in kept.wanted(of)
    return Option(key, "", "", text, key == own, chosen, round(candidate.surprisal, 1))


def _of_story(planned: Plan, kept: Choices, part: str, blocks: Sequence[TextBlock]) -> Place:
    on_page = Role.LEAD if part == NUT_GRAF else part
    said = {sentence.source for where, sentence in spoken(blocks) if where == on_page}
    return Place(part, part, planned.angle.fragment.key, tuple(_wordings(planned, kept, planned.angle, part, said)))


def _wordings(planned: Plan, kept: Choices, candidate: Candidate, part: str, said: set[str]) -> Iterator[Option]:
    """Every wording of a part that can be filled, be it its turn or not."""
    key, says = candidate.fragment.key, kept.says(candidate.fragment.key, part)
    found: dict[str, Option] = {}
    for variant in candidate.fragment.parts.get(part, ()):
        if planned.tonight.ready(variant, candidate) and (text := _text(planned, candidate, part, variant)):
            now = any(line.source in said for line in variant.lines)
            option = Option(key, part, variant.spelled, text, now, variant.spelled == says)
            if now or text not in found:  # of two that read alike the one that stands there
                found[text] = option
    yield from found.values()


def _text(planned: Plan, candidate: Candidate, part: str, variant: Variant) -> str:
    voice = Voice(planned.tonight.turn, _REGISTERS.get(part, Register.BODY))
    lines = planned.lines(candidate, variant, 0)
    realiser = planned.tonight.realiser
    made = [realiser.sentence(candidate.fragment, line, candidate.past, voice) for line in lines]
    return " ".join(one.text for one in made if one and one.pieces)


def _passages(planned: Plan, kept: Choices, blocks: Sequence[TextBlock]) -> Iterator[Place]:
    """Each passage in page order: its own wordings, then the other cases whose rules hold."""
    tonight = planned.tonight
    said = [(part, one) for part, one in spoken(blocks) if one.fragment]
    parts = {part.key: part for part in tonight.newsroom.outline.parts}
    seen: set[tuple[str, str]] = set()
    speaks = {one.fragment for _, one in said}
    for where, sentence in said:
        part, at = parts.get(where), (where, sentence.fragment)
        if part is None or at in seen or sentence.fragment == planned.angle.fragment.key:
            continue
        seen.add(at)
        candidates = _of_part(planned, part)
        own = next((one for one in candidates if one.fragment.key == sentence.fragment), None)
        if own is None:
            continue
        sources = {one.source for place, one in said if place == where}
        options = list(_wordings(planned, kept, own, "body", sources))
        others = [one for one in candidates if one.fragment.key not in speaks][:MOST]
        options += [_case(planned, kept, one, "body", sentence.fragment, where) for one in others]
        yield Place(f"{where}:{sentence.fragment}", str(where), sentence.fragment, tuple(options))


def _of_part(planned: Plan, part: OutlinePart) -> list[Candidate]:
    held = planned.tonight.candidates(part.slot)
    return [one for one in held if not part.tone or one.fragment.tone is part.tone]
