"""A first reader that errs about what was known when is caught by the second, for each way of erring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import orjson
import pytest

from generator.assembly import Desk, make_edition
from generator.editorial.fragments import gather_fragments
from generator.market.economy.vintages import Vintage, on_record
from generator.model import Every, Market, Observations, Publication
from generator.products import make_pages
from generator.rendering.paper.press import Press
from generator.verification.reader import SecondReader

from .conftest import Finished

SESSIONS = 700
JOBS, NEXT, LATER = date(2024, 9, 6), date(2024, 9, 9), date(2024, 9, 10)
"""The day of a report, the session on which it is news still, and one on which it is no longer."""
GROWTH, SECOND = date(2024, 7, 25), date(2024, 8, 29)
"""The days of a quarter's first and second estimates."""
DAYS = (JOBS, NEXT, LATER, GROWTH, SECOND, date(2024, 9, 3), date(2024, 8, 26), date(2024, 9, 12))
Held = Mapping[str, Observations]


def _record(
    series: str, last: date, every: Every, course: list[float], revised: float, second: int = 0
) -> Observations:
    """Vintages of a series: each day brings the newest period, and the one before it as it is revised to."""
    step = {Every.WEEK: np.timedelta64(7), Every.MONTH: 1, Every.QUARTER: 3}[every]
    vintages, known = [], dict[np.datetime64, float]()
    out = {Every.WEEK: 5, Every.MONTH: 36, Every.QUARTER: 115}[every]
    months = np.datetime64(last, "M")
    for back in range(len(course) - 1, -1, -1):
        day = np.datetime64(last) - 7 * back if every is Every.WEEK else (months - step * back).astype("datetime64[D]")
        if known:
            known[max(known)] = round(known[max(known)] + revised, 2)
        known[day] = course[-1 - back]
        released = _workday(day + out)
        vintages.append(_vintage(released, known))
        if second:
            vintages.append(_vintage(_workday(np.datetime64(released) + second), known | {day: known[day] + revised}))
    return on_record(series, vintages, f"vintages/{series}.csv")


def _workday(day: np.datetime64) -> date:
    found: date = np.busday_offset(day, 0, roll="forward").astype(object)
    return found


def _vintage(day: date, known: Mapping[np.datetime64, float]) -> Vintage:
    days = sorted(known)
    return Vintage(day, np.array(days, "datetime64[D]"), np.array([known[one] for one in days]))


@pytest.fixture(scope="module")
def market(desk: Desk) -> Market:
    """The last years of the simulated market, with jobs, prices, growth and claims that are revised."""
    held = desk.market
    rows = slice(len(held.sessions) - SESSIONS, None)
    wave = [4.0 + 0.1 * (number * 7 % 5) for number in range(40)]
    jobs = list(np.cumsum([150.0 + 90 * (number * 11 % 7 - 2) for number in range(40)]) + 150_000.0)
    index = list(300.0 + np.cumsum([0.4 + 0.3 * (number * 5 % 4) for number in range(40)]))
    growth = [2.0 + 0.7 * (number * 3 % 5 - 1) for number in range(12)]
    claims = [220_000.0 + 9_000 * (number * 13 % 9) for number in range(120)]
    series = {
        "UNRATE": _record("UNRATE", date(2024, 10, 1), Every.MONTH, wave, 0.1),
        "PAYEMS": _record("PAYEMS", date(2024, 10, 1), Every.MONTH, jobs, -70.0),
        "CPIAUCNS": _record("CPIAUCNS", date(2024, 10, 1), Every.MONTH, index, 0.0),
        "A191RL1Q225SBEA": _record("A191RL1Q225SBEA", date(2024, 7, 1), Every.QUARTER, growth, 0.4, second=35),
        "ICSA": _record("ICSA", date(2024, 9, 7), Every.WEEK, claims, 2_000.0),
    }
    histories = {
        symbol: replace(
            bars,
            days=bars.days[rows],
            **{name: column[rows] for name in FIELDS if (column := bars.column(name)) is not None},
        )
        for symbol, bars in held.histories.items()
    }
    return replace(
        held, sessions=held.sessions[rows], half_days=held.half_days[rows], histories=histories, observations=series
    )


FIELDS = ("open", "high", "low", "close", "adj_close")


