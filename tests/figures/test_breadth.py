"""Groups: how many rose, who led, who trailed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from generator.errors import MixedBasisError, UnknownFigureError
from generator.figures.table import FigureTable
from generator.model import Basis, Kind, Segment, Unit

Table = Callable[..., FigureTable]
Make = Callable[..., Segment]


@pytest.fixture
def five(table: Table) -> FigureTable:
    """Five members: up 3%, up 1%, unchanged to the eye, down 2%, down 4%."""
    moves = {"a": 1.0, "b": 3.0, "c": 0.001, "d": -4.0, "e": -2.0}
    closes = {key: [100.0, 100.0 + move] for key, move in moves.items()}
    return table(closes, sectors=tuple(moves))


def test_up_down_and_unchanged_are_counted_as_printed(five: FigureTable) -> None:
    """A rise that prints as 0.00% is not counted among those up."""
    counts = [five.printed(f"sectors_{measure}_1d")[1] for measure in ("n", "up", "down", "flat")]
    assert counts == [5, 2, 2, 1]


def test_the_three_best_and_the_three_worst_by_name_and_size(five: FigureTable) -> None:
    """With five members third-best and third-worst meet in the middle."""
    vocabulary = five.catalogue.define("sectors_best_1d").vocabulary
    places = ("best", "second", "third", "third_worst", "second_worst", "worst")
    assert [vocabulary[int(five.values(f"sectors_{place}_1d")[1])] for place in places] == list("bacced")
    assert [five.printed(f"sectors_{place}_return_1d")[1] for place in places] == [3.0, 1.0, 0.0, 0.0, -2.0, -4.0]


def test_spread_mean_and_places(five: FigureTable) -> None:
    """Best less worst is 7 points; the mean counts each member alike; `e` is fourth."""
    assert five.printed("sectors_spread_1d")[1] == 7.0
    assert five.printed("sectors_mean_1d")[1] == -0.4
    assert five.printed("e_rank_in_sectors_1d")[1] == 4.0


def test_nobody_present_is_absent_not_zero(five: FigureTable) -> None:
    """On the first session there is no return, so none is up and none is best."""
    for name in ("sectors_n_1d", "sectors_up_1d", "sectors_best_1d", "sectors_mean_1d", "a_rank_in_sectors_1d"):
        assert np.isnan(five.values(name)[0])


def test_one_member_alone_is_neither_best_nor_ranked(table: Table) -> None:
    """A group of which one member is held has no best, and no first place to give."""
    figures = table({"a": [100.0, 101.0], "b": [None, None]}, pair=("a", "b"))
    assert figures.printed("pair_n_1d")[1] == 1.0
    for name in ("pair_best_1d", "pair_spread_1d", "pair_mean_1d", "a_rank_in_pair_1d", "b_rank_in_pair_1d"):
        assert np.isnan(figures.values(name)[1])


def test_a_group_stands_on_one_basis(table: Table, segment: Make) -> None:
    """Indices among funds are compared by total return; one that has none is refused."""
    funds = [segment("fund", Kind.FUND), segment("index", total="TRACKER")]
    figures = table(
        {"fund": [1.0], "index": [1.0], "bare": [1.0]}, *funds, good=("fund", "index"), bad=("fund", "bare")
    )
    assert figures.catalogue.define("good_best_return_1d").basis is Basis.TOTAL
    with pytest.raises(MixedBasisError):
        figures.catalogue.define("bad_best_1d")


def test_a_group_with_an_unknown_or_unfit_member_has_no_figures(table: Table, segment: Make) -> None:
    """A misspelt member, or a yield among returns, makes no figure rather than a wrong one."""
    figures = table({"a": [1.0], "note": [4.0]}, segment("note", Kind.YIELD), odd=("a", "gone"), mixed=("a", "note"))
    for name in ("odd_up_1d", "mixed_up_1d", "a_rank_in_odd_1d", "a_rank_in_gone_1d"):
        with pytest.raises(UnknownFigureError):
            figures.catalogue.define(name)


def test_groups_have_no_prior_periods(five: FigureTable) -> None:
    """`sectors_up_prior_week` is outside the grammar."""
    with pytest.raises(UnknownFigureError):
        five.catalogue.define("sectors_up_prior_week")


def test_names_count_in_the_words_of_the_group(five: FigureTable) -> None:
    """A definition says what it counts, and a name carries its vocabulary."""
    assert five.catalogue.define("sectors_up_1d").label == "members up, price return over one session"
    assert five.catalogue.define("sectors_worst_1d").unit is Unit.NAME


def test_the_evidence_is_two_closes_for_each_member(five: FigureTable) -> None:
    """All the prices behind a count are shown."""
    assert len(five.evidence("sectors_up_1d", 1)) == 10


def test_the_spread_of_a_group_knows_how_long_none_was_as_narrow_or_as_wide(table: Table) -> None:
    """Spreads of two, five and three points: the last is the narrowest for two sessions and the widest for one."""
    figures = table({"a": [100.0, 102.0, 107.1, 110.313], "b": [100.0] * 4}, sectors=("a", "b"))
    assert figures.printed("sectors_spread_1d")[1:].tolist() == [2.0, 5.0, 3.0]
    assert figures.printed("sectors_spread_1d_sessions_since_lower")[3] == 2.0
    assert figures.printed("sectors_spread_1d_sessions_since_higher")[3] == 1.0
    assert figures.values("sectors_spread_1d_lowest_since")[3] == figures.sessions[1].astype(np.int64)


def test_members_ahead_of_a_segment_beside_the_group(table: Table) -> None:
    """Two of three did better than an index that rose 1%; one that printed the same did not; without the index, nothing."""
    moves = {"a": 1.0, "b": 3.0, "c": 1.5}
    closes = {key: [100.0, 100.0 + move] for key, move in moves.items()}
    made = table({**closes, "index": [100.0, 101.001], "gone": [100.0, None]}, trio=tuple(moves))
    assert made.printed("trio_ahead_of_index_1d")[1] == 2.0
    assert np.isnan(made.printed("trio_ahead_of_gone_1d")[1])
    with pytest.raises(UnknownFigureError):
        made.catalogue.define("trio_ahead_of_a_1d")
