"""Checks that words for how long ago something was, and for the length of a run, are true on a session."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date
from fnmatch import fnmatchcase

from generator.model import Lexicon, Recency, Slot, Unit
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.words import Shown, count, ordinal
from generator.verification.sentences.scopes import Judged, named, written
from generator.verification.sentences.wordings import Wording

Show = Callable[[Wording, str, int], Shown | None]
"""A function that gives a figure, or a number of the rule's own past, on a session."""
_NUMBERS = {way(number): number for number in range(1, 100) for way in (count, ordinal)}
_NO_SESSIONS = frozenset({"percent", "point", "points", "month", "months", "week", "weeks", "year", "years"})
_TOKEN = re.compile(r"[\w'-]+|\u25a1|[^\s\w]")
_BACK = 5
"""How many words before the words for a run its number may be."""


class Ages:
    """The lexicon's words for how long ago and for runs, checked against one market."""

    def __init__(self, lexicon: Lexicon, columns: SqlColumns, show: Show) -> None:
        self._lexicon, self._columns, self._show = lexicon, columns, show

    def old_enough(self, wording: Wording, row: int) -> Iterator[Judged]:
        """Each word that says how long ago something was, with the reason if that is not long enough ago."""
        for entry in self._lexicon.recency:
            for word, rest in _rests(wording, entry.words):
                dated = next((slot for slot in rest if self._is_date(slot.names[0])), None)
                if dated is not None and _fits(entry, dated.names[0]):
                    then = self._then(wording, dated.names[0], row)
                    if not self._old(entry, then, row):
                        yield word, f"'{dated.names[0]}' leads back to {then}, and it takes {entry.least}"
                    elif dated.calls and "month" in dated.calls[0].name and self._same_month(then, row):
                        yield word, "the month named is the session's own"
                    else:
                        yield word, ""
                elif dated is None and entry.months:
                    ages = [self._then(wording, name, row) for name in sorted(named(wording)) if _fits(entry, name)]
                    old = any(self._old(entry, then, row) for then in ages)
                    yield word, "" if old else f"no figure behind it leads back {entry.least}"

    def _is_date(self, name: str) -> bool:
        if name in ("last_time", "first_session"):
            return True
        spec = self._columns.spec(name)
        return spec is not None and spec.unit is Unit.DATE and name != "session_date"

    def _then(self, wording: Wording, name: str, row: int) -> date | None:
        """The day that a date, or a count of sessions since, refers to."""
        shown = self._show(wording, name, row)
        if shown is None:
            return None
        if shown.unit is Unit.DATE:
            return shown.day
        back = row - round(shown.value) - (1 if name.endswith("_before") else 0)
        return self._columns.prices.days[back] if back >= 0 else None

    def _old(self, entry: Recency, then: date | None, row: int) -> bool:
        days = self._columns.prices.days
        if then is None:
            return False
        if entry.sessions:
            earlier = max((days[0] - then).days * 5 // 7, 0)  # before the first session, by weekdays
            return row - bisect_left(days, then) + earlier >= entry.sessions
        now = days[row]
        return (now.year - then.year) * 12 + now.month - then.month - (then.day > now.day) >= entry.months

    def _same_month(self, then: date | None, row: int) -> bool:
        now = self._columns.prices.days[row]
        return then is not None and (then.year, then.month) == (now.year, now.month)

    def counted(self, wording: Wording, row: int) -> Iterator[Judged]:
        """Each number given as the length of a run, with the reason if no run has that length on the session."""
        runs = self._lexicon.runs
        for number, slot, words, more in _run_numbers(wording, runs.words):
            if slot is not None:
                measured = any(fnmatchcase(slot.names[0], one) for one in runs.figures)
                yield words, "" if measured else f"'{slot.names[0]}' measures no run"
                continue
            names = [name for name in sorted(named(wording)) if any(fnmatchcase(name, one) for one in runs.figures)]
            lengths = [abs(shown.value) for name in names if (shown := self._show(wording, name, row))]
            held = any(length >= number if more else length == number for length in lengths)
            found = ", ".join(f"{length:g}" for length in lengths)
            yield words, "" if held else f"the runs behind it: {found or 'none'}"


def _fits(entry: Recency, name: str) -> bool:
    return any(fnmatchcase(name, one) for one in entry.figures)


def _rests(wording: Wording, words: tuple[str, ...]) -> Iterator[tuple[str, list[Slot]]]:
    """Each of the words found in a wording, with the placeholders that follow it in its sentence."""
    text, slots = written(wording), wording.variant.slots
    alternatives = "|".join(re.escape(word.lower()) for word in sorted(words, key=len, reverse=True))
    for found in re.finditer(rf"(?<![\w-])(?:{alternatives})(?![\w-])", text):
        sentence = re.split(r"[.?!](?:\s|$)", text[found.end() :], maxsplit=1)[0]
        before = text[: found.start()].count("\u25a1")
        yield found[0], list(slots[before : before + sentence.count("\u25a1")])


def _run_numbers(wording: Wording, words: tuple[str, ...]) -> Iterator[tuple[int, Slot | None, str, bool]]:
    """(number, placeholder, words, whether `or more` follows) of each run; the number is 0 if it is a placeholder."""
    tokens = _TOKEN.findall(written(wording))
    phrases = [tuple(word.lower().split()) for word in words]
    for at in range(len(tokens)):
        phrase = next((one for one in phrases if tuple(tokens[at : at + len(one)]) == one), None)
        if phrase is None:
            continue
        for back in range(at - 1, max(at - 1 - _BACK, -1), -1):
            token = tokens[back]
            if token == "\u25a1" or token in _NUMBERS:
                if tokens[back + 1] not in _NO_SESSIONS:
                    end = at + len(phrase)
                    slot = wording.variant.slots[tokens[:back].count("\u25a1")] if token == "\u25a1" else None
                    more = tokens[end : end + 2] == ["or", "more"]
                    yield _NUMBERS.get(token, 0), slot, " ".join(tokens[back:end]), more
                break
            if not re.match(r"[\w'-]", token):
                break
