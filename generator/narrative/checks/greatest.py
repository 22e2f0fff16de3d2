"""Finds rules that fall silent on the greatest case of all, because nothing before it was as great."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.errors import Fault
from generator.model import Fragment

_LONG_AGO = re.compile(r"\b(?P<of>\w+)_sessions_since_(?P<side>higher|lower) >=? ?\d")
_NEVER_BELOW_NOTHING = re.compile("_(?:range|spread)_")
_EVER = {"higher": ("_highest", "_rank"), "lower": ("_lowest", "_rank_low")}


def greatest_faults(fragments: Iterable[Fragment]) -> Iterator[Fault]:
    """Cases that ask how long ago a thing was as great, where no case of the kind knows the greatest to date.

    `x_sessions_since_higher` is absent where no earlier `x` was as high, and so is the date, so that the day of days
    would be told without its chief fact. The highest level is a record, the lowest lies where a history begins, and
    what cannot be less than nothing has no lowest to speak of.
    """
    told = [one for one in fragments if one.when]
    rules = " ".join(one.when for one in told)
    for one in told:
        for found in _LONG_AGO.finditer(one.when):
            name, side = found["of"], found["side"]
            ever = [f"{name}{ending}" for ending in _EVER[side]]
            if (
                name.endswith("_level")
                or (side == "lower" and _NEVER_BELOW_NOTHING.search(name))
                or any(re.search(rf"\b{each}\b", rules) for each in ever)
            ):
                continue
            message = f"'{name}_sessions_since_{side}' is absent where none before was as {side.removesuffix('er')}"
            yield Fault(f"{one.path}:{one.when_line}", f"{message}; let a case of the kind ask for '{ever[0]}' too.")
