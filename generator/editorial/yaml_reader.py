"""Reads a YAML mapping as plain values, with the line of each; no text can crash it or keep it busy for long.

The parser's events are assembled here without recursion and within limits, so that brackets a hundred thousand deep,
an alias inside itself or aliases that multiply are ordinary faults.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from generator import files
from generator.editorial.document import UNREADABLE, Document, Node, Unreadable
from generator.errors import ContentError, Fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = Resolver()
_CONSTRUCTOR: Any = SafeConstructor()
DEEPEST = 24
"""How deep lists and mappings may be nested."""
MOST = 100_000
"""The most values in one file, counting every repetition through an alias."""
_TEMPLATE_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\*\||\|\*")
"""Marks that templates and mailing programs take for an instruction."""
_UNPRINTABLE = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
"""Unicode categories: controls, invisible marks, surrogates, private and unassigned characters, line separators."""
_TEXT = "tag:yaml.org,2002:str"
_KINDS = {"int": "a number", "float": "a number", "timestamp": "a date"}


def read_text(path: Path, where: str, within: Path | None = None) -> str:
    """The file's text; raises `ContentError` if it is missing, not text, too large or outside `within`."""
    try:
        return files.read_text(path, within)
    except FileNotFoundError as error:
        raise ContentError([Fault(where, "the file is missing.")]) from error
    except OSError as error:
        raise ContentError([Fault(where, f"cannot be read: {error.strerror}.")]) from error


def read_document(content: Path, where: str) -> Document:
    """The YAML file of the folder `content` that faults call `where`, such as `content/universe.yaml`."""
    return parse(read_text(content / Path(where).relative_to("content"), where, content), where)


def documents(content: Path, pattern: str, faults: list[Fault]) -> Iterator[Document]:
    """The files of a pattern by name, each that can be read; the faults of the others are added to `faults`."""
    for path in sorted(content.glob(pattern)):
        try:
            yield read_document(content, f"content/{path.relative_to(content).as_posix()}")
        except ContentError as error:
            faults.extend(error.faults)


def unfit(text: str) -> str | None:
    """What makes a text unfit to print: an unprintable character, or a template's own marks."""
    if not text.isascii() or not text.isprintable():
        for character in text:
            if character not in "\n\t" and unicodedata.category(character) in _UNPRINTABLE:
                return f"the character U+{ord(character):04X} cannot be printed; take it out."
    if found := _TEMPLATE_MARKS.search(text):
        return f"'{found[0]}' means something to templates and mailing programs; write it otherwise."
    return None


