"""Approvals: the last word on each issue counts, and a file that is none is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.errors import DataError
from generator.publishing.approvals import FILE, Approval, add_approval, read_approvals


def test_the_last_approval_of_an_issue_counts(tmp_path: Path) -> None:
    """Lines are only ever added, and the newest of an issue is the one that is read."""
    assert read_approvals(tmp_path) == {}
    at = datetime(2024, 7, 11, 21, tzinfo=UTC)
    first, other, again = (Approval(issue, digest, by, at) for issue, digest, by in (
        ("2024-07-11/session", "a" * 64, "Ann"), ("2024-07-12/session", "b" * 64, "Bob"), ("2024-07-11/session", "c" * 64, "Bob \u201cB\u201d")))  # fmt: skip
    for one in (first, other, again):
        add_approval(tmp_path, one)
    assert read_approvals(tmp_path) == {"2024-07-11/session": again, "2024-07-12/session": other}
    assert len((tmp_path / FILE).read_text("utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"issue": "x"}', '{"issue": "x", "digest": "y", "by": "z", "at": "noon"}']
)
def test_a_line_that_is_none_is_told(tmp_path: Path, line: str) -> None:
    """A torn or altered line lets nobody believe that something is approved."""
    (tmp_path / FILE).write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"approvals.jsonl:1: is no approval"):
        read_approvals(tmp_path)
