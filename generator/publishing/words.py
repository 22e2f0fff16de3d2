"""What an issue states, as it was published: its words, and what its pictures show.

Both are kept in the archive, under `.published/`, as long as the issue stands there: an issue that is written again is
held against them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson

FORMAT = 1
"""Of what is kept. Raise it with `words_of` (`stated`): what was kept in another form is compared with nothing."""
Words = Sequence[tuple[str, str]]
"""Part and text of all that an issue states."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture shows."""

    title: str
    lines: dict[str, dict[str, float]]
    """By its label each line, with its value at each place: a day, or a number of sessions."""


Drawn = Mapping[str, Shown]
"""The pictures of an issue by their files."""


@dataclass(frozen=True, slots=True)
class Published:
    """An issue as it was published: the digest of its file, its words, and its pictures where they are known."""

    digest: str
    words: tuple[tuple[str, str], ...]
    drawn: Drawn = field(default_factory=dict)


def version_of(words: Words, drawn: Drawn) -> str:
    """A digest of what an issue states and shows."""
    return sha256(orjson.dumps([words, _plain(drawn)])).hexdigest()[:16]


# --- as they are kept ---------------------------------------------------------------------------


def words_text(digest: str, words: Words, drawn: Drawn) -> bytes:
    """The issue as it is kept; its digest comes first."""
    held = {"format": FORMAT, "issue": digest, "words": words, "drawn": _plain(drawn)}
    return orjson.dumps(held, option=orjson.OPT_APPEND_NEWLINE)


def words_in(text: bytes) -> Published | None:
    """The same read back; None where it was kept in a form that is not known."""
    try:
        kept = orjson.loads(text)
        if kept["format"] != FORMAT:
            return None
        words = tuple((str(part), str(said)) for part, said in kept["words"])
        drawn = {file: _as_shown(*told) for file, told in kept.get("drawn", {}).items()}
        return Published(str(kept["issue"]), words, drawn)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _plain(drawn: Drawn) -> dict[str, Any]:
    """Places once for all lines that have the same, as most do."""
    return {
        file: [shown.title, [[label, list(line), list(line.values())] for label, line in shown.lines.items()]]
        for file, shown in drawn.items()
    }


def _as_shown(title: str, lines: Sequence[tuple[str, list[str], list[float]]]) -> Shown:
    return Shown(title, {label: dict(zip(places, values, strict=True)) for label, places, values in lines})
