"""Parses a page or a drawing into a tree of elements, as a browser does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.errors import DataError

COMMENT = "!comment"
_DEEPEST = 60
"""The deepest nesting allowed; our pages do not reach half of it."""


@dataclass(slots=True)
class Element:
    """One element: its name, its attributes, and its text and elements in order."""

    tag: str
    given: Mapping[str, str]
    content: list[Element | str] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """This element and every one inside it, in reading order."""
        yield self
        for one in self.content:
            if isinstance(one, Element):
                yield from one.all()

    def named(self, tag: str) -> list[Element]:
        """The elements with this name, in reading order."""
        return [one for one in self.all() if one.tag == tag]

    @property
    def words(self) -> str:
        """All text inside the element."""
        return "".join(one if isinstance(one, str) else one.words for one in self.content)

    @property
    def classes(self) -> list[str]:
        return self.given.get("class", "").split()


@lru_cache(maxsize=4)
def parse_html(content: str) -> Element:
    """The page as HTML5 parses it, which moves misplaced text; raises `DataError` if it is nested too deeply."""
    root = LexborHTMLParser(content).root
    if root is None:
        return Element("html", {})
    return _from_node(root, 0)


def _from_node(node: LexborNode, depth: int) -> Element:
    if depth > _DEEPEST:
        raise DataError(f"its elements are nested more than {_DEEPEST} deep")
    made = Element(node.tag or "", {key: value or "" for key, value in node.attributes.items()})
    child = node.child
    while child is not None:
        if child.is_text_node:
            made.content.append(child.text_content or "")
        elif child.is_element_node:
            made.content.append(_from_node(child, depth + 1))
        else:
            made.content.append(Element(COMMENT, {}, [child.comment_content or ""]))
        child = child.next
    return made


def parse_svg(content: str) -> Element:
    """The drawing parsed as XML; raises `DataError` if it is not one, or contains a comment or a declaration."""
    if "<!" in content or "<?" in content:
        raise DataError("it holds a comment or a declaration")
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, RecursionError) as error:
        raise DataError(f"it is no SVG ({error})") from error
    return _from_xml(root, 0)


def _from_xml(node: ElementTree.Element, depth: int) -> Element:
    if depth > _DEEPEST:
        raise DataError(f"its elements are nested more than {_DEEPEST} deep")
    made = Element(node.tag.removeprefix("{http://www.w3.org/2000/svg}"), dict(node.attrib), [node.text or ""])
    for child in node:
        made.content += [_from_xml(child, depth + 1), child.tail or ""]
    return made
