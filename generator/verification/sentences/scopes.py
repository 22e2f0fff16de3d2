"""Checks that words for parts of the market, and means, have figures to back them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cached_property

from generator.model import Lexicon, Mean, Scope, Universe
from generator.verification.figures.aftermath import meant
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.rules import both_bounds, measured_by, named_in
from generator.verification.sentences.wordings import Wording

Judged = tuple[str, str]
"""Words of a wording, and what is wrong with them; empty if nothing is."""
_EDGE = r"(?<![\w-]){}(?![\w-])"


OWN_PAST = ("times_before", "times_now", "chances_before", "last_time", "sessions_held", "first_session")
"""Names of the numbers about a rule's own past."""


def written(wording: Wording) -> str:
    """The text that an editor wrote, in lower case, with straight apostrophes and a mark for each placeholder."""
    return "\u25a1".join(wording.variant.plain).lower().replace("\u2019", "'")


def named(wording: Wording) -> set[str]:
    """Every figure that backs a wording: quoted, or named by a rule of its fragment; and the rules' words."""
    fragment = wording.fragment
    rules = [fragment.when, fragment.after, *fragment.asserts.values()]
    return {name for rule in rules for name in named_in(rule)} | {
        name for slot in wording.variant.slots for name in slot.names
    }


class Scopes:
    """Looks in wordings for the lexicon's words for parts of the market."""

    def __init__(self, lexicon: Lexicon, universe: Universe, columns: SqlColumns) -> None:
        self._lexicon, self._universe, self._columns = lexicon, universe, columns

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str], Scope]]:
        """Each word with its entry, the longest first."""
        words = [(word.lower().replace("\u2019", "'"), scope) for scope in self._lexicon.scopes for word in scope.words]
        ordered = sorted(words, key=lambda one: -len(one[0]))
        return [(word, re.compile(_EDGE.format(re.escape(word))), scope) for word, scope in ordered]

    @cached_property
    def _owners(self) -> re.Pattern[str]:
        known = (*self._universe.segments, *self._universe.groups, *self._universe.releases)
        return re.compile(rf"(?:^|_minus_|_over_|_rank_in_)({'|'.join(sorted(known, key=len, reverse=True))})(?=_|$)")

    def said(self, wording: Wording) -> Iterator[tuple[str, Scope]]:
        """The scope words of a wording; a word inside a longer one does not count."""
        text = written(wording)
        for word, pattern, scope in self._patterns:
            text, found = pattern.subn("\u25a1", text) if word in text else (text, 0)
            if found:
                yield word, scope

    def vouchers(self, wording: Wording, word: str, scope: Scope) -> list[str]:
        """The rules of the assertions that list a scope word or its entry."""
        lines = wording.fragment.asserts.items()
        return [rule for keys, rule in lines if {word, scope.key} & {key.strip() for key in keys.split(",")}]

    def borne_out(self, wording: Wording) -> Iterator[Judged]:
        """Each scope word, with the reason if its figures do not back it."""
        for word, scope in self.said(wording):
            rules = self.vouchers(wording, word, scope)
            names = {name for rule in rules for name in named_in(rule)} or named(wording)
            yield word, self._lacking(scope, names)

    def _lacking(self, scope: Scope, names: set[str]) -> str:
        parts = {part for name in names for part in self._parts(name)}
        if not (scope.of or scope.all_of or scope.figures):
            return "no figure measures that"
        if scope.of and parts.isdisjoint(scope.of):
            return f"none of its figures is of {', '.join(scope.of[:6])}"
        if missing := [one for one in scope.all_of if one not in parts]:
            return f"none of its figures is of {missing[0]}"
        asked = [one for one in scope.figures if not any(fnmatchcase(name, one) for name in names)]
        return f"it has no figure such as {asked[0]}" if asked else ""

    def _parts(self, name: str) -> list[str]:
        said = meant(name)
        if said is None:
            return self._owners.findall(name)
        both = re.search("ahead|behind|gap", name) is not None
        return list(self._universe.core[: 1 + both])

    def whole(self, wording: Wording, row: int) -> Iterator[Judged]:
        """Each mean that is used, with the move of a member against it that is not mentioned, if there is one."""
        quoted = {name for slot in wording.variant.slots for name in slot.names}
        for entry in self._lexicon.means:
            if not self._tells(entry, wording, quoted):
                continue
            mean, best, worst = (self._printed(name, row) for name in (entry.mean, entry.best, entry.worst))
            fell, rose = mean > 0 and worst <= -entry.large, mean < 0 and best >= entry.large
            told = entry.down if fell else entry.up
            silent = (fell or rose) and not any(fnmatchcase(name, one) for name in quoted for one in told)
            yield entry.mean, f"a member moved {worst if fell else best:+.2f}, which is not told" if silent else ""

    def _tells(self, entry: Mean, wording: Wording, quoted: set[str]) -> bool:
        mine = {name for name in named(wording) if f"{name}_".startswith(f"{entry.mean}_")}
        owner = entry.mean.split("_return_")[0]
        return bool(mine) and bool(mine & quoted or any(owner in scope.of for _, scope in self.said(wording)))

    def _printed(self, name: str, row: int) -> float:
        computed = self._columns.column(name)
        return computed.printed[row] if computed else float("nan")

    def counted(self, wording: Wording) -> Iterator[Judged]:
        """The words for the earlier sessions counted, with the reason if they misdescribe them."""
        quoted = {name for slot in wording.variant.slots for name in slot.names}
        text, bands = written(wording), self._lexicon.bands
        bounds = both_bounds(wording.fragment.after) if any(meant(name) for name in quoted) else ""
        if bounds and bands:
            said = any(re.search(_EDGE.format(re.escape(word)), text) for word in bands)
            yield bounds, "" if said else "what followed is counted within a band, and the wording names no band"
        if any(meant(name) for name in quoted):
            named = any(re.search(_EDGE.format(re.escape(word)), text) for word in self._lexicon.bounds)
            for word in self._lexicon.sizes:
                if re.search(_EDGE.format(re.escape(word)), text):
                    yield word, "" if named else "the cases are counted from a threshold that the wording does not name"
        if quoted & {"times_before", "times_now", "last_time"} or any(meant(name) for name in quoted):
            measured = measured_by(wording.fragment.after or wording.fragment.when)
            known = len(measured) < 2
            yield "counted", "" if known else f"no reader knows all that it takes to be counted: {sorted(measured)}"
        if quoted & set(OWN_PAST):
            for word in self._lexicon.vague:
                if re.search(_EDGE.format(re.escape(word)), text):
                    yield word, "no reader can know what it takes to be counted so"
