"""Find every fault in template folders before anything is poured.

Found without data: syntax, a filter or test that does not exist, a template that includes a missing one, a name the
template is not handed, and a field that a handed object does not have (`article.headlin`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from jinja2 import Environment, TemplateAssertionError, TemplateNotFound, TemplateSyntaxError, meta, nodes

from generator.errors import ContentError, Fault
from generator.model import Article, BarChart, Correction, Envelope, Imprint, LineChart, Newsletter
from generator.rendering.environment import environment, sheet, shown_path
from generator.rendering.pages.frame import Frame, Head, Link, Row
from generator.rendering.pictures.card import CardDrawing
from generator.rendering.pictures.card_link import CardLink
from generator.rendering.pictures.drawings import BarDrawing, LineDrawing

PAGE: Mapping[str, Any] = {
    "article": Article,
    "imprint": Imprint,
    "simulated": bool,
    "derivations": Mapping,
    "author": str,
    "link": str,
    "uncited": tuple,
    "charts": Mapping,
    "card": CardLink,
}

SITE: Mapping[str, Any] = {"site": Frame, "page": Head, "sections": str}
"""What every page of a site is handed."""

MAIL: Mapping[str, Any] = {
    "article": Article,
    "standfirst": tuple,
    "imprint": Imprint,
    "newsletter": Newsletter,
    "envelope": Envelope,
    "simulated": bool,
    "subject": str,
    "link": str,
    "notes": list,
}

NAMES: Mapping[str, Mapping[str, Any]] = {
    "article.md.j2": {**PAGE, "front_matter": str},
    "article-body.md.j2": {**PAGE, "corrections": tuple, "titled": bool, "charts_at": str},
    "article-body.html.j2": {**PAGE, "paper": bool, "corrections": tuple},
    "article.html.j2": {**PAGE, "paper": bool, "style": str, "structured_data": str},
    "mail.html.j2": {**MAIL, "pictures": Mapping, "filler": str, "screen_style": str},
    "mail.txt.j2": {**MAIL, "spoken": Any, "lined": Any},
    "line-chart.svg.j2": {"chart": LineChart, "drawing": LineDrawing, "standalone": bool},
    "bar-chart.svg.j2": {"chart": BarChart, "drawing": BarDrawing, "standalone": bool},
    "card.svg.j2": {"article": Article, "imprint": Imprint, "drawing": CardDrawing, "simulated": bool},
    "card-alt.txt.j2": {"article": Article, "chart": LineChart, "simulated": bool},
    "correction.html.j2": {"correction": Correction, "unfolded": bool},
    "correction.md.j2": {"correction": Correction},
    "feed-item.html.j2": {
        "article": Article,
        "imprint": Imprint,
        "corrections": tuple,
        "pictures": Mapping,
        "drawn": bool,
    },
    "site-404.html.j2": {**SITE, "rows": tuple},
    "site-about.html.j2": {**SITE, "parts": tuple, "contact": Link},
    "site-article.html.j2": {
        **PAGE,
        **SITE,
        "paper": bool,
        "paper_file": str,
        "published": datetime,
        "modified": datetime,
        "corrections": tuple,
        "subjects": tuple,
        "further": str,
        "structured_data": str,
    },
    "site-base.html.j2": SITE,
    "site-corrections.html.j2": {**SITE, "policy": tuple, "corrected": tuple},
    "site-front.html.j2": {"article": Article, "charts": Mapping, "newest": Row},
    "site-further.html.j2": {"previous": Row, "next": Row, "related": tuple, "subjects": tuple},
    "site-home.html.j2": {
        **SITE,
        "front": str,
        "earlier": tuple,
        "months": tuple,
        "subjects": tuple,
        "structured_data": str,
    },
    "site-icon.svg.j2": {},
    "site-index.html.j2": {**SITE, "groups": tuple},
    "site-list.html.j2": {**SITE, "rows": tuple, "links": tuple, "links_title": str},
    "site-row.html.j2": {"row": Row, "level": str},
    "site-rows.html.j2": {"rows": tuple},
    "site-search.html.j2": SITE,
    "site-sections.html.j2": {"links": tuple, "href": str},
}
"""The templates a publication has, and the names each is handed, with their types."""

RETIRED = frozenset({"x.txt.j2", "x-thread.txt.j2", "linkedin.txt.j2", "facebook.txt.j2"})

SHEETS = ("style.css", "print.css", "site.css", "site-search.js", "mail.css", "mail-screen.css")
"""Style sheets, and the script that searches a site, found in the same folders; they are read as they stand."""


def check_templates(folders: Sequence[Path]) -> list[Fault]:
    """Every fault in the templates that `folders` give (the first folder wins), in order of file and line."""
    env = environment(folders)
    faults: list[Fault] = []
    for name in SHEETS:
        try:
            sheet(env, name)
        except ContentError as error:
            faults += error.faults
    for name in sorted({*NAMES, *env.list_templates(extensions=["j2"])}):
        if name in RETIRED:
            message = "posts are set by content/channels.yaml, and by no template: take this one away."
            faults.append(Fault(shown_path(env, name), message))
        else:
            faults += _faults_in(env, name)
    return faults


def _faults_in(env: Environment, name: str) -> list[Fault]:
    where = shown_path(env, name)
    assert env.loader is not None
    try:
        tree = env.parse(env.loader.get_source(env, name)[0], name)
    except TemplateNotFound:
        return [Fault(where, "There is no such template. Restore it.")]
    except ContentError as error:
        return list(error.faults)
    except RecursionError:
        return [Fault(where, "This has too many brackets or blocks inside each other.")]
    except TemplateSyntaxError as error:
        return [Fault(f"{where}:{error.lineno}", error.message or "This is not a template.")]
    handed = NAMES.get(name)
    found = [*_unknown_filters(env, tree), *_missing_templates(env, tree)]
    if handed is not None:  # a part that other templates include is handed whatever they have
        found += [*_unknown_names(env, tree, handed), *_unknown_fields(tree, handed)]
    return [Fault(f"{where}:{line}", message) for line, message in sorted(found)]


def _unknown_filters(env: Environment, tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known, kind = (env.filters, "filter") if isinstance(node, nodes.Filter) else (env.tests, "test")
        if node.name not in known:
            yield node.lineno, _unknown(node.name, f"a {kind} that templates have", known)


def _missing_templates(env: Environment, tree: nodes.Template) -> Iterator[tuple[int, str]]:
    known = env.list_templates()
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        named = getattr(node, "template", None)
        if isinstance(named, nodes.Const) and named.value not in known:
            yield node.lineno, _unknown(str(named.value), "a template", known)


def _unknown_names(env: Environment, tree: nodes.Template, handed: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    try:
        unknown = meta.find_undeclared_variables(tree) - handed.keys() - env.globals.keys()
    except TemplateAssertionError:  # an unknown filter or test, told of already: names are looked at once it is mended
        return
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in unknown:
            yield node.lineno, _unknown(node.name, "a name this template is handed", handed)


def _unknown_fields(tree: nodes.Template, handed: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for node in tree.find_all(nodes.Getattr):
        owner = _type_of(node.node, handed)
        if is_dataclass(owner) and not hasattr(owner, node.attr):  # slots make every field an attribute of the class
            yield node.lineno, _unknown(node.attr, f"a field of {getattr(owner, '__name__', owner)}", _fields(owner))


def _type_of(node: nodes.Expr, handed: Mapping[str, Any]) -> Any:
    """The dataclass that an expression such as `article.table` gives, as far as names alone tell; else None."""
    if isinstance(node, nodes.Name):
        return handed.get(node.name)
    if isinstance(node, nodes.Getattr):
        return _fields(_type_of(node.node, handed)).get(node.attr)
    return None


def _fields(owner: Any) -> Mapping[str, Any]:
    """The fields and properties of a dataclass with their types; what may be absent with the type it else has."""
    if not is_dataclass(owner):
        return {}
    found = get_type_hints(owner)
    for name, value in vars(owner).items():
        if isinstance(value, property) and value.fget:
            found[name] = get_type_hints(value.fget).get("return")
    return {name: _there(kind) for name, kind in found.items()}


def _there(kind: Any) -> Any:
    """The type without `| None`."""
    if not isinstance(kind, UnionType):
        return kind
    return next((one for one in get_args(kind) if one is not NoneType), kind)


def _unknown(name: str, what: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"'{name}' is not {what}." + (f" Did you mean '{near[0]}'?" if near else "")
