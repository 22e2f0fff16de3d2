"""Checks that a page or drawing has only elements that the publication's templates can make.

The templates determine which elements there are, with which attributes; anything else in a page (a script, an address,
words in an attribute, a style) was put there by somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from generator.verification.figures.answers import Answers
from generator.verification.sentences.standing import template_source
from generator.verification.sentences.tree import COMMENT, Element

TEMPLATES = {
    "article.html": ("article.html.j2", "line-chart.svg.j2", "bar-chart.svg.j2"),
    "charts/moves.svg": ("bar-chart.svg.j2",),
}
CHART = ("line-chart.svg.j2",)
MAIL = ("mail.html.j2",)
INLINE = frozenset(["em", "strong", "code"])
"""Elements that a sentence of the content may contain."""
_POURED, _IF, _END = "\0", "\1", "\2"
_TAG = re.compile(r"<([a-zA-Z\0][\w\0:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_GIVEN = re.compile(r"([\1\2])|([\w:-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")
_ANY = {
    "d": r"[MmLlHhVvZz\d. -]*", "class": r"[\w -]*", "id": r"[\w -]*",
    **dict.fromkeys(["x", "y", "width", "height", "font-size", "stroke-width"], r"-?[\d.]+"),
}  # fmt: skip
"""What a template may fill into an attribute; others are not restricted."""


@dataclass(frozen=True, slots=True)
class ElementShape:
    """One element as a template makes it."""

    given: Mapping[str, re.Pattern[str]]
    needed: frozenset[str]

    def fits(self, given: Mapping[str, str]) -> bool:
        return (
            self.needed <= given.keys() <= self.given.keys()
            and all(self.given[key].fullmatch(value) for key, value in given.items())
        )  # fmt: skip


def check_markup(answers: Answers, name: str, root: Element, folders: tuple[Path, ...]) -> None:
    """Check that the templates can make every element, and that styles are the publication's own, word for word."""
    shapes = shapes_of(folders, TEMPLATES.get(name, CHART))
    strange = 0
    for one in root.all():
        if one.tag == COMMENT:
            answers.uncovered(name, one.words[:60], "a comment, which no template makes")
        elif not _known(one, shapes):
            shown = " ".join([one.tag, *(f'{key}="{value[:40]}"' for key, value in one.given.items())])
            answers.uncovered(name, f"<{shown}>"[:120], "no template of the publication makes such an element")
        else:
            continue
        strange += 1
    styles = styles_of(folders, TEMPLATES.get(name, CHART))
    for one in root.named("style"):
        right = " ".join(one.words.split()) in styles
        answers.check(right, "styles", name, one.words[:60].strip(), "it is no style sheet of the publication")
    if not strange:
        answers.holds("elements", sum(1 for _ in root.all()))


def check_styled(answers: Answers, name: str, root: Element, folders: tuple[Path, ...]) -> None:
    """Check a letter: elements that its template makes, each styled by the rules of mail.css for it."""
    shapes = shapes_of(folders, MAIL)
    rules = _rules(folders)
    for one in root.all():
        given = {key: value for key, value in one.given.items() if key != "style"}
        if one.tag == "style" and not one.given:
            continue  # read below
        if one.tag == COMMENT or not _known(Element(one.tag, given), shapes):
            shown = " ".join([one.tag, *(f'{key}="{value[:40]}"' for key, value in one.given.items())])
            answers.uncovered(name, f"<{shown}>"[:120], "no template of the publication makes such an element")
            continue
        allowed = {line for key in (one.tag, *(f".{each}" for each in one.classes)) for line in rules.get(key, ())}
        strange = [line for line in _declared(one.given.get("style", "")) if line not in allowed]
        answers.check(
            not strange, "styles", name, f"{one.tag}: {'; '.join(strange)}", "mail.css has no such rule for it"
        )
    sheets = [" ".join(one.words.split()) for one in root.named("style")]
    right = len(sheets) == 1 and sheets[0] in styles_of(folders, ())
    answers.check(right, "styles", name, [one[:60] for one in sheets], "it is no style sheet of the publication")


def _declared(style: str) -> list[str]:
    return [" ".join(line.replace(":", ": ", 1).split()) for line in style.split(";") if line.strip()]


