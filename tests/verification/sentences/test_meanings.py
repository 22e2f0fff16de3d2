"""Words that make something false of a right figure are caught, by `check` and by the second reader, each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generator.assembly import Desk
from generator.editorial.fragments import read_fragment
from generator.model import Fragment, Publication, Variant
from generator.narrative.checks.directions import side_faults
from generator.narrative.checks.proofreading import proofread
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Newsroom
from generator.verification.figures.answers import Answers
from generator.verification.reader import SecondReader
from generator.verification.sentences.meanings import Meanings
from generator.verification.sentences.reading import Sentences
from generator.verification.sentences.wordings import WordingsByLine

from ..sense_mutants import KINDS, Changed
from ..told_falsely import TOLD, Told

SHAPE = (
    "no wording says",
    "has 1 wordings",
    "lacks the part",
    "the rule never holds",
    "no part of the edition takes from the folder",
)
"""What is said of a fragment because it is cut down to one wording, and stands where such a one once stood."""


def fragment_of(folder: Path, when: str, asserts: str, wording: str, after: str = "", slot: str = "tape") -> Fragment:
    """A fragment with one wording."""
    path = folder / "one.md"
    situation = f"after: {after}\n" if after else ""
    claims = f"asserts:\n  {asserts}\n" if asserts else ""
    path.write_text(f"---\n{situation}when: {when}\n{claims}---\n# body\n- {wording}\n", encoding="utf-8")
    return read_fragment(path, f"content/session/{slot}/one.md")


class Room:
    """A publication with one fragment over the simulated market, as both readers see it."""

    def __init__(self, desk: Desk, reader: SecondReader, fragment: Fragment) -> None:
        fragments = {"session": (fragment,)}
        self.publication: Publication = replace(desk.publication, fragments=fragments)
        figures = desk.newsroom.figures
        self.newsroom = Newsroom(self.publication, "session", figures, desk.newsroom.trials)
        self.fragment = fragment
        self.sentences = Sentences(
            WordingsByLine(self.publication, "session"), reader.sentences.columns, reader.sentences.rules
        )

    @property
    def variant(self) -> Variant:
        return self.fragment.parts["body"][0]

    def checked(self) -> list[str]:
        """What `check` says of it, with the simulated market."""
        said = proofread(self.publication, "session", self.newsroom.figures.catalogue)
        said += list(side_faults(self.newsroom, self.fragment))
        return [str(fault) for fault in said if not any(shape in fault.message for shape in SHAPE)]

    def read(self) -> list[str]:
        """What the second reader says of the sentence on the last session on which it can be said."""
        meanings = Meanings(self.sentences)
        for row in self._rows():
            sentence = self.newsroom.at(row).realiser.sentence(
                self.fragment, self.variant, self.newsroom.pasts[self.fragment.key], Voice(row, Register.BRIEF)
            )
            if sentence is None:
                continue
            claims = [
                {"kind": piece.claim.kind, "name": piece.claim.name, "text": piece.text}
                for piece in sentence.pieces
                if piece.claim
            ]
            record = {"part": "tape", "text": sentence.text, "source": sentence.source, "claims": claims}
            answers = Answers()
            meanings.check(answers, "ledger", record, row)
            return [str(fault) for fault in answers.faults]
        raise AssertionError("it can be said on no session of the simulated market")

    def _rows(self) -> Iterator[int]:
        yield from np.flatnonzero(self.newsroom.held[:, 0])[::-1][:300].tolist()


def changes() -> Iterator[tuple[str, Changed, str]]:
    for kind, found in KINDS.items():
        for one in found:
            yield from ((kind, one, false) for false in one.false)


@pytest.mark.parametrize("one", [one for found in KINDS.values() for one in found], ids=lambda one: one.true[:60])
def test_a_true_wording_passes(desk: Desk, reader: SecondReader, tmp_path: Path, one: Changed) -> None:
    """Neither reader finds fault with it, so that what they find in its mutants is the change of words."""
    room = Room(desk, reader, fragment_of(tmp_path, one.when, one.asserts, one.true))
    assert (room.checked(), room.read()) == ([], [])


@pytest.mark.parametrize(("kind", "one", "false"), list(changes()), ids=lambda value: str(value)[:70])
def test_a_change_of_words_is_caught_twice(
    desk: Desk, reader: SecondReader, tmp_path: Path, kind: str, one: Changed, false: str
) -> None:
    """`check` refuses the changed wording, and the second reader the sentence that it makes, whatever `check` said."""
    room = Room(desk, reader, fragment_of(tmp_path, one.when, one.asserts, false))
    assert room.checked(), f"check missed {kind}"
    assert room.read(), f"the second reader missed {kind}"


def test_there_are_ten_mutants_of_each_kind() -> None:
    """Each kind of word that is checked is tried by at least ten changes."""
    counts = {kind: sum(len(one.false) for one in found) for kind, found in KINDS.items()}
    assert [kind for kind, count in counts.items() if count < 10] == []


@pytest.mark.parametrize("told", TOLD, ids=lambda told: f"{told.where} {told.wording[:50]}")
def test_a_sentence_once_told_falsely_is_caught(desk: Desk, reader: SecondReader, tmp_path: Path, told: Told) -> None:
    """Its fragment put back as it stood when a fact check found it not true, `check` or the second reader catches it."""
    slot = told.where.partition("/")[0]
    room = Room(desk, reader, fragment_of(tmp_path, told.when, told.asserts, told.wording, told.after, slot))
    assert room.checked() or room.read()
