"""Sources by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import DataError
from generator.market.files.source import CsvSource
from generator.market.registry import SOURCES, make_source
from generator.market.yahoo.source import YahooSource
from generator.model import Universe


@pytest.mark.parametrize("key", SOURCES)
def test_each_source_answers_to_its_name(key: str, universe: Universe, tmp_path: Path) -> None:
    """A source carries the key it is asked for by."""
    source = make_source(key, data=tmp_path, universe=universe)
    assert source.key == key
    assert source.supplier
    assert source.simulated == (key == "sample")


def test_csv_without_a_folder_says_which_option_is_missing(universe: Universe) -> None:
    """Files cannot be read from nowhere."""
    with pytest.raises(DataError, match="needs --data DIR"):
        make_source("csv", data=None, universe=universe)


def test_an_unknown_source_names_the_known_ones(universe: Universe) -> None:
    """A misspelt source is answered with the list of sources."""
    with pytest.raises(DataError, match=r"no source 'bloomberg'\. Choose one of yahoo, csv, sample\."):
        make_source("bloomberg", data=None, universe=universe)


def test_yields_and_futures_may_be_negative(universe: Universe, tmp_path: Path) -> None:
    """Only what has been quoted below zero in the past may be so again."""
    allowed = frozenset({"^TNX", "CL=F"})
    assert make_source("csv", data=tmp_path, universe=universe) == CsvSource(tmp_path, allowed, universe.kinds())
    assert make_source("yahoo", data=None, universe=universe) == YahooSource(universe.kinds())
