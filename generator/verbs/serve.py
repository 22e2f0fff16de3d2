"""Show a site on this machine, and build it again when what it is made from changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from generator.editorial.kept import kept_masthead
from generator.errors import CommentaryError
from generator.model import Settings
from generator.project import Project, find_project
from generator.publishing.archive import shelved
from generator.publishing.corrections import WHERE
from generator.rendering.site.places import Places
from generator.site.preview import News, changes_in, shown, stamps
from generator.verbs.site import PUBLIC, Built, build_site


def serve_site(
    settings: Settings,
    public: Path | None,
    port: int,
    told: Callable[[Built], None],
    tell: Callable[[str], None],
    stopped: Event,
) -> None:
    """Build the site, show it on this machine, and build it again when an issue, a template or the masthead changes.

    Ends when `stopped` is set. What was built goes to `told`; what is wrong goes to `tell` and is waited out: the
    pages stay as they were.
    """
    project = find_project(settings.project)
    news = News()

    def build() -> None:
        try:
            built = build_site(settings, public)
        except CommentaryError as error:
            tell(str(error))
        else:
            told(built)
            news.tell()

    def look() -> object:
        return _made_from(settings.output, project)

    seen = look()  # before the first build, or what changes meanwhile would be missed
    build()
    imprint, site = kept_masthead(project.root / "content")
    with shown(public or PUBLIC, Places.of(imprint, site).root, port, news) as address:
        tell(f"{address} shows it; Ctrl-C ends that.")
        for _ in changes_in(look, seen, stopped):
            build()


def _made_from(output: Path, project: Project) -> object:
    """What tells the issues, the masthead, the corrections and the templates from what they were."""
    try:
        issues = [(one.key, one.stamp) for one in shelved(output)[0]]
    except CommentaryError:
        issues = []
    return issues, stamps([project.root / "content" / "publication.yaml", output / WHERE, *project.templates])
