"""The whole run on one screen: prices to figures, figures to sentences, sentences to pages.

`write` calls it, and loads it while a second process loads the layout engine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import orjson

from generator.assembly import Desk, Edition, make_edition
from generator.caching import kept_each, kept_later
from generator.editorial.reminders import reminders
from generator.errors import ContentError, Fault, NothingNewError, OutputError
from generator.loading import load_fresh, open_kept, session_due
from generator.market.supply import reads_alone, told_age
from generator.model import Settings, Written
from generator.narrative.checks.chosen import require_chosen
from generator.products import asked_for, formats_in, make_pages
from generator.publishing.folder import LEDGER, write_folder
from generator.publishing.manifest import made_with
from generator.rendering.environment import environment, sheet
from generator.rendering.paper.press import Press
from generator.stages import Stages
from generator.verbs.ahead import prices_beside
from generator.verbs.site import lay_out


def write(settings: Settings, press: Press, stages: Stages) -> Written:
    """What `write_edition` does, with a press that has been started."""
    with kept_later() as keep:
        return _write(settings, press, stages, keep)


def _write(settings: Settings, press: Press, stages: Stages, keep: Callable[[], None]) -> Written:
    with stages("content", lambda: f"{sum(map(len, publication.fragments.values()))} fragments"):
        publication, of = open_kept(settings, partial(prices_beside, settings))
        wanted = asked_for(settings.formats, publication.channels)
        if settings.if_new and not settings.latest:
            _require_new(settings, session_due(settings, publication))
        if "pdf" in wanted:
            press.prepare(sheet(environment(publication.templates), "print.css"))
    with stages("prices", lambda: f"{len(market.histories)} symbols, {len(market.sessions)} sessions"):
        market, told = load_fresh(settings, publication)
        if settings.if_new:
            _require_new(settings, market.session)
    with stages("figures and rules", lambda: f"{len(desk.newsroom.pasts)} rules"):
        desk = Desk.over(publication, settings.edition, market, of)
        _ = desk.newsroom.pasts
    with stages("sentences", lambda: f"angle {edition.article.angle}"):
        edition = make_edition(desk)
        require_chosen(desk.newsroom.at(len(market.sessions) - 1), edition.article)

    def meanwhile() -> dict[str, str]:
        """What else is to be done while the PDF is laid out; what proofreading refuses gets no folder."""
        require_proofread(desk, edition, of)
        keep()
        reminded.extend(reminders(publication.imprint))
        return made_with(publication)

    with stages("pages", lambda: f"{len(pages)} files"):
        place = settings.output / market.session.isoformat() / settings.edition
        require_place(place, simulated=edition.simulated)
        # What stands there is made anew with the rest: a folder holds one edition, and asking for a part loses none.
        formats = {*wanted, *formats_in(place, publication.channels)}
        reminded: list[str] = []
        pages, notices = make_pages(edition, desk.templates, formats, press, meanwhile)
    with stages("folder", lambda: str(folder)):
        folder, kept = write_folder(settings.output, market.session.isoformat(), settings.edition, pages)
        lay_out(settings, market.session, settings.edition)
    if market.fetched_at and reads_alone(settings):
        told = (told_age(market.fetched_at),)
    files = tuple(page.path for page in pages)
    notices = (*told, *market.notices, *notices, *map(_kept, kept), *reminded)
    return Written(folder, market.session, settings.edition, files, market.omissions, notices, stages.rows())


def _require_new(settings: Settings, session: date) -> None:
    """Raise `NothingNewError` if the session's issue is there already; a simulated one is none of a real market."""
    folder = settings.output / session.isoformat() / settings.edition
    if (folder / LEDGER).is_file() and (settings.source == "sample" or not _simulated(folder)):
        raise NothingNewError(f"{folder}: is there already, so there is nothing new to write.")


def require_place(folder: Path, *, simulated: bool) -> None:
    """Raise `OutputError` if a simulated issue would take the place of a real one."""
    if simulated and (folder / LEDGER).is_file() and not _simulated(folder):
        raise OutputError(
            f"{folder}: holds an issue of a real market, whose place one of a simulated market does not take. "
            "Name another folder with --output."
        )


def _simulated(folder: Path) -> bool:
    """Whether the issue in a folder tells of a simulated market; False where its ledger cannot tell."""
    try:
        return bool(orjson.loads((folder / LEDGER).read_bytes())["market"]["simulated"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _kept(name: str) -> str:
    return f"kept {name}, which this program did not make."


def require_proofread(desk: Desk, edition: Edition, of: Sequence[bytes] | None) -> None:
    """Raise `ContentError` if a fragment that speaks would not pass `check`: what it refuses is never printed.

    What was found of a fragment is kept, and found again when any file of the publication has changed.
    """
    newsroom = desk.newsroom
    said = [*(sentence for _, sentence in edition.article.spoken()), *edition.digest.sentences()]
    spoken = sorted({sentence.fragment for sentence in said})

    def faults_of(keys: list[str]) -> dict[str, list[Fault]]:
        from generator.narrative.checks.proofreading import proofread_spoken

        return proofread_spoken(desk.publication, newsroom.edition, newsroom.figures.catalogue, keys)

    if of is None:
        found = faults_of(spoken)
    else:
        found = kept_each("proof", f"{desk.publication.root}\n{newsroom.edition}", of, spoken, faults_of)
    faults = [fault for fragment in newsroom.by_key if fragment in found for fault in found[fragment]]
    if faults:
        raise ContentError(faults)
