"""Pour what is known of the issues into the pages of a site: all but the articles, which `articles` pours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Correction, Entry, Imprint, SiteSettings
from generator.rendering.environment import pour, pour_each, sheet
from generator.rendering.filters import long_date, script_json
from generator.rendering.pages.frame import Frame, Head, Link, Row
from generator.rendering.pictures.card_link import CARD_FILE, CardLink
from generator.rendering.site.places import Places, slug
from generator.rendering.site.structured import website

SHEET = ("style.css", "site.css")
SCRIPT = "site-search.js"
HOME_ROWS = 16
"""How many issues beside the newest the front page lists."""
ABOUT = (
    ("", "about"),
    ("How the figures are made", "method"),
    ("Where the numbers come from", "sources"),
    ("Corrections", "corrections"),
)


FURTHER, SECTIONS = Markup("\ue000further\ue001"), Markup("\ue000sections\ue001")
"""Where an article's page has what changes though the article does not: private letters that no text has."""
_LEVEL = "\ue002"
"""The same for the rank of a heading."""
LIST, BELOW = 2, 3
"""The ranks of the headings of issues in a list that is the page, and in one that is a part of it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around an article in the site."""

    previous: Entry | None
    next: Entry | None
    related: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SitePages:
    """Pours the pages of one site."""

    imprint: Imprint
    """The publication as it is now; an issue brings its own disclosure."""
    settings: SiteSettings
    places: Places
    env: Environment
    kinds: tuple[Link, ...] = ()
    corrected: frozenset[str] = frozenset()
    """The keys of the issues that have been corrected."""
    _rows: dict[str, Row] = field(default_factory=dict)
    _poured: dict[str, str] = field(default_factory=dict)
    """Issues as lists show them, each poured once for all lists."""

    # --- parts ---------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        """What all pages have around them."""
        imprint, settings = self.imprint, self.settings
        return Frame(imprint.title, settings.description, imprint.language, imprint.risk, self.places.root)

    def sections(self, href: str = "") -> Markup:
        """The ways into the site, on the page that is at `href`."""
        to = self.places.href
        links = (
            *self.kinds,
            Link("Archive", to("archive/")),
            Link("Subjects", to("tags/")),
            Link("Search", to("search/")),
            Link("About", to("about/")),
        )
        return Markup(pour(self.env, "site-sections.html.j2", links=links, href=href))

    def rows(self, entries: Iterable[Entry]) -> tuple[Row, ...]:
        """The issues as a list shows them."""
        return tuple([self._rows.get(one.key) or self._row(one) for one in entries])

    def _row(self, one: Entry) -> Row:
        href, corrected = self.places.href(self.places.article(one)), one.key in self.corrected
        row = self._rows[one.key] = Row(one, href, long_date(one.session), corrected)
        return row

    def listed(self, entries: Sequence[Entry], level: int) -> tuple[Markup, ...]:
        """The same poured, under headings of that rank."""
        new = [one for one in entries if one.key not in self._poured]
        if new:
            values = ({"row": row, "level": _LEVEL} for row in self.rows(new))
            for one, text in zip(new, pour_each(self.env, "site-row.html.j2", values), strict=True):
                self._poured[one.key] = text
        return tuple([Markup(self._poured[one.key].replace(_LEVEL, str(level))) for one in entries])

    def card(self, entry: Entry) -> CardLink | None:
        """The picture of an issue, by its whole address."""
        if not entry.card:
            return None
        return CardLink(self.places.absolute(self.places.beside(entry, CARD_FILE)), entry.card)

    def head(self, path: str, title: str, description: str, look: str, **more: Any) -> Head:
        """A page of the site, for its template."""
        return Head(title, description, self.places.href(path), self.places.absolute(path), look, **more)

    def pour(self, name: str, page: Head, **values: Any) -> str:
        """A page poured in its template."""
        return pour(self.env, name, site=self.frame, page=page, **{"sections": self.sections(page.href), **values})

    def further(self, entry: Entry, beside: Beside) -> str:
        """What stands below an article: its neighbours, what else there is on this, and its subjects."""
        return pour(
            self.env,
            "site-further.html.j2",
            previous=self.rows([beside.previous])[0] if beside.previous else None,
            next=self.rows([beside.next])[0] if beside.next else None,
            related=self.listed(beside.related, BELOW),
            subjects=self.subjects(entry.tags),
        )

    # --- pages ---------------------------------------------------------------------------------

    def home(
        self, front: str, newest: Entry, earlier: Sequence[Entry], months: Sequence[Link], subjects: Sequence[Link]
    ) -> str:
        """The front page: the newest issue, those before it, and the ways into the archive."""
        hidden = newest.simulated and all(one.simulated for one in earlier)
        description = self.settings.description or newest.standfirst
        page = self.head("", self.imprint.title, description, "home", noindex=hidden, image=self.card(newest))
        return self.pour(
            "site-home.html.j2",
            page,
            front=Markup(front),
            earlier=self.rows(earlier),
            months=tuple(months),
            subjects=tuple(subjects),
            structured_data=script_json(website(self.imprint, self.settings, self.places)),
        )

    def listing(
        self,
        path: str,
        title: str,
        told: str,
        entries: Sequence[Entry],
        links: Sequence[Link] = (),
        links_title: str = "",
        over: str = "",
    ) -> str:
        """A list of issues: of a month, a kind, a subject."""
        hidden = all(one.simulated for one in entries)
        page = self.head(path, title, told, "list", noindex=hidden, over=over)
        rows = self.listed(entries, LIST)
        return self.pour("site-list.html.j2", page, rows=rows, links=tuple(links), links_title=links_title)

    def index(self, path: str, title: str, told: str, groups: Sequence[tuple[str, Sequence[Link]]]) -> str:
        """An index of lists."""
        shown = tuple((name, tuple(links)) for name, links in groups)
        return self.pour("site-index.html.j2", self.head(path, title, told, "list"), groups=shown)

    def about(self) -> str:
        """Who publishes this, how it is made, from what, and what becomes of a mistake."""
        parts = [(title, getattr(self.settings, name)) for title, name in ABOUT]
        notes = self.imprint.notes
        shown = [(title, (*said, *notes) if title.startswith("How") else said) for title, said in parts]
        address = self.settings.contact
        href = address if ":" in address else f"mailto:{address}"
        contact = Link(address.removeprefix("mailto:"), href) if address else None
        page = self.head("about/", f"About {self.imprint.title}", self.settings.description, "plain-page")
        told = tuple(part for part in (*shown, ("For information only", (self.imprint.risk,))) if any(part[1]))
        return self.pour("site-about.html.j2", page, parts=told, contact=contact)

    def corrections(self, corrected: Iterable[tuple[Entry, Correction]]) -> str:
        """Every correction, the newest first."""
        page = self.head("corrections/", "Corrections", f"Every correction of {self.imprint.title}.", "plain-page")
        shown = tuple((self.rows([entry])[0], one) for entry, one in corrected)
        return self.pour("site-corrections.html.j2", page, policy=self.settings.corrections, corrected=shown)

    def search(self) -> str:
        """The page that searches."""
        page = self.head("search/", "Search", f"Search the articles of {self.imprint.title}.", "plain-page")
        return self.pour("site-search.html.j2", page)

    def lost(self, latest: Sequence[Entry]) -> str:
        """What is shown where there is no page."""
        told = "There is no page at this address."
        page = Head("There is no such page", told, "", "", "plain-page", noindex=True)
        return self.pour("site-404.html.j2", page, rows=self.listed(latest, BELOW))

    def style(self) -> str:
        """The one style sheet of all pages."""
        return "".join(sheet(self.env, name) for name in SHEET)

    def script(self) -> str:
        """The script that searches."""
        return sheet(self.env, SCRIPT)

    def icon(self) -> str:
        """The picture beside the name in a browser's tab."""
        return pour(self.env, "site-icon.svg.j2")

    def subjects(self, tags: Iterable[str]) -> tuple[Link, ...]:
        """Each subject with the list of its issues."""
        return tuple(Link(tag, self.places.href(tag_path(tag))) for tag in tags)


def tag_path(tag: str) -> str:
    """Where the issues on a subject are listed."""
    return f"tags/{slug(tag)}/"


def modified_at(published: datetime, corrections: Sequence[Correction]) -> datetime:
    """When an article was last changed: at its last correction, if it has any."""
    return max((published, *(one.at for one in corrections)))


def set_beside(page: bytes, sections: bytes, further: bytes) -> bytes:
    """An article's page with all that stands beside the article."""
    return page.replace(_SECTIONS, sections).replace(_FURTHER, further)


_FURTHER, _SECTIONS = FURTHER.encode(), SECTIONS.encode()
