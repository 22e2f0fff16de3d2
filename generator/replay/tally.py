"""What the replay counts of one edition and its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from generator.assembly import Edition
from generator.channels.setting import DIVIDER, counted_length
from generator.model import Channel, Fragment, Outline, Sentence
from generator.replay.telling import Fingerprint, blanked, grade, told

PROVED = frozenset({"figure", "fact", "rule"})
"""Kinds of claim that count as figures."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One session: what its edition said, its length and variety; or the error that stopped it."""

    session: date
    error: str = ""
    angle: str = ""
    words: int = 0
    figures: int = 0
    grade: float = 0.0
    """Coleman-Liau index of the article's prose."""
    openings: float = 1.0
    """Distinct sentence openings, as a share of all."""
    bigrams: float = 1.0
    """Distinct pairs of neighbouring words, as a share of all."""
    sentences: tuple[str, ...] = ()
    """Keys of the article's sentences, numbers blanked, in page order; headings are not sentences."""
    spoke: tuple[str, ...] = ()
    """Fragments that were used."""
    fallbacks: tuple[str, ...] = ()
    """Slots for which a fragment without a `when` was used."""
    empty: tuple[str, ...] = ()
    """Slots for which no fragment was used."""
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By product, the length of each post as its network counts it."""
    claims: int = 0
    """How many claims the second reader checked, if it was used."""
    faults: tuple[str, ...] = ()
    """The second reader's answers on claims that do not hold or that nothing covers."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """How long each stage took; the only values here that differ between equal runs."""

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Tally:
        """The tally from the plain values it was kept as."""
        tuples = {key: tuple(value) for key, value in record.items() if isinstance(value, list)}
        lengths = {key: tuple(value) for key, value in record["lengths"].items()}
        return cls(**{**record, **tuples, "lengths": lengths, "session": date.fromisoformat(record["session"])})


@dataclass(frozen=True, slots=True)
class Slots:
    """An edition's slots in page order, and the fragments without a `when`, which are always true."""

    names: tuple[str, ...]
    standing: frozenset[str]

    @classmethod
    def of(cls, outline: Outline, fragments: Sequence[Fragment]) -> Slots:
        """The slots that an outline takes fragments from."""
        names = dict.fromkeys([outline.angle, *(part.slot for part in outline.parts)])
        return cls(tuple(names), frozenset(fragment.key for fragment in fragments if not fragment.when))


def counted(edition: Edition, texts: Mapping[str, str], slots: Slots) -> tuple[Tally, dict[str, str]]:
    """The tally of a finished edition, and the text of each of its sentences by key."""
    said = [sentence for part, sentence in edition.article.spoken() if not part.endswith(" heading")]
    parts = _told(said)
    spoke = [item for item in edition.weighed if item.outcome == "spoke"]
    speaking = {item.slot for item in spoke}
    standing = {item.slot for item in spoke if item.fragment in slots.standing}
    words = sum(part.words for part in parts)
    sentences = [sentence for part in parts for sentence in part.sentences]
    tally = Tally(
        session=edition.article.session,
        angle=edition.article.angle,
        words=words,
        figures=sum(piece.claim is not None and piece.claim.kind in PROVED for one in said for piece in one.pieces),
        grade=round(grade(sum(part.letters for part in parts), words, len(sentences)), 2),
        openings=_distinct([part.openings for part in parts]),
        bigrams=_distinct([part.bigrams for part in parts]),
        sentences=tuple(key for key, _ in sentences),
        spoke=tuple(item.fragment for item in spoke),
        fallbacks=tuple(slot for slot in slots.names if slot in standing),
        empty=tuple(slot for slot in slots.names if slot not in speaking),
        lengths=_lengths(texts, edition.channels),
    )
    return tally, dict(sentences)


def _told(said: Sequence[Sentence]) -> list[Fingerprint]:
    """Each bullet without its numbers; blanked all at once, which is quicker than one by one."""
    return [told(line) for line in blanked("\n".join(sentence.text for sentence in said)).split("\n")]


def _distinct(runs: Sequence[Sequence[str]]) -> float:
    """The share of distinct items in all runs together; 1 if there are none."""
    total = sum(map(len, runs))
    return round(len(set(chain.from_iterable(runs))) / total, 4) if total else 1.0


def _lengths(texts: Mapping[str, str], channels: Sequence[Channel]) -> dict[str, tuple[int, ...]]:
    """By file, the length of each post as its network counts it."""
    return {
        file.path: tuple(counted_length(channel.counts, text) for text in texts[file.path].rstrip("\n").split(DIVIDER))
        for channel in channels
        for file in channel.files
        if file.path in texts
    }
