"""Lines that many wordings share: written once in content/lines.md, and put in where a wording says `[use NAME]`.

`[use news]` stands where a sentence would, and is replaced by the lines called `news`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from generator.editorial.yaml_reader import read_text
from generator.errors import ContentError, Fault
from generator.suggestion import alike

FILE = "lines.md"
_HEADING = re.compile(r"#+\s+([a-z][a-z0-9-]{0,59})\s*")
_PUT = re.compile(r"\[use\b\s*([^\[\]]*?)\s*\]")
_MARK = re.compile(r"\[(if|elif|else|again|end)\b[^\[\]]*\]")

SharedLines = Mapping[str, str]
"""The text of each set of lines by its name, on one line."""


def gather_shared_lines(content: Path) -> tuple[dict[str, str], list[Fault]]:
    """The sets of content/lines.md, and what is wrong with its layout; none where there is no such file."""
    where = f"content/{FILE}"
    if not (content / FILE).is_file():
        return {}, []
    try:
        lines = read_text(content / FILE, where, content).split("\n")
    except ContentError as error:
        return {}, list(error.faults)
    found: dict[str, list[str]] = {}
    started: dict[str, int] = {}
    faults: list[Fault] = []
    name = ""
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            heading = _HEADING.fullmatch(line)
            if heading and heading[1] not in found:
                name = heading[1]
                found[name], started[name] = [], number
                continue
            message = "this name stands here twice." if heading else "a name is a word or two in small letters: # news."
            faults.append(Fault(f"{where}:{number}", message))
        elif line.strip() and not name:
            faults.append(Fault(f"{where}:{number}", "lines stand below their name, as in `# news`."))
        elif line.strip():
            found[name].append(line.strip())
    faults += [Fault(f"{where}:{started[key]}", f"'{key}' has no lines.") for key, text in found.items() if not text]
    faults += [
        Fault(f"{where}:{started[key]}", f"'{key}' uses other shared lines; say here what they say.")
        for key, text in found.items()
        if _PUT.search(" ".join(text))
    ]
    return {key: " ".join(text) for key, text in found.items() if text}, faults


def with_shared(text: str, shared: SharedLines, place: str) -> str:
    """The bullet `text` with the shared lines that it names put in; raises `ContentError` for a name there is not."""
    while put := _PUT.search(text):
        name = put[1]
        if name not in shared:
            meant = alike(name, shared)
            hint = f" Did you mean '{meant}'?" if meant else ""
            raise ContentError([Fault(place, f"'[use {name}]' names no lines of content/{FILE}.{hint}")])
        text = _joined(text[: put.start()], shared[name], text[put.end() :])
    return text


def _joined(before: str, lines: str, after: str) -> str:
    """The lines between what stands before and after them, each a sentence of its own."""
    text = f"{before.rstrip()} {'[end] ' if _open(before) else ''}{lines}".lstrip()
    follows = after.lstrip()
    ends = _open(text) and follows and not _MARK.match(follows)
    return f"{text} {'[end] ' if ends else ''}{follows}".rstrip()


def _open(text: str) -> bool:
    """Whether the last mark in a text leaves an `[if …]` open."""
    marks = _MARK.findall(text)
    return bool(marks) and marks[-1] != "end"
