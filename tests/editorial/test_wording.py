"""Bullets taken apart by a grammar of their own, of which nothing is ever executed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editorial.wording import read_variant, read_wording
from generator.errors import ContentError
from generator.model import Bearing, Call, Link, Slot


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


def lines(text: str) -> list[tuple[str, str, Bearing | None]]:
    """Each line's words, rule and bearing."""
    return [("".join(line.plain), line.when, line.bearing) for line in read_wording(text, "x.md", 7).lines]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A.", [("A.", "", None)]),
        ("A. [if x > 0] B. [end] C.", [("A.", "", None), ("B.", "x > 0", None), ("C.", "", None)]),
        (
            "A. [if x > 0] B. [elif x < 0] C. [else] D. [end] E.",
            [
                ("A.", "", None),
                ("B.", "x > 0", None),
                ("C.", "not (x > 0) and (x < 0)", None),
                ("D.", "not (x > 0) and not (x < 0)", None),
                ("E.", "", None),
            ],
        ),
        ("[if x > 0] B. [else] C.", [("", "", None), ("B.", "x > 0", None), ("C.", "not (x > 0)", None)]),
        ("A. [if x > 0] B. [if y > 0] C.", [("A.", "", None), ("B.", "x > 0", None), ("C.", "y > 0", None)]),
        (
            "A. [if supports] B. [if against] C. [if context] D. [end] E.",
            [
                ("A.", "", None),
                ("B.", "", Bearing.SUPPORTS),
                ("C.", "", Bearing.AGAINST),
                ("D.", "", Bearing.CONTEXT),
                ("E.", "", None),
            ],
        ),
        ("A [link](https://a.org/) and [a note].", [("A link and [a note].", "", None)]),
    ],
)
def test_a_wording_is_a_paragraph_of_lines(text: str, found: list[tuple[str, str, Bearing | None]]) -> None:
    """What stands before the first mark is always said; a mark says when the words after it are."""
    assert lines(text) == found


def links(text: str) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Each line's words, rule, what it takes up, and where others stand in its place."""

    def spelled(link: Link | None) -> str:
        return (
            f"{'after' if link.near else 'untold' if link.absent else 'told'} {' '.join(sorted(link.keys))}"
            if link
            else ""
        )

    return [
        ("".join(line.plain), line.when, spelled(line.link), [(spelled(one.link), one.when) for one in line.unless])
        for line in read_wording(text, "x.md", 7).lines
        if line.worded
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[if after a] B. [end] C.", [("B.", "", "after a", []), ("C.", "", "", [])]),
        ("[if told a, b-c and x > 0] B.", [("B.", "x > 0", "told a b-c", [])]),
        ("[if untold a and x > 0] B.", [("B.", "x > 0", "untold a", [])]),
        (
            "[if x > 0] A. [elif after a and y > 0] B. [elif z > 0] C. [else] D.",
            [
                ("A.", "x > 0", "", []),
                ("B.", "not (x > 0) and (y > 0)", "after a", []),
                ("C.", "not (x > 0) and (z > 0)", "", [("after a", "y > 0")]),
                ("D.", "not (x > 0) and not (z > 0)", "", [("after a", "y > 0")]),
            ],
        ),
    ],
)
def test_a_line_may_take_up_what_stands_above(
    text: str, found: list[tuple[str, str, str, list[tuple[str, str]]]]
) -> None:
    """`after` looks at the passage before, `told` at all above; the others of the chain stand where that one does not."""
    assert links(text) == found


def test_a_line_may_stand_in_for_the_one_before_it() -> None:
    """Under the same rule; the chain goes on behind it."""
    wording = read_wording("[if x > 0] A {{ b }}. [again] A. [elif y > 0] C. [again] D.", "x.md", 7)
    found = [("".join(line.plain), line.when, line.again) for line in wording.then]
    assert found == [
        ("A .", "x > 0", False),
        ("A.", "x > 0", True),
        ("C.", "not (x > 0) and (y > 0)", False),
        ("D.", "not (x > 0) and (y > 0)", True),
    ]


