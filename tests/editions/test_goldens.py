"""Golden editions of the simulated market: a changed sentence shows as a diff."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator import Settings, write_edition
from generator.project import bundled_root
from generator.publishing.document import issue_schema

GOLDEN = Path(__file__).parent / "golden"
SESSIONS = (date(2019, 3, 29), date(2021, 6, 16), date(2024, 7, 11), date(2026, 2, 2))
WEEKS = (date(2020, 3, 20), date(2021, 6, 18), date(2023, 7, 7))
"""A bad week, an ordinary one and one cut short by a holiday."""
QUARTERS = (date(2022, 6, 30), date(2023, 6, 30))
"""A quarter of heavy losses, and one in which the market broadened."""
HALVES = (date(2014, 6, 30), date(2024, 12, 31))
"""The premium in a first half and at the end of a year."""
DECISIONS = (date(2019, 7, 31), date(2024, 6, 12))
"""The first cut of a cycle, and a decision without a change."""
FILES = (
    "article.md",
    "newsletter.txt",
    "x.txt",
    "x-thread.txt",
    "linkedin.txt",
    "facebook.txt",
    "bluesky.txt",
    "bluesky-thread.txt",
    "mastodon.txt",
    "threads.txt",
)


ISSUES = (
    *(("session", day) for day in SESSIONS),
    *(("weekly", day) for day in WEEKS),
    *(("rotation", day) for day in QUARTERS),
    *(("premium", day) for day in HALVES),
    *(("policy", day) for day in DECISIONS),
)


@pytest.mark.parametrize(("edition", "session"), ISSUES, ids=str)
def test_the_edition_reads_as_the_golden_one(
    edition: str, session: date, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Article and posts of a simulated session are, to the letter, those last read and approved."""
    formats = ("markdown", "mail", "x", "linkedin", "facebook", "bluesky", "mastodon", "threads")
    settings = Settings(
        edition=edition, source="sample", session=session, project=bundled_root(), output=tmp_path, formats=formats
    )
    folder = write_edition(settings).folder
    for name in FILES:
        golden = GOLDEN / (str(session) if edition == "session" else f"{edition}-{session}") / name
        if request.config.getoption("--update-goldens"):
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_bytes((folder / name).read_bytes())
        assert (folder / name).read_text() == golden.read_text()


def test_the_schema_is_that_of_the_issue(project_root: Path, request: pytest.FixtureRequest) -> None:
    """docs/issue.schema.json says what `issue.json` is made of: a change of it is one for those who read the file."""
    golden = project_root / "docs" / "issue.schema.json"
    if request.config.getoption("--update-goldens"):
        golden.write_text(issue_schema(), "utf-8")
    assert golden.read_text("utf-8") == issue_schema()
