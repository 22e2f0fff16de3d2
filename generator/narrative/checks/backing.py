"""A wording's text with its placeholders marked, and the figures that back it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache

from generator.model import Fragment, Slot, Universe, Variant
from generator.narrative.situations.baserates import told

MARK = "\u25a0"
"""Takes the place of a placeholder in a wording's text."""
_JOINTS = re.compile("_minus_|_over_|_rank_in_")
_OF_BOTH = re.compile("_(?:ahead|behind|gap)")
_CALLS = frozenset({"abs", "min", "max"})


def marked(variant: Variant) -> str:
    """The wording in lower case, with one kind of apostrophe and `MARK` for each placeholder; nothing is removed."""
    return MARK.join(variant.plain).lower().replace("\u2019", "'")


def slots_after(variant: Variant, text: str, at: int) -> Iterator[Slot]:
    """The placeholders that follow a place in the marked text within the same sentence, the nearest first."""
    ends = re.search(r"[.?!](?=\s|$)", text[at:])
    stop = at + ends.start() if ends else len(text)
    first = text.count(MARK, 0, at)
    yield from variant.slots[first : first + text.count(MARK, at, stop)]


def behind(fragment: Fragment, variant: Variant) -> frozenset[str]:
    """Every figure that the wording quotes or that its fragment's rule, situation or assertions name."""
    return variant.figures | of_rules(fragment)


def of_rules(fragment: Fragment) -> frozenset[str]:
    """Every figure, and every word that a figure is compared with, in a fragment's rules."""
    found = frozenset[str]()
    for rule in (fragment.when, fragment.after, *fragment.asserts.values()):
        found |= of_rule(rule)
    return found


@cache
def of_rule(rule: str) -> frozenset[str]:
    """The figures that a rule names, and the words that it compares them with."""
    try:
        tree = ast.parse(rule or "True", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()  # the proofreader reports it
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - _CALLS
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(names | words)


@cache
def banded(rule: str) -> str:
    """A figure that the rule limits to a band, with a number on both sides; empty if there is none."""
    sides: dict[str, set[bool]] = {}
    for node in _nodes(rule):
        match node:
            case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[ast.Constant() | ast.UnaryOp()]):
                sides.setdefault(name, set()).add(isinstance(op, ast.Lt | ast.LtE))
    return next((name for name, found in sides.items() if len(found) == 2), "")


OF_THE_CALENDAR = frozenset(
    {"weekday", "week_ends", "month_ends", "quarter_ends", "year_ends", "year_number", "month_number", "abs"}
)


def _nodes(rule: str) -> Iterator[ast.AST]:
    """The nodes of a rule's syntax tree; none if it cannot be read, which is reported where rules are read."""
    try:
        return ast.walk(ast.parse(rule or "True", mode="eval"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return iter(())


def measures_of(rule: str) -> frozenset[str]:
    """The figures that a rule measures, without `_before` and without those of the calendar or base rates."""
    nodes = _nodes(rule)
    names = {node.id.removesuffix("_before") for node in nodes if isinstance(node, ast.Name)}
    return frozenset(name for name in names - OF_THE_CALENDAR if not told(name))


def parts_of(name: str, universe: Universe) -> frozenset[str]:
    """The segments, groups and releases that a figure is about: `small_minus_sp500_1d` is about two."""
    if told(name):
        return frozenset(universe.core[: 2 if _OF_BOTH.search(name) else 1])
    return frozenset(found for part in _JOINTS.split(name) if (found := _part(part, universe)))


def _part(name: str, universe: Universe) -> str:
    known = [
        key
        for key in (*universe.segments, *universe.groups, *universe.releases)
        if name == key or name.startswith(f"{key}_")
    ]
    return max(known, key=len, default="")


@cache
def any_of(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, the longest first, as whole words."""
    longest_first = sorted((word.lower().replace("\u2019", "'") for word in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w-])")
