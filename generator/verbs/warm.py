"""Prices, rules and second readers that are loaded once and kept, for a program that answers again and again.

What is asked for is loaded first, if it is not there or its files have changed since; so nobody is given old words.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any

from generator.assembly import Desk
from generator.delivery.issue import newest
from generator.errors import CommentaryError, SessionError
from generator.factcheck.checker import Checker
from generator.loading import load_past, open_publication
from generator.market.store.file import default_path
from generator.model import Market, Publication, Settings
from generator.project import find_project
from generator.site.preview import stamps
from generator.verbs.verify import read_files, read_ledger
from generator.verification.figures.answers import Answers
from generator.verification.reader import SecondReader

Heard = Callable[[str, str], None]
"""Is given a part and how it stands: `loading`, `ready`, or what is wrong with it."""
CONTENT, PRICES, RULES, READER = "content", "prices", "rules", "second reader"


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was loaded, and the files that it was made from, by sizes and times."""

    made_from: object
    held: object


def _about(publication: Publication, kind: str) -> tuple[object, ...]:
    """All of a publication that the second reader's figures rest on."""
    tests = [(one.key, one.when, one.weight, one.trial) for one in publication.fragments[kind] if one.trial]
    outline = publication.outlines[kind]
    own = (outline.appears, outline.on_demand, tests, publication.trials, publication.choices_of(kind))
    return publication.universe, publication.facts, publication.calendars, publication.readings, own


class Warm:
    """One publication and its prices, loaded when they are first asked for and again when they change."""

    def __init__(self, settings: Settings, heard: Heard = lambda part, how: None) -> None:
        self.settings, self.heard = settings, heard
        self._standing: dict[str, str] = {}
        self._kept: dict[str, Kept] = {}
        # What figures were computed over, and they themselves: words change more often than what they rest on.
        self._last: dict[str, tuple[Market, object, Any]] = {}
        self._lock, self._reading = RLock(), RLock()

    def load(self, kind: str) -> None:
        """Load all that an issue of the kind is looked at with; what cannot be is told, and asked for again later."""
        try:
            self.desk(kind)
            self.reader(kind)
            self._say(READER, "loading")
            with suppress(CommentaryError):  # there may be no issue to begin with
                self.read_again(kind, newest(self.settings.output, kind))
            self._say(READER, "ready")
        except CommentaryError:
            return

    def publication(self) -> Publication:
        """The publication as it stands; raises `ContentError` with its faults."""
        root = find_project(self.settings.project).root
        made_from = stamps([root / "content", root / "templates"])
        found: Publication = self._held(CONTENT, CONTENT, made_from, lambda: open_publication(self.settings))
        return found

    def market(self) -> Market:
        """All prices that are held; raises what loading them raises."""
        publication = self.publication()
        store = self.settings.store or default_path()
        folder = self.settings.data if self.settings.source == "csv" else store
        universe = publication.root / "content" / "universe.yaml"
        made_from = stamps([universe, *([folder] if folder and self.settings.source != "sample" else [])])
        found: Market = self._held(PRICES, PRICES, made_from, lambda: load_past(self.settings, publication))
        return found

    def desk(self, kind: str) -> Desk:
        """All that issues of the kind are made of."""
        publication, market = self.publication(), self.market()

        def over() -> Desk:
            before = self._last.get(RULES)
            same = before is not None and before[0] is market and before[1] == publication.universe
            desk = Desk.over(publication, kind, market, table=before[2] if before and same else None)
            _ = desk.newsroom.pasts
            self._last[RULES] = (market, publication.universe, desk.table)
            return desk

        found: Desk = self._held(f"{RULES} {kind}", RULES, (id(publication), id(market)), over)
        return found

    def reader(self, kind: str) -> SecondReader:
        """The second reader of the kind's issues."""
        publication, market = self.publication(), self.market()
        made_from = (id(publication), id(market))

        def over() -> SecondReader:
            before, about = self._last.get(READER), _about(publication, kind)
            same = before is not None and before[0] is market and before[1] == about
            reader = SecondReader(publication, kind, market, before[2] if before and same else None)
            self._last[READER] = (market, about, reader.columns)
            return reader

        found: SecondReader = self._held(f"{READER} {kind}", READER, made_from, over)
        return found

    def checker(self, kind: str) -> Checker:
        """What holds a sentence against the second reader's prices."""
        publication, reader = self.publication(), self.reader(kind)
        made_from = (id(publication), id(reader.columns))
        found: Checker = self._held("checker", READER, made_from, lambda: Checker(publication, reader.columns))
        return found

    def read_again(self, kind: str, folder: Path) -> Answers:
        """The second reader's answers on an issue, without printing it again; the first reading takes the longest."""
        files, ledger = read_files(folder), read_ledger(folder)
        with self._reading:
            return self.reader(kind).read(files, ledger)

    def row(self, session: date) -> int:
        """The session's place among those held; raises `SessionError` where it is none of them."""
        market = self.market()
        rows = {day: row for row, day in enumerate(market.sessions.astype("datetime64[D]").astype(object).tolist())}
        if session not in rows:
            raise SessionError(f"No prices of {session} are held; the last are those of {market.session}.")
        return rows[session]

    def of(self, kind: str) -> Settings:
        """The settings with another kind of issue."""
        return replace(self.settings, edition=kind)

    def _held(self, key: str, part: str, made_from: object, load: Callable[[], object]):  # type: ignore[no-untyped-def]
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.made_from != made_from:
                self._say(part, "loading")
                try:
                    kept = self._kept[key] = Kept(made_from, load())
                except CommentaryError as error:
                    self._say(part, str(error))
                    raise
            if self._standing.get(part) != "ready":
                self._say(part, "ready")
            return kept.held

    def _say(self, part: str, how: str) -> None:
        self._standing[part] = how
        self.heard(part, how)
