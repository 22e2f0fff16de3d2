"""Load the publication and the prices that the settings name, for every command alike."""

from __future__ import annotations

from datetime import date

from generator.editorial.kept import Beside, alone, content_files, kept_publication
from generator.errors import ContentError, Fault, SessionError
from generator.market.panel import load_history, load_market
from generator.market.sessions import ends_period, next_session, resolve_session, session_before, trading_days
from generator.market.source import PriceSource
from generator.market.supply import fresh_supply, opened_source
from generator.model import DECISION, Appears, Market, Outline, Publication, Settings
from generator.project import find_project

LEAST_OF_YEAR = 21
"""The sessions that a year must have had before an article that speaks of it may be asked for."""
MEETINGS = "fed"
"""The calendar of the days on which decisions are announced."""


def open_publication(settings: Settings) -> Publication:
    """The publication that is to be printed, read whole; it must have the edition asked for."""
    return open_kept(settings)[0]


def open_kept(settings: Settings, beside: Beside = alone) -> tuple[Publication, list[bytes] | None]:
    """The same, and all that it was read from, as `content_files` gives it; `beside` goes on while it is read anew."""
    project = find_project(settings.project)
    of = content_files(project.root)
    publication = kept_publication(project.root, project.templates, of, beside)
    if settings.edition not in publication.outlines:
        known = ", ".join(publication.outlines) or "none"
        where = f"content/kinds/{settings.edition}.yaml"
        raise ContentError([Fault(where, f"there is no edition '{settings.edition}'; these there are: {known}.")])
    return publication, of


def load_fresh(settings: Settings, publication: Publication) -> tuple[Market, tuple[str, ...]]:
    """The market of `load_prices` once what is new was fetched, and messages for the user."""
    with fresh_supply(settings, publication.universe) as supply:
        return _load_due(supply.settings, publication, supply.source), supply.notices


def load_prices(settings: Settings, publication: Publication) -> Market:
    """The market up to the session that the article is about, from files or the price store.

    That is the session asked for, or by default the last completed one on which an article of the kind appears.
    """
    with opened_source(settings, publication.universe) as source:
        return _load_due(settings, publication, source)


def _load_due(settings: Settings, publication: Publication, source: PriceSource) -> Market:
    if not settings.latest:
        return load_market(source, publication.universe, session_due(settings, publication))
    held = _past(settings, publication, source)
    session = on_axis(settings, publication, held.session)
    return held if session == held.session else load_market(source, publication.universe, session)


def session_due(settings: Settings, publication: Publication) -> date:
    """The session asked for, or the last completed one on which an article of the kind appears; no price is read."""
    return on_axis(settings, publication, resolve_session(settings.session, settings.as_known))


def load_past(settings: Settings, publication: Publication) -> Market:
    """The market to try the content on: up to the session asked for, or by default as far as prices are held."""
    with opened_source(settings, publication.universe) as source:
        return _past(settings, publication, source)


def _past(settings: Settings, publication: Publication, source: PriceSource) -> Market:
    session = resolve_session(settings.session, settings.as_known)
    load = load_history if settings.session is None else load_market
    return load(source, publication.universe, session)


def on_axis(settings: Settings, publication: Publication, session: date) -> date:
    """The session that an article of the kind is about: the one asked for, or by default the last on which it appears.

    Raises `SessionError` where it does not appear on the session that was asked for.
    """
    outline = publication.outlines[settings.edition]
    appears, period = outline.appears, outline.appears.period
    if appears is Appears.SESSION:
        return session
    if appears is Appears.DECISION:
        return _on_decision(settings, publication, session)
    if settings.session is None:
        while not ends_period(session, period):
            session = session_before(session)
    elif not ends_period(session, period):
        _refuse_unless_on_demand(outline, session)
    return session


def _refuse_unless_on_demand(outline: Outline, session: date) -> None:
    """Raise `SessionError` for a session on which an article neither appears nor may be asked for."""
    if not outline.on_demand:
        earlier = later = session
        while not ends_period(earlier, outline.appears.period):
            earlier = session_before(earlier)
        while not ends_period(later, outline.appears.period):
            later = next_session(later)
        message = f"'{outline.edition}' appears on the {outline.appears}, and {session} is not one."
        raise SessionError(f"{message} The last was {earlier}. The next is {later}.")
    begun = len(trading_days(date(session.year, 1, 1), session))
    if outline.horizon == "ytd" and begun < LEAST_OF_YEAR:
        message = f"'{outline.edition}' may be asked for once the year has had {LEAST_OF_YEAR} sessions; on {session}"
        raise SessionError(f"{message} it has had {begun}, too few to tell of a year.")


def _on_decision(settings: Settings, publication: Publication, session: date) -> date:
    """The session of the decision asked for, or of the last one; raises `SessionError` where there is none."""
    days = [one.day for one in publication.universe.decisions if one.day <= session]
    held = {event.day for one in publication.calendars if one.key == MEETINGS for event in one.events}
    lacking = max((day for day in held if (days[-1] if days else date.min) < day <= session), default=None)
    asked = settings.session is not None
    if days and (session_before(session) < days[-1] if asked else not lacking):
        return session if asked else _counted_on(days[-1], session)
    if lacking:
        message = f"The decision of {lacking} is not among the cited facts: enter it under '{DECISION}' in"
        raise SessionError(f"{message} content/sources/, with its source.")
    message = f"'{settings.edition}' appears on the {Appears.DECISION}, and {session} is not one."
    last = f" The last was {days[-1]}." if days else " No earlier one is among the cited facts."
    coming = min((day for day in held if day > session), default=None)
    raise SessionError(f"{message}{last}{f' The next is {coming}.' if coming else ''}")


def _counted_on(day: date, latest: date) -> date:
    """The first session on or after a day, which lies no later than this one."""
    while session_before(latest) >= day:
        latest = session_before(latest)
    return latest
