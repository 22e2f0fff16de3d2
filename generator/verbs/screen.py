"""Find the small companies that trade most and have settled prices, and on request put them on the watch list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.editorial.universe import WHERE, read_universe
from generator.errors import CommentaryError, ContentError, DataError, Fault, NotSettledError
from generator.loading import open_publication
from generator.market.sessions import ends_period, resolve_session, session_before
from generator.market.source import Finding, Status
from generator.market.yahoo.answer import NoAnswer
from generator.market.yahoo.screen import Screen, Screened, screened
from generator.market.yahoo.source import YahooSource
from generator.model import Kind, Settings, Universe
from generator.project import find_project
from generator.publishing.public import write_file
from generator.verbs.note import require_own

_REFUSED = (Status.RATE_LIMITED, Status.NETWORK)


@dataclass(frozen=True, slots=True)
class Passed:
    """One company that the screen found, and whether its prices can be believed."""

    company: Screened
    sector: str
    does: str
    finding: Finding
    listed: bool
    """Whether the universe tells of its symbol already."""

    @property
    def usable(self) -> bool:
        """Whether it may be named: settled prices up to the session, and no doubt of them."""
        return self.finding.status is Status.OK


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the screen found, and what was written."""

    passed: tuple[Passed, ...]
    through: date
    since: date
    """The day before which nothing would be told of them: the end of the quarter before."""
    added: tuple[str, ...]

    @property
    def record(self) -> list[dict[str, Any]]:
        """The companies for a program to read."""
        return [
            {
                **asdict(one.company),
                "sector": one.sector,
                "does": one.does,
                "status": one.finding.status.value,
                "reason": one.finding.reason,
                "listed": one.listed,
                "added": one.company.symbol in self.added,
            }
            for one in self.passed
        ]

    def entry(self, one: Passed) -> str:
        """The company as a line of the watch list."""
        given = {"symbol": one.company.symbol, "name": one.company.name, "does": one.does, "sector": one.sector}
        words = [f"{key}: {_scalar(value)}" for key, value in given.items()]
        return f"{{{', '.join(words)}, since: {self.since}}}"


def screen(settings: Settings, most: int, *, add: bool = False) -> Outcome:
    """The `most` small companies that trade most, each judged by its prices up to the last completed session.

    With `add`, those that can be believed and are not told of yet go under `watch` in the publication's universe;
    raises `ProjectError`, before anything is asked, for the publication inside the installed program.
    """
    if add:
        require_own(find_project(settings.project).root)
    publication = open_publication(settings)
    universe, through = publication.universe, resolve_session(settings.session, settings.as_known)
    if not universe.screen:
        where = "list Yahoo's sectors under `screen`, each with its `sector` and what a company of it is (`does`)."
        raise ContentError([Fault(WHERE, f"there is no sector to screen: {where}")])
    try:
        passed = _passed(universe, through, most)
    except NoAnswer as failure:
        kind = NotSettledError if failure.status in _REFUSED else DataError
        raise kind(f"Yahoo's screen gave no answer: {failure.reason}.") from failure
    found = Outcome(passed, through, _quarter_before(through), ())
    new = [one for one in passed if one.usable and not one.listed] if add else []
    if new:
        _add(publication.root / "content", [found.entry(one) for one in new])
    return Outcome(passed, through, found.since, tuple(one.company.symbol for one in new))


def _passed(universe: Universe, through: date, most: int) -> tuple[Passed, ...]:
    source, told = YahooSource(), set(universe.symbols())
    source.prepare()
    companies = screened(source, Screen(), universe.screen, most)
    symbols = [one.symbol for one in companies]
    source.kinds = dict.fromkeys(symbols, Kind.STOCK)
    reply = source.history(symbols, through)
    nothing = "Yahoo Finance has no prices for it"
    return tuple(
        Passed(
            one,
            *universe.screen[one.sector],
            reply.findings.get(one.symbol, Finding(one.symbol, Status.MISSING, nothing)),
            one.symbol in told,
        )
        for one in companies
    )


def _quarter_before(session: date) -> date:
    """The last session of the quarter before, so that day, week and quarter can be told at once."""
    day = session_before(session)
    while not ends_period(day, "quarter"):
        day = session_before(day)
    return day


def _scalar(value: str) -> str:
    """Words as YAML reads them back, quoted where they have to be."""
    return yaml.safe_dump(value, default_flow_style=True, width=1_000).removesuffix("\n").removesuffix("\n...")


_LIST = re.compile(r"^watch:[ \t]*(?:\[[ \t]*\])?[ \t]*(?:#.*)?$", re.MULTILINE)


def _add(content: Path, entries: Sequence[str]) -> None:
    """The entries under `watch` in the file, whose other lines stay as they are; it has to read as before."""
    path = content / "universe.yaml"
    before = path.read_text(encoding="utf-8")
    lines = "".join(f"  - {one}\n" for one in entries)
    if found := _LIST.search(before):
        after = f"{before[: found.start()]}watch:\n{lines}{before[found.end() :].removeprefix(chr(10))}"
    elif re.search(r"^watch:", before, re.MULTILINE):
        raise ContentError([Fault(WHERE, "write `watch:` on a line of its own, with a company on each line below it.")])
    else:
        after = f"{before.rstrip()}\n\nwatch:\n{lines}"
    write_file(path, after)
    try:
        read_universe(content)
    except CommentaryError:
        write_file(path, before)
        raise
