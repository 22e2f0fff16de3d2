"""What a fact check found false is caught when its fragment stands as it stood: by `check`, and by the second reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generator.assembly import Desk
from generator.editorial.fragments import read_fragment
from generator.model import Fragment, Publication
from generator.narrative.checks.proof import meaning_faults
from generator.narrative.checks.scopes import scope_faults, set_faults
from generator.narrative.newsroom import Newsroom
from generator.verification.figures.answers import Answers
from generator.verification.reader import SecondReader
from generator.verification.sentences.reading import Sentences
from generator.verification.sentences.wordings import WordingsByLine

from .false_sentences import FALSE, FalseSentence
from .word_mutants import MUTANTS

Plant = Callable[[str, str], tuple[Publication, Fragment]]
MOST = 400
"""Sessions on which a second reader is asked at most."""


@pytest.fixture
def plant(desk: Desk, tmp_path: Path) -> Plant:
    """The publication with one fragment alone, of the text given."""

    def made(where: str, text: str) -> tuple[Publication, Fragment]:
        path = tmp_path / "planted.md"
        path.write_text(text, encoding="utf-8")
        fragment = read_fragment(path, f"content/session/{where}.md")
        return replace(desk.publication, fragments={"session": (fragment,)}), fragment

    return made


def by_check(desk: Desk, publication: Publication, fragment: Fragment) -> list[str]:
    """What `check` says of the words of a fragment, over the simulated market."""
    lexicon, universe = publication.lexicon, publication.universe
    faults = list(meaning_faults(Newsroom.over(publication, "session", desk.table), fragment))
    for variant in (variant for part in fragment.parts.values() for variant in part):
        faults += [*scope_faults(lexicon, universe, fragment, variant), *set_faults(lexicon, fragment, variant)]
    return [str(fault) for fault in faults]


def by_verify(reader: SecondReader, publication: Publication, fragment: Fragment) -> Iterator[str]:
    """The words of a fragment that the second reader takes exception to, on sessions on which its rule holds."""
    wordings = WordingsByLine(publication, "session")
    sentences = Sentences(wordings, reader.columns, reader.sentences.rules)
    found = [wordings.at(variant.source) for part in fragment.parts.values() for variant in part]
    held = reader.sentences.rules.past(fragment.when, fragment.after or fragment.when).held
    for row in np.flatnonzero(np.frombuffer(held, dtype=np.uint8))[-MOST:].tolist():
        for wording in (one for one in found if one):
            answers = Answers()
            sentences.words(answers, "", wording, row)
            yield from (fault.said for fault in answers.faults)


@pytest.mark.parametrize("one", FALSE, ids=lambda one: f"{one.kind}: {one.wording[:60]}")
def test_a_false_sentence_is_caught_as_it_stood(
    one: FalseSentence, desk: Desk, reader: SecondReader, plant: Plant
) -> None:
    """Both readers name the word that made it false, each by its own code."""
    publication, fragment = plant(one.where, one.text)
    assert any(one.word in message for message in by_check(desk, publication, fragment))
    assert any(one.word in said for said in by_verify(reader, publication, fragment))


@pytest.mark.parametrize("one", [one for made in MUTANTS.values() for one in made], ids=lambda one: one.wording[:60])
def test_a_word_that_makes_a_wording_false_is_caught(
    one: FalseSentence, desk: Desk, reader: SecondReader, plant: Plant
) -> None:
    """Both readers name it, whatever the rest of the wording."""
    publication, fragment = plant(one.where, one.text)
    assert any(one.word in message for message in by_check(desk, publication, fragment))
    assert any(one.word in said for said in by_verify(reader, publication, fragment))


def test_the_library_says_none_of_them(desk: Desk) -> None:
    """Not one of these wordings stands where it stood under the rule that it stood under."""
    fragments = {fragment.key: fragment for fragment in desk.publication.fragments["session"]}
    for one in FALSE:
        fragment = fragments.get(f"session/{one.where}")
        parts = fragment.parts.values() if fragment else ()
        standing = {"".join(variant.plain) for part in parts for variant in part}
        literal = "".join(_literals(one.wording))
        mended = fragment is None or fragment.when not in one.rules  # in its rule, so that the wording is true now
        assert mended or literal not in standing, one.wording


def _literals(wording: str) -> Iterator[str]:
    for piece in wording.split("{{"):
        yield piece.rpartition("}}")[2] if "}}" in piece else piece
