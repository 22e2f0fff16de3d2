"""Reads fragment files: a rule, the wordings below it, and further cases of the same passage below those."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generator.editorial.document import Document
from generator.editorial.schema import Shape, choice, fitted, matching, some
from generator.editorial.shared_lines import SharedLines, with_shared
from generator.editorial.values import Key, Line, Name, Rule, Size
from generator.editorial.wording import Wordings
from generator.editorial.yaml_reader import parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Fragment, Judged, Tone, Trial, Universe

_HEADING = re.compile(r"#+\s+(.+?)\s*$")
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.md")
BODY = "body"
FENCE = "---"
"""The line above and below the settings of a case."""
_FIGURE = re.compile(r"([a-z][a-z0-9]*_[a-z0-9_]+)")
NONE: SharedLines = {}
_HOW_JUDGED = (
    "a test has one of 'passes', 'passes_once' and 'fails_once', with the rule that judges it; only one with 'passes' "
    "may be judged more than one issue later."
)
_SAYS = r"(?:\D|(?:S&P|Russell|Nasdaq)(?: SmallCap| MidCap)? \d+|\d+-day)*"
"""Words whose only digits belong to the name of an index or of an average."""
_LONGEST = 2_000
"""The most characters in one wording; the longest of the bundled ones has a fifth of that."""


class TrialShape(Shape):
    """The test that a case sets."""

    what: ClassVar[str] = "a test"
    name: Annotated[str, matching(r"[a-z][a-z0-9-]{0,59}", "is a word or two in small letters, as in second-week.")]
    says: Annotated[Name, matching(_SAYS, "holds a number; say it in words, or leave it to the rule.")]
    passes: Rule = None
    passes_once: Rule = None
    fails_once: Rule = None
    issues: Annotated[int, Field(ge=1, le=60)] = 1

    def trial(self) -> Trial | None:
        """The model's own object; None unless it is judged in one way."""
        ways = {way: text for way in Judged if (text := _rule(getattr(self, way)))}
        if len(ways) != 1 or (self.issues > 1 and Judged.PASSES not in ways):
            return None
        ((way, text),) = ways.items()
        return Trial(self.name, self.says, way, text, self.issues)


Finding = Annotated[str, matching(r"[a-z][a-z0-9-]{0,59}", "is a word or two in small letters, as in not-rates.")]
Topic = Annotated[str, matching(r".{0,60}", "should be one word or two.")]


class FragmentShape(Shape):
    """The settings above the wordings."""

    what: ClassVar[str] = "a fragment"
    after: Rule = None
    when: Rule = None
    weight: Annotated[Size, Field(ge=0)] = 1.0
    topic: Topic = ""
    tone: choice(Tone) = Tone.NEUTRAL  # type: ignore[valid-type]
    asserts: dict[Line, Rule] = Field(default={})
    part: Annotated[str, matching(r"[a-z][a-z ]{0,59}", "is no part of a page.")] = ""
    by: Line | None = None
    case: (
        Annotated[str, matching(r"[a-z][a-z0-9-]{0,59}", "is a word or two in small letters, as in half-day.")] | None
    ) = None
    order: some(Key, most=20) | None = None  # type: ignore[valid-type]
    standfirst: Literal["own"] | None = None
    covers: some(Topic, most=20) | None = None  # type: ignore[valid-type]
    finds: some(Finding, most=8) | None = None  # type: ignore[valid-type]
    test: TrialShape | None = None


def with_horizon(universe: Universe, horizon: str) -> Callable[[str], str]:
    """Gives a figure that is named without a span the kind's own: `small_return` is `small_return_mtd` in a monthly."""
    spanless = {f"{key}_{move}" for key in universe.segments for move in ("return", "total_return", "change")}
    spanless |= {f"{one}_minus_{other}" for one in universe.segments for other in universe.segments}
    spanless |= {f"{key}_{count}" for key in universe.groups for count in ("up", "down", "n")}
    whole = {name: f"{name}_{horizon}" for name in spanless}

    def spelled(text: str) -> str:
        parts = _FIGURE.split(text)  # each name between what stands around it
        parts[1::2] = [whole.get(name, name) for name in parts[1::2]]
        return "".join(parts)

    return spelled


def read_fragments(
    content: Path,
    edition: str,
    borrowed: Iterable[str] = (),
    spell: Callable[[str], str] = str,
    shared: SharedLines = NONE,
) -> tuple[tuple[Fragment, ...], list[Fault]]:
    """Every fragment of a kind, in order of path, as far as each can be read, and every fault in their files.

    A fragment's slot is the folder it stands in: `content/session/breadth/x.md` serves `breadth`; for a kind that
    borrows the folder it serves `session/breadth`. `spell` turns a file's text into what is read; `shared` are the
    lines that a wording may put in.
    """
    fragments: list[Fragment] = []
    faults: list[Fault] = []
    spelled = {name: spell(text) for name, text in shared.items()}
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
        cases, found = gather_fragments(path, where, content, spell, spelled)
        faults += found
        own = path.parent.parent.name == edition
        fragments += (one if own else replace(one, slot=f"{path.parent.parent.name}/{one.slot}") for one in cases)
    return tuple(fragments), faults


