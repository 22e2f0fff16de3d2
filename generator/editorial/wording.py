"""Parses a bullet as an editor writes it into literals and placeholders, in plain text, Markdown and HTML.

A placeholder is `{{ name }}`, `{{ name | filter }}` or `{{ [a, b] | filter('words') }}`, and nothing else. It is
parsed and never executed; which names it uses is known without any data.
"""

from __future__ import annotations

import html as html_escape
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from generator.editorial.yaml_reader import unfit
from generator.errors import ContentError, Fault
from generator.escaping import address_fault, markdown_source
from generator.model import Bearing, Call, Condition, Link, Slot, Variant

_MARKUP = re.compile(r"[*_`\[\]<&\\]")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_LIST = re.compile(r"\[\s*([A-Za-z_]\w*\s*(?:,\s*[A-Za-z_]\w*\s*)*),?\s*\]", re.ASCII)
_WORDS = re.compile(r"'([^'\"\\]*)'|\"([^'\"\\]*)\"")
_CALL = re.compile(r"([A-Za-z_]\w*)\s*(?:\((.*)\))?", re.ASCII)
_MARK = re.compile("\ue000(\\d+)\ue001")


_LINE = re.compile(r"\s*\[(if|elif|else|again|end)\b([^\[\]]*)\]\s*")
"""What stands before a sentence that may be left out: `[if RULE]`, `[elif RULE]`, `[else]`; `[end]` after the last.

`[again]` stands before one that takes the place of the sentence above it where that would repeat a figure.
"""

_LINK = re.compile(r"(after|told|untold) ([a-z][a-z0-9-]*(?:, [a-z][a-z0-9-]*)*)(?: and (.+))?", re.DOTALL)
"""What a rule may begin with that looks at what stands above: `after not-rates, no-news and small_return_1d > 0`."""


def read_wording(text: str, where: str, line: int) -> Variant:
    """The bullet `text` at `where:line`, parsed line by line; raises `ContentError` if it cannot be read."""
    first, *rest = _LINE.split(text)
    place = f"{where}:{line}"
    lines: list[Variant] = []
    earlier: list[str] = []
    opened = False
    for mark, rule, words in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        if fault := _mark_fault(mark, rule.strip(), earlier if opened else None, words):
            raise ContentError([Fault(place, fault)])
        opened = mark != "end"
        under = _Mark() if mark == "end" else _under(mark, " ".join(rule.split()), earlier)
        if words:
            read = read_variant(words, where, line, f"{place}.{len(lines) + 1}")
            bears = _BEARINGS.get(under.when)
            when = "" if bears else under.when
            lines.append(
                replace(read, when=when, bearing=bears, link=under.link, unless=under.unless, again=under.again)
            )
    return replace(read_variant(first, where, line, place), then=tuple(lines))


