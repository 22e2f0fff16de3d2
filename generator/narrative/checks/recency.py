"""Finds words that say how long ago something was, used for something more recent than they allow."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import NDArray

from generator.errors import CommentaryError, Fault
from generator.model import Flags, Fragment, Recency, Slot, Unit, Variant
from generator.narrative.checks.backing import any_of, behind, marked, slots_after
from generator.narrative.checks.cases import Rows, fewest, first_case
from generator.narrative.newsroom import Newsroom

Days = NDArray[np.datetime64]


def recency_faults(newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """Words in a wording whose date or age can be too recent for them when the wording is used."""
    text, ages = marked(variant), _Ages(newsroom, fragment)
    for entry in newsroom.publication.lexicon.recency:
        for said in any_of(entry.words).finditer(text):
            follows = next((slot for slot in slots_after(variant, text, said.end()) if ages.dates(slot.names[0])), None)
            if follows and ages.tells(entry, follows.names[0]):
                yield from _short(ages, entry, said[0], variant, [follows.names[0]], rows)
                yield from _this_month(ages, follows, said[0], variant, rows)
            elif entry.months and not follows:
                known = sorted(name for name in behind(fragment, variant) if ages.tells(entry, name))
                yield from _short(ages, entry, said[0], variant, known, rows)


def _short(ages: _Ages, entry: Recency, word: str, variant: Variant, names: list[str], rows: Rows) -> Iterator[Fault]:
    """A fault unless one of the figures is old enough on every row; it reports the one too recent on fewest rows."""
    if not names:
        yield Fault(variant.source, f"'{word}' is said, and no figure behind it tells how long ago that was.")
        return
    young = {name: ages.young(name, entry, rows) for name in names}
    name = fewest(young)
    if case := first_case(ages.newsroom, rows, young[name]):
        leads = f"on {case.day} '{name}' leads back to {ages.then(name)[case.row]} ({case.share})"
        yield Fault(variant.source, f"'{word}' is said of what has to be {entry.least} old at least, but {leads}.")


def _this_month(ages: _Ages, slot: Slot, word: str, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """A fault if a date is given by its month, and that can be the session's own month."""
    if not slot.calls or slot.calls[0].name not in ("month", "in_month"):
        return
    months = ages.days[rows].astype("datetime64[M]")
    same = ages.then(slot.names[0])[rows].astype("datetime64[M]") == months
    if case := first_case(ages.newsroom, rows, same):
        message = f"'{word}' is said of a month, and on {case.day} that is the month of the session itself."
        yield Fault(variant.source, message)


class _Ages:
    """The past days that one fragment's figures refer to, per session."""

    def __init__(self, newsroom: Newsroom, fragment: Fragment) -> None:
        self.newsroom, self._fragment = newsroom, fragment
        self.days: Days = newsroom.figures.sessions.astype("datetime64[D]")

    def dates(self, name: str) -> bool:
        """Whether the name is a past day by which a sentence may date something."""
        return name in ("last_time", "first_session") or (name != "session_date" and self._unit(name) is Unit.DATE)

    def tells(self, entry: Recency, name: str) -> bool:
        """Whether the name is among those that say how long ago the thing meant by the entry's words was."""
        return any(fnmatchcase(name, one) for one in entry.figures) and (name == "last_time" or bool(self._unit(name)))

    def then(self, name: str) -> Days:
        """The day that a figure refers to, per session; NaT if there is none."""
        if name == "last_time":
            return self._last_time()
        column = self.newsroom.figures.values(name)
        known = ~np.isnan(column)
        if self.dates(name):
            return _known(np.nan_to_num(column).astype("datetime64[D]"), known)
        back = np.arange(len(column)) - np.nan_to_num(column).astype(np.int64) - name.endswith("_before")
        known &= back >= 0
        return _known(self.days[np.maximum(back, 0)], known)

    def young(self, name: str, entry: Recency, rows: Rows) -> Flags:
        """For each of the rows, whether the figure's day is more recent than the entry's words allow, or unknown."""
        then = self.then(name)[rows]
        known, now = ~np.isnat(then), self.days[rows]
        if entry.sessions:
            # An observation may predate the first session; its distance from it is counted in weekdays.
            before = np.busday_count(np.where(known & (then < self.days[0]), then, self.days[0]), self.days[0])
            old = rows - np.searchsorted(self.days, then) + before >= entry.sessions
        else:
            months = (now.astype("datetime64[M]") - then.astype("datetime64[M]")).astype(np.int64)
            old = months - (_of_month(then) > _of_month(now)) >= entry.months
        young: Flags = ~(known & old)
        return young

    def _last_time(self) -> Days:
        past = self.newsroom.recall.past(self._fragment)
        held = np.where(past.held, np.arange(len(past.held)), -1)
        last = np.maximum.accumulate(np.concatenate([[-1], held[:-1]]))
        return _known(self.days[np.maximum(last, 0)], last >= 0)

    def _unit(self, name: str) -> Unit | None:
        try:
            return self.newsroom.figures.catalogue.define(name).unit
        except CommentaryError:
            return None


def _known(days: Days, known: Flags) -> Days:
    """The days if known, else NaT."""
    return np.where(known, days, np.datetime64("NaT", "D"))


def _of_month(days: Days) -> NDArray[np.int64]:
    """The day of the month, counted from 0."""
    number: NDArray[np.int64] = (days - days.astype("datetime64[M]")).astype(np.int64)
    return number
