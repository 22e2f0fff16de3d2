"""See what prices are held, what is missing, and which issues are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from generator.errors import CommentaryError, SessionError
from generator.loading import on_axis, session_due
from generator.market.sessions import last_completed_session, trading_days
from generator.model import Market, Omission, Publication, Settings
from generator.publishing.archive import LEDGER
from generator.verbs.warm import Warm

MOST = 20
"""How many missing sessions are named."""


@dataclass(frozen=True, slots=True)
class Due:
    """The next issue of one kind."""

    kind: str
    kicker: str
    appears: str
    session: date | None
    """The last completed session on which it appears."""
    held: date | None
    """The last one of these that prices are held of."""
    written: bool
    """Whether the issue of `held`, or else of `session`, is in the archive."""


@dataclass(frozen=True, slots=True)
class Tonight:
    """How things stand before an issue is written."""

    title: str
    source: str
    supplier: str
    simulated: bool
    first: date | None
    last: date | None
    """The last session that prices are held of."""
    fetched_at: datetime | None
    symbols: int
    missing: tuple[date, ...]
    """Completed sessions after the last one held, the newest of them."""
    unheld: int
    omissions: tuple[Omission, ...]
    """Symbols that an issue would go without."""
    due: tuple[Due, ...]
    notices: tuple[str, ...]
    asks: bool
    """Whether writing asks the supplier first."""


def tonight(warm: Warm) -> Tonight:
    """What is held, what is missing, and the session of each kind's next issue.

    Without any prices it says so among its notices; raises `ContentError` for faults in the publication.
    """
    settings, publication = warm.settings, warm.publication()
    market, notices = None, list[str]()
    try:
        market = warm.market()
        notices += market.notices
    except CommentaryError as error:
        notices.append(str(error))
    last = market.session if market else None
    completed = last_completed_session()
    after = trading_days(last, completed).astype(object).tolist()[1:] if last and last < completed else []
    due = offered(_due(settings, publication, market, notices), settings.edition)
    return Tonight(
        title=publication.imprint.title,
        source=settings.source,
        supplier=market.supplier if market else "",
        simulated=bool(market and market.simulated),
        first=market.sessions[0].astype(object) if market else None,
        last=last,
        fetched_at=market.fetched_at if market else None,
        symbols=len(market.histories) if market else 0,
        missing=tuple(after[-MOST:]),
        unheld=len(after),
        omissions=market.omissions if market else (),
        due=tuple(due),
        notices=tuple(notices),
        asks=settings.source == "yahoo" and not settings.offline,
    )


def offered(due: Iterable[Due], usual: str) -> list[Due]:
    """The newest session first, and of one session the usual kind."""
    return sorted(due, key=lambda one: (one.held or one.session or date.min, one.kind == usual), reverse=True)


def _due(settings: Settings, publication: Publication, market: Market | None, notices: list[str]) -> Iterator[Due]:
    """Each kind's next issue; why there is none of a kind is told among the notices."""
    for kind, outline in publication.outlines.items():
        asked = replace(settings, edition=kind, session=None)
        try:
            held = on_axis(asked, publication, market.session) if market else None
            session = session_due(asked, publication)
        except SessionError as error:
            notices.append(f"{kind}: {error}")
            continue
        place = settings.output / str(held or session) / kind / LEDGER
        yield Due(kind, outline.kicker, outline.appears, session, held, place.is_file())
