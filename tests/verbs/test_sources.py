"""What may be cited on a session, where it was cited, what ends soon and what passages wait for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from generator.lines import source_lines
from generator.loading import open_publication
from generator.model import Fact, Publication, Settings
from generator.project import bundled_root
from generator.verbs.sources import Sources, source_reminders, sources
from generator.verbs.write import write_edition

SETTINGS = Settings(source="sample", project=bundled_root(), session=date(2024, 9, 18))


def fact(key: str, id_: str, begins: str, ends: str, **values: object) -> Fact:
    began, end = date.fromisoformat(begins), date.fromisoformat(ends)
    told = {name: value if isinstance(value, str) else Decimal(str(value)) for name, value in values.items()}
    return Fact(key, began, end, told, "A house", "https://example.com/", began, id_, line=f"f.yaml:{id_}")


@pytest.fixture(scope="module")
def publication() -> Publication:
    return open_publication(SETTINGS)


def test_what_holds_may_be_cited_and_nothing_before_it_was_public() -> None:
    """One fact of a key, the newest; the day's decision and the dates to come among them; nothing that has ended."""
    found = {one.fact.key: one.fact for one in sources(SETTINGS).found}
    assert found["fed_decision"].id == "fomc-2024-09-18"
    assert found["cpi_report"].as_of == date(2024, 10, 10)
    for one in found.values():
        if one.dated == "published":
            assert one.begins <= date(2024, 9, 18) < one.expires
    before = {one.fact.key for one in sources(replace(SETTINGS, session=date(2024, 9, 17))).found}
    assert "fed_odds" in before
    assert "fed_decision" not in before


def test_an_archive_tells_where_each_was_cited(tmp_path: Path) -> None:
    """By the issue's folder; as lines and as data; a folder that is no issue is named."""
    day = date(2024, 9, 18)
    write_edition(replace(SETTINGS, output=tmp_path, formats=("markdown",)))
    (tmp_path / "2024-09-19" / "session").mkdir(parents=True)
    found = sources(SETTINGS, tmp_path)
    cited = [one for one in found.found if one.cited]
    assert cited
    assert {place for one in cited for place in one.cited} == {f"{day}/session"}
    assert "holds no issue.json" in found.notices[0]
    record = json.loads(json.dumps(cited[0].record))
    assert record["cited"] == [f"{day}/session"]
    lines = list(source_lines(found))
    assert any(line.endswith(f"cited in {day}/session") for line in lines)
    assert list(source_lines(Sources(day, []))) == [f"nothing may be cited on {day}"]


def test_what_ends_within_thirty_days_is_named(publication: Publication) -> None:
    """Not sooner, not where a newer one follows, and not what holds for a day."""
    first = fact("count", "one", "2024-01-02", "2024-06-30", share=3)
    day = fact("rate", "two", "2024-06-12", "2024-06-13", upper=5)
    made = replace(publication, facts=(first, day))
    assert list(source_reminders(made, date(2024, 5, 30))) == []
    assert list(source_reminders(made, date(2024, 6, 12))) == [
        "note: f.yaml:one: 'one' expires on 2024-06-30, in 18 days."
    ]
    followed = replace(made, facts=(first, fact("count", "three", "2024-06-20", "2024-12-31", share=4)))
    assert list(source_reminders(followed, date(2024, 6, 12))) == []


def test_what_passages_wait_for_is_named_with_the_passages(publication: Publication) -> None:
    """A key whose last fact has ended, and the files whose rules name it; a key that nothing names is no lack."""
    kept = [one for one in publication.facts if one.key == "bofa_valuation"]
    last = max(one.expires for one in kept)
    made = replace(publication, facts=tuple(kept))
    (told,) = source_reminders(made, last + timedelta(days=3))
    assert told.startswith(f"note: nothing of 'bofa_valuation' holds on {last + timedelta(days=3)}: ")
    assert "/valuation.md and " in told
    unnamed = replace(publication, facts=(fact("count", "one", "2024-01-02", "2024-06-30", share=3),))
    assert list(source_reminders(unnamed, date(2024, 7, 5))) == []
