"""Any rule at all, against a slow and plain evaluation of it with exact decimals."""

from __future__ import annotations

import operator
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.narrative.situations.rules import distances, read_rule

from .figures_double import HandFigures

NAMES = ("a_return_1d", "b_return_1d")
Day = dict[str, Fraction]
Part = tuple[str, Callable[[Day], Any]]
cents = st.integers(-300, 300)


def _decimal(number: int) -> Part:
    return f"{number / 100}", lambda day: Fraction(number, 100)


def _named(name: str) -> Part:
    return name, lambda day: day[name]


def _reckoned(parts: tuple[Part, str, Part]) -> Part:
    (one, first), sign, (other, second) = parts
    reckon = {"+": operator.add, "-": operator.sub, "*": operator.mul}[sign]
    return f"({one} {sign} {other})", lambda day: reckon(first(day), second(day))


def _called(parts: tuple[str, Part, Part]) -> Part:
    function, (one, first), (other, second) = parts
    if function == "abs":
        return f"abs({one})", lambda day: abs(first(day))
    extreme = {"min": min, "max": max}[function]
    return f"{function}({one}, {other})", lambda day: extreme(first(day), second(day))


def _compared(parts: tuple[Part, str, Part]) -> Part:
    (one, first), sign, (other, second) = parts
    signs = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
    compare = getattr(operator, signs[sign])
    return f"{one} {sign} {other}", lambda day: compare(first(day), second(day))


def _joined(parts: tuple[Part, str, Part]) -> Part:
    (one, first), word, (other, second) = parts
    if word == "not":
        return f"not ({one})", lambda day: not first(day)
    combine = all if word == "and" else any
    return f"({one}) {word} ({other})", lambda day: combine([first(day), second(day)])


numbers = st.recursive(
    st.one_of(cents.map(_decimal), st.sampled_from(NAMES).map(_named)),
    lambda parts: st.one_of(
        st.tuples(parts, st.sampled_from("+-*"), parts).map(_reckoned),
        st.tuples(st.sampled_from(["abs", "min", "max"]), parts, parts).map(_called),
    ),
    max_leaves=4,
)
comparisons = st.tuples(numbers, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers).map(_compared)
rules = st.recursive(
    comparisons,
    lambda parts: st.tuples(parts, st.sampled_from(["and", "or", "not"]), parts).map(_joined),
    max_leaves=4,
)
days = st.lists(st.tuples(st.none() | cents, st.none() | cents), min_size=1, max_size=12)


def _columns(history: list[tuple[int | None, int | None]]) -> dict[str, list[float | None]]:
    return {name: [None if day[n] is None else day[n] / 100 for day in history] for n, name in enumerate(NAMES)}


@given(rules, days)
def test_any_rule_holds_where_exact_decimals_say_so(rule: Part, history: list[tuple[int | None, int | None]]) -> None:
    """However a rule is built, its column is what reckoning each session by hand gives; false where a figure is absent."""
    text, reckon = rule
    figures = HandFigures(_columns(history))
    named = [n for n, name in enumerate(NAMES) if name in text]
    by_hand = [
        all(day[n] is not None for n in named)
        and bool(reckon({name: Fraction(day[n] or 0, 100) for n, name in enumerate(NAMES)}))
        for day in history
    ]
    assert list(read_rule(text, figures.catalogue, "x.md:2").column(figures)) == by_hand


@given(rules, days)
def test_of_a_rule_and_its_denial_one_holds_where_its_figures_are_there(
    rule: Part, history: list[tuple[int | None, int | None]]
) -> None:
    """A rule and `not` of it never hold together, and between them they cover the sessions on which they could."""
    figures = HandFigures(_columns(history))
    yes, could = read_rule(rule[0], figures.catalogue, "x.md:2").evaluated(figures)
    no = read_rule(f"not ({rule[0]})", figures.catalogue, "x.md:2").column(figures)
    assert np.array_equal(yes ^ no, could)
    assert not (yes & no).any()


TOKENS = (*NAMES, "group_best", "'large'", "'tiny'", "1", "0.5", "True", "-", "+", "*", "/", "<", ">=", "==", "!=", "and",
          "or", "not", "abs(", "min(", "max(", "(", ")", ",", "if", "else", "[", "]", ".", ":", "lambda", "**", "1e999")  # fmt: skip


@given(st.one_of(st.lists(st.sampled_from(TOKENS), max_size=12).map(" ".join), st.text(max_size=20)))
def test_any_text_is_a_rule_or_a_fault(text: str) -> None:
    """Whatever an editor writes is evaluated, or is a fault; nothing else is ever raised."""
    figures = HandFigures({**_columns([(1, None), (None, 2), (3, 4)]), "group_best": [0.0, 1.0, None]})
    with suppress(ContentError):
        rule = read_rule(text, figures.catalogue, "content/x.md:2")
        assert rule.column(figures).dtype == np.bool_
        assert all(isinstance(line, str) for line in distances(rule, figures, 2))
