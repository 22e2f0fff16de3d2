"""Check a publication: its faults, its reminders, and where it has no news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from generator.editorial.calendars import calendar_reminders, gather_calendars
from generator.editorial.characters import characters
from generator.editorial.deliveries import gather_deliveries
from generator.editorial.masthead import gather_imprint
from generator.editorial.publication import gather_publication
from generator.editorial.reminders import reminders
from generator.errors import CommentaryError, ContentError, Fault
from generator.figures.catalogue import FigureCatalogue
from generator.figures.table import FigureTable
from generator.loading import load_past, open_publication
from generator.market.sessions import present
from generator.model import Bars, Market, Publication, Settings, Universe
from generator.narrative.checks.always import silent_faults
from generator.narrative.checks.coverage import Gap, coverage
from generator.narrative.checks.followers import follower_faults
from generator.narrative.checks.inboxes import inbox_faults
from generator.narrative.checks.lines import line_by_line
from generator.narrative.checks.proof import check_against_history
from generator.narrative.checks.proofreading import legible, proofread, unreadable
from generator.narrative.checks.signals import idle_signals, reading_faults, sound_readings
from generator.narrative.checks.stories import story_faults
from generator.narrative.checks.trials import idle_trials, sound_trials, trial_faults
from generator.narrative.newsroom import Newsroom
from generator.narrative.situations.citations import fact_faults
from generator.narrative.situations.figures import all_names
from generator.project import find_project
from generator.rendering.pages.template_check import check_templates
from generator.rendering.paper.fonts import unprintable
from generator.verbs.sources import source_reminders


def check_publication(
    settings: Settings, prices: bool, told: Callable[[str], None] = lambda stage: None
) -> list[Fault]:
    """Every fault in content/ and templates/; with `prices`, also every claim that history contradicts.

    `told` is given a line before each stage that may take long.
    """
    project = find_project(settings.project)
    faults = check_templates(project.templates)
    publication, _ = gather_publication(project.root, project.templates)
    market = load_past(settings, publication) if prices and publication is not None else None  # a wrong path fails now
    told("Reading content/ and templates/.")
    publication, found = content_faults(project.root, project.templates)
    faults += found
    if market is not None and publication is not None:
        figures = FigureTable(market, publication.universe)
        catalogue = all_names(publication, figures.catalogue)
        faults += () if market.simulated else idle_signals(figures, publication.readings)
        for edition in publication.outlines:
            told(f"Trying every claim of {edition} on {len(market.sessions):,} sessions.")
            readable = sound_trials(legible(publication, edition, catalogue), edition, catalogue)
            sound = line_by_line(readable, edition)
            newsroom = Newsroom.over(sound, edition, figures)
            faults += check_against_history(newsroom, simulated=market.simulated)
            faults += follower_faults(newsroom, readable.fragments[edition])
            if not market.simulated and not faults:  # of content that is sound, which stories fall silent
                whole = Newsroom.over(publication, edition, figures)
                faults += [*story_faults(whole), *inbox_faults(whole), *idle_trials(whole)]
    return list(dict.fromkeys(faults))


def content_faults(root: Path, templates: Sequence[Path]) -> tuple[Publication | None, list[Fault]]:
    """What could be read of a publication, and every fault in its content/ that shows without prices."""
    publication, faults = gather_publication(root, templates)
    made = [file.path for channel in publication.channels for file in channel.files] if publication else None
    faults += gather_deliveries(root / "content", made or None)[1]
    faults += unprintable(characters(root / "content"))
    if publication is None:
        return None, faults
    computed = FigureCatalogue(publication.universe)
    faults += reading_faults(publication.readings, publication.universe, computed)
    publication = replace(publication, readings=sound_readings(publication.readings, publication.universe, computed))
    catalogue = all_names(publication, computed)
    faults += fact_faults(publication.facts, catalogue.is_figure, publication.calendars)
    first = FigureTable(first_session(publication.universe), publication.universe)
    for edition in publication.outlines:
        faults += proofread(publication, edition, catalogue)
        faults += trial_faults(publication, edition, catalogue)
        faults += silent_faults(legible(publication, edition, catalogue), edition, first)
    return publication, list(dict.fromkeys(faults))


def reminders_of(settings: Settings) -> tuple[str, ...]:
    """What an editor has to change before he publishes, and which is no fault: an example's title, an ended list or
    source, and what passages lack for want of one."""
    content = find_project(settings.project).root / "content"
    calendars, _ = gather_calendars(content)
    ended = (*calendar_reminders(calendars, present().date()), *_source_reminders(settings))
    try:
        imprint, _, _ = gather_imprint(content, 1)
    except ContentError:
        return ended
    return (*(reminders(imprint) if imprint else ()), *ended)


def _source_reminders(settings: Settings) -> tuple[str, ...]:
    try:
        publication = open_publication(settings)
    except CommentaryError:  # faults are told by themselves
        return ()
    return tuple(source_reminders(publication, settings.session or present().date()))


def first_session(universe: Universe) -> Market:
    """A market of one session, on which only the core has prices, and of these only closes."""
    days = np.array(["2024-07-11"], dtype="datetime64[D]")
    close = np.array([100.0])
    fields = set(universe.core_columns())
    closes = {
        symbol: Bars(
            symbol,
            days,
            close=close if (symbol, "close") in fields else None,
            adj_close=close if (symbol, "adj_close") in fields else None,
        )
        for symbol in universe.core_symbols()
    }
    return Market(days, date(2024, 7, 12), np.array([False]), closes, (), "sample", "nobody", simulated=True)


def gaps(settings: Settings) -> list[Gap]:
    """Part by part, on how many sessions no fragment brings news, and what kind of days those were."""
    publication = open_publication(settings)
    catalogue = all_names(publication, FigureCatalogue(publication.universe))
    faults = unreadable(publication, settings.edition, catalogue)
    if faults:
        raise ContentError(faults)
    figures = FigureTable(load_past(settings, publication), publication.universe)
    return coverage(Newsroom.over(publication, settings.edition, figures))
