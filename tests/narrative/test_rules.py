"""Rules: words an editor writes, columns out."""

from __future__ import annotations

import operator
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.narrative.rules import distances, read_rule

from .figures_double import HandCatalogue, HandFigures

moves = st.lists(st.one_of(st.none(), st.integers(-500, 500).map(lambda n: n / 100)), min_size=1, max_size=30)


def held(rule: str, **columns: list[float | None]) -> list[bool]:
    figures = HandFigures(columns)
    return list(read_rule(rule, figures.catalogue, "x.md:2").column(figures))


def test_a_rule_compares_printed_figures_session_by_session() -> None:
    """A comparison holds on the sessions on which the printed figure meets it."""
    assert held("small_return_1d >= 0.5", small_return_1d=[0.5, 0.49, 0.6]) == [True, False, True]


def test_and_or_not_and_chains_mean_what_they_say() -> None:
    """Rules combine with and, or, not, and chained comparisons."""
    columns = {"small_return_1d": [1.0, -1.0, 2.0], "sp500_return_1d": [1.0, 1.0, -2.0]}
    assert held("small_return_1d > 0 and not sp500_return_1d < 0", **columns) == [True, False, False]
    assert held("0 < small_return_1d <= 1 or sp500_return_1d < -1", **columns) == [True, False, True]


@given(moves)
def test_a_rule_that_names_an_absent_figure_is_false_whatever_its_not_says(column: list[float | None]) -> None:
    """Where a figure is absent neither the rule nor its denial holds; elsewhere exactly one of them does."""
    yes, no = (
        held("small_return_1d > 0", small_return_1d=column),
        held("not small_return_1d > 0", small_return_1d=column),
    )
    for value, one, other in zip(column, yes, no, strict=True):
        assert (one, other) == ((False, False) if value is None else (value > 0, not value > 0))


@given(moves)
def test_an_alternative_does_not_save_a_rule_from_an_absent_figure(column: list[float | None]) -> None:
    """`or True` does not make a rule hold on a session without its figure."""
    assert held("small_return_1d > 0 or 1 == 1", small_return_1d=column) == [value is not None for value in column]


def test_a_threshold_met_exactly_in_decimals_is_met() -> None:
    """0.3 less 0.1 reaches 0.2, although binary fractions fall short of it."""
    assert held("a_return_1d - b_return_1d >= 0.2", a_return_1d=[0.3], b_return_1d=[0.1]) == [True]
    assert held("a_return_1d - b_return_1d > 0.2", a_return_1d=[0.3], b_return_1d=[0.1]) == [False]


def test_equality_is_of_decimals_too() -> None:
    """0.3 less 0.1 is 0.2, as an editor reckons it."""
    assert held("a_return_1d - b_return_1d == 0.2", a_return_1d=[0.3], b_return_1d=[0.1]) == [True]
    assert held("a_return_1d - b_return_1d != 0.2", a_return_1d=[0.3], b_return_1d=[0.1]) == [False]


def test_what_holds_can_be_counted() -> None:
    """Two comparisons added say how many of them hold."""
    rule = "(a_return_1d > 0) + (b_return_1d > 0) == 2"
    assert held(rule, a_return_1d=[1.0, 1.0], b_return_1d=[1.0, -1.0]) == [True, False]
    assert held("-(a_return_1d > 0) < 0", a_return_1d=[1.0, -1.0]) == [True, False]


def test_the_extreme_of_several_figures() -> None:
    """`min` and `max` take two figures or more."""
    columns = {"a_return_1d": [1.0, 3.0], "b_return_1d": [2.0, 2.0], "c_return_1d": [3.0, 2.5]}
    assert held("min(a_return_1d, b_return_1d, c_return_1d) >= 2", **columns) == [False, True]
    assert held("max(a_return_1d, b_return_1d) > c_return_1d", **columns) == [False, True]


def test_one_word_is_looked_up_in_each_figures_own_list() -> None:
    """'large' may be the second of one group's names and the first of another's."""
    figures = HandFigures({"group_best": [1.0, 0.0], "other_best": [0.0, 0.0]})
    other = replace(figures.catalogue.define("other_best"), vocabulary=("large", "small"))
    figures.catalogue = HandCatalogue({"group_best": figures.catalogue.define("group_best"), "other_best": other})
    rule = read_rule("group_best == 'large' and other_best == 'large'", figures.catalogue, "x.md:2")
    assert list(rule.column(figures)) == [True, False]


def test_a_word_is_compared_with_the_name_a_figure_holds() -> None:
    """A figure that is a name is compared with one of its words."""
    assert held("group_best == 'large'", group_best=[0.0, 1.0]) == [False, True]


def test_an_empty_rule_always_holds() -> None:
    """A situation without a rule is always true."""
    assert held("", small_return_1d=[1.0, None]) == [True, True]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("small_retrun_1d > 0", "'small_retrun_1d' is not a figure"),
        ("small_return_1d >", "cannot be read"),
        ("__import__('os')", "cannot stand in a rule"),
        ("small_return_1d.real > 0", "cannot stand in a rule"),
        ("[1][0] > 0", "cannot stand in a rule"),
        ("small_return_1d == 'huge'", "never a value here"),
        ("small_return_1d / 0 > 1", "cannot stand in a rule"),
        ("'large'", "cannot stand in a rule"),
        ("'large' + 1 > 0", "cannot stand in a rule"),
        ("abs('large') > 0", "cannot stand in a rule"),
        ("abs() > 0", "cannot stand in a rule"),
        ("abs(small_return_1d, 1) > 0", "cannot stand in a rule"),
        ("min(small_return_1d) > 0", "cannot stand in a rule"),
        ("group_best < 'large'", "compare it with one figure, by == or !="),
        ("1e400 > small_return_1d", "cannot stand in a rule"),
        ("small_return_1d\0", "cannot be read"),
        ("not " * 5000 + "small_record", "cannot be read"),
    ],
)
def test_what_is_no_rule_is_named_with_its_place(rule: str, says: str) -> None:
    """A fault in a rule says where it stands and what is wrong with it."""
    figures = HandFigures({"small_return_1d": [1.0], "group_best": [0.0]})
    with pytest.raises(ContentError) as caught:
        read_rule(rule, figures.catalogue, "content/x.md:2")
    assert says in str(caught.value)
    assert str(caught.value).startswith("content/x.md:2: ")


def test_the_distance_says_how_far_a_rule_was_from_flipping() -> None:
    """Each comparison is shown with its value and by how much it is met or missed."""
    figures = HandFigures({"small_return_1d": [0.31], "x_record": [1.0]})
    rule = read_rule("small_return_1d >= 0.5 and x_record", figures.catalogue, "x")
    assert distances(rule, figures, 0) == ("small_return_1d >= 0.5: 0.31, short by 0.19", "x_record is True")


@given(moves, st.integers(1, 30))
def test_a_column_looks_at_its_own_session_only(column: list[float | None], cut: int) -> None:
    """Cutting the history short changes nothing before the cut."""
    whole = held("small_return_1d > 0.1", small_return_1d=column)
    assert held("small_return_1d > 0.1", small_return_1d=column[:cut]) == whole[:cut]


# --- any rule, against a slow and plain evaluation of it with exact decimals -----------------------

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
    named = [n for n, name in enumerate(NAMES) if name in text]
    by_hand = [
        all(day[n] is not None for n in named)
        and bool(reckon({name: Fraction(day[n] or 0, 100) for n, name in enumerate(NAMES)}))
        for day in history
    ]
    assert held(text, **_columns(history)) == by_hand


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
