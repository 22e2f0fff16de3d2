"""Settings in; the publication and the prices that they name out, for every command alike."""

from __future__ import annotations

from generator.editorial.publication import read_publication
from generator.errors import ContentError, Fault
from generator.market.panel import load_history, load_market
from generator.market.sessions import resolve_session
from generator.market.supply import opened_source
from generator.model import Market, Publication, Settings
from generator.project import find_project


def open_publication(settings: Settings) -> Publication:
    """The publication that is to be printed, read whole; it must have the edition asked for."""
    project = find_project(settings.project)
    publication = read_publication(project.root, project.templates)
    if settings.edition not in publication.outlines:
        known = ", ".join(publication.outlines) or "none"
        where = f"content/{settings.edition}/outline.yaml"
        raise ContentError([Fault(where, f"there is no edition '{settings.edition}'; these there are: {known}.")])
    return publication


def load_prices(settings: Settings, publication: Publication) -> Market:
    """The market up to the session asked for (default: the last completed one), from files or the price store."""
    if settings.latest:
        return load_past(settings, publication)
    session = resolve_session(settings.session, settings.as_known)
    with opened_source(settings, publication.universe) as source:
        return load_market(source, publication.universe, session)


def load_past(settings: Settings, publication: Publication) -> Market:
    """The market to try the content on: up to the session asked for, or by default as far as prices are held."""
    if settings.session is not None:
        return load_prices(settings, publication)
    through = resolve_session(None, settings.as_known)
    with opened_source(settings, publication.universe) as source:
        return load_history(source, publication.universe, through)