@lru_cache(maxsize=16)
def _rules(folders: tuple[Path, ...]) -> Mapping[str, list[str]]:
    """What mail.css declares, by its simple selectors."""
    path = next((folder / "mail.css" for folder in folders if (folder / "mail.css").is_file()), None)
    text = re.sub(r"(?s)/\*.*?\*/", "", path.read_text(encoding="utf-8")) if path else ""
    found: dict[str, list[str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), []).extend(_declared(body))
    return found


def _known(one: Element, shapes: Mapping[str, tuple[ElementShape, ...]]) -> bool:
    if one.tag in ("html", "head", "body", "tbody") and not one.given:
        return True  # the parser adds these
    if one.tag in INLINE and not one.given:
        return True
    given = {key.lower(): value for key, value in one.given.items()}
    return any(shape.fits(given) for shape in shapes.get(one.tag, ()))


@lru_cache(maxsize=16)
def shapes_of(folders: tuple[Path, ...], names: tuple[str, ...]) -> Mapping[str, tuple[ElementShape, ...]]:
    """The elements that these templates make, by name."""
    found: dict[str, list[ElementShape]] = {}
    for name in names:
        text, constants = _source(folders, name)
        for tag, rest in _TAG.findall(text):
            shape = _shape(rest, constants)
            for known in constants & _BLOCKS if tag == _POURED else [tag]:
                found.setdefault(known, []).append(shape)
    return {tag: tuple(shapes) for tag, shapes in found.items()}


_BLOCKS = frozenset(["section", "div", "p", "article", "aside", "h2", "h3", "ul", "ol", "li"])
"""Elements whose name itself a template may fill in."""


def _shape(rest: str, constants: frozenset[str]) -> ElementShape:
    given: dict[str, re.Pattern[str]] = {}
    needed: set[str] = set()
    depth = 0
    for mark, key, double, single in _GIVEN.findall(rest):
        if mark:
            depth += 1 if mark == _IF else -1
            continue
        poured = _ANY.get(key, r"[\s\S]*")
        if key in ("fill", "stroke", "stroke-dasharray"):
            poured = "|".join(map(re.escape, sorted(constants)))
        parts = map(re.escape, re.sub(rf"[{_IF}{_END}]", "", double or single).split(_POURED))
        given[key.lower()] = re.compile(f"(?:{poured})".join(parts))
        if depth == 0:
            needed.add(key.lower())
    return ElementShape(given, frozenset(needed))


@lru_cache(maxsize=16)
def _source(folders: tuple[Path, ...], name: str) -> tuple[str, frozenset[str]]:
    """A template's text, with marks where it fills in values and for its conditions, and its string constants."""
    try:
        tokens = list(Environment(autoescape=False).lex(template_source(folders, name)))
    except TemplateSyntaxError:
        return "", frozenset()
    constants = frozenset(value.strip("'\"") for _, kind, value in tokens if kind == "string")
    return "".join(_marked(tokens)), constants


def _marked(tokens: list[tuple[int, str, str]]) -> Iterator[str]:
    opened = False
    for _, kind, value in tokens:
        if kind == "data":
            yield value
        elif kind == "variable_begin":
            yield _POURED
        elif kind == "block_begin":
            opened = True
        elif kind == "name" and opened:
            opened = False
            yield {"if": _IF, "endif": _END}.get(value, "")


@lru_cache(maxsize=16)
def styles_of(folders: tuple[Path, ...], names: tuple[str, ...]) -> frozenset[str]:
    """The style sheets beside the templates and inside them, with single spaces."""
    sheets = {path.name: path for folder in reversed(folders) for path in folder.glob("*.css")}
    texts = [path.read_text(encoding="utf-8") for path in sheets.values()]
    texts += [found for name in names for found in re.findall(r"(?s)<style>(.*?)</style>", _source(folders, name)[0])]
    return frozenset(" ".join(text.split()) for text in texts)


@lru_cache(maxsize=16)
def landmarks_of(folders: tuple[Path, ...], name: str) -> tuple[str, ...]:
    """The parts of a page in its template's order, each as `tag.class`."""
    text, _ = _source(folders, name)
    found = re.findall(r'<(header|main|article|aside|footer|section|figure|div)\b[^<>]*?class="([\w-]+)', text)
    return tuple(dict.fromkeys(f"{tag}.{named}" for tag, named in found))
