"""Counts sessions, over processes, and yields batches of tallies as they are ready."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

import orjson

from generator.assembly import Desk, make_edition
from generator.errors import CommentaryError
from generator.model import Market
from generator.products import make_texts
from generator.replay.results import Batch
from generator.replay.tally import Slots, Tally, counted
from generator.shipping import Shipped
from generator.verification.figures.answers import Answers
from generator.verification.reader import SecondReader
from generator.workers import spread

WARMING = 150
"""Every this many sessions, one is verified before the processes are forked."""
BATCH = 32
"""How many sessions a process hands over at once."""


@dataclass(slots=True)
class Studio:
    """Makes and counts editions over one desk; remembers which sentences it has already handed over."""

    desk: Desk
    slots: Slots
    formats: Collection[str]
    reader: SecondReader | None = None
    """Checks every claim of every edition; None to skip the check."""
    _known: set[str] = field(default_factory=set)

    @classmethod
    def over(cls, desk: Desk, formats: Collection[str], verify: bool = False) -> Studio:
        """A studio over the desk, with its rules already evaluated on every session."""
        _ = desk.newsroom.pasts
        newsroom = desk.newsroom
        slots = Slots.of(newsroom.outline, newsroom.publication.fragments[newsroom.edition])
        reader = SecondReader(desk.publication, newsroom.edition, desk.market) if verify else None
        return cls(desk, slots, formats, reader)

    def warm(self, rows: Sequence[int]) -> None:
        """Verify some of the sessions, so that the results of SQL are there for every process to share."""
        if self.reader:
            replace(self, _known=set()).batch(rows[::WARMING])

    def batch(self, rows: Sequence[int]) -> Batch:
        """The tallies of the sessions on these rows."""
        texts: dict[str, str] = {}
        tallies = tuple(self._tally(row, texts) for row in rows)
        return Batch(tallies, texts)

    def _tally(self, row: int, texts: dict[str, str]) -> Tally:
        day = self.desk.market.sessions[row].astype(object)
        start = perf_counter()
        try:
            edition = make_edition(self.desk, row)
            made = perf_counter()
            products = make_texts(edition, self.desk.templates, self.formats)
            poured = perf_counter()
            tally, said = counted(edition, products, self.slots)
            tallied = perf_counter()
            answers = self.reader.verify(products, orjson.loads(products["edition.json"])) if self.reader else Answers()
        except CommentaryError as error:
            return Tally(day, str(error))
        except Exception as error:  # one failing session must not stop ten thousand others
            return Tally(day, f"{type(error).__name__}: {error}")
        texts |= {key: text for key, text in said.items() if key not in self._known}
        self._known.update(said)
        seconds = {"sentences": made - start, "pages": poured - made, "counting": tallied - poured}
        if self.reader:
            seconds["second reader"] = perf_counter() - tallied
        return replace(tally, claims=answers.claims, faults=tuple(map(str, answers.faults)), seconds=seconds)


@dataclass(frozen=True)
class Given:
    """What a process that shares no memory needs to make a studio of its own."""

    shipped: Shipped
    edition: str
    market: Market
    formats: tuple[str, ...]
    verify: bool

    def set_up(self) -> _Afresh:
        """A studio that hands every sentence over with every batch: what it made before may be lost with its worker."""
        desk = Desk.over(self.shipped.publication(), self.edition, self.market)
        return _Afresh(Studio.over(desk, self.formats, self.verify))


@dataclass(frozen=True)
class _Afresh:
    studio: Studio

    def batch(self, rows: Sequence[int]) -> Batch:
        return replace(self.studio, _known=set()).batch(rows)


def batches(studio: Studio, rows: Sequence[int], jobs: int, scheduler: str | None = None) -> Iterator[Batch]:
    """Every row's tally, batch by batch, made by `jobs` processes or by the workers of a Dask scheduler."""
    parts = [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
    if scheduler is None and min(jobs, len(parts)) > 1:
        studio.warm(rows)
    desk = studio.desk
    shipped = Shipped.of(desk.publication)
    given = Given(shipped, desk.newsroom.edition, desk.market, tuple(studio.formats), studio.reader is not None)
    yield from spread(studio, given, parts, jobs, scheduler)
