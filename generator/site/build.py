"""List every file of the site and what each is made from, in the order of their writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from hashlib import sha256
from typing import Any

import orjson

from generator.errors import ContentError, Fault
from generator.model import Correction, Entry
from generator.publishing.archive import PAPER
from generator.publishing.corrections import by_issue
from generator.publishing.public import Output
from generator.rendering.pages.frame import Link
from generator.rendering.site import feeds, maps
from generator.rendering.site.pages import HOME_ROWS, Beside, SitePages, modified_at, set_beside
from generator.rendering.site.places import file_of
from generator.site.feeds import Feeds
from generator.site.lists import Listing, Lists, grouped
from generator.site.related import neighbours, related
from generator.site.shelf import Known, Shelf

MONTHS, SUBJECTS = 12, 16
"""How many the front page names."""
HOME = "index.html"


class SiteBuild:
    """One site over one shelf."""

    def __init__(
        self, shelf: Shelf, pages: SitePages, corrections: Sequence[Correction], design: str, styles: str
    ) -> None:
        self.shelf, self.pages, self.places = shelf, pages, pages.places
        self.newest_first = shelf.known[::-1]
        self.lists = Lists(self.newest_first, self.places)
        self.corrections = by_issue(corrections)
        self._design, self._styles = design, styles
        self._moments: dict[str, datetime] = {}
        self.feeds = Feeds(shelf, pages, self.corrections, self._modified)

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
        listings = self.lists.all()
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
        before, after = neighbours(self.shelf.known)
        alike = related(self.shelf.known, before)
        for one in self.shelf.known:
            if not one.whole:
                continue
            around = before.get(one.key), after.get(one.key), *alike[one.key]
            told = self.corrections.get(one.key, ())
            make = partial(self._article, one, around, told)
            address = self.places.article(one.entry)
            folder, path = address[: address.rfind("/") + 1], file_of(address)
            yield path, Output(self._of(one.digest, self._told(around), told, PAPER in one.pictures), make)
            for name, digest in one.pictures.items():
                yield f"{folder}{name}", Output(digest, f"{one.place}/{name}")

    def _article(self, one: Known, around: Sequence[Known | None], told: tuple[Correction, ...]) -> bytes:
        laid = self.shelf.laid(one, told)
        before, after, *alike = [other.entry if other else None for other in around]
        beside = Beside(before, after, tuple(other for other in alike if other))
        self.feeds.keep(one, laid)
        return set_beside(laid.page, self._sections, self.pages.further(one.entry, beside).encode())

    @cached_property
    def _sections(self) -> bytes:
        return self.pages.sections().encode()

    # --- lists ---------------------------------------------------------------------------------

    def _listing(self, of: Listing) -> tuple[str, Output]:
        count = len(of.known)
        told = f"{count} article{'' if count == 1 else 's'}, the newest first."
        make = partial(
            self.pages.listing, of.path, of.title, told, _entries(of.known), of.links, of.links_title, of.over
        )
        return file_of(of.path), Output(self._of(of.title, of.over, self._told(of.known), of.links), make)

    def _indexes(self) -> Iterator[tuple[str, Output]]:
        years: dict[str, list[Link]] = {}
        for month, link in self.lists.month_links.items():
            years.setdefault(month[:4], []).append(link)
        groups = list(years.items())
        told = "Every article, month by month."
        make = partial(self.pages.index, "archive/", "Archive", told, groups)
        yield file_of("archive/"), Output(self._of(groups), make)
        tags = [("", self.lists.tag_links)]
        make = partial(self.pages.index, "tags/", "Subjects", "What the articles are about.", tags)
        yield file_of("tags/"), Output(self._of(tags), make)

    # --- single pages --------------------------------------------------------------------------

    @cached_property
    def _lead(self) -> Known:
        """What the front page begins with: the newest issue, of a real market if there is one."""
        return next((one for one in self.newest_first if not one.entry.simulated), self.newest_first[0])

    def _home(self) -> tuple[str, Output]:
        newest = next((one for one in (self._lead, *self.newest_first) if one.whole), self._lead)
        earlier = [one for one in self.newest_first if one is not newest][:HOME_ROWS]
        months = list(self.lists.month_links.values())[:MONTHS]
        everywhere = len(self.newest_first)
        links = self.lists.tag_links
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
        years = grouped(self.newest_first, lambda one: f"{one.entry.session.year}")
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

    def _feeds(self) -> Iterator[tuple[str, Output]]:
        told = self.feeds.known
        made_from = self._of(
            [one.digest for one in told], self._told(told), [self.corrections.get(o.key) for o in told]
        )

        def make(write: Callable[..., bytes]) -> bytes:
            return write(self.feeds.items, self.pages.imprint, self.pages.settings, self.places)

        for name, write in zip(feeds.FEEDS, (feeds.rss, feeds.atom, feeds.json_feed), strict=True):
            yield name, Output(made_from, partial(make, write))

    # --- digests -------------------------------------------------------------------------------

    def _of(self, *parts: Any) -> str:
        """A digest of what a page is made from: the design, and these."""
        return sha256(orjson.dumps([self._design, *parts])).hexdigest()[:32]

    def _told(self, known: Sequence[Known | None]) -> list[Any]:
        """What lists tell of the issues."""
        return [[one.key, one.told, one.key in self.corrections] if one else None for one in known]


def _entries(known: Sequence[Known]) -> list[Entry]:
    return [one.entry for one in known]
