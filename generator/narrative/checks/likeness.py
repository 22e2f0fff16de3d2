"""Finds sentences that occur twice, or nearly so.

Sentences are compared word by word with their figures and names blanked, as somebody who reads many editions sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from generator.errors import Fault
from generator.model import Fragment, Slot, Variant
from generator.narrative.language.openings import opening, sentences

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
    """One sentence: its place, its text, and its words with figures and names blanked."""

    source: str
    text: str
    words: tuple[str, ...]


def opening_faults(angles: Sequence[Fragment]) -> list[Fault]:
    """Leads that begin alike and could appear on two successive sessions."""
    faults: list[Fault] = []
    seen: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for fragment in angles:
        for number, variant in enumerate(fragment.parts.get("lead", ())):
            start = opening(_named(variant))
            other = seen[1 - number % 2].get(start)
            if other:
                message = (
                    f"begins like the lead at {other} ('{start}'), which may speak on the session before or after."
                )
                faults.append(Fault(variant.source, message))
            seen[number % 2].setdefault(start, variant.source)
    return faults


def likeness_faults(fragments: Iterable[Fragment]) -> list[Fault]:
    """Sentences that occur twice, within a slot or across slots; each is reported at its second occurrence."""
    from rapidfuzz import fuzz, process

    written = [sentence for fragment in fragments for sentence in _sentences(fragment)]
    letters: dict[str, str] = {}
    for word in (word for sentence in written for word in sentence.words):
        letters.setdefault(word, chr(_FIRST_LETTER + len(letters)))
    spelled = ["".join(letters[word] for word in sentence.words) for sentence in written]
    if not spelled:
        return []
    alike = process.cdist(spelled, spelled, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=-1)
    faults = []
    for row in np.flatnonzero(np.tril(alike, -1).any(axis=1)):
        first = int(np.argmax(alike[row, :row]))
        faults.append(Fault(written[row].source, _likeness(written[row], written[first], int(alike[row, first]))))
    return list(dict.fromkeys(faults))


def _likeness(one: _Written, other: _Written, percent: int) -> str:
    if one.text == other.text:
        return f"the same sentence stands at {other.source}."
    if one.words == other.words:
        return f"but for its figures and names, the same sentence stands at {other.source}."
    return f"nearly the same sentence stands at {other.source}: {percent}% of their words agree."


def _sentences(fragment: Fragment) -> Iterator[_Written]:
    """The fragment's sentences that are long enough to be recognised."""
    for part in fragment.parts:
        if part == "heading":
            continue
        for variant in fragment.parts[part]:
            blanks = [" ".join([f"{_BLANK}{number}", *_printed(slot)]) for number, slot in enumerate(variant.slots)]
            for text in sentences(_joined(variant, blanks)):
                words = tuple(re.findall(r"[\w’'-]+", re.sub(rf"{_BLANK}\d+", _BLANK, text).lower()))
                if sum(word != _BLANK.lower() for word in words) >= _LEAST_WORDS:
                    yield _Written(variant.source, _filled(text, variant), words)


def _printed(slot: Slot) -> list[str]:
    """The words that the placeholder's filters print beside its figure: the `worst` of `nth_of('worst')`."""
    return [word for call in slot.calls for word in call.arguments if isinstance(word, str)]


def _filled(text: str, variant: Variant) -> str:
    """The sentence with the names of its figures in place of the blanks."""
    return re.sub(rf"{_BLANK}(\d+)", lambda mark: "_".join(variant.slots[int(mark[1])].names), text).lower()


def _named(variant: Variant) -> str:
    """The wording with each placeholder as a word of its own."""
    return _joined(variant, ["_".join(slot.names) for slot in variant.slots])


def _joined(variant: Variant, fillings: Sequence[str]) -> str:
    """The wording with `fillings` in place of its placeholders."""
    return variant.plain[0] + "".join(
        filling + literal for filling, literal in zip(fillings, variant.plain[1:], strict=True)
    )
