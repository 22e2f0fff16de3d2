"""Checks words that mean one thing by that meaning, and complete counts by whether the wording says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from generator.model import Lexicon
from generator.verification.figures.columns import SqlColumns
from generator.verification.sentences.scopes import Judged, written
from generator.verification.sentences.wordings import Wording

Holds = Callable[[str], bool]
"""A function that says whether a rule holds on the session."""


def defined(lexicon: Lexicon, horizon: str, wording: Wording, holds: Holds) -> Iterator[Judged]:
    """Each word that has a definition, with the rule if that does not hold."""
    for entry in lexicon.definitions:
        if word := _said(entry.words, wording):
            rule = entry.over(horizon)
            yield word, "" if holds(rule) else f"it means that {rule}, and the closes say otherwise"


def entire(lexicon: Lexicon, horizon: str, wording: Wording, columns: SqlColumns, row: int) -> Iterator[Judged]:
    """Each count of members that a wording prints, with the reason if it hides that it is the number of all of them."""
    quoted = sorted({name for slot in wording.variant.slots for name in slot.names})
    for entry in lexicon.wholes:
        whole = entry.over(horizon)
        counts = [name for name in quoted if any(fnmatchcase(name, one) for one in entry.figures)]
        for name in counts:
            of, count = columns.column(whole), columns.column(name)
            told = whole in quoted or bool(_said(entry.words, wording))
            hidden = not told and of is not None and count is not None and of.printed[row] == count.printed[row]
            yield name, f"it counts all, and nothing says so, as '{entry.words[0]}' would" if hidden else ""


def _said(words: tuple[str, ...], wording: Wording) -> str:
    text = written(wording)
    return next((one for one in words if re.search(rf"(?<![\w-]){re.escape(one.lower())}(?![\w-])", text)), "")
