"""The file of corrections, as people and the builder write it down."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.editorial.corrections import corrections_in, read_corrections
from generator.errors import ContentError
from generator.model import Change, Correction

TEXT = """corrections:
  - issue: 2024-07-11/session
    at: 2024-07-15 09:30
    text: The Dow's move was
      that of the day before.
    changes: [{was: It rose., now: It fell.}]
  - {issue: 2024-07-12/weekly, at: 2024-07-16, text: A name was wrong., untold: 2, version: abc}
"""
NEW_YORK = ZoneInfo("America/New_York")


def test_a_correction_has_its_moment_in_new_york(tmp_path: Path) -> None:
    """A day alone is its midnight, and a text over several lines is one; without a file there is none."""
    assert read_corrections(tmp_path) == ()
    (tmp_path / "corrections.yaml").write_text(TEXT)
    first, second = read_corrections(tmp_path)
    assert first.at == datetime(2024, 7, 15, 9, 30, tzinfo=NEW_YORK)
    assert (first.text, first.changes) == (
        "The Dow's move was that of the day before.",
        (Change("It rose.", "It fell."),),
    )
    midnight = datetime(2024, 7, 16, tzinfo=NEW_YORK)
    assert second == Correction("2024-07-12/weekly", midnight, "A name was wrong.", (), "abc", 2)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("2024-07-11/session", "yesterday", "should name an issue by date and kind"),
        ("2024-07-15 09:30", "2024-07-15 9 o'clock", "a day and an hour in New York"),
        ("2024-07-15 09:30", "5", "a day and an hour in New York"),
        ("text: A name was wrong.", "words: A name was wrong.", "words"),
    ],
)
def test_each_fault_is_told_with_its_line(was: str, now: str, told: str) -> None:
    """All at once, under the file's own name."""
    assert was in TEXT
    with pytest.raises(ContentError) as caught:
        corrections_in(TEXT.replace(was, now), "corrections.yaml")
    assert any(told in str(fault) and fault.where.startswith("corrections.yaml:") for fault in caught.value.faults)
