"""Which issues belong together, and the lists of them that a site has: by month, by kind and by subject."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.rendering.pages.frame import Link
from generator.rendering.site.pages import tag_path
from generator.rendering.site.places import Places, slug
from generator.site.shelf import Known

ON_A_LIST = 40
"""How many issues a list of a kind or subject shows; all of them stand in its lists by year."""


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


class Lists:
    """The lists of one site."""

    def __init__(self, newest_first: Sequence[Known], places: Places) -> None:
        self._newest_first, self._places = newest_first, places

    def all(self) -> list[Listing]:
        """Every list, by month, then by kind, then by subject."""
        return [*self._months(), *self._kinds(), *self._tags()]

    def _months(self) -> Iterator[Listing]:
        months = list(self.month_links)
        for at, (month, known) in enumerate(self._by_month.items()):
            near = tuple(self.month_links[months[to]] for to in (at + 1, at - 1) if 0 <= to < len(months))
            title = self.month_links[month].text
            yield Listing(f"archive/{month}/", title, "", known, near, "The months before and after")

    @cached_property
    def _by_month(self) -> dict[str, list[Known]]:
        return grouped(self._newest_first, lambda one: one.key[:7])

    @cached_property
    def month_links(self) -> dict[str, Link]:
        """A link to each month's list, by the month, the newest first."""
        return {
            month: Link(f"{known[0].entry.session:%B %Y}", self._places.href(f"archive/{month}/"), len(known))
            for month, known in self._by_month.items()
        }

    def _kinds(self) -> Iterator[Listing]:
        for kind, known in grouped(self._newest_first, lambda one: one.entry.kind).items():
            yield from self._by_year(f"kinds/{slug(kind)}/", known[0].entry.kicker, "", known)

    def _tags(self) -> Iterator[Listing]:
        for title, known in self._by_tag.items():
            yield from self._by_year(tag_path(title), title, "Subject", known)

    @cached_property
    def _by_tag(self) -> dict[str, list[Known]]:
        """The issues on each subject; subjects that share an address are one, under the name used last."""
        names: dict[str, str] = {}
        found: dict[str, list[Known]] = {}
        for one in self._newest_first:
            for tag in dict.fromkeys(names.setdefault(slug(tag), tag) for tag in one.entry.tags):
                found.setdefault(tag, []).append(one)
        return found

    def _by_year(self, path: str, title: str, over: str, known: Sequence[Known]) -> Iterator[Listing]:
        """The newest of them, and where they are more, all of them year by year."""
        if len(known) <= ON_A_LIST:
            yield Listing(path, title, over, known)
            return
        years = grouped(known, lambda one: f"{one.entry.session.year}")
        links = tuple(Link(year, self._places.href(f"{path}{year}/"), len(of_year)) for year, of_year in years.items())
        yield Listing(path, title, over, known[:ON_A_LIST], links, "By year")
        for year, of_year in years.items():
            yield Listing(f"{path}{year}/", f"{title}, {year}", over, of_year, links, "By year")

    @cached_property
    def tag_links(self) -> list[Link]:
        """A link to each subject's list, that of the most issues first."""
        found = sorted(self._by_tag.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return [Link(tag, self._places.href(tag_path(tag)), len(known)) for tag, known in found]


def grouped(known: Sequence[Known], key: Callable[[Known], str]) -> dict[str, list[Known]]:
    """The issues by what `key` says of each, in the order in which it first says it."""
    found: dict[str, list[Known]] = {}
    for one in known:
        found.setdefault(key(one), []).append(one)
    return found