def parse(text: str, where: str, first_line: int = 1) -> Document:
    """The mapping in `text`, which starts on line `first_line` of the file called `where`."""
    builder = _Builder(where, first_line)
    try:
        loader = _Loader(text)
        try:
            root = builder.build(loader)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # An unclosed bracket is reported past the last line; point at the last line.
        line = first_line + (min(mark.line, text.rstrip().count("\n")) if mark else 0)
        raise ContentError(
            [*builder.faults, Fault(f"{where}:{line}", f"is not valid YAML: {error.problem}.")]
        ) from error
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        wrong = f"the character U+{error.character:04X} cannot stand in a text; take it out."
        raise ContentError([*builder.faults, Fault(f"{where}:{line}", wrong)]) from error
    if root is not None and not isinstance(root.value, dict):
        raise ContentError([*builder.faults, Fault(f"{where}:{first_line}", "should be a list of `key: value` lines.")])
    return Document(where, root or Node({}, first_line), tuple(builder.faults))


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun but not ended."""

    line: int
    anchor: str | None
    mapping: bool
    children: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Hashable] = field(default_factory=dict)
    merged: list[Node] = field(default_factory=list)
    key: Node | None = None
    size: int = 1


class _Builder:
    """Assembles the parser's events into values."""

    def __init__(self, where: str, first_line: int) -> None:
        self._where, self._first_line = where, first_line
        self._anchors: dict[str, Node] = {}
        self._open: list[_Open] = []
        self._root: Node | None = None
        self.faults: list[Fault] = []

    def build(self, loader: Any) -> Node | None:
        """The document's value; None if the text is empty."""
        documents = 0
        while (event := loader.get_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._place(self._scalar(event), event.anchor)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._begin(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._end()
            elif kind is yaml.AliasEvent:
                self._place(self._alias(event), None)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    message = "a second document begins here; a file holds one, without further `---`."
                    raise self._refusal(event, message)
        return self._root

    def _line(self, event: Any) -> int:
        line: int = event.start_mark.line
        return self._first_line + line

    def _refusal(self, event: Any, message: str) -> ContentError:
        return ContentError([*self.faults, Fault(f"{self._where}:{self._line(event)}", message)])

    def _fault(self, line: int, message: str) -> Unreadable:
        self.faults.append(Fault(f"{self._where}:{line}", message))
        return UNREADABLE

    def _begin(self, event: Any) -> None:
        if len(self._open) == DEEPEST:
            raise self._refusal(event, f"lists inside lists, more than {DEEPEST} deep, are not read.")
        if event.tag not in (None, "!"):
            self._fault(self._line(event), f"'{event.tag}' is a tag; write the value alone.")
        if self._open and self._open[-1].mapping and self._open[-1].key is None:
            raise self._refusal(event, "a key is a word, not a list; a text that begins with a bracket needs quotes.")
        self._open.append(_Open(self._line(event), event.anchor, isinstance(event, yaml.MappingStartEvent)))

    def _end(self) -> None:
        ended = self._open.pop()
        children, keys = ended.children, ended.keys
        for merged in ended.merged:
            children = {**merged.children, **children}
            keys = {**{str(key): key for key in merged.value}, **keys}
        values = [child.value for child in children.values()]
        value = dict(zip(map(keys.__getitem__, children), values, strict=True)) if ended.mapping else values
        self._place(Node(value, ended.line, children, ended.size), ended.anchor)

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._open:
            self._root = node
            return
        holder = self._open[-1]
        holder.size += node.size
        if holder.size > MOST:
            message = f"holds more than {MOST:,} values, counting what aliases (`*name`) repeat."
            raise ContentError([*self.faults, Fault(f"{self._where}:{node.line}", message)])
        if not holder.mapping:
            holder.children[str(len(holder.children))] = node
        elif holder.key is None:
            holder.key = node
        else:
            key, holder.key = holder.key, None
            self._put(holder, key, node)

    def _put(self, holder: _Open, key: Node, node: Node) -> None:
        """Add one key and its value to the mapping that contains them."""
        if key.value == "<<":
            self._merge(holder, key.line, node)
            return
        if isinstance(key.value, Unreadable) or not isinstance(key.value, Hashable):
            return
        name = str(key.value)
        if name in holder.keys:
            self._fault(key.line, f"'{name}' is given twice; keep one of them.")
        else:
            holder.keys[name] = key.value
            # Report a value on its key's line, where an editor looks for it.
            holder.children[name] = Node(node.value, key.line, node.children, node.size)

    def _merge(self, holder: _Open, line: int, node: Node) -> None:
        """`<<: *name`: take in the other mapping's entries, except those given here."""
        sources = [node] if isinstance(node.value, dict) else list(node.children.values())
        if not sources or not all(isinstance(source.value, dict) for source in sources):
            self._fault(line, "'<<' takes in another list of settings by its name, as in `<<: *name`.")
            return
        holder.merged += sources

    def _alias(self, event: Any) -> Node:
        if any(opened.anchor == event.anchor for opened in self._open):
            raise self._refusal(event, f"'*{event.anchor}' stands inside what it is the name of.")
        found = self._anchors.get(event.anchor)
        if found is None:
            raise self._refusal(
                event, f"'*{event.anchor}' is the name of nothing above; text with a star needs quotes."
            )
        return Node(found.value, self._line(event), found.children, found.size)

    def _scalar(self, event: Any) -> Node:
        line = self._line(event)
        if event.tag not in (None, "!"):
            return Node(self._fault(line, f"'{event.tag}' is a tag; write the value alone."), line)
        value, wrong = _value(event.value, plain=event.tag is None and event.implicit[0])
        return Node(self._fault(line, wrong) if wrong else value, line)


# Four of five keys and values stand in many files: what a text means, and whether it may be printed, is found once.
@lru_cache(maxsize=20_000)
def _value(text: str, *, plain: bool) -> tuple[Any, str | None]:
    """What a text means as a value, `plain` if it stands without quotes; or what is wrong with it."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) if plain else _TEXT
    kind = tag.rpartition(":")[2]
    if kind in ("str", "merge", "value"):
        return text, unfit(text)
    try:
        value = _CONSTRUCTOR.yaml_constructors[tag](_CONSTRUCTOR, yaml.ScalarNode(tag, text))
    except (ValueError, OverflowError):
        return None, f"'{text[:40]}' is not {_KINDS.get(kind, 'a value')} that can be read."
    if isinstance(value, datetime):
        return None, f"'{text[:40]}' is a moment; give the day alone, such as 2024-09-18."
    return value, None
