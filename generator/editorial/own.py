"""`content/own/*.md`: an editor's own sentences for one issue, a file for each, named for its session and kind.

A file is written as those of fragments are, a case for each sentence: the part that it stands in, and who answers for
it where no figure proves all of its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import yaml

from generator.editorial.fragments import BODY, FENCE, gather_fragments
from generator.editorial.wording import Wordings
from generator.errors import Fault
from generator.model import Fragment, Outline

FOLDER = "own"
_EPOCH = date(1970, 1, 1)
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)-([A-Za-z0-9][A-Za-z0-9_-]{0,59})\.md")


def own_file(content: Path, session: date, kind: str) -> Path:
    """Where an editor's own sentences for an issue are kept."""
    return content / FOLDER / f"{session.isoformat()}-{kind}.md"


def gather_own(content: Path, outlines: Mapping[str, Outline]) -> tuple[dict[str, list[Fragment]], list[Fault]]:
    """By kind, the sentences as far as they can be read, and every fault in their files.

    Each is a fragment whose rule holds on its session alone, in the part that it names.
    """
    found: dict[str, list[Fragment]] = {}
    faults: list[Fault] = []
    for path in sorted((content / FOLDER).glob("*.md")):
        where = f"content/{FOLDER}/{path.name}"
        session, kind = _issue_of(path.name)
        if session is None or kind not in outlines:
            message = "is named for no issue: a session and a kind there is, as in 2025-06-30-session.md."
            faults.append(Fault(f"{where}:1", message))
            continue
        cases, wrong = gather_fragments(path, where, content)
        faults += wrong
        parts = {part.key: part for part in outlines[kind].parts}
        for one in cases:
            part = parts.get(one.own_part)
            if part is None or one.when:
                message = f"'{one.key}' should have `part:`, one of {', '.join(parts)}, and no rule of its own."
                faults.append(Fault(f"{where}:1", message))
                continue
            rule = f"session_date == {(session - _EPOCH).days}"
            placed = replace(one, slot=part.slot, tone=part.tone or one.tone, when=rule, topic="")
            found.setdefault(kind, []).append(placed)
    return found, faults


def _issue_of(name: str) -> tuple[date | None, str]:
    named = _NAME.fullmatch(name)
    try:
        return (date.fromisoformat(named[1]), named[2]) if named else (None, "")
    except ValueError:
        return None, ""


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """One sentence as an editor writes it."""

    part: str
    says: str
    """With its figures in braces, as in a fragment."""
    by: str = ""
    asserts: Mapping[str, str] = field(default_factory=dict)
    """Claim words, with the rules that make them true."""


def sentences_in(content: Path, session: date, kind: str) -> tuple[OwnSentence, ...]:
    """The sentences of an issue's file as they were written; none where there is no file to be read."""
    path = own_file(content, session, kind)
    if not path.exists():
        return ()
    cases, _ = gather_fragments(path, f"content/{FOLDER}/{path.name}", content)
    return tuple(
        OwnSentence(one.own_part, says, one.taken_on_by, dict(one.asserts))
        for one in cases
        if isinstance(one.parts, Wordings)
        for says in one.parts.written(BODY)
    )


def own_text(sentences: Sequence[OwnSentence]) -> tuple[str, list[int]]:
    """The file of these sentences, and on which line each begins."""
    lines: list[str] = []
    begins: list[int] = []
    for number, one in enumerate(sentences, 1):
        begins.append(len(lines) + 1)
        told = {"case": f"s{number}", "part": one.part, "by": one.by, "asserts": dict(one.asserts)}
        settings = yaml.safe_dump({key: value for key, value in told.items() if value}, sort_keys=False, width=1_000)
        lines += [FENCE, *settings.splitlines(), FENCE, f"- {' '.join(one.says.split())}", ""]
    return "\n".join(lines), begins