def read_fragment(path: Path, where: str) -> Fragment:
    """The first fragment in one file; every fault is reported at once. `where` is how messages name the file."""
    cases, faults = gather_fragments(path, where)
    if faults or not cases:
        raise ContentError(faults)
    return cases[0]


def gather_fragments(
    path: Path,
    where: str,
    within: Path | None = None,
    spell: Callable[[str], str] = str,
    shared: SharedLines = NONE,
) -> tuple[list[Fragment], list[Fault]]:
    """A file's cases as far as they can be read, and every fault in their settings and in the layout of their text.

    `shared` is spelled already: it is the same for every file of a kind.
    """
    try:
        lines = spell(read_text(path, where, within)).split("\n")
    except ContentError as error:
        return [], list(error.faults)
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE]
    if not fences or fences[0] or len(fences) % 2:
        message = f"should begin with a block of settings between two lines `{FENCE}`, as should each further case."
        return [], [Fault(f"{where}:{fences[-1] + 1 if fences and not fences[0] and len(fences) > 1 else 1}", message)]
    cases: list[Fragment] = []
    faults: list[Fault] = []
    several = len(fences) > 2
    for start, end, stop in zip(fences[::2], fences[1::2], [*fences[2::2], len(lines)], strict=True):
        case, found = _case(lines, (start, end, stop), where, several, shared)
        faults += found
        if case and case.key in {one.key for one in cases}:
            faults.append(Fault(f"{where}:{start + 2}", "two cases of one file have the same name under `case`."))
        elif case:
            cases.append(case)
    return cases, faults


def _case(
    lines: list[str], at: tuple[int, int, int], where: str, several: bool, shared: SharedLines
) -> tuple[Fragment | None, list[Fault]]:
    """One case of a file: settings between the first two line numbers of `at`, words up to the third."""
    start, end, stop = at
    try:
        document = parse("\n".join(lines[start + 1 : end]), where, first_line=start + 2)
    except ContentError as error:
        return None, list(error.faults)
    bullets, text_faults = _bullets(lines[end + 1 : stop], where, end + 2, shared)
    shape, faults = fitted(document, FragmentShape)
    faults += text_faults
    if shape and shape.test and not shape.test.trial():
        faults.append(Fault(document.at("test"), _HOW_JUDGED))
    if shape and several and not shape.case:
        faults.append(Fault(f"{where}:{start + 2}", "a file of several cases names each one: `case: broad`."))
    return (_fragment(document, shape, bullets, where, several) if shape else None), faults


def _fragment(
    document: Document,
    shape: FragmentShape,
    bullets: dict[str, tuple[tuple[int, str], ...]],
    where: str,
    several: bool,
) -> Fragment:
    key = where.removeprefix("content/").removesuffix(".md")
    after, when = _rule(shape.after), _rule(shape.when)
    asserts = {word: _rule(rule) for word, rule in shape.asserts.items()}
    return Fragment(
        key=f"{key}/{shape.case}" if shape.case else key,
        slot=key.split("/")[1],
        path=where,
        when=f"({after}) and ({when})" if after and when else after or when,
        when_line=document.line("after" if shape.after is not None else "when") if after or when else 1,
        weight=float(shape.weight),
        topic=shape.topic or (key.rpartition("/")[2] if several else ""),
        tone=shape.tone,
        asserts=asserts,
        assert_lines={word: document.line("asserts", word) for word in asserts},
        parts=Wordings(where, bullets),
        after=after,
        order=tuple(shape.order or ()),
        own_standfirst=shape.standfirst == "own",
        covers=tuple(shape.covers or ()),
        finds=frozenset(shape.finds or ()),
        trial=shape.test.trial() if shape.test else None,
        trial_line=document.at("test") if shape.test else "",
        own_part=shape.part,
        taken_on_by=shape.by or "",
    )


def _rule(value: object) -> str:
    """A rule as written; YAML's bare `true` means always."""
    return "" if value is None or value is True else " ".join(str(value).split())


def _bullets(
    lines: list[str], where: str, first_line: int, shared: SharedLines
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
    made: dict[str, tuple[tuple[int, str], ...]] = {}
    for name, found in parts.items():
        fit = []
        for number, text in found:
            try:
                fit += [] if _unfit(text) else [(number, with_shared(text, shared, f"{where}:{number}"))]
            except ContentError as error:
                faults += error.faults
        made |= {name: tuple(fit)} if fit else {}
    return made, faults


def _unfit(text: str) -> str | None:
    if not text:
        return "is a bullet without a sentence."
    return f"is a sentence of more than {_LONGEST:,} characters." if len(text) > _LONGEST else None
