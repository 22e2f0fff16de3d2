"""Alterations of a folder: files, the ledger, sentences taken out of both, the structure of the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import orjson

from generator.assembly import Edition
from generator.model import Block, Role, TextBlock
from generator.publishing.ledger import claims_of

from .alter_text import LIE, TEXTS
from .trial import FOLDER, LEDGER, Case, Files, Kinds, Made, dumped, evenly, kind

KINDS: Kinds = {}


# --- files, ledger and text together --------------------------------------------------------------


@kind(KINDS, FOLDER)
def _files(case: Case) -> Made:
    names = [name for name in case.files if name != LEDGER]
    for name in names:
        yield f"{name} deleted", {key: content for key, content in case.files.items() if key != name}
        yield f"{name} emptied", {**case.files, name: b""}
        yield f"{name} with a line more", {**case.files, name: case.files[name] + b"\n"}
    for name in ("newsletter.txt", "index.html", "charts/other.svg", ".htaccess", "article.htm", "mail/article.eml"):
        yield f"{name} added", {**case.files, name: LIE.encode()}


@kind(KINDS, "files added and named in the manifest")
def _files_named(case: Case) -> Made:
    for name in ("newsletter.txt", "index.html", "charts/other.svg", "article.htm", "x2.txt", "card.gif"):
        ledger = case.ledger
        ledger["files"][name] = {"media": "text/plain", "sha256": ""}
        yield name, {**case.files, name: LIE.encode(), LEDGER: dumped(ledger)}
    for name in ("charts/performance.svg", "charts/moves.svg", "card.png", "card-alt.txt", "x-thread.txt"):
        ledger = case.ledger
        del ledger["files"][name]
        yield f"{name} gone", {key: c for key, c in case.files.items() if key != name} | {LEDGER: dumped(ledger)}


SPARED = (Role.LEAD, Role.SECTION, Role.TAKEAWAYS)


def _with(edition: Edition, block: Block, instead: Sequence[Block]) -> Edition:
    """The edition with other blocks in the place of one."""
    blocks = tuple(kept for one in edition.article.blocks for kept in (instead if one is block else (one,)))
    return replace(edition, article=replace(edition.article, blocks=blocks))


def without_sentence(edition: Edition, number: int) -> Edition | None:
    """The edition without one sentence, in article, ledger and posts' source alike; None where none can be spared."""
    article = edition.article
    spared = [one for one in article.blocks if isinstance(one, TextBlock) and one.role in SPARED]
    body = [sentence for block in spared for sentence in block.sentences]
    if number >= len(body):
        return None
    gone = body[number]

    def rest(block: Block) -> Block | None:
        if block not in spared:
            return block
        assert isinstance(block, TextBlock)
        runs = (tuple(one for one in paragraph if one is not gone) for paragraph in block.paragraphs)
        paragraphs = tuple(run for run in runs if run)
        return replace(block, paragraphs=paragraphs) if paragraphs or block.role is Role.LEAD else None

    shorter = replace(article, blocks=tuple(kept for block in article.blocks if (kept := rest(block))))
    claims = {claim.name for claim in claims_of(shorter, edition.digest)}
    spoke = {sentence.fragment for part, sentence in shorter.spoken() if not part.endswith(" heading")}
    weighed = tuple(
        one._replace(outcome="others of its part were more newsworthy")
        if one.outcome == "spoke" and one.fragment not in spoke
        else one
        for one in edition.weighed
    )
    figures = {name: record for name, record in edition.figures.items() if name in claims}
    base_rates = {name: record for name, record in edition.base_rates.items() if name in claims}
    return replace(edition, article=shorter, weighed=weighed, figures=figures, base_rates=base_rates)


@kind(KINDS, "a sentence taken out of ledger and text together")
def _together(case: Case) -> Made:
    number = 0
    while shorter := without_sentence(case.edition, number):
        yield f"sentence {number}", partial(case.again, shorter, ("markdown", "html", "x", "linkedin", "facebook"))
        number += 1
    for block in case.edition.article.blocks:
        if block.role in (Role.SECTION, Role.NOTES, Role.SOURCES):
            name = block.part if isinstance(block, TextBlock) else block.role
            yield f"{block.role} {name}", partial(case.again, _with(case.edition, block, ()), ("markdown", "html"))


