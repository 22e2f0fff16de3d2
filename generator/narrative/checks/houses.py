"""Whether numbers of two houses are set beside each other, which count by other rules and cannot be compared.

And whether a house's valuation is told without asking what prices have done since: it is of the day it was measured.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from generator.errors import ContentError, Fault
from generator.model import Fact, Fragment
from generator.narrative.situations import sources

HOUSE = "house"
"""The value of a fact that names whose count it is."""
VALUATION = "valuation"
"""The last word of the keys of valuations, which prices make out of date."""


class Houses:
    """Whose counts the names of cited facts are."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        of_key: dict[str, set[str]] = {}
        for fact in facts:
            if isinstance(house := fact.values.get(HOUSE), str):
                of_key.setdefault(fact.key, set()).add(house)
        told = [fact for fact in facts if fact.key in of_key]
        words = {(fact.key, name) for fact in told for name, value in fact.values.items() if isinstance(value, str)}
        self._of: Mapping[str, tuple[str, frozenset[str]]] = {
            definition.name: (meaning.key, frozenset(of_key[meaning.key]))
            for meaning, definition in sources.meanings(told)
            if meaning.key in of_key and meaning.value and (meaning.key, meaning.value) not in words
        }

    def apart(self, names: Iterable[str], *, alike: bool = False) -> tuple[str, str] | None:
        """Two of the names that are numbers of different houses; None if there are none.

        If `alike`, they have to count the same thing: keys of one thing end in one word, as in `bofa_valuation`.
        """
        counted = [(name, *self._of[name]) for name in dict.fromkeys(names) if name in self._of]
        for name, key, houses in counted:
            for other, key_of_other, others in counted:
                same = key.rpartition("_")[2] == key_of_other.rpartition("_")[2]
                if key != key_of_other and len(houses | others) > 1 and (same or not alike):
                    return name, other
        return None

    def undated(self, printed: Iterable[str], ruled: str) -> tuple[str, str] | None:
        """A valuation that is printed, and the end of a figure's name that neither is nor is in the rules with it."""
        names = list(dict.fromkeys(printed))
        for name in names:
            key, _ = self._of.get(name, ("", None))
            if key.rpartition("_")[2] == VALUATION:
                since = f"_since_{sources.LAST if name.startswith(sources.LAST) else ''}{key}"
                if since not in ruled and not any(since in other for other in names):
                    return name, since
        return None


def house_faults(fragment: Fragment, houses: Houses) -> Iterator[Fault]:
    """Each rule that compares numbers of two houses, and each sentence that prints them of one thing."""
    where = f"{fragment.path}:{fragment.when_line}"
    rules = [(fragment.when, where)]
    rules += [
        (rule, f"{fragment.path}:{fragment.assert_lines.get(word, 1)}") for word, rule in fragment.asserts.items()
    ]
    try:
        lines = [line for wordings in fragment.parts.values() for wording in wordings for line in wording.lines]
    except ContentError:  # reported where the words are parsed
        lines = []
    rules += [(line.when, line.source) for line in lines if line.when]
    found = [(houses.apart(names), place) for text, place in rules for names in _compared(text)]
    found += [(houses.apart(sorted(line.printed), alike=True), line.source) for line in lines]
    for pair, place in found:
        if pair:
            one, other = pair
            yield Fault(
                place, f"'{one}' and '{other}' are counts of two houses, which cannot be set beside each other."
            )
    for line in lines:
        if undated := houses.undated(sorted(line.printed), f"{fragment.when} {line.when}"):
            name, since = undated
            message = f"'{name}' is of the day it was measured: name what prices have done since (small_return{since})"
            yield Fault(line.source, f"{message} in the rule, or print it.")


@lru_cache(maxsize=4096)
def _compared(text: str) -> tuple[tuple[str, ...], ...]:
    """The names in each comparison of a rule; none where it cannot be read, which is reported elsewhere."""
    try:
        tree = ast.parse(text or "True", mode="eval")
    except SyntaxError:
        return ()
    pairs = (node for node in ast.walk(tree) if isinstance(node, ast.Compare | ast.BinOp))
    return tuple(tuple(one.id for one in ast.walk(pair) if isinstance(one, ast.Name)) for pair in pairs)
