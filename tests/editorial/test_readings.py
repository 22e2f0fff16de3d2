"""Readings are read from one file, in its order, with the line of each signal."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.readings import gather_readings

TEXT = """readings:
  boom:
    says: All is well.
    signals:
      one: a > 1
      two: b > 1
      three: c > 1
      four: d > 1
      five: true
"""


def gathered(folder: Path, text: str) -> tuple[list[str], list[str]]:
    (folder / "readings.yaml").write_text(text, encoding="utf-8")
    readings, faults = gather_readings(folder)
    return [one.key for one in readings or ()], [str(fault) for fault in faults]


def test_a_reading_has_its_signals_with_their_lines(tmp_path: Path) -> None:
    """A rule that YAML takes for something else is kept as it was written."""
    assert gathered(tmp_path, TEXT) == (["boom"], [])
    readings, _ = gather_readings(tmp_path)
    assert readings is not None
    assert [(one.key, one.when, one.line) for one in readings[0].signals][::4] == [
        ("one", "a > 1", "content/readings.yaml:5"),
        ("five", "True", "content/readings.yaml:9"),
    ]
    assert (readings[0].says, readings[0].line) == ("All is well.", "content/readings.yaml:2")


def test_a_publication_may_do_without(tmp_path: Path) -> None:
    """No file is no fault."""
    assert gather_readings(tmp_path) == ((), [])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("      five: true\n", "", "content/readings.yaml:4: 'signals' should have at least 5 entries."),
        ("says:", "say:", "content/readings.yaml:3: 'say' is not a setting of reading 'boom'. Did you mean 'says'?"),
        ("    says: All is well.\n", "", "content/readings.yaml:2: reading 'boom' needs 'says'."),
        ("one: a > 1", "one: [a]", "content/readings.yaml:5: 'one' should be a rule such as small_return_1d >= 0.5, or true; it is a list."),
        ("two:", "one:", "content/readings.yaml:6: 'one' is given twice; keep one of them."),
        ("  boom:", "  b-m:", "content/readings.yaml:2: 'b-m' cannot be a name here"),
    ],
)  # fmt: skip
def test_a_fault_has_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    """And the reading that has it is left out."""
    kept, faults = gathered(tmp_path, TEXT.replace(old, new))
    assert any(fault.startswith(says) for fault in faults), faults
    assert kept == []
