"""One bullet in Jinja and Markdown; one `Variant` out: literals with placeholders between.

A bullet uses a small part of Jinja: `{{ name }}`, `{{ name | filter }}`, `{{ [a, b] | filter('x') }}`.
Nothing of it is ever executed, and what each placeholder names is known without any data. Placeholders of the usual
form are read here, as there are thousands; whatever looks otherwise is left to Jinja's own parser and its messages.
"""

from __future__ import annotations

import html as html_escape
import re
from collections.abc import Iterator, Mapping
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.errors import ContentError, Fault
from generator.escaping import address_fault, markdown_source
from generator.model import Call, Slot, Variant

_PARSER = Environment(autoescape=False)
_MARKUP = re.compile(r"[*_`\[\]<&\\]")
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_TEXT = re.compile(r"'[^'\"\\]*'")
_USUAL = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_]\w*)|\[(?P<list>\s*[A-Za-z_]\w*\s*(?:,\s*[A-Za-z_]\w*\s*)*)\])\s*"
    r"(?:\|\s*(?P<filter>[A-Za-z_]\w*)\s*(?:\((?P<arguments>\s*'[^'\"\\]*'\s*(?:,\s*'[^'\"\\]*'\s*)*)\)\s*)?)?",
    re.ASCII,
)
"""`name`, `name | filter`, `[a, b] | filter('x', 'y')`."""
_RESERVED = frozenset(["true", "false", "none", "True", "False", "None", "and", "or", "not", "in", "is", "if", "else"])
_MARK = re.compile("\ue000(\\d+)\ue001")


def read_variant(text: str, where: str, line: int) -> Variant:
    """The bullet `text` that stands at `where:line`, taken apart; a fault if it is not the Jinja we allow."""
    place = f"{where}:{line}"
    literals, slots = usual_parts(text) or parsed_parts(text, place)
    markdown = tuple(literals)
    if not any(_MARKUP.search(literal) for literal in markdown):
        return Variant(markdown, markdown, markdown, tuple(slots), line, place)
    html = _to_html(markdown)
    if fault := _link_fault(html):
        raise ContentError([Fault(place, fault)])
    markdown = tuple(map(markdown_source, markdown))
    plain = tuple(html_escape.unescape(re.sub(r"<[^>]+>", "", literal)) for literal in html)
    return Variant(plain, markdown, html, tuple(slots), line, place)


def usual_parts(text: str) -> tuple[list[str], list[Slot]] | None:
    """Literals and placeholders of a bullet all of whose placeholders are of the usual form; else None."""
    pieces = _PLACEHOLDER.split(text)
    if any(sign in literal for literal in pieces[::2] for sign in ("{{", "{%", "{#", "}}", "\n")):
        return None
    slots = []
    for inside in pieces[1::2]:
        found = _USUAL.fullmatch(inside)
        if found is None:
            return None
        names = tuple(_NAME.findall(found["list"] or found["name"]))
        if _RESERVED.intersection(names):
            return None
        arguments = tuple(argument[1:-1] for argument in _TEXT.findall(found["arguments"] or ""))
        calls = (Call(found["filter"], arguments),) if found["filter"] else ()
        slots.append(Slot(names, calls, many=bool(found["list"])))
    return pieces[::2], slots


def parsed_parts(text: str, place: str) -> tuple[list[str], list[Slot]]:
    """Literals and placeholders as Jinja's parser finds them; a fault if they are not the Jinja we allow."""
    try:
        template = _PARSER.parse(text)
    except TemplateSyntaxError as error:
        raise ContentError([Fault(place, f"the placeholder cannot be read: {error.message}")]) from error
    literals, slots = [""], []
    for node in template.body:
        if not isinstance(node, nodes.Output):
            raise ContentError([Fault(place, "only {{ … }} may stand in a sentence; rules belong under `when`.")])
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                literals[-1] += part.data
            else:
                slots.append(_slot(part, place))
                literals.append("")
    return literals, slots


def _slot(node: nodes.Node, place: str) -> Slot:
    calls: list[Call] = []
    while isinstance(node, nodes.Filter):
        arguments = tuple(argument.as_const() for argument in node.args)
        calls.insert(0, Call(node.name, arguments))
        if node.node is None:
            break
        node = node.node
    if isinstance(node, nodes.Name):
        return Slot((node.name,), tuple(calls))
    if isinstance(node, nodes.List) and all(isinstance(item, nodes.Name) for item in node.items):
        return Slot(tuple(item.name for item in node.items if isinstance(item, nodes.Name)), tuple(calls), many=True)
    raise ContentError([Fault(place, "a placeholder holds a name, or a list of names, and filters; nothing else.")])


def _to_html(literals: tuple[str, ...]) -> tuple[str, ...]:
    """The literals as HTML; placeholders travel through Markdown as private-use marks."""
    marked = literals[0] + "".join(f"\ue000{n}\ue001{literal}" for n, literal in enumerate(literals[1:]))
    converted = _markdown(marked)
    return tuple(_MARK.split(converted)[::2])


def _link_fault(html: tuple[str, ...]) -> str | None:
    """What is wrong with the links in a sentence: pictures, which load from elsewhere, and addresses not allowed."""
    text = "".join(html)
    if "<img" in text:
        return "a sentence holds no picture; pictures belong in a template."
    addresses = (html_escape.unescape(found) for found in re.findall(r'\bhref="([^"]*)"', text))
    return next(filter(None, map(address_fault, addresses)), None)


@cache
def _markdown(text: str) -> str:
    from markdown import markdown

    converted = markdown(html_escape.escape(text, quote=False), output_format="html")
    return re.sub(r"^<p>|</p>$", "", converted.strip())


class Wordings(Mapping[str, tuple[Variant, ...]]):
    """A fragment's wordings by part of the page; a part's bullets are taken apart when first asked for."""

    def __init__(self, where: str, bullets: Mapping[str, tuple[tuple[int, str], ...]]) -> None:
        self._where = where
        self._bullets = dict(bullets)
        self._read: dict[str, tuple[Variant, ...]] = {}

    def __getitem__(self, part: str) -> tuple[Variant, ...]:
        if part not in self._read:
            self._read[part] = tuple(read_variant(text, self._where, line) for line, text in self._bullets[part])
        return self._read[part]

    def __iter__(self) -> Iterator[str]:
        return iter(self._bullets)

    def __len__(self) -> int:
        return len(self._bullets)
