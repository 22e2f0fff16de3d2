"""Bullets taken apart: the usual form read quickly, and every other by Jinja."""

from __future__ import annotations

import pytest

from generator.editorial.publication import read_publication
from generator.editorial.wording import parsed_parts, usual_parts
from generator.model import Slot
from generator.project import bundled_root


def test_both_ways_of_reading_agree_on_every_bullet() -> None:
    """Whatever the quick way reads of the bundled content, Jinja's parser reads the same."""
    root = bundled_root()
    fragments = read_publication(root, (root / "templates",)).fragments["session"]
    texts = [
        "".join(
            literal + (f"{{{{ {_written(slot)} }}}}" if slot else "")
            for literal, slot in zip(variant.markdown, (*variant.slots, None), strict=True)
        )
        for fragment in fragments
        for part in fragment.parts
        for variant in fragment.parts[part]
    ]
    quick = [usual_parts(text) for text in texts]
    assert sum(found is not None for found in quick) > 0.9 * len(texts)
    for text, found in zip(texts, quick, strict=True):
        assert found is None or found == parsed_parts(text, "x.md:1")


def _written(slot: Slot) -> str:
    names = ", ".join(slot.names)
    calls = "".join(
        f" | {call.name}" + (f"({', '.join(map(repr, call.arguments))})" if call.arguments else "")
        for call in slot.calls
    )
    return (f"[{names}]" if slot.many else names) + calls


@pytest.mark.parametrize(
    "text",
    [
        "{{ a | size }} rose, {{ [b, c] | compared }}.",
        "No placeholder at all.",
        "{{a}}{{ b|nth_of('widest') }}",
        "{{ a | counted('index', 'indices') }} of them",
    ],
)
def test_the_usual_form_is_read_as_jinja_reads_it(text: str) -> None:
    """Names, lists, filters and their words."""
    found = usual_parts(text)
    assert found is not None
    assert found == parsed_parts(text, "x.md:1")


@pytest.mark.parametrize(
    "text",
    [
        "{% if a %}x{% endif %}",
        "{{ a | b | c }}",
        "{{ a + 1 }}",
        "{{ true }}",
        "{{ a",
        "a }}",
        "{{ a | f(1) }}",
        "{#x#}",
    ],
)
def test_everything_else_is_left_to_jinja(text: str) -> None:
    """A form that the quick way does not know, it does not guess at."""
    assert usual_parts(text) is None
