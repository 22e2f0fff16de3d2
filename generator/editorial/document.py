"""A YAML file as it was read: plain values, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.errors import Fault


class Unreadable:
    """Stands in for a value already reported as a fault, so that it is reported only once."""


UNREADABLE = Unreadable()


class Node(NamedTuple):
    """One value, its line, and its children by key or index."""

    value: Any
    line: int
    children: Mapping[str, Node] = MappingProxyType({})
    size: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML mapping; `faults` are those of single values, such as an impossible date."""

    where: str
    root: Node
    faults: tuple[Fault, ...] = ()

    @property
    def values(self) -> Mapping[str, Any]:
        """The mapping as plain values."""
        values: Mapping[str, Any] = self.root.value
        return values

    def line(self, *path: object) -> int:
        """The line of the value at `path` (`"parts", 3, "key"`), or of the nearest parent that exists."""
        node = self.root
        for step in path:
            child = node.children.get(str(step))
            if child is None:
                break
            node = child
        return node.line

    def at(self, *path: object) -> str:
        """`file:line` of the value at `path`."""
        return f"{self.where}:{self.line(*path)}"

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with its `file:line`, in file order."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if isinstance(node.value, str):
                yield f"{self.where}:{node.line}", node.value
            waiting += [*node.children.values()][::-1]
