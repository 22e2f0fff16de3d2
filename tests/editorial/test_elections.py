"""Who won the presidential elections: each winner is known from its own day on, and not before the count."""

from __future__ import annotations

from datetime import date, timedelta

from generator.editorial.calendars import gather_calendars
from generator.editorial.facts import gather_facts
from generator.model import Fact
from generator.narrative.situations.days import counted_days
from generator.project import bundled_root

CONTENT = bundled_root() / "content"


def _of(key: str) -> list[Fact]:
    return [fact for fact in gather_facts(CONTENT)[0] if fact.key == key]


def test_a_winner_is_known_from_the_day_after_the_vote_or_later() -> None:
    """The exchange closes before the count; that of 2000 took until December, that of 2020 until the Saturday."""
    (votes,) = (one.rule for one in gather_calendars(CONTENT)[0] if one.key == "presidential_election")
    assert votes is not None
    held = {day.year: day for day in counted_days(votes, 1988, 2024)}
    found = {int(fact.values["year"]): fact for fact in _of("election_result")}
    assert found.keys() == held.keys()
    later = {year: fact.begins for year, fact in found.items() if fact.begins != held[year] + timedelta(days=1)}
    assert later == {2000: date(2000, 12, 14), 2020: date(2020, 11, 7)}
    assert {year for year, fact in found.items() if "late" in fact.values} == later.keys()
    for year in later:
        fact = found[year]
        assert fact.values["days"] == (fact.published - held[year]).days
        assert fact.values["late"] == f"{fact.published:%A, %B} {fact.published.day}"


def test_one_winner_speaks_until_the_next() -> None:
    """Each is cited as known on its day, and nobody wins against himself."""
    facts = _of("election_result")
    assert [fact.expires for fact in facts[:-1]] == [fact.begins for fact in facts[1:]]
    for fact in facts:
        assert fact.dated == "known"
        assert fact.url.endswith(f"/{fact.values['year']}")
        assert str(fact.values["winner"]).endswith(f" {fact.values['surname']}")
        assert fact.values["winner"] != fact.values["loser"]


def test_an_open_count_is_told_before_the_winner_alone() -> None:
    """What an outlet wrote while the count went on has ended when the winner is known."""
    winners = {int(fact.values["year"]): fact.begins for fact in _of("election_result")}
    for fact in _of("election_count"):
        assert fact.expires <= winners[fact.begins.year], fact.id
