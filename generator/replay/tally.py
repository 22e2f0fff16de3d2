"""One edition and its texts in; what the replay counts of it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from generator.assembly import Edition
from generator.channels.setting import DIVIDER, LENGTHS
from generator.model import Channel, Fragment, Outline, Sentence
from generator.replay.telling import Told, blanked, grade, told

PROVED = frozenset({"figure", "fact", "rule"})
"""Kinds of claim that count as figures."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One session: what its edition said, how long, how alike; or the error that stopped it."""

    session: date
    error: str = ""
    angle: str = ""
    words: int = 0
    figures: int = 0
    grade: float = 0.0
    """Coleman-Liau index of the article's prose."""
    openings: float = 1.0
    """Distinct openings of sentences, as a share of all."""
    bigrams: float = 1.0
    """Distinct pairs of neighbouring words, as a share of all."""
    sentences: tuple[str, ...] = ()
    """Keys of the article's sentences, numbers blanked, in page order; headings are not sentences."""
    spoke: tuple[str, ...] = ()
    """Fragments that spoke."""
    fallbacks: tuple[str, ...] = ()
    """Slots for which a fragment without a `when` spoke."""
    empty: tuple[str, ...] = ()
    """Slots for which nothing spoke."""
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By product, what its network counts of each post."""
    claims: int = 0
    """Claims that the second reader has checked, where it was asked to."""
    faults: tuple[str, ...] = ()
    """Its answers on those that do not hold or that nothing covers."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """What each stage took; measured, and the one thing here that two runs do not share."""

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Tally:
        """The tally that was kept as plain values."""
        tuples = {key: tuple(value) for key, value in record.items() if isinstance(value, list)}
        lengths = {key: tuple(value) for key, value in record["lengths"].items()}
        return cls(**{**record, **tuples, "lengths": lengths, "session": date.fromisoformat(record["session"])})


@dataclass(frozen=True, slots=True)
class Slots:
    """An edition's slots in page order, and which fragments have no `when` to hold them back."""

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


def _told(said: Sequence[Sentence]) -> list[Told]:
    """Each bullet without its numbers; blanked all in one go, which is quicker than one by one."""
    return [told(line) for line in blanked("\n".join(sentence.text for sentence in said)).split("\n")]


def _distinct(runs: Sequence[Sequence[str]]) -> float:
    """The share of distinct items in all runs together; 1 where there are none."""
    total = sum(map(len, runs))
    return round(len(set(chain.from_iterable(runs))) / total, 4) if total else 1.0


def _lengths(texts: Mapping[str, str], channels: Sequence[Channel]) -> dict[str, tuple[int, ...]]:
    """What each network counts of its posts."""
    return {
        file.path: tuple(map(LENGTHS[channel.counts], texts[file.path].rstrip("\n").split(DIVIDER)))
        for channel in channels
        for file in channel.files
        if file.path in texts
    }
