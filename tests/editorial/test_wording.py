"""Bullets taken apart by a grammar of their own, of which nothing is ever executed."""

from __future__ import annotations

import pytest

from generator.editorial.wording import read_variant
from generator.errors import ContentError
from generator.model import Call, Slot


@pytest.mark.parametrize(
    ("text", "literals", "slots"),
    [
        ("No placeholder at all.", ("No placeholder at all.",), ()),
        ("{{a}}", ("", ""), (Slot(("a",), ()),)),
        ("{{ a | size }}.", ("", "."), (Slot(("a",), (Call("size"),)),)),
        ("{{ [b, c] | compared }}", ("", ""), (Slot(("b", "c"), (Call("compared"),), many=True),)),
        ("{{ a|nth_of('widest') }}", ("", ""), (Slot(("a",), (Call("nth_of", ("widest",)),)),)),
        (
            "x {{ a | counted(\"index\", 'indices') }} y",
            ("x ", " y"),
            (Slot(("a",), (Call("counted", ("index", "indices")),)),),
        ),
        ("{{ a | b | c }}", ("", ""), (Slot(("a",), (Call("b"), Call("c"))),)),
    ],
)
def test_a_placeholder_is_a_name_or_names_and_filters(
    text: str, literals: tuple[str, ...], slots: tuple[Slot, ...]
) -> None:
    """Names, lists, filters and their words, with the literals between."""
    found = read_variant(text, "x.md", 1)
    assert (found.plain, found.slots) == (literals, slots)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{% if a %}x{% endif %}", "only {{ … }} may stand"),
        ("{# x #}", "only {{ … }} may stand"),
        ("{{ a + 1 }}", "a name, or a list of names"),
        ("{{ a.b }}", "a name, or a list of names"),
        ("{{ a[0] }}", "a name, or a list of names"),
        ("{{ }}", "a name, or a list of names"),
        ("{{ a", "opens with {{ and closes with }}"),
        ("a }}", "opens with {{ and closes with }}"),
        ("{ a }", "opens with {{ and closes with }}"),
        ("{{ {{ a }} }}", "cannot be read"),
        ("{{ a | counted(session) }}", "put the words that 'counted' is given in quotes: counted('session')"),
        ("{{ a | f(1) }}", "in quotes"),
        ("{{ n | counted('x' * 1000000000) }}", "in quotes"),
        ("{{ a | f(''.__class__.__mro__) }}", "in quotes"),
        ("{{ a | f(['a', 'b'] | random) }}", "not a filter"),
        ("{{ a | }}", "not a filter"),
        ("A *|MERGE|* field.", "templates and mailing programs"),
        ("\u202eA mirrored day.", "U+202E cannot be printed"),
        ("A mark \ue0001\ue001 of our own.", "U+E000 cannot be printed"),
    ],
)
def test_everything_else_is_a_fault_with_its_line(text: str, says: str) -> None:
    """Nothing is worked out, called or looked up in a placeholder; nor is any sign let through to later programs."""
    with pytest.raises(ContentError, match=r"^x\.md:7: ") as caught:
        read_variant(text, "x.md", 7)
    assert says in str(caught.value)
