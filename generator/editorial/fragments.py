"""Fragment files in; `Fragment` objects out: the rule above, the wordings below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.editorial.wording import Wordings
from generator.editorial.yaml_reader import Document, parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Fragment, Tone

_KEYS = ("after", "when", "weight", "topic", "tone", "asserts")
_HEADING = re.compile(r"#+\s+(.+?)\s*$")
BODY = "body"


def read_fragments(content: Path, edition: str) -> tuple[tuple[Fragment, ...], list[Fault]]:
    """Every fragment of an edition, in order of path, and the faults of those that could not be read.

    A fragment's slot is the folder it stands in: `content/session/breadth/x.md` serves `breadth`.
    """
    fragments: list[Fragment] = []
    faults: list[Fault] = []
    for path in sorted((content / edition).glob("*/*.md")):
        try:
            fragments.append(read_fragment(path, f"content/{path.relative_to(content).as_posix()}"))
        except ContentError as error:
            faults.extend(error.faults)
    return tuple(fragments), faults


def read_fragment(path: Path, where: str) -> Fragment:
    """The fragment in one file; `where` is how messages name the file."""
    lines = read_text(path, where).splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        raise ContentError([Fault(f"{where}:1", "should begin with a block of settings between two lines `---`.")])
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    document = parse("\n".join(lines[1:end]), where, first_line=2)
    bullets = _bullets(lines[end + 1 :], where, first_line=end + 2)
    settings = _settings(document)
    key = where.removeprefix("content/").removesuffix(".md")
    return Fragment(
        key=key,
        slot=key.split("/")[1],
        path=where,
        when_line=document.lines.get("after", document.lines.get("when", 1)),
        assert_lines={name: document.lines.get(f"asserts.{name}", 1) for name in settings["asserts"]},
        parts=Wordings(where, bullets),
        **settings,
    )


def _settings(document: Document) -> dict[str, Any]:
    faults = [
        Fault(document.at(key), f"'{key}' is not a setting of a fragment; these are: {', '.join(_KEYS)}.")
        for key in document.values
        if key not in _KEYS
    ]
    values = document.values
    weight, tone = values.get("weight", 1.0), values.get("tone", "neutral")
    asserts = values.get("asserts") or {}
    if not isinstance(weight, int | float) or isinstance(weight, bool) or weight < 0:
        faults.append(Fault(document.at("weight"), f"a weight is a number of at least 0, not '{weight}'."))
    if tone not in list(Tone):
        faults.append(Fault(document.at("tone"), f"a tone is one of {', '.join(Tone)}, not '{tone}'."))
    if not isinstance(asserts, Mapping):
        faults.append(Fault(document.at("asserts"), "should be a list of `claim word: rule` lines."))
    if faults:
        raise ContentError(faults)
    after, when = _rule(values.get("after")), _rule(values.get("when"))
    return {
        "after": after,
        "when": f"({after}) and ({when})" if after and when else after or when,
        "weight": float(weight),
        "topic": str(values.get("topic", "")),
        "tone": Tone(tone),
        "asserts": {str(word): _rule(rule) for word, rule in asserts.items()},
    }


def _rule(value: object) -> str:
    """A rule as written; YAML's bare `true` means always."""
    return "" if value is None or value is True else " ".join(str(value).split())


def _bullets(lines: list[str], where: str, first_line: int) -> dict[str, tuple[tuple[int, str], ...]]:
    """The bullets of each part with their lines; a line that continues a bullet is joined to it."""
    parts: dict[str, list[tuple[int, str]]] = {}
    part, faults = BODY, []
    for number, line in enumerate(lines, first_line):
        if heading := _HEADING.match(line):
            part = heading[1].lower()
            parts.setdefault(part, [])
        elif line.startswith("- "):
            parts.setdefault(part, []).append((number, line[2:].strip()))
        elif line.strip() and line[0].isspace() and parts.get(part):
            start, text = parts[part][-1]
            parts[part][-1] = (start, f"{text} {line.strip()}")
        elif line.strip():
            faults.append(
                Fault(f"{where}:{number}", "a sentence begins with `- `; a line that continues one is indented.")
            )
    faults.extend(
        Fault(f"{where}:{first_line}", f"part '{name}' has no sentence.") for name, found in parts.items() if not found
    )
    if not parts:
        faults.append(Fault(f"{where}:{first_line}", "has no sentence: write each one as a bullet, `- …`."))
    if faults:
        raise ContentError(faults)
    return {name: tuple(found) for name, found in parts.items()}
