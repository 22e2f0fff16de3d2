"""Faults of fragments kept from check to check: only what has changed is read anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.errors import Fault
from generator.model import Fragment, Publication
from generator.narrative.checks.kept import each_kept

from ..conftest import Room, fragment


def read(publication: Publication, edition: str) -> tuple[list[str], list[str]]:
    """The faults of a publication whose every fragment has one, and which fragments were read for them."""
    asked: list[str] = []

    def faults_of(one: Fragment) -> list[Fault]:
        asked.append(one.key)
        return [Fault(one.path, str(len(one.parts["body"])))]

    return [str(fault) for fault in each_kept(publication, edition, faults_of)], asked


def test_only_a_changed_fragment_is_read_anew(newsroom: Room, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Another word, another setting, and another line of the file; everything, once a figure or a term has changed."""
    made = newsroom({"large/x": "---\n---\n- One.\n", "large/y": "---\n---\n- Two.\n"}, small_return_1d=[1.0])
    publication, edition = made.publication, made.edition
    faults, asked = read(publication, edition)
    assert asked == ["session/large/x", "session/large/y"]
    assert read(publication, edition) == (faults, [])
    folder = tmp_path_factory.mktemp("changed")
    for text in ("---\n---\n- Three.\n", "---\nweight: 2\n---\n- One.\n", "---\n---\n\n- One.\n"):
        changed = (fragment(folder, "large/x", text), publication.fragments[edition][1])
        found = read(replace(publication, fragments={edition: changed}), edition)
        assert found == (faults, ["session/large/x"])
    assert read(replace(publication, universe=replace(publication.universe, groups={})), edition)[1] == asked
    assert read(publication, edition)[1] == asked
