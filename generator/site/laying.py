"""Lay an issue out for a site once, and keep that for every later build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from generator.model import Correction, Entry, Imprint, SiteSettings
from generator.publishing.archive import PAPER, STATE, Shelved, read_shelved, same_as
from generator.publishing.laid import Laid, read_laid, write_laid
from generator.publishing.public import write_file
from generator.publishing.words import version_of, words_text
from generator.rendering.site.pages import SitePages

_FIELDS = tuple(one.name for one in fields(Entry))
FRONT = "front"


@dataclass(frozen=True, slots=True)
class Layout:
    """All that issues are laid out with."""

    output: Path
    pages: SitePages
    basis: str
    """A digest of what decides, besides an issue, what lists tell of it."""
    design: str
    """A digest of what decides, besides an issue, how its page looks."""

    @classmethod
    def of(cls, output: Path, pages: SitePages, program: str, styles: str) -> Layout:
        """With the program and the style sheets and templates that have these digests."""
        imprint: Imprint = pages.imprint
        settings: SiteSettings = pages.settings
        basis = sha256(orjson.dumps([program, settings.subjects], option=orjson.OPT_SORT_KEYS)).hexdigest()
        return cls(output, pages, basis, _digest([program, styles, imprint, settings]))

    def found(self, one: Shelved) -> Laid | None:
        """The issue as it was laid out; None where it was not, or is another now."""
        laid = read_laid(self.output, one.key)
        if laid and laid.basis == self.basis:
            if laid.stamp == one.stamp:
                return laid
            if same_as(one, laid.digest, laid.pictures):  # the same files, put there anew
                return replace(laid, stamp=one.stamp)
        return None

    def lay(self, one: Shelved, told: Sequence[Correction]) -> Laid:
        """Lay the issue out, and keep it; raises `DataError` where it is broken."""
        from generator.publishing.stated import drawn_of, words_of
        from generator.rendering.site.articles import article_page, entry_of, full_text

        held, pages = read_shelved(one), self.pages
        words, drawn = words_of(held.issue.article), drawn_of(held.issue.article)
        entry = entry_of(held.issue, held.card, pages.settings.subjects)
        paper = PAPER in held.pictures
        laid = Laid(
            basis=self.basis,
            stamp=one.stamp,
            digest=held.digest,
            version=version_of(words, drawn),
            entry=values_of(entry),
            pictures=dict(held.pictures),
            page_of=self.page_of(held.digest, told, paper),
            words=words_text(held.digest, words, drawn),
            page=article_page(pages, held.issue, entry, held.derivations, told, paper).encode(),
            text=full_text(held.issue, entry, pages.places, pages.env, told, set(held.pictures)).encode(),
        )
        write_laid(self.output, one.key, laid)
        return laid

    def lay_newest(self, one: Shelved, told: Sequence[Correction]) -> None:
        """The same for an issue just written, which the front page may begin with."""
        laid = self.lay(one, told)
        entry = entry_from(laid.entry)
        if not entry.simulated and not told:
            self.front(one, entry, laid.digest)

    def page_of(self, digest: str, told: Sequence[Correction], paper: bool) -> str:
        """A digest of all that an issue's page and its text for feeds are made from."""
        return _digest([self.design, digest, tuple(told), paper])

    # --- the front page ------------------------------------------------------------------------

    def front(self, one: Shelved, entry: Entry, digest: str) -> str:
        """The issue as the front page shows it; poured anew where it is another than the one shown before."""
        made_from = _digest([self.design, digest, entry.key, entry.key in self.pages.corrected])
        head, _, text = _front(self.output).partition("\n")
        if head != made_from:
            from generator.rendering.site.articles import front

            text = front(self.pages, read_shelved(one).issue, entry)
            write_file(self.output / STATE / FRONT, f"{made_from}\n{text}")
        return text


def _front(output: Path) -> str:
    try:
        return (output / STATE / FRONT).read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _digest(parts: list[Any]) -> str:
    return sha256(orjson.dumps(parts)).hexdigest()


def values_of(entry: Entry) -> list[Any]:
    """What lists tell of an issue, as it is kept."""
    day, *values = [getattr(entry, name) for name in _FIELDS]
    return [day.isoformat(), *values]


def entry_from(values: Sequence[Any]) -> Entry:
    """The same read back."""
    day, kind, kicker, headline, standfirst, author, angle, tags, *rest = values
    return Entry(date.fromisoformat(day), kind, kicker, headline, standfirst, author, angle, tuple(tags), *rest)