# --- the ledger -----------------------------------------------------------------------------------


@kind(KINDS, "ledger: keys, reasons, records")
def _ledger(case: Case) -> Made:
    def altered(what: str, change: Callable[[dict[str, Any]], object]) -> tuple[str, Files]:
        ledger = case.ledger
        change(ledger)
        return what, {**case.files, LEDGER: dumped(ledger)}

    for path in ("", "market", "fragments", "card", "made_with", "files"):
        yield altered(f"key in {path}", lambda one, p=path: (one[p] if p else one).update({"note": LIE}))  # type: ignore[misc]
    for key in ("edition", "angle", "disclosure", "format"):
        yield altered(f"{key} gone", lambda one, k=key: one.pop(k))  # type: ignore[misc]
    for number in range(6):
        figure = evenly(sorted(case.ledger["figures"]), 6)[number]
        yield altered(f"{figure} key", lambda one, f=figure: one["figures"][f].update({"note": LIE}))  # type: ignore[misc]
        yield altered(f"{figure} value", lambda one, f=figure: one["figures"][f].update({"value": 0.5}))  # type: ignore[misc]
        yield altered(f"{figure} label", lambda one, f=figure: one["figures"][f].update({"label": LIE}))  # type: ignore[misc]
        yield altered(f"{figure} inputs", lambda one, f=figure: one["figures"][f]["inputs"].clear())  # type: ignore[misc]
    for number in range(5):

        def weighed(one: dict[str, Any], n: int = number) -> dict[str, Any]:
            found: dict[str, Any] = evenly(one["fragments"]["passed over"], 5)[n]
            return found

        yield altered(f"reason {number}", lambda one, w=weighed: w(one).update(outcome=LIE))  # type: ignore[misc]
        yield altered(f"spoke {number}", lambda one, w=weighed: w(one).update(outcome="spoke"))  # type: ignore[misc]
        yield altered(f"slot {number}", lambda one, w=weighed: w(one).update(slot="lead"))  # type: ignore[misc]
        yield altered(f"key {number}", lambda one, w=weighed: w(one).update(note=LIE))  # type: ignore[misc]
        yield altered(f"gone {number}", lambda one, w=weighed: one["fragments"]["passed over"].remove(w(one)))  # type: ignore[misc]
        yield altered(
            f"reason of its rule {number}", lambda one, w=weighed: w(one).update(outcome="its rule does not hold")
        )  # type: ignore[misc]
        for product in ("article", "linkedin"):

            def record(one: dict[str, Any], n: int = number, p: str = product) -> dict[str, Any]:
                found: dict[str, Any] = evenly(one["products"][p], 5)[n % len(evenly(one["products"][p], 5))]
                return found

            yield altered(f"{product} key {number}", lambda one, r=record: r(one).update(note=LIE))  # type: ignore[misc]
            yield altered(f"{product} part {number}", lambda one, r=record: r(one).update(part="elsewhere"))  # type: ignore[misc]
            yield altered(f"{product} source {number}", lambda one, r=record: r(one).update(source="content/x.md:1"))  # type: ignore[misc]
            yield altered(
                f"{product} claims {number}",
                lambda one, r=record: r(one)["claims"].append({"kind": "name", "name": "small", "text": "x"}),
            )  # type: ignore[misc]
            yield altered(
                f"{product} gone {number}", lambda one, r=record, p=product: one["products"][p].remove(r(one))
            )  # type: ignore[misc]
    yield altered("a product more", lambda one: one["products"].update(mail=[]))
    yield altered("alt text", lambda one: one["card"].update(alt_text=LIE))
    yield altered("fetched", lambda one: one["market"].update(fetched_at="2020-01-01T00:00:00+00:00"))
    yield altered("not simulated", lambda one: one["market"].update(simulated=False))
    yield altered("omitted", lambda one: one["market"]["omitted"].update({"^RUT": "no data"}))
    yield altered("list for dict", lambda one: one.update(market=[]))
    yield altered("zone missing", lambda one: one["market"].update(fetched_at="2020-01-01T00:00:00"))
    yield altered("edition a list", lambda one: one.update(edition=["session"]))
    yield altered("day", lambda one: one.update(session="2024-02-30"))
    yield altered("media", lambda one: one["files"]["article.md"].update(media="text/html"))
    yield altered("made with", lambda one: one["made_with"].update(content="0" * 64))
    text = case.text(LEDGER)
    for what, content in (("doubled", text.replace('"angle":', '"angle": "x",\n  "angle":', 1)), ("compact", orjson.dumps(case.ledger).decode()),
                          ("cut", text[:5000]), ("list", "[]"), ("null", "null"), ("empty", ""), ("deep", "[" * 5000)):  # fmt: skip
        yield what, case.put(LEDGER, content)
    yield "not UTF-8", {**case.files, LEDGER: b"\xff\xfe" + case.files[LEDGER]}
    for name in TEXTS:
        yield f"{name} not UTF-8", {**case.files, name: case.files[name] + b"\xff"}


