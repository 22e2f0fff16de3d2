"""Finds wordings of one passage that are the same, or nearly so.

They are compared word by word with their figures and names blanked, as somebody who reads many issues sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from generator.errors import Fault
from generator.model import Fragment, Slot, Variant

ALIKE = 95
"""Percentage of matching words from which two sentences count as the same: at most about one word in twenty differs.

Below this, similar sentences in the bundled content are mostly opposites (gain for loss, ahead for behind).
"""
_LEAST_WORDS = 5
"""Words besides figures and names that a sentence needs, so that a likeness to another is not just chance."""
_BLANK = "X"
_FIRST_LETTER = 0x10000


@dataclass(frozen=True, slots=True)
class _Written:
    """One wording: its place, its text, and its words with figures and names blanked."""

    source: str
    text: str
    words: tuple[str, ...]


def likeness_faults(fragments: Iterable[Fragment]) -> list[Fault]:
    """Wordings that are all but the same among those that take turns with each other, at their second occurrence.

    Two passages may well say the same plain sentence; the wordings of one are there to differ.
    """
    parts = (variants for fragment in fragments for part, variants in fragment.parts.items() if part != "heading")
    return list(dict.fromkeys(fault for variants in parts for fault in _alike(list(_written(variants)))))


def _alike(written: Sequence[_Written]) -> Iterator[Fault]:
    from rapidfuzz import fuzz, process

    letters: dict[str, str] = {}
    for word in (word for sentence in written for word in sentence.words):
        letters.setdefault(word, chr(_FIRST_LETTER + len(letters)))
    spelled = ["".join(letters[word] for word in sentence.words) for sentence in written]
    if len(spelled) < 2:
        return
    alike = process.cdist(spelled, spelled, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
    for row in np.flatnonzero(np.tril(alike, -1).any(axis=1)):
        second, first = int(row), int(np.argmax(alike[row, :row]))
        yield Fault(written[second].source, _likeness(written[second], written[first], int(alike[row, first])))


def _likeness(one: _Written, other: _Written, percent: int) -> str:
    if one.text == other.text:
        return f"the same sentence stands at {other.source}."
    if one.words == other.words:
        return f"but for its figures and names, the same sentence stands at {other.source}."
    return f"nearly the same sentence stands at {other.source}: {percent}% of their words agree."


def _written(variants: Iterable[Variant]) -> Iterator[_Written]:
    """The wordings' first lines, as far as they are long enough to be recognised."""
    for variant in variants:
        blanks = [" ".join([f"{_BLANK}{number}", *_printed(slot)]) for number, slot in enumerate(variant.slots)]
        text = _joined(variant, blanks)
        words = tuple(re.findall(r"[\w’'-]+", re.sub(rf"{_BLANK}\d+", _BLANK, text).lower()))
        if sum(word != _BLANK.lower() for word in words) >= _LEAST_WORDS:
            yield _Written(variant.source, _filled(text, variant), words)


def _printed(slot: Slot) -> list[str]:
    """The words that the placeholder's filters print beside its figure: the `worst` of `nth_of('worst')`."""
    return [word for call in slot.calls for word in call.arguments if isinstance(word, str)]


def _filled(text: str, variant: Variant) -> str:
    """The sentence with the names of its figures in place of the blanks."""
    return re.sub(rf"{_BLANK}(\d+)", lambda mark: "_".join(variant.slots[int(mark[1])].names), text).lower()


def _joined(variant: Variant, fillings: Sequence[str]) -> str:
    """The wording with `fillings` in place of its placeholders."""
    return variant.plain[0] + "".join(
        filling + literal for filling, literal in zip(fillings, variant.plain[1:], strict=True)
    )
