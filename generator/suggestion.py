"""Which known word a misspelt one was probably meant to be; none where it may as well have been meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SHORT = 5
"""Letters up to which one letter in place of another makes another word: `meta` is no slip for `mega`."""


def alike(name: str, known: Iterable[str]) -> str | None:
    """The known word that `name` is a slip of the pen for, the nearest first; None if there is none."""
    near = [(OSA.distance(name, word), word) for word in known if is_slip(name, word)]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def is_slip(name: str, word: str) -> bool:
    """Whether `name` differs from `word` by a slip in one or two of its parts, or only lacks its end."""
    if word.startswith(f"{name}_"):
        return True
    ones, others = name.split("_"), word.split("_")
    if len(ones) == len(others):
        pairs = [(one, other) for one, other in zip(ones, others, strict=True) if one != other]
        return len(pairs) <= 2 and all(_slipped(one, other) for one, other in pairs)
    return OSA.distance(name, word) <= 2 and len(name) > 2 * _SHORT


def _slipped(one: str, other: str) -> bool:
    """Whether a letter was left out, added or changed places; in a long word also whether two were."""
    if one.lower() == other.lower():
        return True
    distance = OSA.distance(one, other)
    if len(one) != len(other) and distance == 1 and max(len(one), len(other)) > 2:
        return True
    if min(len(one), len(other)) <= 2:
        return False
    if len(one) == len(other) and max(len(one), len(other)) <= _SHORT:
        return distance == 1 and sorted(one) == sorted(other)
    return distance <= (1 if max(len(one), len(other)) <= _SHORT else 2)
