"""An issue for each of many readers: one desk for all who share a universe, the work over processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.assembly import Desk, make_edition
from generator.editorial.readers import Reader, for_reader, read_readers
from generator.errors import CommentaryError, Fault, PdfUnavailableError
from generator.loading import load_fresh, open_kept
from generator.model import Market, Page, Settings
from generator.products import asked_for, make_pages
from generator.publishing.folder import write_folder
from generator.publishing.manifest import made_with
from generator.rendering.paper.pdf import load_layout
from generator.rendering.paper.press import NearPress
from generator.shipping import Shipped
from generator.verbs.writing import require_place, require_proofread
from generator.workers import cores, spread

AT_ONCE = 4
"""How many issues a process hands over together."""


@dataclass(frozen=True, slots=True)
class Batched:
    """What became of a table's rows."""

    folder: Path
    written: int
    refused: tuple[Fault, ...]
    """One for each row that has no issue."""
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """One reader's issue in memory, or why there is none."""

    reader: Reader
    pages: Sequence[Page] = ()
    simulated: bool = False
    notices: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Pressroom:
    """Prints readers' issues from one desk; rules, figures and scripts are worked out once for all of them."""

    desk: Desk
    formats: Sequence[str]
    made: Mapping[str, str]
    press: NearPress = field(default_factory=NearPress)

    @classmethod
    def over(cls, desk: Desk, formats: Sequence[str], made: Mapping[str, str]) -> Pressroom:
        """The pressroom, with all worked out that its processes are to share."""
        _ = desk.newsroom.held
        make_edition(desk)
        if "pdf" in formats:
            with suppress(PdfUnavailableError):  # which each issue tells
                load_layout()
        return cls(desk, formats, made)

    def batch(self, readers: Sequence[Reader]) -> list[Printed]:
        """The issues of these readers."""
        return [self._printed(reader) for reader in readers]

    def _printed(self, reader: Reader) -> Printed:
        try:
            publication = for_reader(self.desk.publication, reader)
            newsroom = self.desk.newsroom.printed_for(publication)
            desk = replace(self.desk, publication=publication, newsroom=newsroom)
            edition = make_edition(desk)
            pages, notices = make_pages(edition, desk.templates, self.formats, self.press, lambda: self.made)
        except CommentaryError as error:
            return Printed(reader, fault=str(error).removeprefix(f"{reader.line}: "))
        except Exception as error:  # one failing row must not stop ten thousand others
            return Printed(reader, fault=f"{type(error).__name__}: {error}")
        return Printed(reader, pages, edition.simulated, notices)


@dataclass(frozen=True)
class Given:
    """What a process that shares no memory needs to make a pressroom of its own."""

    shipped: Shipped
    edition: str
    market: Market
    formats: Sequence[str]
    made: Mapping[str, str]

    def set_up(self) -> Pressroom:
        """The pressroom."""
        return Pressroom.over(Desk.over(self.shipped.publication(), self.edition, self.market), self.formats, self.made)


def write_batch(
    settings: Settings,
    table: Path,
    jobs: int | None = None,
    scheduler: str | None = None,
    advance: Callable[[int, int], None] = lambda done, of: None,
) -> Batched:
    """Write `output/<name>/<session>/<kind>/` for each row of the table; a row that cannot be is told and left out.

    Raises `DataError` for a table that cannot be read at all.
    """
    readers, refused = read_readers(table)
    groups: dict[tuple[str, str], list[Reader]] = {}
    for reader in readers:
        groups.setdefault((reader.project, reader.kind), []).append(reader)
    written, done, of = 0, len(refused), len(refused) + len(readers)
    notices: dict[str, None] = {}
    for (project, kind), group in groups.items():
        advance(done, of)
        wanted = replace(settings, edition=kind, project=Path(project) if project else settings.project)
        try:
            found = _of_group(wanted, group, jobs or cores(), scheduler)
            for session, printed, told in found:
                done += 1
                notices |= dict.fromkeys((*told, *printed.notices))
                fault = printed.fault or _kept(settings.output, session, kind, printed)
                refused += [Fault(printed.reader.line, fault)] if fault else []
                written += not fault
                advance(done, of)
        except CommentaryError as error:  # the publication or its prices: nobody of the group has an issue
            why = str(error).replace("\n", " ")
            refused += [Fault(reader.line, why) for reader in group]
            done += len(group)
    advance(done, of)
    return Batched(settings.output, written, tuple(sorted(refused, key=_place)), tuple(notices))


def _of_group(
    settings: Settings, group: Sequence[Reader], jobs: int, scheduler: str | None
) -> Iterator[tuple[date, Printed, tuple[str, ...]]]:
    """Each issue of readers who share a publication and a kind, as it is ready."""
    publication, of = open_kept(settings)
    formats = asked_for(settings.formats, publication.channels)
    market, told = load_fresh(settings, publication)
    made = made_with(publication)
    room = Pressroom.over(Desk.over(publication, settings.edition, market, of), formats, made)
    require_proofread(room.desk, make_edition(room.desk), of)
    given = Given(Shipped.of(publication), settings.edition, market, formats, made)
    parts = [group[start : start + AT_ONCE] for start in range(0, len(group), AT_ONCE)]
    for batch in spread(room, given, parts, jobs, scheduler):
        for printed in batch:
            yield market.session, printed, (*told, *market.notices)


def _kept(output: Path, session: date, kind: str, printed: Printed) -> str:
    """Write the issue whole; why it could not be, or an empty text."""
    own = output / printed.reader.name
    try:
        require_place(own / session.isoformat() / kind, simulated=printed.simulated)
        write_folder(own, session.isoformat(), kind, printed.pages)
    except CommentaryError as error:
        return str(error)
    return ""


def _place(fault: Fault) -> tuple[str, int]:
    where, _, line = fault.where.rpartition(":")
    return where, int(line)
