"""What an issue said when it was published, and what it says now: the difference is a correction.

An issue that is written again with other words, or with a picture that shows something else, makes an entry in
`corrections.yaml`, the file in which people write corrections too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from generator.model import Change, Correction
from generator.publishing.words import Drawn, Published, Words

WHERE = "corrections.yaml"
MOST = 8
"""How many sentences a correction lists; more are counted."""
_HEAD = """\
# Corrections of published articles, the oldest first. `commentary site` adds one where an issue was written again and
# says something else; write others by hand, and mend the words of those that are here. docs/site.md says how.
corrections:
"""


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


def redrawn(was: Drawn, now: Drawn) -> tuple[Change, ...]:
    """Of each line of a picture that a reader would see elsewhere, the place where it moved most."""
    found: list[Change] = []
    for file, picture in now.items():
        if file not in was:
            continue
        before, title = was[file].lines, picture.title
        gone = [label for label in before if label not in picture.lines]
        found += [Change(f"{title}: {label}", "") for label in gone]
        for label, line in picture.lines.items():
            if label not in before:
                found.append(Change("", f"{title}: {label}"))
            elif moved := max(_moves(before[label], line), default=None):
                _, place, old, new = moved
                at = f"{title}, {label}, {_place(place)}"
                found.append(Change(f"{at}: {_printed(old)}", f"{at}: {_printed(new)}"))
    return tuple(found)


SEEN = 1 / 300
"""The share of a picture's height from which on a line is seen to have moved: about a point on a screen."""


def _moves(was: dict[str, float], now: dict[str, float]) -> Iterator[tuple[float, str, float, float]]:
    """How far a line has moved at each place where that is seen, with the place and both values."""
    height = (max(now.values()) - min(now.values())) or 1.0
    for place in was.keys() & now.keys():
        far = abs(now[place] - was[place])
        if far > SEEN * height:
            yield far, place, was[place], now[place]


def _place(place: str) -> str:
    try:
        day = date.fromisoformat(place)
    except ValueError:
        return f"session {int(place):+d}".replace("-", "−")
    return f"{day:%B} {day.day}, {day.year}"


def _printed(value: float) -> str:
    return f"{value:,.5g}".replace("-", "−")


def differences(was: Published, now: Published) -> tuple[str, tuple[Change, ...]]:
    """What is said of an issue that was written again, and each change; no change where none is seen."""
    said, drawn = changes(was.words, now.words), redrawn(was.drawn, now.drawn)
    figures = [[one for one in words if one[0] in ("table", "bars")] for words in (was.words, now.words)]
    if figures[0] != figures[1]:
        text = "Prices behind this article were restated, and it was written again."
    elif drawn:
        text = "Prices behind this article were restated, and its charts were drawn again."
    else:
        text = "The text of this article was mended; the figures in its table stand as they were."
    return text, (*said, *drawn)


def by_issue(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """The corrections of each issue that has any, the oldest first."""
    found: dict[str, list[Correction]] = {}
    for one in corrections:
        found.setdefault(one.issue, []).append(one)
    return {issue: tuple(sorted(several, key=lambda one: one.at)) for issue, several in found.items()}


def with_entries(text: str, added: Sequence[Correction]) -> str:
    """The file with these corrections at its end, all else of it as it stands."""
    import yaml

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
