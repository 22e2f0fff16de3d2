"""List every file of the site and what each is made from, in the order of their writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from hashlib import sha256
from itertools import islice
from typing import Any

import orjson

from generator.errors import ContentError, Fault
from generator.model import Correction, Entry
from generator.publishing.archive import PAPER
from generator.publishing.corrections import by_issue
from generator.publishing.laid import read_laid
from generator.publishing.public import Output
from generator.rendering.pages.frame import Link
from generator.rendering.site import feeds, maps
from generator.rendering.site.pages import HOME_ROWS, Beside, SitePages, modified_at, set_beside, tag_path
from generator.rendering.site.places import file_of, slug
from generator.site.shelf import Known, Shelf

ON_A_LIST = 40
"""How many issues a list of a kind or subject shows; all of them stand in its lists by year."""
MONTHS, SUBJECTS = 12, 16
"""How many the front page names."""
HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Listing:
    """The issues that belong together: of a month, a kind, a subject, or one year of these."""

    path: str
    title: str
    over: str
    known: Sequence[Known]
    """Newest first."""
    links: tuple[Link, ...] = ()
    links_title: str = ""


class SiteBuild:
    """One site over one shelf."""

    def __init__(
        self, shelf: Shelf, pages: SitePages, corrections: Sequence[Correction], design: str, styles: str
    ) -> None:
        self.shelf, self.pages, self.places = shelf, pages, pages.places
        self.newest_first = shelf.known[::-1]
        self.corrections = by_issue(corrections)
        self._design, self._styles = design, styles
        self._feed_texts: dict[str, str] = {}
        self._moments: dict[str, datetime] = {}

    # --- all of it -----------------------------------------------------------------------------

    def outputs(self, made: Mapping[str, str]) -> dict[str, Output]:
        """Every file by its path, articles first and feeds last; raises `ContentError` where two would share one.

        `made` are the files that stand there.
        """
        found: dict[str, Output] = {}
        for path, output in self._all():
            if path == HOME and not self._lead.whole and HOME in made:
                continue  # it shows the newest issue, which cannot be read any more: it stays with it
            if path in found:
                message = f"'url' gives two files of the site one place: {path}. Choose another address for articles."
                raise ContentError([Fault("content/publication.yaml", message)])
            found[path] = output
        return found

    def kept(self, made: Mapping[str, str]) -> frozenset[str]:
        """The files of issues that cannot be read any more: they stay."""
        folders = tuple(
            file_of(self.places.article(one.entry)).rpartition("/")[0] + "/"
            for one in self.shelf.known
            if not one.whole
        )
        kept = {path for path in made if folders and path.startswith(folders)}
        return frozenset(kept if self._lead.whole else kept | {HOME})

    def _all(self) -> Iterator[tuple[str, Output]]:
        yield "style.css", Output(self._styles, self.pages.style)
        yield "search.js", Output(self._styles, self.pages.script)
        yield "icon.svg", Output(self._styles, self.pages.icon)
        yield from self._articles()
        listings = [*self._months(), *self._kinds(), *self._tags()]
        for listing in listings:
            yield self._listing(listing)
        yield from self._indexes()
        yield from self._plain()
        yield self._home()
        yield from self._search()
        yield from self._maps(listings)
        yield from self._feeds()

    # --- articles ------------------------------------------------------------------------------

    def _articles(self) -> Iterator[tuple[str, Output]]:
        before, after = _neighbours(self.shelf.known)
        related = _related(self.shelf.known, before)
        for one in self.shelf.known:
            if not one.whole:
                continue
            around = before.get(one.key), after.get(one.key), *related[one.key]
            told = self.corrections.get(one.key, ())
            make = partial(self._article, one, around, told)
            address = self.places.article(one.entry)
            folder, path = address[: address.rfind("/") + 1], file_of(address)
            yield path, Output(self._of(one.digest, self._told(around), told, PAPER in one.pictures), make)
            for name, digest in one.pictures.items():
                yield f"{folder}{name}", Output(digest, f"{one.place}/{name}")

    def _article(self, one: Known, around: Sequence[Known | None], told: tuple[Correction, ...]) -> bytes:
        laid = self.shelf.laid(one, told)
        before, after, *related = [other.entry if other else None for other in around]
        beside = Beside(before, after, tuple(other for other in related if other))
        if one.key in self._in_feeds:  # so that it need not be read again
            self._feed_texts[one.key] = laid.text.decode()
        return set_beside(laid.page, self._sections, self.pages.further(one.entry, beside).encode())

    @cached_property
    def _sections(self) -> bytes:
        return self.pages.sections().encode()

    # --- lists ---------------------------------------------------------------------------------

    def _months(self) -> Iterator[Listing]:
        by_month = self._by_month
        months = list(by_month)
        for at, month in enumerate(months):
            near = [months[to] for to in (at + 1, at - 1) if 0 <= to < len(months)]
            links = tuple(self._month_link(by_month[other]) for other in near)
            title = f"{by_month[month][0].entry.session:%B %Y}"
            yield Listing(f"archive/{month}/", title, "", by_month[month], links, "The months before and after")

    @cached_property
    def _by_month(self) -> dict[str, list[Known]]:
        return _grouped(self.newest_first, lambda one: [one.key[:7]])

    def _month_link(self, known: Sequence[Known]) -> Link:
        day = known[0].entry.session
        return Link(f"{day:%B %Y}", self.places.href(f"archive/{day:%Y-%m}/"), len(known))

    def _kinds(self) -> Iterator[Listing]:
        for kind, known in _grouped(self.newest_first, lambda one: [one.entry.kind]).items():
            yield from self._by_year(f"kinds/{slug(kind)}/", known[0].entry.kicker, "", known)

    def _tags(self) -> Iterator[Listing]:
        for title, known in self._by_tag.items():
            yield from self._by_year(tag_path(title), title, "Subject", known)

    @cached_property
    def _by_tag(self) -> dict[str, list[Known]]:
        """The issues on each subject; subjects that share an address are one, under the name used last."""
        names: dict[str, str] = {}
        found: dict[str, list[Known]] = {}
        for one in self.newest_first:
            for tag in dict.fromkeys(names.setdefault(slug(tag), tag) for tag in one.entry.tags):
                found.setdefault(tag, []).append(one)
        return found

    def _by_year(self, path: str, title: str, over: str, known: Sequence[Known]) -> Iterator[Listing]:
        """The newest of them, and where they are more, all of them year by year."""
        if len(known) <= ON_A_LIST:
            yield Listing(path, title, over, known)
            return
        years = _grouped(known, lambda one: [f"{one.entry.session.year}"])
        links = tuple(Link(year, self.places.href(f"{path}{year}/"), len(of_year)) for year, of_year in years.items())
        yield Listing(path, title, over, known[:ON_A_LIST], links, "By year")
        for year, of_year in years.items():
            yield Listing(f"{path}{year}/", f"{title}, {year}", over, of_year, links, "By year")

    def _listing(self, of: Listing) -> tuple[str, Output]:
        count = len(of.known)
        told = f"{count} article{'' if count == 1 else 's'}, the newest first."
        make = partial(
            self.pages.listing, of.path, of.title, told, _entries(of.known), of.links, of.links_title, of.over
        )
        return file_of(of.path), Output(self._of(of.title, of.over, self._told(of.known), of.links), make)

    def _indexes(self) -> Iterator[tuple[str, Output]]:
        months = self._by_month
        years: dict[str, list[Link]] = {}
        for month, known in months.items():
            years.setdefault(month[:4], []).append(self._month_link(known))
        groups = list(years.items())
        told = "Every article, month by month."
        make = partial(self.pages.index, "archive/", "Archive", told, groups)
        yield file_of("archive/"), Output(self._of(groups), make)
        tags = [("", self._tag_links)]
        make = partial(self.pages.index, "tags/", "Subjects", "What the articles are about.", tags)
        yield file_of("tags/"), Output(self._of(tags), make)

    @cached_property
    def _tag_links(self) -> list[Link]:
        found = sorted(self._by_tag.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return [Link(tag, self.places.href(tag_path(tag)), len(known)) for tag, known in found]

    # --- single pages --------------------------------------------------------------------------

    @cached_property
    def _lead(self) -> Known:
        """What the front page begins with: the newest issue, of a real market if there is one."""
        return next((one for one in self.newest_first if not one.entry.simulated), self.newest_first[0])

    def _home(self) -> tuple[str, Output]:
        newest = next((one for one in (self._lead, *self.newest_first) if one.whole), self._lead)
        earlier = [one for one in self.newest_first if one is not newest][:HOME_ROWS]
        by_month = self._by_month
        months = [self._month_link(known) for known in list(by_month.values())[:MONTHS]]
        everywhere = len(self.newest_first)
        links = self._tag_links
        telling = [link for link in links if link.count < everywhere] or links
        subjects = [Link(link.text, link.href) for link in telling[:SUBJECTS]]

        def make() -> str:
            front = self.shelf.layout.front(newest.shelved, newest.entry, newest.digest)
            return self.pages.home(front, newest.entry, _entries(earlier), months, subjects)

        shown = self._of(newest.digest, self._told([newest, *earlier]), months, subjects)
        return HOME, Output(shown, make)

    def _plain(self) -> Iterator[tuple[str, Output]]:
        known = {one.key: one for one in self.newest_first}
        told = sorted(
            (one for several in self.corrections.values() for one in several if one.issue in known),
            key=lambda one: (one.at, one.issue),
            reverse=True,
        )
        corrected = [(known[one.issue].entry, one) for one in told]
        shown = self._of(told, self._told([known[one.issue] for one in told]))
        yield file_of("about/"), Output(self._of("about"), self.pages.about)
        yield file_of("corrections/"), Output(shown, partial(self.pages.corrections, corrected))
        yield file_of("search/"), Output(self._of("search"), self.pages.search)
        latest = self.newest_first[:5]
        yield "404.html", Output(self._of(self._told(latest)), partial(self.pages.lost, _entries(latest)))

    def _search(self) -> Iterator[tuple[str, Output]]:
        years = _grouped(self.newest_first, lambda one: [f"{one.entry.session.year}"])
        for year, known in years.items():
            make = partial(maps.search_list, _entries(known), self.places)
            yield f"search/{year}.json", Output(self._of(self._told(known)), make)
        make = partial(maps.search_index, [int(year) for year in years], self.places)
        yield "search/index.json", Output(self._of(list(years)), make)

    # --- maps and feeds ------------------------------------------------------------------------

    def _maps(self, listings: Sequence[Listing]) -> Iterator[tuple[str, Output]]:
        real = [one for one in self.newest_first if not one.entry.simulated]
        pages: list[tuple[str, datetime | None]] = [
            (self.places.article(one.entry), self._modified(one)) for one in real
        ]
        for listing in listings:
            moments = [self._modified(one) for one in listing.known if not one.entry.simulated]
            if moments:
                pages.append((listing.path, max(moments)))
        newest = max((self._modified(one) for one in real), default=None)
        if real:
            pages[:0] = [(path, newest) for path in ("", "archive/", "tags/", "corrections/")] + [("about/", None)]
        for name, text in maps.sitemaps(pages, self.places).items():
            yield name, Output(self._of(text), partial(str, text))
        text = maps.news_sitemap(_entries(real[:1_000]), self.pages.imprint, self.places)
        yield "news-sitemap.xml", Output(self._of(text), partial(str, text))
        yield "robots.txt", Output(self._of("robots"), partial(maps.robots, self.places))

    def _modified(self, one: Known) -> datetime:
        found = self._moments.get(one.key)
        if found is None:
            published = self.places.published(one.entry.session)
            found = self._moments[one.key] = modified_at(published, self.corrections.get(one.key, ()))
        return found

    @cached_property
    def _feed_entries(self) -> list[Known]:
        real = (one for one in self.newest_first if not one.entry.simulated)
        return list(islice((one for one in real if one.whole or read_laid(self.shelf.output, one.key)), feeds.MOST))

    @cached_property
    def _in_feeds(self) -> frozenset[str]:
        return frozenset(one.key for one in self._feed_entries)

    def _feeds(self) -> Iterator[tuple[str, Output]]:
        told = self._feed_entries
        made_from = self._of(
            [one.digest for one in told], self._told(told), [self.corrections.get(o.key) for o in told]
        )
        items: list[feeds.Item] = []

        def make(write: Callable[..., bytes]) -> bytes:
            if not items:
                items.extend(self._item(one) for one in told)
            return write(items, self.pages.imprint, self.pages.settings, self.places)

        for name, write in zip(feeds.FEEDS, (feeds.rss, feeds.atom, feeds.json_feed), strict=True):
            yield name, Output(made_from, partial(make, write))

    def _item(self, one: Known) -> feeds.Item:
        card = self.pages.card(one.entry)
        return feeds.Item(
            one.entry,
            self.places.absolute(self.places.article(one.entry)),
            self._feed_text(one),
            self.places.published(one.entry.session),
            self._modified(one),
            card.address if card else "",
        )

    def _feed_text(self, one: Known) -> str:
        """The issue's text for feeds; of one that cannot be read any more, as it was laid out last."""
        found = self._feed_texts.get(one.key)
        if found is None:
            told = self.corrections.get(one.key, ())
            laid = self.shelf.laid(one, told) if one.whole else read_laid(self.shelf.output, one.key)
            found = laid.text.decode() if laid else ""
        return found

    # --- digests -------------------------------------------------------------------------------

    def _of(self, *parts: Any) -> str:
        """A digest of what a page is made from: the design, and these."""
        return sha256(orjson.dumps([self._design, *parts])).hexdigest()[:32]

    def _told(self, known: Sequence[Known | None]) -> list[Any]:
        """What lists tell of the issues."""
        return [[one.key, one.told, one.key in self.corrections] if one else None for one in known]


