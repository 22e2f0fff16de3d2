"""A post's template in; the words it puts around sentences out, poured once for every shape of post.

Fitting a post tries dozens of lengths a day. Where a template prints sentences, links and the imprint's words as they
are, as its own text shows, what it adds depends on the shape alone: how many sentences, which tags, whether there is
a link. It is then poured once with marks in their places. Any other template is poured anew for each post.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import count
from operator import attrgetter, not_
from typing import Any, TypeGuard
from weakref import WeakKeyDictionary

from jinja2 import Environment, TemplateError, nodes

from generator.errors import ContentError
from generator.model import Imprint, Piece, Post, Sentence

Pour = Callable[[Sequence[Post], Imprint], str]
_MARK = re.compile("\ue000(\\d+)\ue001")
_STANDING = tuple(entry.name for entry in fields(Imprint) if entry.type == "str")
"""The fields of an imprint that are plain text."""
_TEXTS = frozenset({"sentences", "link", *(entry.name for entry in fields(Imprint))})
_OWNERS = frozenset({"post", "digest", "imprint"})
_ROUNDABOUT = (
    nodes.Macro,
    nodes.FilterBlock,
    nodes.CallBlock,
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Getitem,
    nodes.Test,
)
"""Ways in which a template may do something with a text elsewhere than where it names it."""
_standing = attrgetter(*_STANDING)


@dataclass(slots=True)
class Moulds:
    """What has been poured for one environment."""

    plain: dict[str, bool] = field(default_factory=dict)
    """By template, whether it prints what it is given as it is."""
    cast: dict[tuple[object, ...], list[str | int]] = field(default_factory=dict)
    """By template and shape, the literals with the numbers of the marks between them."""


_MOULDS: WeakKeyDictionary[Environment, Moulds] = WeakKeyDictionary()


def moulded(
    env: Environment, template: str, posts: Sequence[Post], imprint: Imprint, simulated: bool, pour: Pour
) -> str:
    """What `pour` gives for these posts, from the mould of their shape where the template allows one."""
    moulds = _MOULDS.setdefault(env, Moulds())
    if template not in moulds.plain:
        try:
            moulds.plain[template] = all(_prints_plainly(env, name) for name in _with_included(env, template))
        except (TemplateError, ContentError):  # pouring it says where and what
            moulds.plain[template] = False
    if not moulds.plain[template]:
        return pour(posts, imprint)
    words = list(_standing(imprint))
    shape = [(len(post.sentences), post.tags, not post.link) for post in posts]
    key = (template, simulated, *shape, *map(not_, words))
    parts = moulds.cast.get(key)
    if parts is None:
        poured = _MARK.split(pour(*_marked(posts, imprint)))
        parts = moulds.cast[key] = [int(part) if number % 2 else part for number, part in enumerate(poured)]
    for post in posts:
        words += [sentence.text for sentence in post.sentences]
        words.append(post.link)
    return "".join([part if isinstance(part, str) else words[part] for part in parts])


def _marked(posts: Sequence[Post], imprint: Imprint) -> tuple[list[Post], Imprint]:
    """The posts and the imprint with a numbered mark for each text; what is empty stays empty."""
    numbers = count()

    def mark(text: str = "") -> str:
        number = next(numbers)
        return f"\ue000{number}\ue001" if text else ""

    standing: Any = {name: mark(getattr(imprint, name)) for name in _STANDING}
    made = []
    for post in posts:
        sentences = tuple(_sentence(mark("some")) for _ in post.sentences)
        made.append(Post(sentences, post.tags, mark(post.link)))
    return made, replace(imprint, **standing)


def _sentence(text: str) -> Sentence:
    return Sentence((Piece(text, text, text),), "", "")


def _with_included(env: Environment, template: str) -> list[str]:
    """The template and the one it may include."""
    included = [node.template for node in _tree(env, template).find_all(nodes.Include)]
    return [
        template,
        *(node.value for node in included if isinstance(node, nodes.Const) and isinstance(node.value, str)),
    ]


def _prints_plainly(env: Environment, template: str) -> bool:
    """Whether all that it does with sentences, links and the imprint is to join, test or print them."""
    tree = _tree(env, template)
    if next(tree.find_all(_ROUNDABOUT), None) is not None:
        return False
    fine = {id(test.test) for test in tree.find_all(nodes.If)}
    fine |= {id(choice.test) for choice in tree.find_all(nodes.CondExpr)}
    for part in (part for output in tree.find_all(nodes.Output) for part in output.nodes):
        if isinstance(part, nodes.Filter) and part.name == "join" and _texts(part.node):
            fine.add(id(part.node.node))
        elif isinstance(part, nodes.Getattr) and part.attr in ("link", *_STANDING):
            fine.add(id(part))
    used = list(tree.find_all(nodes.Getattr))
    owners = {id(node.node) for node in used}
    whole = (node for node in tree.find_all(nodes.Name) if node.name in _OWNERS and node.ctx == "load")
    return all(id(node) in fine or node.attr not in _TEXTS for node in used) and all(
        id(node) in owners for node in whole
    )


def _texts(node: nodes.Node | None) -> TypeGuard[nodes.Filter]:
    """Whether it is `… | map(attribute="text")`."""
    by_text = [nodes.Keyword("attribute", nodes.Const("text"))]
    return isinstance(node, nodes.Filter) and node.name == "map" and node.kwargs == by_text


def _tree(env: Environment, template: str) -> nodes.Template:
    assert env.loader is not None
    return env.parse(env.loader.get_source(env, template)[0], template)
