"""Build a site, or posts for another program, from the archive; only what changed is written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from generator.editorial.kept import approval_wanted, kept_corrections, kept_masthead
from generator.editorial.reminders import reminders
from generator.errors import CommentaryError, ContentError, OutputError, SettingsError
from generator.locking import alone_in
from generator.model import Correction, Settings
from generator.project import find_project
from generator.publishing.approvals import read_approvals
from generator.publishing.archive import STATE, shelved, shelved_at
from generator.publishing.corrections import WHERE, by_issue, with_entries
from generator.publishing.manifest import digest_of_code, digest_of_templates
from generator.publishing.public import bring_up_to_date, public_folder, write_file
from generator.rendering.budget import budgets
from generator.rendering.environment import environment
from generator.rendering.pages.frame import Link
from generator.rendering.site.pages import SitePages
from generator.rendering.site.places import NEW_YORK, Places, slug
from generator.site.build import SiteBuild
from generator.site.laying import Layout
from generator.site.shelf import Shelf, keep_words, new_corrections, open_shelf, write_index

if TYPE_CHECKING:
    from generator.rendering.site.posts import Program

PUBLIC = Path("public")
SITE = "site"
ROOMS = ("model", "rendering", "publishing", "site")
"""The rooms whose code decides what stands in a page."""


@dataclass(frozen=True, slots=True)
class Built:
    """What `build_site` did."""

    folder: Path
    issues: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    corrections: tuple[Correction, ...]
    """Those that were found in this run."""
    notices: tuple[str, ...]


def build_site(settings: Settings, public: Path | None = None, wanted: str = SITE) -> Built:
    """Bring the site in `public` up to date with the archive in `settings.output`.

    `wanted` names another program of `PROGRAMS` to write posts for in place of the site, in `public-<program>`.

    Raises `ContentError` for faults in the publication's masthead or in the archive's corrections, and `OutputError`
    where there is no issue or a file cannot be written; what was published stands then as it stood.
    """
    workshop = _Workshop.of(settings)
    places = workshop.pages.places
    state = _state(settings.output)
    program = None if wanted == SITE else _program(wanted)
    public = public or (PUBLIC if wanted == SITE else PUBLIC.with_name(f"{PUBLIC.name}-{wanted}"))
    _require_apart(public, settings.output)
    what = SITE if wanted == SITE else f"folder of posts for {wanted}"
    with alone_in(state), public_folder(public, what) as made:
        before = kept_corrections(settings.output)
        shelf = open_shelf(workshop.layout(settings.output), before, unapproved(settings.output, workshop.root))
        corrections, found = _corrections(shelf, before)
        kinds = _kinds(shelf, places)
        design = workshop.design(kinds)
        if program is None:
            corrected = frozenset(one.issue for one in corrections)
            given = workshop.pages
            pages = SitePages(given.imprint, given.settings, given.places, given.env, kinds, corrected)
            shelf.layout = replace(shelf.layout, pages=pages)
            build = SiteBuild(shelf, pages, corrections, design, workshop.styles)
            with budgets():
                outcome = bring_up_to_date(public, what, made, build.outputs(made), build.kept(made))
        else:
            from generator.site.exports import Export

            export = Export(shelf, program, workshop.pages, corrections, design)
            outcome = bring_up_to_date(public, what, made, export.outputs(), export.kept(made))
        write_index(shelf)
    gone = (f"{key}: is no longer in the archive, so its page was taken away." for key in shelf.gone)
    unknown = _unknown(shelf, corrections, settings.output)
    notices = (*shelf.notices, *gone, *unknown, *reminders(workshop.pages.imprint))
    return Built(public, len(shelf.known), outcome.written, outcome.removed, outcome.unchanged, found, notices)


def _program(wanted: str) -> Program:
    from generator.rendering.site.posts import PROGRAMS

    if wanted not in PROGRAMS:
        raise SettingsError(f"No posts can be written for '{wanted}'. Choose one of {', '.join(PROGRAMS)}.")
    return PROGRAMS[wanted]


@dataclass(frozen=True, slots=True)
class _Workshop:
    """What pages are poured with, and the digests that tell when they are to be poured anew."""

    root: Path
    pages: SitePages
    program: str
    styles: str

    @classmethod
    def of(cls, settings: Settings) -> _Workshop:
        project = find_project(settings.project)
        imprint, site = kept_masthead(project.root / "content")
        pages = SitePages(imprint, site, Places.of(imprint, site), environment(project.templates))
        return cls(project.root, pages, digest_of_code(ROOMS), digest_of_templates(project.templates))

    def layout(self, output: Path) -> Layout:
        return Layout.of(output, self.pages, self.program, self.styles)

    def design(self, kinds: Sequence[Link]) -> str:
        held = [self.program, self.styles, self.pages.imprint, self.pages.settings, kinds]
        return sha256(orjson.dumps(held)).hexdigest()


def lay_out(settings: Settings, session: date, kind: str) -> None:
    """Lay an issue that was just written out for the site, so that the next build finds it poured.

    Where that cannot be done the build does it, and tells why it cannot.
    """
    with suppress(CommentaryError, OSError):
        state, one = _state(settings.output), shelved_at(settings.output, session, kind)
        if one is not None:
            told = by_issue(kept_corrections(settings.output)).get(one.key, ())
            with alone_in(state):
                _Workshop.of(settings).layout(settings.output).lay_newest(one, told)


def unapproved(output: Path, root: Path) -> dict[str, str]:
    """By issue, why it is not to be published yet, where the publication wants approvals."""
    if not approval_wanted(root):
        return {}
    from generator.delivery.issue import read_ledger_digest

    approvals, found = read_approvals(output), {}
    for one in shelved(output)[0]:
        approval = approvals.get(one.key)
        if approval is None or approval.digest != read_ledger_digest(one.folder):
            found[one.key] = f"{one.key}: nobody has approved it as it stands, so it is not published."
    return found


def _require_apart(public: Path, output: Path) -> None:
    """Raise `OutputError` for a site that would lie within the archive, or the archive within the site."""
    site, archive = public.resolve(), output.resolve()
    if site == archive or site in archive.parents or archive in site.parents:
        told = f"{public}: a site does not belong into the archive of issues ({output}), nor the archive into the site."
        raise OutputError(f"{told} Choose another folder with --public.")


def _state(output: Path) -> Path:
    """The folder in the archive for what a site keeps."""
    if not output.is_dir():
        raise OutputError(
            f"{output}: there is no such folder. Write an issue first, or name the archive with --output."
        )
    state = output / STATE
    try:
        state.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"{state}: cannot be made ({error.strerror}).") from error
    return state


def _corrections(shelf: Shelf, known: tuple[Correction, ...]) -> tuple[tuple[Correction, ...], tuple[Correction, ...]]:
    """All corrections, with those that are found now added to the archive's file; and these alone."""
    found = new_corrections(shelf, known, _now)
    if found:
        path = shelf.output / WHERE
        text = with_entries(path.read_text("utf-8") if path.exists() else "", found)
        known = _as_added(text, path, len(known) + len(found))
        write_file(path, text)
    keep_words(shelf)
    return known, known[len(known) - len(found) :]


