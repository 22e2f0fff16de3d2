"""One bullet in Jinja and Markdown; one `Variant` out: literals with placeholders between.

A bullet uses a small part of Jinja: `{{ name }}`, `{{ name | filter }}`, `{{ [a, b] | filter('x') }}`.
Jinja's own parser reads it, nothing of it is ever executed, and what each placeholder names is known
without any data.
"""

from __future__ import annotations

import html as html_escape
import re
from collections.abc import Iterator, Mapping
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.errors import ContentError, Fault
from generator.model import Call, Slot, Variant

_PARSER = Environment(autoescape=False)
_MARKUP = re.compile(r"[*_`\[\]<&\\]")
_MARK = re.compile("\ue000(\\d+)\ue001")


def read_variant(text: str, where: str, line: int) -> Variant:
    """The bullet `text` that stands at `where:line`, taken apart; a fault if it is not the Jinja we allow."""
    place = f"{where}:{line}"
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
    markdown = tuple(literals)
    if not any(_MARKUP.search(literal) for literal in markdown):
        return Variant(markdown, markdown, markdown, tuple(slots), line, place)
    html = _to_html(markdown)
    plain = tuple(html_escape.unescape(re.sub(r"<[^>]+>", "", literal)) for literal in html)
    return Variant(plain, markdown, html, tuple(slots), line, place)


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
