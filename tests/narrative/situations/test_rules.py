"""Rules: words an editor writes, columns out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.narrative.situations.rules import distances, read_rule

from ..figures_double import HandCatalogue, HandFigures

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
    assert held("(a_return_1d > 0) + (b_return_1d > 0) == 2", a_return_1d=[1.0, 1.0], b_return_1d=[1.0, -1.0]) == [
        True,
        False,
    ]
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


@pytest.mark.parametrize("rule", ["note - bill > 0.5", "note > bill", "bill <= 1 and 0 < note <= bill"])
def test_a_bill_is_not_compared_with_a_bond(rule: str) -> None:
    """A discount rate and a yield are two scales; by a rule, too, they are neither subtracted nor compared."""
    figures = HandFigures({"note": [4.2], "bill": [3.6]})
    quoted = {"note": "bond yield", "bill": "discount rate"}
    catalogue = HandCatalogue(
        {name: replace(figures.catalogue.define(name), quoted=how) for name, how in quoted.items()}
    )
    with pytest.raises(ContentError) as raised:
        read_rule(rule, catalogue, "x.md:2")
    assert "quoted as a bond yield and 'bill' as a discount rate" in str(raised.value.faults[0]) or (
        "quoted as a discount rate and 'note' as a bond yield" in str(raised.value.faults[0])
    )
    assert read_rule("note >= 4 and bill >= 3", catalogue, "x.md:2").names == ("note", "bill")


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
        ("not " * 5000 + "small_record", "has more than 2,000 characters"),
        ("not " * 400 + "small_record", "too many brackets or terms inside each other"),
        ("(" * 900 + "small_record" + ")" * 900, "cannot be read"),
        ("small_return_1d" + " + 1" * 400 + " > 0", "too many brackets or terms inside each other"),
        ("1and small_record", "cannot be read"),
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
