"""Pour issues and what surrounds them into the pages of a site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Article, Correction, Entry, Imprint, Issue, LinesBlock, SiteSettings
from generator.rendering.environment import long_date, pour, script_json, sheet
from generator.rendering.pages.article import author_of, context_of, inline_charts
from generator.rendering.pages.frame import Frame, Head, Link, Row
from generator.rendering.pictures.card import CARD_FILE, CardLink
from generator.rendering.pictures.charts import drawn_inline
from generator.rendering.site.places import Places
from generator.rendering.site.structured import news_article, website

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


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around an article in the site."""

    previous: Entry | None
    next: Entry | None
    related: tuple[Entry, ...]
    corrections: tuple[Correction, ...]
    paper: bool
    """Whether there is a PDF of it."""


@dataclass(frozen=True, slots=True)
class SitePages:
    """Pours the pages of one site."""

    imprint: Imprint
    """The publication as it is now; an issue brings its own disclosure."""
    settings: SiteSettings
    places: Places
    env: Environment
    kinds: tuple[Link, ...]
    corrected: frozenset[str]
    """The keys of the issues that have been corrected."""

    # --- parts ---------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        """What all pages have around them."""
        href = self.places.href
        sections = (
            *self.kinds,
            Link("Archive", href("archive/")),
            Link("Subjects", href("tags/")),
            Link("Search", href("search/")),
            Link("About", href("about/")),
        )
        imprint, settings = self.imprint, self.settings
        return Frame(
            imprint.title, settings.description, imprint.language, imprint.risk, self.places.root, tuple(sections)
        )

    def rows(self, entries: Iterable[Entry]) -> tuple[Row, ...]:
        """The issues as a list shows them."""
        return tuple(
            Row(one, self.places.href(self.places.article(one)), long_date(one.session), one.key in self.corrected)
            for one in entries
        )

    def card(self, entry: Entry) -> CardLink | None:
        """The picture of an issue, by its whole address."""
        if not entry.card:
            return None
        return CardLink(self.places.absolute(self.places.beside(entry, CARD_FILE)), entry.card)

    def _head(self, path: str, title: str, description: str, look: str, **more: Any) -> Head:
        return Head(title, description, self.places.href(path), self.places.absolute(path), look, **more)

    def _pour(self, name: str, page: Head, **values: Any) -> str:
        return pour(self.env, name, site=self.frame, page=page, **values)

    # --- pages ---------------------------------------------------------------------------------

    def article(self, issue: Issue, entry: Entry, derivations: Mapping[str, str], beside: Beside) -> str:
        """An article with its derivations, corrections and neighbours."""
        article, path = issue.article, self.places.article(entry)
        imprint = replace(issue.imprint, url=self.imprint.url, title=self.imprint.title, language=self.imprint.language)
        published = self.places.published(entry.session)
        modified = modified_at(published, beside.corrections)
        card = self.card(entry)
        page = self._head(
            path, entry.headline, entry.standfirst, "article", noindex=issue.simulated, kind="article", image=card
        )
        data = news_article(article, imprint, self.places, published, modified, card, beside.corrections)
        return self._pour(
            "site-article.html.j2",
            page,
            **context_of(article, imprint, issue.simulated, derivations),
            charts=inline_charts(article, self.env),
            paper=False,
            paper_file=self.places.href(self.places.beside(entry, "article.pdf")) if beside.paper else "",
            published=published,
            modified=modified,
            corrections=beside.corrections,
            previous=self._row(beside.previous),
            next=self._row(beside.next),
            related=self.rows(beside.related),
            subjects=self.subjects(entry.tags),
            structured_data=script_json(data),
        )

    def home(
        self, issue: Issue, newest: Entry, earlier: Sequence[Entry], months: Sequence[Link], subjects: Sequence[Link]
    ) -> str:
        """The front page: the newest issue, those before it, and the ways into the archive."""
        hidden = newest.simulated and all(one.simulated for one in earlier)
        description = self.settings.description or newest.standfirst
        page = self._head("", self.imprint.title, description, "home", noindex=hidden, image=self.card(newest))
        return self._pour(
            "site-home.html.j2",
            page,
            article=issue.article,
            charts=_first_lines(issue.article, self.env),
            newest=self.rows([newest])[0],
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
        page = self._head(path, title, told, "list", noindex=hidden, over=over)
        return self._pour(
            "site-list.html.j2", page, rows=self.rows(entries), links=tuple(links), links_title=links_title
        )

    def index(self, path: str, title: str, told: str, groups: Sequence[tuple[str, Sequence[Link]]]) -> str:
        """An index of lists."""
        shown = tuple((name, tuple(links)) for name, links in groups)
        return self._pour("site-index.html.j2", self._head(path, title, told, "list"), groups=shown)

    def about(self) -> str:
        """Who publishes this, how it is made, from what, and what becomes of a mistake."""
        parts = [(title, getattr(self.settings, name)) for title, name in ABOUT]
        notes = self.imprint.notes
        shown = [(title, (*said, *notes) if title.startswith("How") else said) for title, said in parts]
        address = self.settings.contact
        href = address if ":" in address else f"mailto:{address}"
        contact = Link(address.removeprefix("mailto:"), href) if address else None
        page = self._head("about/", f"About {self.imprint.title}", self.settings.description, "plain-page")
        told = tuple(part for part in (*shown, ("For information only", (self.imprint.risk,))) if any(part[1]))
        return self._pour("site-about.html.j2", page, parts=told, contact=contact)

    def corrections(self, corrected: Iterable[tuple[Entry, Correction]]) -> str:
        """Every correction, the newest first."""
        page = self._head("corrections/", "Corrections", f"Every correction of {self.imprint.title}.", "plain-page")
        shown = tuple((self.rows([entry])[0], one) for entry, one in corrected)
        return self._pour("site-corrections.html.j2", page, policy=self.settings.corrections, corrected=shown)

    def search(self) -> str:
        """The page that searches."""
        page = self._head("search/", "Search", f"Search the articles of {self.imprint.title}.", "plain-page")
        return self._pour("site-search.html.j2", page)

    def lost(self, latest: Sequence[Entry]) -> str:
        """What is shown where there is no page."""
        told = "There is no page at this address."
        page = Head("There is no such page", told, "", "", "plain-page", noindex=True)
        return self._pour("site-404.html.j2", page, rows=self.rows(latest))

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

    def _row(self, entry: Entry | None) -> Row | None:
        return self.rows([entry])[0] if entry else None


def tag_path(tag: str) -> str:
    """Where the issues on a subject are listed."""
    from generator.rendering.site.places import slug

    return f"tags/{slug(tag)}/"


def modified_at(published: datetime, corrections: Sequence[Correction]) -> datetime:
    """When an article was last changed: at its last correction, if it has any."""
    return max((published, *(one.at for one in corrections)))


def entry_of(issue: Issue, card: str, subjects: Mapping[str, str]) -> Entry:
    """What lists tell of an issue."""
    article = issue.article
    session: date = article.session
    named = sorted(
        (name for name in subjects if article.angle == name or article.angle.startswith(f"{name}/")), key=len
    )
    tags = dict.fromkeys([*(subjects[name] for name in named[-1:]), *article.tags])
    return Entry(
        session,
        article.edition,
        article.kicker,
        article.headline.text,
        article.standfirst.text,
        author_of(issue.imprint),
        article.angle,
        tuple(tags),
        article.reading_minutes,
        issue.simulated,
        card,
    )


def _first_lines(article: Article, env: Environment) -> dict[str, dict[str, Markup]]:
    """The first chart of lines, drawn for a desk and for a telephone."""
    for block in article.blocks:
        if isinstance(block, LinesBlock):
            return {block.file: drawn_inline(block, env)}
    return {}
