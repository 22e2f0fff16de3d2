"""Files of facts, notes and calendars: what is read, and what an editor is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.editorial.calendars import calendar_reminders, gather_calendars
from generator.editorial.facts import gather_facts
from generator.project import bundled_root

FACT = """  - id: one
    as_of: 2024-01-31
    published: 2024-02-10
    expires: 2024-05-01
    source: The Bank
    title: A note
    url: https://bank.org/note
    unit: percent
    measures: a share
    confidence: seen
    note: none
    values: {share: 41, house: The Bank}
"""
NOTE = """session: 2024-02-10
notes:
  - {id: a, outlet: The Wire, title: Bonds, url: "https://wire.org/a", published: 2024-02-10, says: blamed bonds}
"""
CALENDAR = """event: report
source: The Bureau
url: https://bureau.gov
days: [2024-01-05, 2024-02-09]
"""


def noted(topic: str, **settings: object) -> str:
    """A file with one note of a topic, with these settings besides its source."""
    rest = "".join(f", {name}: {value}" for name, value in settings.items())
    return NOTE.replace(", says: blamed bonds", f", topic: {topic}{rest}")


def told(root: Path, name: str, text: str) -> list[str]:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [str(fault) for fault in (*gather_facts(root)[1], *gather_calendars(root)[1])]


def test_a_fact_holds_only_once_it_is_public(tmp_path: Path) -> None:
    """It was measured in January and published in February."""
    assert told(tmp_path, "sources/bank.yaml", f"key: debt\nfacts:\n{FACT}") == []
    ((fact,), _) = gather_facts(tmp_path)
    assert (fact.id, fact.as_of, fact.begins) == ("one", date(2024, 1, 31), date(2024, 2, 10))


def test_the_day_beside_a_source_is_that_of_publication_unless_the_fact_says_otherwise(tmp_path: Path) -> None:
    """A record made later has the day on which its matter was known."""
    text = f"key: debt\nfacts:\n{FACT}{FACT.replace('id: one', 'id: two').replace('unit: percent', 'dated: known')}"
    assert told(tmp_path, "sources/bank.yaml", text) == []
    assert {fact.id: fact.dated for fact in gather_facts(tmp_path)[0]} == {"one": "published", "two": "known"}


def test_a_file_may_hold_several_keys(tmp_path: Path) -> None:
    """Each with its own facts."""
    facts = "\n".join(f"  {line}" for line in FACT.splitlines())
    text = f"keys:\n  debt:\n{facts}\n  share:\n{facts.replace('id: one', 'id: two')}\n"
    assert told(tmp_path, "sources/bank.yaml", text) == []
    assert [fact.key for fact in gather_facts(tmp_path)[0]] == ["debt", "share"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("sources/a.yaml", f"key: debt\nfacts:\n{FACT}{FACT}", "the id 'one' stands at content/sources/a.yaml:3 already"),
        ("sources/a.yaml", f"key: note\nfacts:\n{FACT}", "'note' cannot be a key here"),
        ("sources/a.yaml", f"key: last_debt\nfacts:\n{FACT}", "'last_debt' cannot be a key here"),
        ("sources/a.yaml", "key: debt\n", "has either 'key' and 'facts', or 'keys'"),
        ("sources/a.yaml", f"key: debt\nfacts:\n{FACT.replace('id: one', 'ids: one')}", "'ids' is not a setting"),
        ("sources/day/a.yaml", NOTE.replace("published: 2024-02-10", "published: 2024-02-11"), "after its session"),
        ("sources/day/a.yaml", NOTE.replace(", says: blamed bonds", ""), "or 'says', or both"),
        ("sources/day/a.yaml", NOTE.replace("blamed bonds", "'blamed {bonds}'"), "holds a brace"),
        ("sources/day/a.yaml", NOTE + NOTE.splitlines()[2].replace("id: a", "id: b") + "\n", "there is a note on 'why'"),
        ("sources/day/a.yaml", noted("odds", of="a cut", tool="T", chance=84), "'odds' has to have 'moment'"),
        ("sources/day/a.yaml", noted("odds", of="a cut", tool="T", moment="then"), "either 'chance' or 'above'"),
        ("sources/day/a.yaml", noted("odds", of="a cut", tool="T", moment="then", chance=104), "is no chance"),
        ("sources/day/a.yaml", noted("odds", of="a cut", tool="T", moment="then", chance=84.5), "whole number"),
        ("sources/day/a.yaml", noted("odds", of="a cut", tool="T", moment="then", chance=8, before=7), "go together"),
        ("sources/day/a.yaml", noted("why", says="blamed bonds", chance=84), "'chance' cannot stand in a note on 'why'"),
        ("sources/day/a.yaml", noted("expected", of="prices", unit="change", forecast=0.1), "has to have 'actual'"),
        ("sources/day/a.yaml", noted("expected", of="a", unit="jobs", forecast=1, actual=2), "should be one of change"),
        ("sources/day/a.yaml", noted("expected", of="a", unit="index", forecast=1.25, actual=2), "more than one decimal"),
        ("sources/day/a.yaml", noted("expected", of="a", unit="count", forecast=1.5, actual=2), "a count is a whole"),
        ("sources/day/a.yaml", noted("before", says="blamed bonds", move_of="2024-02-10"), "'move_of' is the session"),
        ("sources/day/a.yaml", noted("due", company="A", day="2024-02-09"), "'day' is 2024-02-09"),
        ("sources/day/a.yaml", noted("statement", speaker="A", document="B", quote="C"), "words 'leading' to it"),
        ("calendar/a.yaml", CALENDAR + "rule: {counting: third Friday}\n", "has either a 'rule', or 'days'"),
        ("calendar/a.yaml", CALENDAR + "events: [{day: 2024-01-05}]\n", "2024-01-05 is listed twice"),
        ("calendar/a.yaml", CALENDAR + "events: [{day: 2024-01-08, plan: late}]\n", "should be one of planned, moved"),
        ("calendar/a.yaml", CALENDAR + "events: [{day: 2024-01-08, announced: 2024-02-01}]\n", "after it happened"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, name: str, text: str, says: str) -> None:
    """With the file and the line, and what to do."""
    found = told(tmp_path, name, text)
    assert any(says in fault for fault in found), found


def test_numbers_and_days_of_a_note_are_read_as_they_are_given(tmp_path: Path) -> None:
    """A share has one decimal and a count none; a day is a day."""
    text = noted("expected", of="hiring", unit="count", forecast=190000, actual=175000)
    for topic, settings in (
        ("odds", {"of": "a cut", "tool": "T", "moment": "then", "above": 70}),
        ("due", {"company": "A", "day": "2024-02-12"}),
        ("before", {"says": "blamed bonds", "move_of": "2024-02-09"}),
    ):
        text += noted(topic, **settings).splitlines()[2].replace("id: a", f"id: {topic}") + "\n"
    assert told(tmp_path, "sources/day/a.yaml", text) == []
    values = {fact.key: fact.values for fact in gather_facts(tmp_path)[0]}
    assert values["note_expected"]["forecast_count"] == Decimal(190000)
    assert values["note_odds"]["above"] == Decimal(70)
    assert values["note_due"]["day"] == date(2024, 2, 12)
    assert values["note_before"]["move_of"] == date(2024, 2, 9)


def test_facts_in_their_former_folder_are_not_lost_in_silence(tmp_path: Path) -> None:
    """An editor whose facts would no longer be told is told so."""
    (found,) = told(tmp_path, "facts/bank.yaml", f"key: debt\nfacts:\n{FACT}")
    assert found == "content/facts/bank.yaml: is no longer read here: move it to content/sources/."


def test_two_files_may_not_share_a_key_or_an_event(tmp_path: Path) -> None:
    """Or one name might mean two things."""
    told(tmp_path, "sources/a.yaml", f"key: debt\nfacts:\n{FACT}")
    (found,) = told(tmp_path, "sources/b.yaml", f"key: debt\nfacts:\n{FACT.replace('id: one', 'id: two')}")
    assert "keep a key in one file" in found
    told(tmp_path, "calendar/a.yaml", CALENDAR)
    assert "keep one file of each" in told(tmp_path, "calendar/b.yaml", CALENDAR)[-1]


def test_a_list_that_has_run_out_is_a_reminder(tmp_path: Path) -> None:
    """Nothing can be said of what comes next; a rule never runs out."""
    told(tmp_path, "calendar/a.yaml", CALENDAR)
    told(
        tmp_path,
        "calendar/b.yaml",
        CALENDAR.partition("days")[0].replace("report", "expiry") + "rule: {counting: third Friday}\n",
    )
    calendars, faults = gather_calendars(tmp_path)
    assert faults == []
    assert calendar_reminders(calendars, date(2024, 2, 8)) == ()
    (line,) = calendar_reminders(calendars, date(2024, 2, 9))
    assert line == "note: content/calendar/a.yaml lists nothing after 2024-02-09. Add the days to come."


def test_every_bundled_fact_says_what_an_editor_needs_to_trust_it() -> None:
    """Each has its own id, an address, and is not out of force before it was public."""
    facts, faults = gather_facts(bundled_root() / "content")
    assert faults == []
    assert len({fact.id for fact in facts}) == len(facts)
    assert [fact.id for fact in facts if fact.begins >= fact.expires] == []
