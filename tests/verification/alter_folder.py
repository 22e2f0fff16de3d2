"""Alterations of a folder: files, the ledger, sentences taken out of both, the structure of the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import orjson

from generator.assembly import Edition
from generator.model import Article, Sentence
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


def without_sentence(edition: Edition, number: int) -> Edition | None:
    """The edition without one sentence, in article, ledger and posts' source alike; None where none can be spared."""
    article = edition.article
    body = [("lead", s) for s in article.lead]
    body += [(section.key, s) for section in article.sections for p in section.paragraphs for s in p]
    body += [("takeaways", s) for s in article.takeaways]
    if number >= len(body):
        return None
    gone = body[number][1]

    def rest(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(one for one in sentences if one is not gone)

    sections = []
    for section in article.sections:
        paragraphs = tuple(kept for paragraph in section.paragraphs if (kept := rest(paragraph)))
        if paragraphs:
            sections.append(replace(section, paragraphs=paragraphs))
    shorter: Article = replace(
        article, lead=rest(article.lead), sections=tuple(sections), takeaways=rest(article.takeaways)
    )
    claims = {claim.name for claim in claims_of(shorter, edition.digest)}
    spoke = {
        s.fragment
        for s in (shorter.headline, shorter.standfirst, *shorter.lead, *shorter.takeaways, shorter.bottom_line)
    }
    spoke |= {s.fragment for section in shorter.sections for p in section.paragraphs for s in p}
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
    article = case.edition.article
    for section in article.sections:
        fewer = replace(article, sections=tuple(one for one in article.sections if one is not section))
        yield f"section {section.key}", partial(case.again, replace(case.edition, article=fewer), ("markdown", "html"))
    yield "notes", partial(case.again, replace(case.edition, article=replace(article, notes=())), ("markdown", "html"))
    yield (
        "sources",
        partial(case.again, replace(case.edition, article=replace(article, sources=())), ("markdown", "html")),
    )


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
    article = case.edition.article
    keys = [section.key for section in article.sections]
    first, second = keys.index("for"), keys.index("against")
    order = list(article.sections)
    order[first], order[second] = order[second], order[first]
    yield (
        "bears before bulls, everywhere",
        partial(
            case.again, replace(case.edition, article=replace(article, sections=tuple(order))), ("markdown", "html")
        ),
    )