_BEARINGS = {str(bearing): bearing for bearing in Bearing}


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a mark says of the sentence after it."""

    when: str = ""
    link: Link | None = None
    unless: tuple[Condition, ...] = ()
    again: bool = False


def _mark_fault(mark: str, rule: str, earlier: list[str] | None, words: str) -> str | None:
    """What is wrong with a mark before a sentence that may be left out.

    `earlier` are the rules before it in the same `if`: None outside of any, and none left after an `else`.
    """
    if mark in ("if", "elif") and not rule:
        return f"'[{mark}]' needs a rule, as in `[if small_return_1d > 0]`."
    if mark in ("else", "again", "end") and rule:
        return f"'[{mark}]' stands alone; a rule belongs after `if`."
    if mark != "if" and earlier is None:
        return f"'[{mark}]' follows an `[if …]`, and there is none before it."
    if mark in ("elif", "else", "again") and not earlier:
        return f"'[{mark}]' cannot follow `[else]`, which is the last of its kind."
    if mark in ("elif", "else") and any(one in _BEARINGS for one in earlier or ()):
        return f"'[{mark}]' cannot follow `[if supports]` and the like; write `[if against]`, `[if context]`."
    return f"no sentence follows '[{mark}]'." if mark != "end" and not words else None


def _under(mark: str, rule: str, earlier: list[str]) -> _Mark:
    """What holds for the sentence after a mark; `earlier` are the rules before it in the same `if`."""
    if mark == "if":
        earlier.clear()
    if mark == "again":
        *before, own = earlier
        return replace(_among(before, own), again=True)
    made = _among(earlier, rule)
    if rule:
        earlier.append(rule)
    else:
        earlier.clear()
    return made


def _among(earlier: Sequence[str], rule: str) -> _Mark:
    """What a rule says, where none of those before it holds."""
    before = [_linked(one) for one in earlier]
    link, when = _linked(rule)
    others = [f"not ({one})" for above, one in before if above is None]
    whole = " and ".join([*others, f"({when})" if others and when else when]) if when else " and ".join(others)
    return _Mark(whole, link, tuple(Condition(above, one) for above, one in before if above))


def _linked(rule: str) -> tuple[Link | None, str]:
    """What a rule asks to stand above, and the rest of it."""
    found = _LINK.fullmatch(rule)
    if found is None:
        return None, rule
    keys = frozenset(found[2].split(", "))
    return Link(keys, near=found[1] == "after", absent=found[1] == "untold"), found[3] or ""


def read_variant(text: str, where: str, line: int, source: str = "") -> Variant:
    """One line of a wording, parsed; raises `ContentError` if it cannot be read."""
    place = source or f"{where}:{line}"
    pieces = _PLACEHOLDER.split(text)
    if wrong := next(filter(None, [*map(_literal_fault, pieces[::2]), *map(unfit, pieces[1::2])]), None):
        raise ContentError([Fault(place, wrong)])
    literals, slots = pieces[::2], [_slot(inside, place) for inside in pieces[1::2]]
    markdown = tuple(literals)
    if not any(_MARKUP.search(literal) for literal in markdown):
        return Variant(markdown, markdown, markdown, tuple(slots), line, place)
    html = _to_html(markdown)
    if fault := _link_fault(html):
        raise ContentError([Fault(place, fault)])
    markdown = tuple(map(markdown_source, markdown))
    plain = tuple(html_escape.unescape(re.sub(r"<[^>]+>", "", literal)) for literal in html)
    return Variant(plain, markdown, html, tuple(slots), line, place)


def read_bracketed(text: str, where: str, line: int) -> Variant:
    """Words of a YAML file, which holds no braces: their figures stand in brackets, `[name]` or `[name | filter]`."""
    return read_variant(_BRACKETS.sub(r"{{\1}}", text), where, line)


def _literal_fault(literal: str) -> str | None:
    if "{%" in literal or "%}" in literal or "{#" in literal:
        return "only {{ … }} may stand in a sentence; rules belong under `when`."
    if "{" in literal or "}" in literal:
        return "a placeholder cannot be read: it opens with {{ and closes with }}."
    return unfit(literal)


def _slot(inside: str, place: str) -> Slot:
    """The text between the braces, parsed: a name or a list of names, then filters."""
    subject, *filters = (part.strip() for part in inside.split("|"))
    calls = tuple(_call(part, place) for part in filters)
    if _NAME.fullmatch(subject):
        return Slot((subject,), calls)
    if listed := _LIST.fullmatch(subject):
        return Slot(tuple(_NAME.findall(listed[1])), calls, many=True)
    message = "a placeholder holds a name, or a list of names, and filters; nothing else."
    raise ContentError([Fault(place, f"'{{{{{inside[:60]}}}}}' cannot be read: {message}")])


def _call(written: str, place: str) -> Call:
    """One filter with its arguments: `counted('session')`."""
    found = _CALL.fullmatch(written)
    if found is None:
        raise ContentError([Fault(place, f"'{written[:60]}' is not a filter, which is one word after the bar.")])
    name, inside = found[1], found[2]
    if inside is None:
        return Call(name)
    arguments = []
    for argument in inside.split(","):
        words = _WORDS.fullmatch(argument.strip())
        if words is None:
            message = f"put the words that '{name}' is given in quotes: {name}('{argument.strip(' ()')[:40]}')."
            raise ContentError([Fault(place, message)])
        arguments.append(words[1] if words[1] is not None else words[2])
    return Call(name, tuple(arguments))


def _to_html(literals: tuple[str, ...]) -> tuple[str, ...]:
    """The literals as HTML; private-use characters stand in for the placeholders during conversion."""
    marked = literals[0] + "".join(f"\ue000{n}\ue001{literal}" for n, literal in enumerate(literals[1:]))
    converted = _markdown(marked)
    return tuple(_MARK.split(converted)[::2])


def _link_fault(html: tuple[str, ...]) -> str | None:
    """What is wrong with a sentence's links: a picture, which would load from elsewhere, or an address not allowed."""
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
    """A fragment's wordings by part of the page; a part's bullets are parsed when first asked for."""

    def __init__(self, where: str, bullets: Mapping[str, tuple[tuple[int, str], ...]]) -> None:
        self._where = where
        self._bullets = dict(bullets)
        self._read: dict[str, tuple[Variant, ...]] = {}

    def __repr__(self) -> str:
        return f"Wordings({self._where!r}, {self._bullets!r})"

    def __getitem__(self, part: str) -> tuple[Variant, ...]:
        if part not in self._read:
            self._read[part] = tuple(read_wording(text, self._where, line) for line, text in self._bullets[part])
        return self._read[part]

    def written(self, part: str) -> tuple[str, ...]:
        """The part's bullets as an editor wrote them."""
        return tuple(text for _, text in self._bullets.get(part, ()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._bullets)

    def __len__(self) -> int:
        return len(self._bullets)