def _now() -> datetime:
    from generator.market.sessions import present  # loads numpy and the calendar

    return present().astimezone(NEW_YORK).replace(second=0, microsecond=0)


def _as_added(text: str, path: Path, count: int) -> tuple[Correction, ...]:
    from generator.editorial.corrections import corrections_in

    try:
        known = corrections_in(text, str(path))
    except ContentError as error:
        raise OutputError(
            f"{path}: a correction could not be added ({error}). Mend the file; nothing was changed."
        ) from error
    if len(known) != count:
        raise OutputError(
            f"{path}: a correction could not be added. Set its entries one below the other as in docs/site.md."
        )
    return known


def _kinds(shelf: Shelf, places: Places) -> tuple[Link, ...]:
    """The kinds of article, each under the words above its newest headline."""
    names = {one.entry.kind: one.entry.kicker for one in shelf.known}
    return tuple(Link(name, places.href(f"kinds/{slug(kind)}/")) for kind, name in sorted(names.items()))


def _unknown(shelf: Shelf, corrections: Sequence[Correction], output: Path) -> list[str]:
    known = {one.key for one in shelf.known}
    lost = dict.fromkeys(one.issue for one in corrections if one.issue not in known)
    return [f"{output / WHERE}: '{key}' is corrected, and the archive holds no such issue." for key in lost]
