"""What an embedding program is told of settings that cannot be used."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.cli.writing import write
from generator.errors import SettingsError
from generator.model import SOURCES, Settings


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"formats": [5]}, r"formats=\[5\]: give a list of products"),
        ({"formats": "html"}, "formats='html': give a list"),
        ({"session": "2025-06-30"}, "session='2025-06-30': give a date, not a str"),
        ({"session": datetime(2025, 6, 30)}, "give a date, not a datetime"),
        ({"data": "prices"}, "data='prices': give a Path, not a str"),
        ({"output": "out"}, "output='out': give a Path"),
        ({"source": "bloomberg"}, "There is no source 'bloomberg'"),
        ({"as_known": date(2025, 6, 30)}, "give a datetime, not a date"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_at_once(given: dict[str, Any], told: str) -> None:
    """Nothing is begun with it."""
    with pytest.raises(SettingsError, match=told):
        Settings(**given)


def test_what_can_be_used_is_taken() -> None:
    """Dates, paths and known names."""
    settings = Settings(session=date(2025, 6, 30), data=Path("prices"), source="csv", formats=["html"])
    assert settings.formats == ["html"]


def test_the_command_offers_what_the_library_knows() -> None:
    """The command line keeps its own list, so that its help need not load numpy."""
    (source,) = [option for option in write.params if option.name == "source"]
    assert tuple(getattr(source.type, "choices", ())) == SOURCES
