"""What an issue said when it was published, and what it says now: the difference is a correction.

The words of every published issue are kept in the archive, under `.published/`. An issue that is written again with
other words makes an entry in `corrections.yaml`, the file in which people write corrections too.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import orjson
import yaml

from generator.model import Article, BarsBlock, Change, Correction, InsetBlock, TableBlock
from generator.publishing.archive import STATE

WHERE = "corrections.yaml"
MOST = 8
"""How many sentences a correction lists; more are counted."""
FORMAT = 1
"""Of the words as they are kept. Raise it with `words_of`: what was kept in another form is compared with nothing."""
_HEAD = """\
# Corrections of published articles, the oldest first. `commentary site` adds one where an issue was written again and
# says something else; write others by hand, and mend the words of those that are here. docs/site.md says how.
corrections:
"""


def words_of(article: Article) -> tuple[tuple[str, str], ...]:
    """All that an issue states, in page order: each sentence with its part, each number of its table and bars."""
    said = [(part, sentence.text) for part, sentence in article.spoken()]
    for block in article.blocks:
        if isinstance(block, TableBlock):
            for label, cells in block.table.rows:
                told = zip(block.table.columns, cells, strict=True)
                said += [("table", f"{label}, {column}: {cell.text if cell else '–'}") for column, cell in told]
        elif isinstance(block, InsetBlock):
            rows = (block.inset.columns, *((label, *cells) for label, cells in block.inset.rows))
            words = [["".join(piece.text for piece in cell) or "–" for cell in cells] for cells in rows]
            said += [("table", ", ".join(cells)) for cells in words]
        elif isinstance(block, BarsBlock):
            title = block.chart.title
            said += [("bars", f"{title}, {bar.label}: {bar.printed.replace('-', '−')}") for bar in block.chart.bars]
    return tuple(said)


def version_of(words: Sequence[tuple[str, str]]) -> str:
    """A digest of what an issue states."""
    return sha256(orjson.dumps(words)).hexdigest()[:16]


Words = Sequence[tuple[str, str]]
"""Part and text of all that an issue states."""
_FIRST = ("headline", "standfirst", "table", "bars")
"""The parts whose changes are told before those of the text."""
_ONE = ("headline", "standfirst")
"""The parts that have one sentence."""
ALIKE = 0.5
"""The share of letters from which on two sentences are one that was reworded."""


def changes(was: Words, now: Words) -> tuple[Change, ...]:
    """What was said otherwise, left out or added: what a reader sees first, then the figures, then the text."""
    found: list[tuple[str, Change]] = []
    for how, at, to, start, end in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if how != "equal":
            found += _paired(list(was[at:to]), list(now[start:end]))
    found.sort(key=lambda one: _FIRST.index(one[0]) if one[0] in _FIRST else len(_FIRST))
    return tuple(dict.fromkeys(change for _, change in found))


def _paired(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> list[tuple[str, Change]]:
    """Each sentence with the one that took its place, where it can be recognised."""
    found: list[tuple[str, Change]] = []
    for part, text in old:
        other = next((one for one in new if one[0] == part and (part in _ONE or _one_reworded(text, one[1]))), None)
        if other:
            new.remove(other)
        found.append((part, Change(text, other[1] if other else "")))
    return found + [(part, Change("", text)) for part, text in new]


def _one_reworded(text: str, other: str) -> bool:
    label, _, _ = text.rpartition(": ")
    if label and other.startswith(f"{label}: "):
        return True
    return difflib.SequenceMatcher(None, text, other, autojunk=False).ratio() >= ALIKE


def correction_text(was: Words, now: Words) -> str:
    """What is said of an issue that was written again."""
    figures = [[one for one in words if one[0] in ("table", "bars")] for words in (was, now)]
    if figures[0] != figures[1]:
        return "Prices behind this article were restated, and it was written again."
    return "The text of this article was mended; the figures in its table stand as they were."


def words_file(output: Path, key: str) -> Path:
    """Where the words of a published issue are kept."""
    return output / STATE / f"{key}.json"


@dataclass(frozen=True, slots=True)
class Published:
    """An issue as it was published: the digest of its file, and its words."""

    digest: str
    words: tuple[tuple[str, str], ...]


def read_words(path: Path) -> Published | None:
    """The issue as it was published; None where that is not known."""
    try:
        kept = orjson.loads(path.read_bytes())
        if kept["format"] != FORMAT:
            return None
        return Published(str(kept["issue"]), tuple((str(part), str(text)) for part, text in kept["words"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def words_text(digest: str, words: Words) -> bytes:
    """The same as it is kept."""
    return orjson.dumps({"format": FORMAT, "issue": digest, "words": words}, option=orjson.OPT_APPEND_NEWLINE)


def with_entries(text: str, added: Sequence[Correction]) -> str:
    """The file with these corrections at its end, all else of it as it stands."""
    head = text if text.strip() else _HEAD
    if not head.endswith("\n"):
        head += "\n"
    if head.rstrip().endswith("corrections: []"):
        head = head.rstrip().removesuffix(" []") + "\n"
    listed = [line for line in head.splitlines() if line.lstrip().startswith("- issue:")]
    indent = " " * (len(listed[-1]) - len(listed[-1].lstrip()) if listed else 2)
    entries = yaml.safe_dump([_plain(one) for one in added], sort_keys=False, allow_unicode=True, width=110)
    return head + "".join(f"{indent}{line}\n" for line in entries.splitlines())


def _plain(one: Correction) -> dict[str, object]:
    return {
        "issue": one.issue,
        "at": f"{one.at:%Y-%m-%d %H:%M}",
        "text": one.text,
        "changes": [{"was": change.was, "now": change.now} for change in one.changes],
        **({"untold": one.untold} if one.untold else {}),
        "version": one.version,
    }
