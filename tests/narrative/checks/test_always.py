"""What can be said on every session there may be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.editorial.publication import gather_publication
from generator.model import Publication
from generator.project import bundled_root
from generator.verbs.check import content_faults
from tests.small_publication import copy_small, write_small

TEMPLATES = (bundled_root() / "templates",)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("small"))


def told(small: Path, folder: Path, name: str, *changes: tuple[str, str]) -> list[str]:
    """What is said of the parts that may not be silent, once one fragment is changed."""
    root = copy_small(small, folder / "mine")
    path = root / "content" / "session" / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return [fault.message for fault in content_faults(root, TEMPLATES)[1] if fault.where.endswith("session.yaml:1")]


ANGLE = "no angle can be told"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([("weight: 0.01", "when: small_return_1d > -50")], id="it has a rule"),
        pytest.param([("- Small caps close {{ weekday }} at {{ small_level }}\n- Small caps at {{ small_level }}, {{ sp500 }} at {{ sp500_level }}\n- A close of {{ small_level }} for small caps", "- Small caps at {{ small_level_before }}")], id="its headline needs a session before"),
        pytest.param([("sp500_level", "energy_return_1d | size"), ("# lead", "# lead")], id="it needs prices beside the core's"),
        pytest.param([("stood at {{ sp500_level }}", "stood beside {{ small_level }}"), ("was {{ sp500_level }}", "was {{ small_level }}"), ("close was {{ small_level }}.\n\n# lead", "close was {{ small_level }}.\n\n# lead")], id="its parts repeat each other"),
        pytest.param([("A move of either takes", "Since {{ last_time | date }} a move of either takes"), ("A single close", "As on {{ last_time | date }}, a single close"), ("What a level", "Since {{ last_time | date }} what a level")], id="it needs a time before"),
    ],
)  # fmt: skip
def test_an_angle_that_needs_more_than_closes_is_none_for_every_session(
    small: Path, tmp_path: Path, changes: list[tuple[str, str]]
) -> None:
    """A rule, an earlier session, other prices, figures said twice: each may leave a session without words."""
    assert any(ANGLE in message for message in told(small, tmp_path, "angle/always", *changes))


def test_a_section_that_has_to_speak_needs_words_without_figures(small: Path, tmp_path: Path) -> None:
    """A figure may have been said already, and a topic told elsewhere."""
    body = "- {{ small }} follows small companies, {{ sp500 | possessive }} members are large."
    assert told(small, tmp_path, "large/always") == []
    for changes in [
        [("weight: 0.05", "topic: level")],
        [("weight: 0.05", "when: small_return_1d > -50")],
        [(start, f"- [if small_level > 0] {start[2:]}") for start in ("- {{ small }} follows", "- Small against", "- By construction")],
        [(end, f"{end} [if small_level > 0] So. [end] Since {{{{ last_time | date }}}}.") for end in ("members are large.", "| short }}.", "small companies.\n")],
        [(body, "- {{ small_level }}."), ("- Small against large means here", "- {{ small_level }} means here"), ("- By construction", "- By {{ small_level }}")],
    ]:  # fmt: skip
        (message,) = told(small, tmp_path, "large/always", *changes)
        assert message.startswith("part 'large' may be left empty")


def test_a_section_that_may_be_silent_needs_nothing(small: Path, tmp_path: Path) -> None:
    """Its least number is none."""
    root = copy_small(small, tmp_path / "mine")
    (root / "content" / "session" / "large" / "always.md").unlink()
    publication, _ = gather_publication(root, TEMPLATES)
    assert isinstance(publication, Publication)
    outline = publication.outlines["session"]
    silent = replace(outline, parts=tuple(replace(part, minimum=0) for part in outline.parts))
    from generator.figures.table import FigureTable
    from generator.narrative.checks.always import silent_faults
    from generator.verbs.check import first_session

    first = FigureTable(first_session(publication.universe), publication.universe)
    assert [*silent_faults(replace(publication, outlines={"session": silent}), "session", first)] == []
    assert len([*silent_faults(publication, "session", first)]) == 1