WORDS = """---
case: rate
when: unemployment_sessions_since_release <= 1
topic: rate
weight: 1000
---
- The Bureau of Labor Statistics has unemployment at {{ unemployment }} for {{ unemployment_date | in_month }}, after {{ unemployment_prior }} (published {{ unemployment_released | date }}). The rate is of those who look for work and of those who have it.
---
case: more-jobs
when: payrolls_sessions_since_release <= 1 and payrolls > 0
topic: jobs
weight: 1000
---
- Employers had {{ payrolls | size }} more jobs in {{ payrolls_date | in_month }}, by the Bureau of Labor Statistics (published {{ payrolls_released | date }}). The count is of jobs on the books of companies and offices.
---
case: fewer-jobs
when: payrolls_sessions_since_release <= 1 and payrolls < 0
topic: jobs
weight: 1000
---
- Employers had {{ payrolls | size }} fewer jobs in {{ payrolls_date | in_month }}, by the Bureau of Labor Statistics (published {{ payrolls_released | date }}). The count is of jobs on the books of companies and offices.
---
case: growth
when: gdp_sessions_since_release <= 1 and gdp > 0
topic: growth
weight: 1000
---
- The Bureau of Economic Analysis put real growth in the {{ gdp_date | in_quarter }} at {{ gdp | size }} a year, after {{ gdp_prior | size }} (published {{ gdp_released | date }}).
---
case: claims
when: claims_sessions_since_release <= 1
topic: claims
weight: 1000
---
- The Labor Department counted {{ claims }} new claims in the week to {{ claims_date | date }} (published {{ claims_released | date }}). A claim is what people file whom an employer has let go.
"""