def test_a_line_is_known_by_its_place_in_its_wording() -> None:
    """The bullet's line, and behind it the place of the line."""
    wording = read_wording("A. [if x > 0] B. [end] C.", "x.md", 7)
    assert [line.source for line in wording.lines] == ["x.md:7", "x.md:7.1", "x.md:7.2"]
    assert [line.follows for line in wording.lines] == [False, True, True]
    assert [line.optional for line in wording.lines] == [False, True, False]
    assert [line.source for line in wording.required] == ["x.md:7", "x.md:7.2"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A. [if] B.", "'[if]' needs a rule"),
        ("A. [if x > 0] B. [elif] C.", "'[elif]' needs a rule"),
        ("A. [elif x > 0] B.", "'[elif]' follows an `[if …]`"),
        ("A. [else] B.", "'[else]' follows an `[if …]`"),
        ("A. [end] B.", "'[end]' follows an `[if …]`"),
        ("A. [if x > 0] B. [end] C. [end]", "'[end]' follows an `[if …]`"),
        ("A. [if x > 0] B. [end] C. [else] D.", "'[else]' follows an `[if …]`"),
        ("A. [if x > 0] B. [else] C. [else] D.", "'[else]' cannot follow `[else]`"),
        ("A. [if x > 0] B. [else] C. [elif x < 0] D.", "'[elif]' cannot follow `[else]`"),
        ("A. [if x > 0] B. [else x < 0] C.", "'[else]' stands alone"),
        ("A. [if x > 0] B. [end x] C.", "'[end]' stands alone"),
        ("A. [if supports] B. [else] C.", "'[else]' cannot follow `[if supports]`"),
        ("A. [if against] B. [elif x > 0] C.", "'[elif]' cannot follow `[if supports]`"),
        ("A. [again] B.", "'[again]' follows an `[if …]`"),
        ("A. [if x > 0] B. [again x] C.", "'[again]' stands alone"),
        ("A. [if x > 0]", "no sentence follows '[if]'"),
        ("A. [if x > 0] [if y > 0] B.", "no sentence follows '[if]'"),
        ("A. [if x > 0] B. [else]", "no sentence follows '[else]'"),
        ("A. [if x > 0] {{ b", "opens with {{ and closes with }}"),
    ],
)
def test_a_stray_mark_is_a_fault_with_its_line(text: str, says: str) -> None:
    """Nothing is guessed of what an editor meant."""
    with pytest.raises(ContentError, match=r"^x\.md:7(\.1)?: ") as caught:
        read_wording(text, "x.md", 7)
    assert says in str(caught.value)


RULE = st.sampled_from(["a", "b", "c", "a or b", "not b", "b and c"])
CHAIN = st.tuples(st.lists(RULE, min_size=1, max_size=3), st.booleans())
"""The rules of an `if` and its `elif`s, and whether an `else` follows."""
PARTS = st.lists(st.none() | CHAIN, max_size=4)
"""What follows a first sentence: a plain one, or a chain."""


@given(PARTS, st.fixed_dictionaries({name: st.booleans() for name in "abc"}))
def test_of_a_chain_one_line_is_said_or_none(
    parts: list[tuple[list[str], bool] | None], truth: dict[str, bool]
) -> None:
    """The first whose rule holds, else what `else` has, as in any language; the rest is said whatever holds."""
    written, said, number, inside = ["S0."], ["S0."], 0, False
    for part in parts:
        if part is None:
            number += 1
            written.append(f"[end] S{number}." if inside else f"S{number}.")
            said.append(f"S{number}.")
            inside = False
            continue
        rules, otherwise = part
        done, inside = False, True
        for mark, rule in [
            *zip(["if", *["elif"] * 2], rules, strict=False),
            *([("else", "True")] if otherwise else []),
        ]:
            number += 1
            written.append(f"[{mark}] S{number}." if mark == "else" else f"[{mark} {rule}] S{number}.")
            if not done and eval(rule, {}, truth):
                said.append(f"S{number}.")
                done = True
    wording = read_wording(" ".join(written), "x.md", 7)
    found = [line.plain[0] for line in wording.lines if not line.when or eval(line.when, {}, truth)]
    assert " ".join(found) == " ".join(said)
    assert [line.source for line in wording.then] == [f"x.md:7.{place}" for place in range(1, len(wording.lines))]