def _entries(known: Sequence[Known]) -> list[Entry]:
    return [one.entry for one in known]


def _grouped(known: Sequence[Known], keys: Callable[[Known], list[str]]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for one in known:
        for key in keys(one):
            found.setdefault(key, []).append(one)
    return found


def _neighbours(known: Sequence[Known]) -> tuple[dict[str, Known], dict[str, Known]]:
    """For each issue by its key the one of its kind before it, and the one after."""
    before: dict[str, Known] = {}
    after: dict[str, Known] = {}
    last: dict[str, Known] = {}
    for one in known:
        if earlier := last.get(one.entry.kind):
            before[one.key], after[earlier.key] = earlier, one
        last[one.entry.kind] = one
    return before, after


def _related(known: Sequence[Known], before: Mapping[str, Known], most: int = 3) -> dict[str, list[Known]]:
    """For each issue others of its day, then earlier ones that told the same story, then of its first subject.

    Only earlier ones, so that a new issue changes no page but its neighbours'.
    """
    days = _grouped(known, lambda one: [one.entry.session.isoformat()])
    stories: dict[str, list[Known]] = {}
    found: dict[str, list[Known]] = {}
    for one in known:
        entry = one.entry
        keys = (f"story {entry.angle}", f"tag {entry.tags[0] if entry.tags else ''}")
        told = [other for other in days[entry.session.isoformat()] if other is not one]
        for key in keys:
            told += stories.get(key, [])[::-1]
        fit = [other for other in told if other is not before.get(one.key) and other.entry.simulated <= entry.simulated]
        found[one.key] = list({other.key: other for other in fit}.values())[:most]
        for key in keys:
            stories[key] = [*stories.get(key, [])[-most:], one]
    return found