@kind(KINDS, "structure")
def _structure(case: Case) -> Made:
    html, text = case.text("article.html"), case.text("article.md")
    yield "h1 made p", case.put("article.html", html.replace("<h1>", "<p>").replace("</h1>", "</p>"))
    for level in ("h1", "h3", "p"):
        for number in (1, 4, 7):
            parts = re.split(r"(?s)(<h2>.*?</h2>)", html)
            at = min(2 * number - 1, len(parts) - 2)
            changed = [*parts[:at], parts[at].replace("h2>", f"{level}>"), *parts[at + 1 :]]
            yield f"h2 {number} made {level}", case.put("article.html", "".join(changed))
    aside = re.search(r"(?s)<aside.*?</aside>\n", html)
    assert aside
    yield (
        "aside first",
        case.put(
            "article.html", html.replace(aside[0], "").replace('<div class="story">', aside[0] + '<div class="story">')
        ),
    )
    yield "aside last", case.put("article.html", html.replace(aside[0], "").replace("</main>", aside[0] + "</main>"))
    sections = re.findall(r"(?s)<section>\n<h2>.*?</section>\n", html)
    for one, other in pairwise(sections):
        yield f"sections {one[14:40]}", case.put("article.html", html.replace(one + other, other + one))
    parts = re.split(r"(?m)^(?=## )", text)
    for number in range(1, len(parts) - 1):
        order = [*parts[:number], parts[number + 1], parts[number], *parts[number + 2 :]]
        yield f"md parts {number}", case.put("article.md", "".join(order))
        yield f"md level {number}", case.put("article.md", text.replace(parts[number], "#" + parts[number]))
    yield "md headline", case.put("article.md", text.replace("\n# ", "\n", 1))
    yield "paragraph parted", case.put("article.html", re.sub(r"(?s)(<p>[^<]*?\. )", r"\1</p><p>", html, count=1))
    bulls, bears = (
        next(one for one in case.edition.article.of(Role.SECTION) if one.part == part) for part in ("for", "against")
    )
    turned = _with(_with(case.edition, bears, ()), bulls, (bears, bulls))
    yield "bears before bulls, everywhere", partial(case.again, turned, ("markdown", "html"))


@kind(KINDS, "the saved issue: words, numbers, charts, notes")
def _saved(case: Case) -> Made:
    """Every so many of its texts and numbers, each altered alone."""
    places = [place for place in _leaves(orjson.loads(case.files["issue.json"])) if place[-1] not in UNPROVED]
    for place in evenly(places, 120):
        issue = orjson.loads(case.files["issue.json"])
        at: Any = issue
        for step in place[:-1]:
            at = at[step]
        old = at[place[-1]]
        at[place[-1]] = not old if isinstance(old, bool) else old + 1 if isinstance(old, int | float) else f"{old}x"
        yield ".".join(map(str, place)), {**case.files, "issue.json": orjson.dumps(issue) + b"\n"}


UNPROVED = frozenset({"tone", "as_of", "expires", "key", "line", "words", "reading_minutes", "dateline", "format"})
"""What no page shows, or what is read on the pages themselves: printing the issue again proves it."""


def _leaves(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each text, number and flag stands."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from _leaves(one, (*place, key))
    if isinstance(value, str | int | float) and place:
        yield place
