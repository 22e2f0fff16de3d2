"""YAML text in; plain values out, with the line of every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.errors import ContentError, Fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML mapping with `lines`: the 1-based line of each key, nested keys joined by dots."""

    where: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def at(self, key: str) -> str:
        """`file:line` of a key, or of the file's first line."""
        return f"{self.where}:{self.lines.get(key, 1)}"


def read_text(path: Path, where: str) -> str:
    """The file's text; a missing or undecodable file is a fault that names it."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ContentError([Fault(where, "the file is missing.")]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Fault(where, f"cannot be read as UTF-8 text ({error}).")]) from error


def parse(text: str, where: str, first_line: int = 1) -> Document:
    """The mapping in `text`, whose first line is line `first_line` of the file called `where`."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        values = loader.construct_document(node) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # What is never closed is missed only after the end, where no line of the text stands.
        line = first_line + (min(mark.line, text.rstrip().count("\n")) if mark else 0)
        raise ContentError([Fault(f"{where}:{line}", f"is not valid YAML: {error.problem}.")]) from error
    except yaml.YAMLError as error:
        raise ContentError([Fault(f"{where}:{first_line}", f"is not valid YAML: {error}")]) from error
    finally:
        loader.dispose()
    if not isinstance(values, dict):
        raise ContentError([Fault(f"{where}:{first_line}", "should be a list of `key: value` lines.")])
    return Document(where, values, _lines(node, first_line) if node is not None else {})


def _lines(node: yaml.Node, first_line: int, prefix: str = "") -> dict[str, int]:
    """The line of every key below a mapping node; a list's items are numbered from 0."""
    found: dict[str, int] = {}
    if isinstance(node, yaml.MappingNode):
        children = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        children = [(str(number), item, item) for number, item in enumerate(node.value)]
    else:
        return found
    for name, key, value in children:
        found[prefix + name] = first_line + key.start_mark.line
        found |= _lines(value, first_line, f"{prefix}{name}.")
    return found
