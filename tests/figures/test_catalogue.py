"""Every name a rule may use, known without data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import CommentaryError, MixedBasisError, UnknownFigureError
from generator.figures.catalogue import FigureCatalogue
from generator.model import Basis, Kind, Segment, Unit, Universe

Make = Callable[..., Segment]


@pytest.fixture
def catalogue(universe: Callable[..., Universe], segment: Make) -> FigureCatalogue:
    """A small universe with one of every kind."""
    return FigureCatalogue(
        universe(
            segment("small", total="TRACKER", short="Russell 2000"),
            segment("small_value", Kind.FUND),
            segment("large"),
            segment("one", Kind.STOCK),
            segment("two", Kind.STOCK),
            segment("both", Kind.BASKET, members=("one", "two")),
            segment("note", Kind.YIELD),
            segment("bill", Kind.YIELD),
            segment("fear", Kind.VOLATILITY),
            segment("coin", Kind.CRYPTO, records_from=None),
            stocks=("one", "two"),
            indices=("small", "large"),
            odd=("large", "one"),
        )
    )


def test_a_definition_says_what_the_figure_is(catalogue: FigureCatalogue) -> None:
    """Label, formula, unit, basis, symbols: all known from the name."""
    found = catalogue.define("small_return_1d")
    assert found.label == "Russell 2000, price return over one session"
    assert found.formula == "close divided by the close one session earlier, less one"
    assert (found.unit, found.basis, found.decimals, found.symbols) == (Unit.PERCENT, Basis.PRICE, 2, ("SMALL",))
    assert found.signed


def test_the_longer_segment_is_not_taken_for_the_shorter(catalogue: FigureCatalogue) -> None:
    """`small_value_return_1d` is the fund's return, not a measure of `small`."""
    assert catalogue.define("small_value_return_1d").symbols == ("SMALL_VALUE",)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("small_retrun_1d", "small_return_1d"),
        ("smal_return_1d", "small_return_1d"),
        ("small_return_1d_rnak", "small_return_1d_rank"),
        ("small_return", "small_return_1d"),
        ("small_minus_large", "small_minus_large_1d"),
        ("small_minus_lareg_1d", "small_minus_large_1d"),
        ("stocks_upp_1d", "stocks_up_1d"),
        ("both_retrun_1d", "both_return_1d"),
        ("week_end", "week_ends"),
        ("fear_lvel", "fear_level"),
    ],
)
def test_a_misspelt_name_brings_the_nearest_one(catalogue: FigureCatalogue, wrong: str, right: str) -> None:
    """The error names the misspelt figure and asks whether the nearest one was meant."""
    with pytest.raises(UnknownFigureError, match=f"'{wrong}' is not a figure. Did you mean '{right}'?") as raised:
        catalogue.define(wrong)
    assert (raised.value.name, raised.value.suggestion) == (wrong, right)


def test_a_name_like_no_other_brings_no_suggestion(catalogue: FigureCatalogue) -> None:
    """Far from every figure nothing is guessed."""
    with pytest.raises(UnknownFigureError) as raised:
        catalogue.define("qqqqqqqqqq")
    assert raised.value.suggestion is None


def test_a_suggestion_is_never_a_mixed_comparison(catalogue: FigureCatalogue) -> None:
    """The nearest name is only offered if it can be asked for."""
    with pytest.raises(UnknownFigureError) as raised:
        catalogue.define("large_minus_onee_1d")
    assert raised.value.suggestion != "large_minus_one_1d"


def test_mixing_bases_is_refused_by_name_alone(catalogue: FigureCatalogue) -> None:
    """No data is needed to see that a price index stands beside a stock with dividends."""
    with pytest.raises(MixedBasisError, match="'large_minus_one_1d'"):
        catalogue.define("large_minus_one_1d")


def test_every_name_listed_is_defined_under_its_own_name(catalogue: FigureCatalogue) -> None:
    """The whole grammar: each name once, each defined, each with words for label and formula."""
    names = list(catalogue.names())
    assert len(names) == len(set(names)) > 800
    for name in names:
        definition = catalogue.define(name)
        assert definition.name == name
        assert definition.label
        assert definition.formula
        assert "{" not in definition.label + definition.formula
        assert bool(definition.vocabulary) == (definition.unit is Unit.NAME)


def test_what_a_kind_does_not_have_is_not_listed(catalogue: FigureCatalogue) -> None:
    """A yield has no return, a volatility index no record, a basket no level, and the odd group nothing."""
    names = set(catalogue.names())
    assert names.isdisjoint({"note_return_1d", "fear_record_close", "both_level", "odd_up_1d", "large_minus_one_1d"})
    assert {"note_change_1d", "fear_high_1y", "both_return_ytd", "both_n", "note_minus_bill", "week_ends"} <= names


def test_every_error_is_one_of_ours(catalogue: FigureCatalogue) -> None:
    """Nonsense of any shape is refused in one message, never with a traceback of another kind."""
    for name in (
        "",
        "_",
        "small",
        "small_",
        "_minus_",
        "small_minus_",
        "a_over_b",
        "_before",
        "small_before",
        "x_rank_in_y_1d",
    ):
        with pytest.raises(CommentaryError):
            catalogue.define(name)
    with pytest.raises(CommentaryError):
        catalogue.define("")
