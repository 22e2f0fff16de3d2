"""What the feeds of a site tell: its newest issues of a real market, each with its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from itertools import islice

from generator.model import Correction
from generator.publishing.laid import Laid, read_laid
from generator.rendering.site.feeds import MOST, Item
from generator.rendering.site.pages import SitePages
from generator.site.shelf import Known, Shelf


class Feeds:
    """The feeds of one site; all of them tell the same."""

    def __init__(
        self,
        shelf: Shelf,
        pages: SitePages,
        corrections: Mapping[str, tuple[Correction, ...]],
        modified: Callable[[Known], datetime],
    ) -> None:
        self._shelf, self._pages, self._corrections, self._modified = shelf, pages, corrections, modified
        self._texts: dict[str, str] = {}

    @cached_property
    def known(self) -> list[Known]:
        """The issues that they tell of, the newest first."""
        real = (one for one in reversed(self._shelf.known) if not one.entry.simulated)
        return list(islice((one for one in real if one.whole or read_laid(self._shelf.output, one.key)), MOST))

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.known)

    def keep(self, one: Known, laid: Laid) -> None:
        """Keep the text of an issue that was read for its page, so that it need not be read again."""
        if one.key in self._keys:
            self._texts[one.key] = laid.text.decode()

    @cached_property
    def items(self) -> list[Item]:
        """What they tell of each."""
        return [self._item(one) for one in self.known]

    def _item(self, one: Known) -> Item:
        card, places = self._pages.card(one.entry), self._pages.places
        return Item(
            one.entry,
            places.absolute(places.article(one.entry)),
            self._text(one),
            places.published(one.entry.session),
            self._modified(one),
            card.address if card else "",
        )

    def _text(self, one: Known) -> str:
        """The issue's text; of one that cannot be read any more, as it was laid out last."""
        found = self._texts.get(one.key)
        if found is None:
            told = self._corrections.get(one.key, ())
            laid = self._shelf.laid(one, told) if one.whole else read_laid(self._shelf.output, one.key)
            found = laid.text.decode() if laid else ""
        return found
