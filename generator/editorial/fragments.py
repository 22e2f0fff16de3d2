"""Reads fragment files: the rule at the top, the wordings below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from generator.editorial.schema import Line, Rule, Shape, Size, choice, fitted, matching
from generator.editorial.wording import Wordings
from generator.editorial.yaml_reader import Document, parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Fragment, Tone, Universe

_HEADING = re.compile(r"#+\s+(.+?)\s*$")
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.md")
BODY = "body"
_FIGURE = re.compile(r"[a-z][a-z0-9]*_[a-z0-9_]+")
_LONGEST = 2_000
"""The most characters in one wording; the longest of the bundled ones has a fifth of that."""


class FragmentShape(Shape):
    """The settings above the wordings."""

    what: ClassVar[str] = "a fragment"
    after: Rule = None
    when: Rule = None
    weight: Annotated[Size, Field(ge=0)] = 1.0
    topic: Annotated[str, matching(r".{0,60}", "should be one word or two.")] = ""
    tone: choice(Tone) = Tone.NEUTRAL  # type: ignore[valid-type]
    asserts: dict[Line, Rule] = Field(default={})


def with_horizon(universe: Universe, horizon: str) -> Callable[[str], str]:
    """Gives a figure that is named without a span the kind's own: `small_return` is `small_return_mtd` in a monthly."""
    spanless = {f"{key}_{move}" for key in universe.segments for move in ("return", "total_return", "change")}
    spanless |= {f"{one}_minus_{other}" for one in universe.segments for other in universe.segments}
    spanless |= {f"{key}_{count}" for key in universe.groups for count in ("up", "down", "n")}
    return lambda text: _FIGURE.sub(lambda name: f"{name[0]}_{horizon}" if name[0] in spanless else name[0], text)


def read_fragments(
    content: Path, edition: str, borrowed: Iterable[str] = (), spell: Callable[[str], str] = str
) -> tuple[tuple[Fragment, ...], list[Fault]]:
    """Every fragment of a kind, in order of path, as far as each can be read, and every fault in their files.

    A fragment's slot is the folder it stands in: `content/session/breadth/x.md` serves `breadth`; for a kind that
    borrows the folder it serves `session/breadth`. `spell` turns a file's text into what is read.
    """
    fragments: list[Fragment] = []
    faults: list[Fault] = []
    paths = [
        *(content / edition).glob("*/*.md"),
        *(path for slot in borrowed for path in (content / slot).glob("*.md")),
    ]
    for path in sorted(paths):
        where = f"content/{path.relative_to(content).as_posix()}"
        if not _FILE.fullmatch(where.removeprefix("content/").partition("/")[2]):
            shown = "".join(letter if letter.isprintable() else "?" for letter in where)
            faults.append(Fault(f"{shown}:1", "a file or folder of fragments is named by letters, digits, - and _."))
            continue
        fragment, found = gather_fragment(path, where, content, spell)
        faults += found
        if fragment is not None:
            own = path.parent.parent.name == edition
            fragments.append(fragment if own else replace(fragment, slot=f"{path.parent.parent.name}/{fragment.slot}"))
    return tuple(fragments), faults


def read_fragment(path: Path, where: str) -> Fragment:
    """The fragment in one file; every fault is reported at once. `where` is how messages name the file."""
    fragment, faults = gather_fragment(path, where)
    if faults or fragment is None:
        raise ContentError(faults)
    return fragment


def gather_fragment(
    path: Path, where: str, within: Path | None = None, spell: Callable[[str], str] = str
) -> tuple[Fragment | None, list[Fault]]:
    """The fragment as far as it can be read, and every fault in its settings and in the layout of its text."""
    try:
        lines = spell(read_text(path, where, within)).split("\n")
        end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
        if lines[0].strip() != "---" or not end:
            message = "should begin with a block of settings between two lines `---`."
            raise ContentError([Fault(f"{where}:1", message)])
        document = parse("\n".join(lines[1:end]), where, first_line=2)
    except ContentError as error:
        return None, list(error.faults)
    bullets, text_faults = _bullets(lines[end + 1 :], where, first_line=end + 2)
    shape, faults = fitted(document, FragmentShape)
    faults += text_faults
    return (_fragment(document, shape, bullets, where) if shape else None), faults


def _fragment(
    document: Document, shape: FragmentShape, bullets: dict[str, tuple[tuple[int, str], ...]], where: str
) -> Fragment:
    key = where.removeprefix("content/").removesuffix(".md")
    after, when = _rule(shape.after), _rule(shape.when)
    asserts = {word: _rule(rule) for word, rule in shape.asserts.items()}
    return Fragment(
        key=key,
        slot=key.split("/")[1],
        path=where,
        when=f"({after}) and ({when})" if after and when else after or when,
        when_line=document.line("after" if shape.after is not None else "when") if after or when else 1,
        weight=float(shape.weight),
        topic=shape.topic,
        tone=shape.tone,
        asserts=asserts,
        assert_lines={word: document.line("asserts", word) for word in asserts},
        parts=Wordings(where, bullets),
        after=after,
    )


def _rule(value: object) -> str:
    """A rule as written; YAML's bare `true` means always."""
    return "" if value is None or value is True else " ".join(str(value).split())


def _bullets(
    lines: list[str], where: str, first_line: int
) -> tuple[dict[str, tuple[tuple[int, str], ...]], list[Fault]]:
    """The bullets of each part with their line numbers; continuation lines are joined to their bullet."""
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
            message = "a sentence begins with `- `; a line that continues one is indented."
            faults.append(Fault(f"{where}:{number}", message))
    faults += [
        Fault(f"{where}:{first_line}", f"part '{name}' has no sentence.") for name, found in parts.items() if not found
    ]
    if not parts:
        faults.append(Fault(f"{where}:{first_line}", "has no sentence: write each one as a bullet, `- …`."))
    faults += [
        Fault(f"{where}:{line}", wrong) for found in parts.values() for line, text in found if (wrong := _unfit(text))
    ]
    fit = {name: tuple((line, text) for line, text in found if not _unfit(text)) for name, found in parts.items()}
    return {name: found for name, found in fit.items() if found}, faults


def _unfit(text: str) -> str | None:
    if not text:
        return "is a bullet without a sentence."
    return f"is a sentence of more than {_LONGEST:,} characters." if len(text) > _LONGEST else None