@pytest.fixture(scope="module")
def publication(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Passages that tell what came out, and of all others the few that are always true: a fraction of the work."""
    path = tmp_path_factory.mktemp("words") / "numbers.md"
    path.write_text(WORDS, encoding="utf-8")
    numbers, faults = gather_fragments(path, "content/session/breadth/numbers.md")
    assert faults == []
    always = (one for one in desk.publication.fragments["session"] if not one.when)
    return replace(desk.publication, fragments={"session": (*always, *numbers)})


@pytest.fixture(scope="module")
def true(publication: Publication, market: Market) -> dict[date, Finished]:
    """The editions of these days by the true record."""
    desk = Desk.over(publication, "session", market)
    return {day: _finished(desk, day) for day in DAYS}


@pytest.fixture(scope="module")
def second(publication: Publication, market: Market) -> SecondReader:
    return SecondReader(publication, "session", market)


def _finished(desk: Desk, day: date) -> Finished:
    """The edition of that session as the first reader makes it."""
    edition = make_edition(desk, int(np.searchsorted(desk.market.sessions, np.datetime64(day))))
    with Press(wanted=False) as press:
        pages, _ = make_pages(edition, desk.templates, ("markdown",), press, dict)
    files = {page.path: page.content for page in pages}
    texts = {name: content.decode() for name, content in files.items() if name.endswith((".md", ".txt"))}
    return Finished(texts, orjson.loads(files["edition.json"]))


def made(publication: Publication, market: Market, day: date) -> Finished:
    return _finished(Desk.over(publication, "session", market), day)


def of_releases(edition: Finished) -> dict[str, object]:
    """What an edition says of releases: figures, with what stands behind them, and sources."""
    figures = {name: one for name, one in edition.ledger["figures"].items() if "source" in one}
    return {**figures, "sources": edition.ledger["facts"]}


@pytest.mark.parametrize("day", [JOBS, NEXT, LATER, GROWTH, SECOND])
def test_an_edition_of_the_true_record_holds(day: date, true: dict[date, Finished], second: SecondReader) -> None:
    """And it tells what came out that day, or the session before; on the day after that it is silent about it."""
    edition = true[day]
    assert [str(one) for one in second.verify(edition.texts, edition.ledger).faults] == []
    told = {name.partition("_")[0] for name in of_releases(edition)}
    assert bool({"unemployment", "payrolls"} & told) is (day in (JOBS, NEXT))
    assert ("gdp" in told) is (day in (GROWTH, SECOND))


def each(change: Callable[[Observations], Observations], *names: str) -> Callable[[Held], Held]:
    return lambda held: {name: change(one) if not names or name in names else one for name, one in held.items()}


def earlier(one: Observations) -> Observations:
    """Every value four days before it came out."""
    assert one.seen is not None
    assert one.released is not None
    return replace(one, seen=one.seen - 4, released=one.released - 4)


def later(one: Observations) -> Observations:
    """Every value two days after it came out, as if it were fresh then."""
    assert one.seen is not None
    assert one.released is not None
    assert one.confirmed is not None
    return replace(one, seen=one.seen + 2, released=one.released + 2, confirmed=one.confirmed + 2)


def as_revised(one: Observations) -> Observations:
    """Each period's last value from the first day on: the past as it stands today."""
    days, first = np.unique(one.days, return_index=True)
    last = np.append(first[1:], one.days.size) - 1
    dates = {name: getattr(one, name)[first] for name in ("seen", "released")}
    assert one.confirmed is not None
    return replace(one, days=days, values=one.values[last], confirmed=one.confirmed[last], **dates)


def first_prints(one: Observations) -> Observations:
    """No revision at all, each first print taken to stand for ever."""
    days, first = np.unique(one.days, return_index=True)
    dates = {name: getattr(one, name)[first] for name in ("seen", "released")}
    return replace(
        one, days=days, values=one.values[first], confirmed=np.full(days.size, np.datetime64("2030-01-01")), **dates
    )


def month_before(one: Observations) -> Observations:
    """Every value under the period before its own."""
    months = one.days.astype("datetime64[M]")
    return replace(one, days=(months - 1).astype("datetime64[D]"))


def undated(one: Observations) -> Observations:
    """No day of release is known any more."""
    return replace(one, released=np.full(one.days.size, np.datetime64("NaT")))


def a_tenth_more(one: Observations) -> Observations:
    """Another number than any that was published."""
    return replace(one, values=one.values * 1.1)


def one_vintage_late(one: Observations) -> Observations:
    """The newest value of each period withheld: what was on record before it."""
    order = np.lexsort((one.seen, one.days))
    keep = np.append(one.days[order][1:] == one.days[order][:-1], False)
    keep |= ~np.isin(one.days[order], one.days[order][keep])
    rows = order[keep]
    dates = {name: getattr(one, name)[rows] for name in ("seen", "released", "confirmed")}
    return replace(one, days=one.days[rows], values=one.values[rows], **dates)


ERRORS: dict[str, tuple[date, Callable[[Held], Held]]] = {
    "today's revision told in the past": (JOBS, each(as_revised, "UNRATE", "PAYEMS")),
    "today's revision of growth told on the first estimate's day": (GROWTH, each(as_revised, "A191RL1Q225SBEA")),
    "a number before it came out": (date(2024, 9, 3), each(earlier, "UNRATE", "PAYEMS")),
    "an estimate before it came out": (date(2024, 8, 26), each(earlier, "A191RL1Q225SBEA")),
    "a release told as news after its window": (LATER, each(later, "UNRATE", "PAYEMS")),
    "the reading before as it first was": (JOBS, each(first_prints, "UNRATE")),
    "a change across two vintages": (JOBS, each(first_prints, "PAYEMS")),
    "the first estimate on the day of the second": (SECOND, each(lambda one: replace(first_prints(one), seen=first_prints(one).seen + 35, released=first_prints(one).released + 35), "A191RL1Q225SBEA")),  # type: ignore[operator]
    "a number under another month": (JOBS, each(month_before, "UNRATE", "PAYEMS")),
    "a number that nobody published": (JOBS, each(a_tenth_more, "UNRATE", "PAYEMS")),
    "the vintage before the one of the day": (SECOND, each(one_vintage_late, "A191RL1Q225SBEA")),
    "claims of the week before under this week's day": (date(2024, 9, 12), each(lambda one: replace(one, days=one.days + 7), "ICSA")),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_about_vintages_is_caught(
    name: str, publication: Publication, market: Market, true: dict[date, Finished], second: SecondReader
) -> None:
    """The edition is whole and agrees with itself; only what was known that day, it has wrong."""
    day, err = ERRORS[name]
    wrong = made(publication, replace(market, observations=err(market.observations)), day)
    assert of_releases(wrong) != of_releases(true[day])  # or the error would have had no consequence
    known = {str(one) for one in second.verify(true[day].texts, true[day].ledger).faults}
    assert {str(one) for one in second.verify(wrong.texts, wrong.ledger).faults} - known
