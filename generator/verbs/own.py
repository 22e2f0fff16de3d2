"""Check, fill in and save an editor's own sentences for an issue."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from generator import files
from generator.editorial.own import OwnSentence, gather_own, own_file, own_text, sentences_in
from generator.errors import ContentError, Fault, OutputError, StaleError
from generator.figures.catalogue import FigureCatalogue
from generator.locking import alone_in
from generator.model import Fragment, Unit
from generator.narrative.checks.proofreading import proofread_spoken
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Newsroom
from generator.narrative.situations.figures import all_names
from generator.project import find_project
from generator.publishing.public import write_file
from generator.verbs.catalogue import known_figures, matching
from generator.verbs.figures import rows_over
from generator.verbs.note import require_own
from generator.verbs.warm import Warm

__all__ = ["Chip", "Judged", "Own", "OwnSentence", "chips", "judged", "keep_own", "own_sentences"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence: how it reads on the session, or what is wrong with it."""

    text: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """An editor's own sentences for an issue, the parts that they may stand in, and the hash of their file."""

    sentences: tuple[OwnSentence, ...]
    parts: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A figure that can be put into a sentence, with what it came to and how it is usually told."""

    name: str
    label: str
    text: str
    filter: str


_TOLD = {
    Unit.DATE: "when",
    Unit.COUNT: "counted",
    Unit.POINTS: "points",
    Unit.BASIS_POINTS: "size",
    Unit.PERCENT: "size",
}


def chips(warm: Warm, kind: str, session: date, search: str, most: int) -> tuple[tuple[Chip, ...], int]:
    """Figures whose name or description has all these words, the shortest names first, and how many there are."""
    found = matching(known_figures(warm.of(kind)), search)
    found.sort(key=lambda one: len(one.name))
    desk = warm.desk(kind)
    rows = rows_over(desk.newsroom.figures, [one.name for one in found[:most]], warm.row(session))
    return tuple(Chip(row.name, row.label, row.text, _usual(row.name, row.unit)) for row in rows), len(found)


def _usual(name: str, unit: str) -> str:
    """The filter that an editor most likely wants: a verb for a move, who is ahead for a gap."""
    if unit == Unit.PERCENT and "_return_" in name:
        return "moved"
    if unit == Unit.POINTS and "_minus_" in name:
        return "ahead"
    return _TOLD.get(Unit(unit), "")


def own_sentences(warm: Warm, kind: str, session: date) -> Own:
    """The sentences as they are kept."""
    publication = warm.publication()
    content = publication.root / "content"
    parts = tuple(part.key for part in publication.outlines[kind].parts)
    return Own(sentences_in(content, session, kind), parts, _digest(warm, kind, session))


def judged(warm: Warm, kind: str, session: date, sentences: Sequence[OwnSentence]) -> tuple[Judged, ...]:
    """Each sentence by the same checks that fragments are put to, and as it would read; nothing is kept."""
    text, begins = own_text(sentences)
    fragments, faults = _read(warm, kind, session, text)
    told = [(_line(fault.where), fault.message) for fault in faults]
    read = {} if faults else _filled(warm, kind, session, fragments)
    return tuple(_each(begins, told, read))


def _read(warm: Warm, kind: str, session: date, text: str) -> tuple[tuple[Fragment, ...], list[Fault]]:
    """The sentences as fragments, and all that is wrong with them."""
    publication = warm.publication()
    with tempfile.TemporaryDirectory(prefix="commentary-desk-") as folder:
        path = own_file(Path(folder) / "content", session, kind)
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        own, faults = gather_own(Path(folder) / "content", publication.outlines)
    fragments = tuple(own.get(kind, ()))
    alone = replace(publication, fragments={kind: fragments})
    catalogue = all_names(publication, FigureCatalogue(publication.universe))
    read = proofread_spoken(alone, kind, catalogue, {one.key for one in fragments})
    faults += [fault for found in read.values() for fault in found]
    return fragments, list(dict.fromkeys(faults))


def _filled(warm: Warm, kind: str, session: date, fragments: tuple[Fragment, ...]) -> dict[int, str]:
    """How each reads on the session, by its line; nothing of one whose figure is absent."""
    desk = warm.desk(kind)
    alone = replace(warm.publication(), fragments={kind: fragments})
    tonight = Newsroom.over(alone, kind, desk.table).at(warm.row(session))
    found = {}
    for candidate in tonight.held:
        for variant in candidate.fragment.parts["body"]:
            voice = Voice(tonight.turn, Register.BODY)
            made = tonight.ready(variant, candidate) and tonight.realiser.sentence(
                candidate.fragment, variant, candidate.past, voice
            )
            found[variant.line] = made.text if made else ""
    return found


def _each(begins: list[int], faults: list[tuple[int, str]], read: dict[int, str]) -> Iterator[Judged]:
    for at, start in enumerate(begins):
        end = begins[at + 1] if at + 1 < len(begins) else 10**9
        wrong = tuple(dict.fromkeys(message for line, message in faults if start <= line < end))
        text = next((text for line, text in read.items() if start <= line < end), "")
        if not faults and not text:
            wrong = ("a figure of it is absent on this session.",)
        yield Judged(text, wrong)


def _line(where: str) -> int:
    line = where.rpartition(":")[2].partition(".")[0]
    return int(line) if line.isdigit() else 1


def keep_own(warm: Warm, kind: str, session: date, sentences: Sequence[OwnSentence], digest: str) -> None:
    """Keep the sentences in their file; without any the file goes.

    Raises `ContentError` where one is neither proved nor taken on by a name, and `StaleError` where others were kept
    meanwhile; nothing is changed then.
    """
    root = find_project(warm.settings.project).root
    require_own(root)
    if _digest(warm, kind, session) != digest:
        raise StaleError("Somebody else changed the sentences of this issue meanwhile. Look at them again.")
    path = own_file(root / "content", session, kind)
    text, _ = own_text(sentences)
    _, faults = _read(warm, kind, session, text)
    if sentences and faults:
        raise ContentError(faults)
    try:
        path.parent.mkdir(exist_ok=True)
        with alone_in(path.parent):
            if sentences:
                write_file(path, text)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}). Nothing is kept.") from error


def _digest(warm: Warm, kind: str, session: date) -> str:
    path = own_file(find_project(warm.settings.project).root / "content", session, kind)
    try:
        return sha256(files.read_bytes(path)).hexdigest()
    except OSError:
        return ""
