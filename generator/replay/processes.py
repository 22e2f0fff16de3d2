"""Counts sessions in several processes, and yields batches of tallies as they are ready.

If the system can fork, all processes share the prices, figures and rules that were computed before it. Otherwise each
computes its own from the same publication and market.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from time import perf_counter
from typing import Any

import orjson

from generator.assembly import Desk, make_edition
from generator.errors import CommentaryError
from generator.products import make_texts
from generator.replay.results import Batch
from generator.replay.tally import Slots, Tally, counted
from generator.verification.figures.answers import Answers
from generator.verification.reader import SecondReader

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


class _Given:
    """What a process that shares no memory needs to make a studio of its own."""

    def __init__(self, desk: Desk, formats: Collection[str], verify: bool) -> None:
        self.publication, self.edition, self.market = desk.publication, desk.newsroom.edition, desk.market
        self.formats, self.verify = formats, verify

    def studio(self) -> Studio:
        return Studio.over(Desk.over(self.publication, self.edition, self.market), self.formats, self.verify)


def batches(studio: Studio, rows: Sequence[int], jobs: int) -> Iterator[Batch]:
    """Every row's tally, batch by batch, made by `jobs` processes."""
    parts = [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
    jobs = min(jobs, len(parts))
    if jobs <= 1:
        yield from (studio.batch(part) for part in parts)
        return
    studio.warm(rows)
    with _frozen():
        workers = [_start(studio, parts[number::jobs]) for number in range(jobs)]
    try:
        yield from _received([receiving for _, receiving in workers])
    finally:
        for process, receiving in workers:
            receiving.close()
            process.terminate()
            process.join()


class _frozen:
    """Keeps the garbage collector away from shared memory while processes are forked."""

    def __enter__(self) -> None:
        gc.freeze()

    def __exit__(self, *_: object) -> None:
        gc.unfreeze()


def _start(studio: Studio, parts: Sequence[Sequence[int]]) -> tuple[Any, Connection]:
    """Start a process on these parts; return it and the connection on which its batches arrive."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    os.environ["PYTHONSAFEPATH"] = "1"  # a new interpreter must not load code from the working directory
    context: Any = multiprocessing.get_context("fork" if forks else "spawn")
    receiving, sending = context.Pipe(duplex=False)
    desk = studio.desk
    given = studio if forks else _Given(desk, studio.formats, studio.reader is not None)
    process = context.Process(target=_work, args=(given, parts, receiving, sending), daemon=True)
    with warnings.catch_warnings():
        # Python warns about forking with threads; any that numpy started hold no lock while this one forks.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sending.close()
    return process, receiving


def _work(
    given: Studio | _Given,
    parts: Sequence[Sequence[int]],
    receiving: Connection,
    sending: Connection,
) -> None:
    """The main function of a process: it ends when its parts are done, or when nobody is left to receive them."""
    receiving.close()  # otherwise the pipe would outlive its reader
    gc.set_threshold(100_000, 50, 1000)  # an edition leaves few cycles, and looking for them takes a tenth of its time
    if isinstance(given, _Given):
        given = given.studio()
    try:
        for part in parts:
            sending.send(given.batch(part))
        sending.send(None)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)


def _received(open_pipes: list[Connection]) -> Iterator[Batch]:
    while open_pipes:
        for pipe in wait(open_pipes):
            assert isinstance(pipe, Connection)
            try:
                batch = pipe.recv()
            except EOFError as error:
                raise CommentaryError(
                    "one of the replay's processes ended before its work was done. Run it again: it goes on from there."
                ) from error
            if batch is None:
                open_pipes.remove(pipe)
            else:
                yield batch
