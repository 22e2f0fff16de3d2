"""A small publication, for the narrative's tests: the bundled universe and lexicon, with fragments written by the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator.caching import VARIABLE
from generator.editorial.fragments import read_fragment
from generator.editorial.lexicon import read_lexicon
from generator.editorial.universe import read_universe
from generator.model import Appears, Fragment, Imprint, Outline, OutlinePart, Publication, Tone
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import openings
from generator.project import bundled_root

from .figures_double import HandFigures

IMPRINT = Imprint(
    "Title", "By a desk", "PLACE", "https://example.com/{date}/", "By a program.", "No advice.", "Read on."
)
PARTS = (
    OutlinePart("lead", "lead", 0, 1),
    OutlinePart("large", "large", 1, 2, headings=("One", "Two")),
    OutlinePart("for", "for", 1, 2, tone=Tone.OPPORTUNITY),
    OutlinePart("against", "against", 1, 2, tone=Tone.CAUTION),
    OutlinePart("takeaways", "takeaways", 0, 3),
    OutlinePart("bottom line", "test", 0, 1),
)
NAMES = ("the Russell 2000 Index", "the Russell 2000", "the small-cap index", "the Russell")

Room = Callable[..., Newsroom]


@pytest.fixture(autouse=True)
def short_passages_may_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passages of these tests are a few words long, which would make no paragraph of an article."""
    monkeypatch.setattr(openings, "LEAST", 1)


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Makes a newsroom from fragments' texts (`slot/name` to text) over columns written by hand.

    Each test has a cache of its own, since one publication has other figures here in each.
    """
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    content = bundled_root() / "content"
    # The words of these tests name parts of the market freely; what may stand behind those has tests of its own.
    universe, lexicon = read_universe(content), replace(read_lexicon(content), scopes=(), means=())
    small = replace(universe.segments["small"], names=NAMES)
    universe = replace(universe, segments={**universe.segments, "small": small})

    def make(
        texts: Mapping[str, str], words: tuple[int, int] = (0, 500), **columns: Sequence[float | None]
    ) -> Newsroom:
        outline = Outline(
            "session",
            Appears.SESSION,
            "1d",
            "The session",
            "angle",
            PARTS,
            "",
            (),
            (),
            (),
            "1y",
            (),
            words,
            ("for", "against"),
            standfirst=("large", "lead"),
        )
        fragments = tuple(fragment(tmp_path, name, text) for name, text in texts.items())
        publication = Publication(
            tmp_path, (), IMPRINT, (), universe, lexicon, {"session": outline}, {"session": fragments}
        )
        return Newsroom.over(publication, "session", HandFigures(columns))

    return make


def fragment(folder: Path, name: str, text: str) -> Fragment:
    path = folder / f"{name.replace('/', '-')}.md"
    path.write_text(text, encoding="utf-8")
    return read_fragment(path, f"content/session/{name}.md")
