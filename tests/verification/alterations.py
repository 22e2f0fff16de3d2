"""Alter a finished edition in a thousand ways, verify each, and tell kind by kind what was caught.

Nothing is left to chance: places are taken at even distances. Whoever alters a file also puts its digest in the
manifest right, unless the kind says otherwise, so that what is measured is whether the alteration is *seen*.
`make alterations` runs them all, each with the edition printed again and without.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import combinations
from typing import Any, TypeVar

import orjson

from generator.assembly import Edition
from generator.errors import DataError
from generator.model import Article, Sentence
from generator.publishing.ledger import claims_of
from generator.verification.files import check_reprint
from generator.verification.form import read_ledger
from generator.verification.reader import SecondReader
from generator.verify import comparable
from generator.verification.answers import Answers

Files = dict[str, bytes]
Made = Iterator[tuple[str, Files]]
"""(what was altered, the altered files)"""
Item = TypeVar("Item")
LEDGER = "edition.json"
TEXTS = ("article.md", "article.html", "x.txt", "x-thread.txt", "linkedin.txt", "facebook.txt", "card-alt.txt")
POSTS = TEXTS[2:6]
HIDDEN = re.compile(r"(?s)<head>.*?</head>|<svg\b.*?</svg>|<span class=\"why\".*?</span>|<[^>]*>")
LIE = "The Russell 2000 fell 9.9%. Buy now."


@dataclass(frozen=True)
class Case:
    """A finished edition, all that is known of it, and how it can be made anew."""

    files: Files
    reader: SecondReader
    edition: Edition
    again: Callable[[Edition, Sequence[str]], Files]
    """The files of an edition in the formats asked for, made by the program itself."""
    made_with: Mapping[str, str]
    printed: dict[frozenset[str], Files] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.files[name].decode()

    @property
    def ledger(self) -> dict[str, Any]:
        ledger: dict[str, Any] = orjson.loads(self.files[LEDGER])
        return ledger

    def put(self, name: str, text: str) -> Files:
        return {**self.files, name: text.encode()}


Kind = Callable[[Case], Made]
KINDS: dict[str, Kind] = {}
UNSEALED: set[str] = set()
"""Kinds that leave the manifest as it was."""


def kind(name: str, sealed: bool = True) -> Callable[[Kind], Kind]:
    def keep(made: Kind) -> Kind:
        assert name not in KINDS
        KINDS[name] = made
        if not sealed:
            UNSEALED.add(name)
        return made

    return keep


def evenly(items: Sequence[Item], most: int) -> list[Item]:
    """At most so many of the items, at even distances."""
    return [items[number * len(items) // most] for number in range(most)] if len(items) > most else list(items)


def places(name: str, text: str, pattern: str) -> list[re.Match[str]]:
    """Where a pattern stands in what a reader sees of a text."""
    hidden = [found.span() for found in HIDDEN.finditer(text)] if name.endswith(".html") else []
    return [one for one in re.finditer(pattern, text) if not any(a <= one.start() < b for a, b in hidden)]


def swapped_in(case: Case, name: str, pattern: str, change: Callable[[str], str], most: int) -> Made:
    text = case.text(name)
    found = [one for one in places(name, text, pattern) if change(one[0]) != one[0]]
    for one in evenly(found, most):
        yield f"{name}: {one[0]}", case.put(name, text[: one.start()] + change(one[0]) + text[one.end() :])


# --- numbers and words ----------------------------------------------------------------------------

NUMBER = r"(?<![\w/.-])\d[\d,]*\.?\d*(?=[% .;,]|$)"
OPPOSITES = {
    "rose": "fell", "fell": "rose", "gained": "lost", "lost": "gained", "higher": "lower", "lower": "higher",
    "up": "down", "down": "up", "above": "below", "below": "above", "more": "less", "less": "more", "behind": "ahead",
    "ahead": "behind", "small": "large", "large": "small", "best": "worst", "worst": "best", "high": "low", "low": "high",
}  # fmt: skip


def _next_digit(text: str) -> str:
    at = max(i for i, letter in enumerate(text) if letter.isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


@kind("numbers")
def _numbers(case: Case) -> Made:
    for name in TEXTS:
        yield from swapped_in(case, name, NUMBER, _next_digit, 12)


@kind("one number in every file and the ledger")
def _numbers_everywhere(case: Case) -> Made:
    found = sorted({one[0] for one in re.finditer(r"\d+\.\d\d%", case.text("article.md"))})
    for number in evenly(found, 30):
        files = dict(case.files)
        for name in (*TEXTS, LEDGER):
            files[name] = files[name].replace(number.encode(), _next_digit(number).encode())
        files.pop("article.pdf", None)
        yield number, files


@kind("words turned round, put in, left out")
def _words(case: Case) -> Made:
    for name in TEXTS:
        words = rf"\b({'|'.join(OPPOSITES)})\b"
        yield from swapped_in(case, name, words, lambda word: OPPOSITES[word], 6)
        yield from swapped_in(case, name, r"\b(is|was|has|are|had|were)\b", lambda word: f"{word} not", 4)
        yield from swapped_in(case, name, r"\b(only|nearly|about|at least|not|no|all) ", lambda _: "", 4)
        yield from swapped_in(case, name, r"(?<=[a-z]) [a-z]{4,}(?= [a-z])", lambda _: "", 5)


@kind("a word changed in every file and the ledger")
def _words_everywhere(case: Case) -> Made:
    text = case.text("article.md").partition("\n---\n")[2]
    found = sorted({one[0] for one in re.finditer(rf"\b({'|'.join(OPPOSITES)})\b [a-z]+ [a-z]+", text)})
    for words in evenly(found, 24):
        first, _, rest = words.partition(" ")
        files = dict(case.files)
        for name in (*TEXTS, LEDGER):
            files[name] = files[name].replace(words.encode(), f"{OPPOSITES[first]} {rest}".encode())
        files.pop("article.pdf", None)
        yield words, files


@kind("a sentence left out of one file")
def _sentence_left_out(case: Case) -> Made:
    for record in case.ledger["products"]["article"]:
        text = case.text("article.md")
        at = text.rfind(record["text"])
        if at >= 0:
            yield record["text"][:40], case.put("article.md", text[:at] + text[at + len(record["text"]) :])
    html = case.text("article.html")
    for one in evenly(list(re.finditer(r"(?s)<(p|li|h2)>.*?</\1>", html)), 30):
        yield f"article.html {one[0][:40]}", case.put("article.html", html[: one.start()] + html[one.end() :])


@kind("table cells")
def _cells(case: Case) -> Made:
    for name, pattern in (("article.md", r"(?<=\| )[+−\d][\d.,]*(?= \|)"), ("article.html", r"(?<=>)[+−\d][\d.,]*(?=<)")):
        start = case.text(name).index("| --:" if name.endswith(".md") else "<tbody>")
        text = case.text(name)
        cells = [one for one in re.finditer(pattern, text) if one.start() > start]
        for one in evenly(cells, 16):
            yield f"{name} {one[0]}", case.put(name, text[: one.start()] + _next_digit(one[0]) + text[one.end() :])
        for one, other in combinations(evenly(cells, 5), 2):
            if one[0] != other[0]:
                changed = text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]
                yield f"{name} {one[0]} and {other[0]}", case.put(name, changed)
    text = case.text("article.md")
    rows = re.findall(r"(?m)^\| [A-Z].*\|$", text)
    for one, other in zip(rows[1:], rows[2:], strict=False):
        yield f"rows {one[:12]}", case.put("article.md", text.replace(f"{one}\n{other}", f"{other}\n{one}"))
    for heading, other in (("Day", "Week"), ("Week", "Month"), ("Year", "Decade"), ("Index or fund", LIE)):
        yield f"md {heading}", case.put("article.md", text.replace(f"| {heading} |", f"| {other} |", 1))
        html = case.text("article.html")
        wanted = f'<th scope="col">{heading}</th>'
        yield f"html {heading}", case.put("article.html", html.replace(wanted, wanted.replace(heading, other), 1))


@kind("sentences swapped")
def _swapped(case: Case) -> Made:
    records = [record for record in case.ledger["products"]["article"] if "heading" not in record["part"]]
    text = case.text("article.md")
    body = [record["text"] for record in records if text.count(record["text"]) == 1]
    pairs = [*zip(body, body[1:], strict=False), *zip(body, body[7:], strict=False), *zip(body, body[15:], strict=False)]
    for one, other in evenly(pairs, 24):
        changed = text.replace(one, "\0").replace(other, one).replace("\0", other)
        yield f"md {one[:20]} and {other[:20]}", case.put("article.md", changed)
    html = case.text("article.html")
    paragraphs = [one[0] for one in re.finditer(r"(?s)<(p|li)>.*?</\1>", html)]
    for one, other in evenly([*zip(paragraphs, paragraphs[1:], strict=False), *zip(paragraphs, paragraphs[6:], strict=False)], 14):
        changed = html.replace(one, "\0").replace(other, one).replace("\0", other)
        yield f"html {one[:20]} and {other[:20]}", case.put("article.html", changed)
    thread = case.text("x-thread.txt").split("\n---\n")
    for number in range(len(thread) - 1):
        order = [*thread[:number], thread[number + 1], thread[number], *thread[number + 2 :]]
        yield f"posts {number}", case.put("x-thread.txt", "\n---\n".join(order))


# --- charts and card ------------------------------------------------------------------------------


def _redrawn(svg: str) -> Iterator[tuple[str, str]]:
    """One chart with one thing about it altered."""
    traces = re.findall(r'<path class="s\d".*?/>', svg)
    for trace in traces:
        yield "a line dropped", svg.replace(trace, "")
        yield "a line lifted", svg.replace(trace, re.sub(r'd="M([\d.]+) ([\d.]+)', r'd="M\1 40', trace))
        steps = re.findall(r"l[^lM\"]+", trace)
        for step in evenly(steps, 3):
            yield "a step doubled", svg.replace(trace, trace.replace(step, step + step, 1))
        yield "a line cut", svg.replace(trace, trace[: len(trace) // 2].rpartition("l")[0] + '"/>')
    if len(traces) > 1:
        one, other = (re.search(r' d="[^"]*"', trace)[0] for trace in traces[:2])  # type: ignore[index]
        yield "lines exchanged", svg.replace(one, "\0").replace(other, one).replace("\0", other)
    labels = re.findall(r"(?<=>)[^<>\n]+(?=</text>)", svg)
    unique = [label for label in dict.fromkeys(labels) if svg.count(f">{label}<") == 1]
    for one, other in evenly(list(combinations(unique, 2)), 8):
        yield f"{one} and {other} exchanged", (
            svg.replace(f">{one}<", ">\0<").replace(f">{other}<", f">{one}<").replace(">\0<", f">{other}<")
        )
    for label in evenly([label for label in unique if any(map(str.isdigit, label))], 6):
        yield f"{label} changed", svg.replace(f">{label}<", f">{_next_digit(label)}<")
    for one in evenly(re.findall(r'<path class="(?:rise|fall)"[^>]*>', svg), 3):
        yield "a bar longer", svg.replace(one, re.sub(r"h([\d.]+)v", lambda h: f"h{float(h[1]) + 9}v", one))
        other = one.replace("rise", "\0").replace("fall", "rise").replace("\0", "fall")
        yield "a bar's colour", svg.replace(one, other)
    axis = re.search(r'(?s)<g[^>]*text-anchor="end">.*?</g>', svg)
    if axis:
        marks = re.findall(r">([^<>\n]+)</text>", axis[0])
        turned = iter(reversed(marks))
        yield "axis reversed", svg.replace(axis[0], re.sub(r">[^<>\n]+</text>", lambda _: f">{next(turned)}</text>", axis[0]))
        moved = iter([*marks[1:], "999"])
        yield "axis shifted", svg.replace(axis[0], re.sub(r">[^<>\n]+</text>", lambda _: f">{next(moved)}</text>", axis[0]))
    yield "title", re.sub(r"(<title[^>]*>)[^<]*", r"\1" + LIE, svg, count=1)
    yield "description", re.sub(r"(<desc[^>]*>)[^<]*", r"\1" + LIE, svg, count=1)
    yield "words put in", svg.replace("</svg>", f'<text x="0" y="50">{LIE}</text></svg>', 1)
    yield "script", svg.replace("</svg>", "<script>alert(1)</script></svg>", 1)
    yield "picture", svg.replace("</svg>", '<image href="https://tracker.example/x.png"/></svg>', 1)
    yield "hidden", svg.replace("<svg ", '<svg opacity="0" ', 1)
    yield "onload", svg.replace("<svg ", '<svg onload="alert(1)" ', 1)
    yield "turned over", svg.replace("<svg ", '<svg transform="scale(1,-1)" ', 1)
    yield "covered", svg.replace("</svg>", '<rect width="100%" height="100%" fill="#fffefb"/></svg>', 1)


@kind("chart files")
def _chart_files(case: Case) -> Made:
    for name in ("charts/performance.svg", "charts/moves.svg"):
        for what, svg in _redrawn(case.text(name)):
            yield f"{name}: {what}", case.put(name, svg)
        yield f"{name}: emptied", case.put(name, "")
        yield f"{name}: not a chart", case.put(name, "<svg xmlns='http://www.w3.org/2000/svg'/>")
    one, other = case.files["charts/performance.svg"], case.files["charts/moves.svg"]
    yield "charts exchanged", {**case.files, "charts/performance.svg": other, "charts/moves.svg": one}


@kind("charts in the page")
def _inline_charts(case: Case) -> Made:
    html = case.text("article.html")
    for number, chart in enumerate(re.findall(r"(?s)<svg.*?</svg>", html)):
        for what, svg in _redrawn(chart):
            yield f"chart {number}: {what}", case.put("article.html", html.replace(chart, svg))
        yield f"chart {number}: gone", case.put("article.html", html.replace(chart, ""))


@kind("card and its words")
def _card(case: Case) -> Made:
    png, alt = case.files["card.png"], case.text("card-alt.txt")
    for what, picture in (
        ("junk", b"junk"), ("empty", b""), ("cut", png[: len(png) // 2]), ("longer", png + LIE.encode()),
        ("a byte", png[:5000] + bytes([png[5000] ^ 1]) + png[5001:]),
        ("another kind", b"GIF89a" + png[6:]), ("smaller", png[:16] + b"\0\0\x02\x58" + png[20:]),
    ):  # fmt: skip
        yield what, {**case.files, "card.png": picture}
    sentences = alt.strip().split(". ")
    yield "words turned", case.put("card-alt.txt", ". ".join(reversed(sentences)) + "\n")
    yield "words twice", case.put("card-alt.txt", alt + alt)
    yield "words and more", case.put("card-alt.txt", alt + LIE)
    yield "no words", case.put("card-alt.txt", "\n")
    yield "headline alone", case.put("card-alt.txt", alt.partition(" Line chart")[0])


# --- the page -------------------------------------------------------------------------------------

IN_HEAD = (
    '<script src="https://evil.example/x.js"></script>', "<script>document.title='x'</script>",
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">', '<base href="https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/x.css">', "<style>h1{display:none}</style>",
    f'<style>h1::after{{content:"{LIE}"}}</style>', "<style>.down{color:inherit}</style>",
    '<link rel="alternate" href="https://evil.example/">', '<meta name="robots" content="noindex, noarchive">',
    f'<meta property="og:title" content="{LIE}">', '<meta name="referrer" content="unsafe-url">',
    '<link rel="preload" href="https://evil.example/x.js" as="script">', f"<title>{LIE}</title>",
    '<script type="application/ld+json">{"headline": "Buy now"}</script>',
    f'<meta name="description" content="{LIE}">', '<link rel="icon" href="https://evil.example/x.ico">',
)  # fmt: skip
ON_TAGS = (
    'onload="alert(1)"', 'onclick="alert(1)"', 'style="display:none"', f'title="{LIE}"', f'alt="{LIE}"',
    f'aria-label="{LIE}"', 'aria-hidden="true"', "hidden", 'dir="rtl"', "contenteditable", f'data-note="{LIE}"',
    f'aria-description="{LIE}"', 'class="why"',
)  # fmt: skip
TAGS = ("<body>", "<main>", "<h1>", '<p class="standfirst">', '<div class="story">', "<h2>")
IN_BODY = (
    f"<p>{LIE}</p>", LIE, f"<div>{LIE}</div>", f'<input value="{LIE}">', f'<input placeholder="{LIE}">',
    f"<button>{LIE}</button>", f"<textarea>{LIE}</textarea>", f"<select><option>{LIE}</option></select>",
    f'<img src="x.png" alt="{LIE}">', '<img src="https://tracker.example/x.png">', f"<iframe srcdoc='{LIE}'></iframe>",
    '<iframe src="https://evil.example/"></iframe>', f"<details><summary>{LIE}</summary></details>",
    f"<noscript>{LIE}</noscript>", f"<marquee>{LIE}</marquee>", f"<svg><text>{LIE}</text></svg>",
    f"<svg><foreignObject><p>{LIE}</p></foreignObject></svg>", f"<math><mtext>{LIE}</mtext></math>",
    '<a href="javascript:alert(1)">Sources</a>', '<a href="https://evil.example/">Sources</a>',
    '<object data="https://evil.example/"></object>', '<embed src="https://evil.example/">',
    '<form action="https://evil.example/"><input></form>', "<script>alert(1)</script>", f"<!-- {LIE} -->",
    f"<table><tr><td>{LIE}</td></tr></table>", f"<template>{LIE}</template>", "<hr>", f"<s>{LIE}</s>", f"<q>{LIE}</q>",
    '<video src="https://evil.example/x.mp4"></video>', f"<dialog open>{LIE}</dialog>", f"<head><title>{LIE}</title></head>",
    f'<meter value="0.9">{LIE}</meter>', f"<ruby>x<rt>{LIE}</rt></ruby>", f"<caption>{LIE}</caption>",
)  # fmt: skip


@kind("page: scripts, addresses, attributes")
def _page(case: Case) -> Made:
    html = case.text("article.html")
    for put in IN_HEAD:
        yield put[:50], case.put("article.html", html.replace("</head>", f"{put}</head>"))
    for tag in TAGS:
        for put in evenly(ON_TAGS, 7 if tag != "<h1>" else 13):
            yield f"{tag} {put[:30]}", case.put("article.html", html.replace(tag, f"{tag[:-1]} {put}>", 1))
    for name in ("canonical", "og:url", "og:image", "twitter:image", "og:site_name", "author", "keywords", "og:locale",
                 "article:tag", "twitter:card", "og:image:width", "viewport", "color-scheme", "og:type"):  # fmt: skip
        changed = re.sub(rf'(["\']{name}["\'] (?:content|href)=")[^"]*', r"\1https://evil.example/", html, count=1)
        yield name, case.put("article.html", changed)
        yield f"{name} twice", case.put("article.html", html.replace("</head>", f'<meta name="{name}" content="{LIE}"></head>'))
    for key in ("author", "publisher", "mainEntityOfPage", "image", "keywords", "inLanguage", "@type", "headline"):
        changed = re.sub(rf'("{key}":\s*[\[{{"].*?"?)(\w+)', r"\1Nobody", html, count=1)
        yield f"JSON-LD {key}", case.put("article.html", changed)
    yield "style", case.put("article.html", html.replace("<style>\n", f'<style>\nh1::after{{content:"{LIE}"}}\n', 1))
    yield "style hides", case.put("article.html", html.replace("<style>\n", "<style>\n.disclosure{display:none}\n", 1))
    yield "lang", case.put("article.html", html.replace('lang="en-US"', 'lang="de"', 1))
    yield "charset", case.put("article.html", html.replace('charset="utf-8"', 'charset="utf-16"', 1))
    yield "disclosure", case.put("article.html", re.sub('data-disclosure="[^"]*"', 'data-disclosure=""', html))
    for one in evenly(re.findall(r'<data class="figure" value="[^"]*"', html), 6):
        yield f"value {one[-14:]}", case.put("article.html", html.replace(one, f'{one[:-1]}1"', 1))
    for one in evenly(re.findall(r'aria-describedby="why-\d+"', html), 3):
        yield one, case.put("article.html", html.replace(one, 'aria-describedby="why-99"', 1))
    for one in evenly(re.findall(r'datetime="[^"]*"', html), 3):
        yield one, case.put("article.html", html.replace(one, 'datetime="1999-01-01"', 1))
    for one in evenly(re.findall(r'role="tooltip" hidden>[^<]*', html), 6):
        yield one[:40], case.put("article.html", html.replace(one, f"{one} {LIE}", 1))
        yield f"shown {one[22:40]}", case.put("article.html", html.replace(one, one.replace(" hidden", ""), 1))


@kind("page: words in odd places")
def _odd_places(case: Case) -> Made:
    html = case.text("article.html")
    spots = ("</tbody>", "</table>", "<tr>", "</article>", "</aside>", "</ul>", "</h1>", "</figure>", "</section>", "<main>")
    for put in IN_BODY:
        for spot in evenly(spots, 3):
            at = html.index(spot)
            yield f"{put[:24]} at {spot}", case.put("article.html", html[:at] + put + html[at:])
    for spot in spots:
        at = html.index(spot)
        yield f"words before {spot}", case.put("article.html", f"{html[:at]}{LIE}{html[at:]}")
        yield f"words after {spot}", case.put("article.html", html.replace(spot, spot + LIE, 1))
    yield "before the page", case.put("article.html", LIE + html)
    yield "after the page", case.put("article.html", html + LIE)


@kind("sources and citations")
def _sources(case: Case) -> Made:
    html, text = case.text("article.html"), case.text("article.md")
    for one in re.findall(r'<li id="source-\d+"><a href="[^"]*"', html):
        for other in ("javascript:alert(1)", "https://evil.example/", "data:text/html,x", "#source-1"):
            changed = re.sub(r'href="[^"]*"', f'href="{other}"', one)
            yield f"html {other}", case.put("article.html", html.replace(one, changed, 1))
    for one in re.findall(r'<a href="#source-\d+"', html):
        yield one, case.put("article.html", html.replace(one, '<a href="#source-99"', 1))
    for one in re.findall(r'aria-label="Source \d+"', html):
        yield one, case.put("article.html", html.replace(one, 'aria-label="Source 99"', 1))
    for one in evenly(re.findall(r"\[\^\d+\](?!:)", text), 4):
        yield f"md {one} gone", case.put("article.md", text.replace(one, "", 1))
        yield f"md {one} crossed", case.put("article.md", text.replace(one, "[^1]" if one != "[^1]" else "[^2]", 1))
    for one in re.findall(r"<https?:[^>]*>", text):
        yield f"md {one}", case.put("article.md", text.replace(one, "<https://evil.example/>", 1))
        yield f"md javascript {one}", case.put("article.md", text.replace(one, "[source](javascript:alert(1))", 1))
    for one in re.findall(r"(?m)^\[\^\d+\]: .*$", text):
        yield f"md {one[:20]} gone", case.put("article.md", text.replace(one, "", 1))


# --- Markdown -------------------------------------------------------------------------------------


@kind("Markdown oddities")
def _markdown(case: Case) -> Made:
    text = case.text("article.md")
    first = text.index("\n## ")
    for put in (
        f"~~{LIE}~~", f"<!-- {LIE} -->", f"> {LIE}", f"    {LIE}", f"```\n{LIE}\n```", f"`{LIE}`", f"<p>{LIE}</p>",
        f"<script>{LIE}</script>", "<script src=//evil.example></script>", f"[{LIE}](https://evil.example/)",
        f"![{LIE}](https://evil.example/x.png)", "![](https://tracker.example/x.png)", "[x](javascript:alert(1))",
        f"# {LIE}", f"###### {LIE}", "---", "***", f"1. {LIE}", f"* {LIE}", f"| {LIE} |\n| --- |\n| x |",
        f"[^9]: {LIE}", f'[note]: https://evil.example/ "{LIE}"', "<https://evil.example/>", f"<img alt='{LIE}'>",
        f"Term\n: {LIE}", "[](https://evil.example/)", "<br>", "&#66;uy now", "{{ shortcode }}", "{% raw %}",
        f"*[HTML]: {LIE}", "<iframe src=//evil.example></iframe>", f"<details>{LIE}</details>", "$$x$$", "==x==",
    ):  # fmt: skip
        yield put[:30], case.put("article.md", f"{text[:first]}\n{put}\n{text[first:]}")
        yield f"end {put[:26]}", case.put("article.md", f"{text}\n{put}\n")
    sentences = [record["text"] for record in case.ledger["products"]["article"] if text.count(record["text"]) == 1]
    for sentence in evenly(sentences, 6):
        for before, after in (("~~", "~~"), ("<!-- ", " -->"), ("`", "`"), ("<s>", "</s>"), ("[", "](https://evil.example/)"),
                              ("<span hidden>", "</span>"), ("\n> ", "\n"), ("\n    ", "\n"), ("\n## ", "\n")):  # fmt: skip
            yield f"{before}{sentence[:20]}", case.put("article.md", text.replace(sentence, before + sentence + after))
    for key in ("title", "description", "author", "date", "tags", "canonical_url", "image", "draft", "simulated", "slug"):
        line = re.search(rf"(?m)^{key}: ?.*$", text)
        if line:
            yield f"{key} twice", case.put("article.md", text.replace(line[0], f"{key}: {LIE[:-1]}\n{line[0]}", 1))
            yield f"{key} twice, after", case.put("article.md", text.replace("simulated:", f"{key}: x\nsimulated:", 1))
            yield f"{key} gone", case.put("article.md", text.replace(line[0] + "\n", "", 1))
    for put in (f"note: {LIE[:-1]}", f"# {LIE}", "layout: raw", "redirect: https://evil.example/", "aliases: [/x]"):
        yield put[:20], case.put("article.md", text.replace("---\n", f"---\n{put}\n", 1))


# --- the PDF --------------------------------------------------------------------------------------


def _pdf(content: bytes, alter: Callable[[Any], None]) -> bytes:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    alter(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _operations(writer: Any, page: int, change: Callable[[list[Any]], list[Any]]) -> None:
    from pypdf.generic import ContentStream, NameObject

    one = writer.pages[page]
    stream = ContentStream(one.get_contents(), writer)
    stream.operations = change(list(stream.operations))
    one[NameObject("/Contents")] = writer._add_object(stream)


@kind("PDF: notes, scripts, boxes, drawing")
def _pdf_extras(case: Case) -> Made:
    from pypdf.annotations import FreeText, Highlight, Link, Text
    from pypdf.generic import ArrayObject, DecodedStreamObject, FloatObject, NameObject, RectangleObject, TextStringObject

    pdf = case.files["article.pdf"]
    box = (50, 550, 400, 650)

    def cover(white: bytes) -> Callable[[Any], None]:
        def alter(writer: Any) -> None:
            stream = DecodedStreamObject()
            stream.set_data(writer.pages[0].get_contents().get_data() + white)
            writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

        return alter

    def smaller(key: str) -> Callable[[Any], None]:
        return lambda writer: writer.pages[0].update({NameObject(key): RectangleObject((0, 0, 612, 300))})

    def metadata(**values: str) -> Callable[[Any], None]:
        return lambda writer: writer.add_metadata({f"/{key}": value for key, value in values.items()})

    def turned(writer: Any) -> None:
        writer.pages[0].rotate(180)

    def exchanged(writer: Any) -> None:
        kids = writer._root_object["/Pages"]["/Kids"]
        kids[0], kids[1] = kids[1], kids[0]

    def action(writer: Any) -> None:
        writer._root_object[NameObject("/OpenAction")] = ArrayObject([FloatObject(0)])

    def invisible(writer: Any) -> None:
        from pypdf.generic import NumberObject

        _operations(writer, 0, lambda found: [([NumberObject(3)], b"Tr"), *found])

    def xmp(writer: Any) -> None:
        stream = DecodedStreamObject()
        stream.set_data(f"<x>{LIE}</x>".encode())
        writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)

    def javascript(writer: Any) -> None:
        from pypdf.generic import DictionaryObject

        script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")})
        named = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("x"), writer._add_object(script)])})
        writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): writer._add_object(named)})

    def language(writer: Any) -> None:
        writer._root_object[NameObject("/Lang")] = TextStringObject("de")

    for what, alter in {
        "free text": lambda w: w.add_annotation(0, FreeText(text=LIE, rect=box)),
        "free text, page 2": lambda w: w.add_annotation(1, FreeText(text=LIE, rect=box)),
        "sticky note": lambda w: w.add_annotation(0, Text(text=LIE, rect=box)),
        "highlight": lambda w: w.add_annotation(0, Highlight(rect=box, quad_points=ArrayObject(map(FloatObject, [50, 650, 400, 650, 50, 550, 400, 550])))),
        "link": lambda w: w.add_annotation(0, Link(rect=box, url="https://evil.example/")),
        "javascript": javascript,
        "attachment": lambda w: w.add_attachment("x.txt", LIE.encode()),
        "author": metadata(Author="Nobody"), "title": metadata(Title=LIE), "subject": metadata(Subject=LIE),
        "own key": metadata(Note=LIE), "XMP": xmp, "language": language,
        "crop": smaller("/CropBox"), "trim": smaller("/TrimBox"), "media": smaller("/MediaBox"), "turned": turned,
        "pages exchanged": exchanged, "open action": action, "invisible text": invisible,
        "bookmark": lambda w: w.add_outline_item(LIE, 0), "blank page": lambda w: w.add_blank_page(612, 792),
        "page again": lambda w: w.add_page(w.pages[0]), "page gone": lambda w: w.remove_page(len(w.pages) - 1),
        "white box": cover(b"\nq 1 1 1 rg 50 60 700 150 re f Q\n"), "white box 2": cover(b"\nq 1 g 50 60 700 150 re f Q\n"),
        "paper box": cover(b"\nq 1 0.996 0.984 rg 50 60 700 150 re f Q\n"), "black box": cover(b"\nq 0 g 50 300 700 90 re f Q\n"),
        "strike": cover(b"\nq 0 G 50 100 m 700 100 l S Q\n"), "circle": cover(b"\nq 0 G 9 w 50 100 40 40 re S Q\n"),
        "encrypted": lambda w: w.encrypt("secret"), "viewer": lambda w: w._root_object.update({NameObject("/PageMode"): NameObject("/FullScreen")}),
    }.items():  # fmt: skip
        yield what, {**case.files, "article.pdf": _pdf(pdf, alter)}
    for what, content in (("damaged", pdf[:20000]), ("empty", b""), ("text", LIE.encode()), ("head", b"%PDF-1.7\n"), ("tail cut", pdf[:-200])):
        yield what, {**case.files, "article.pdf": content}


@kind("PDF: text")
def _pdf_text(case: Case) -> Made:
    from pypdf.generic import ByteStringObject

    pdf = case.files["article.pdf"]

    def without(number: int) -> Callable[[list[Any]], list[Any]]:
        def change(found: list[Any]) -> list[Any]:
            shows = [i for i, (_, operator) in enumerate(found) if operator == b"TJ"]
            at = shows[number * len(shows) // 8]
            return found[:at] + found[at + 1 :]

        return change

    def exchanged(number: int) -> Callable[[list[Any]], list[Any]]:
        def change(found: list[Any]) -> list[Any]:
            shows = [i for i, (_, operator) in enumerate(found) if operator == b"TJ"]
            at = number * (len(shows) - 1) // 6
            one, other = shows[at], shows[at + 1]
            found[one], found[other] = found[other], found[one]
            return found

        return change

    def glyph(number: int) -> Callable[[list[Any]], list[Any]]:
        def change(found: list[Any]) -> list[Any]:
            shows = [operands[0] for operands, operator in found if operator == b"TJ"]
            shown = shows[number * len(shows) // 12]
            glyphs = [i for i, one in enumerate(shown) if isinstance(one, bytes) and len(one) == 2]
            if len(glyphs) > 2:
                one, other = next(((a, b) for a, b in combinations(glyphs, 2) if shown[a] != shown[b]), (0, 0))
                shown[one], shown[other] = ByteStringObject(shown[other]), ByteStringObject(shown[one])
            return found

        return change

    for page in (0, 1):
        for name, make, most in (("a line gone", without, 8), ("lines exchanged", exchanged, 6), ("letters exchanged", glyph, 12)):
            for number in range(most):
                altered = _pdf(pdf, lambda w, p=page, m=make, n=number: _operations(w, p, m(n)))  # type: ignore[misc]
                yield f"page {page + 1}: {name} {number}", {**case.files, "article.pdf": altered}


# --- files, ledger and text together --------------------------------------------------------------


@kind("files deleted, added, emptied", sealed=False)
def _files(case: Case) -> Made:
    names = [name for name in case.files if name != LEDGER]
    for name in names:
        yield f"{name} deleted", {key: content for key, content in case.files.items() if key != name}
        yield f"{name} emptied", {**case.files, name: b""}
        yield f"{name} with a line more", {**case.files, name: case.files[name] + b"\n"}
    for name in ("newsletter.txt", "index.html", "charts/other.svg", ".htaccess", "article.htm", "mail/article.eml"):
        yield f"{name} added", {**case.files, name: LIE.encode()}


@kind("files added and named in the manifest")
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
    spoke = {s.fragment for s in (shorter.headline, shorter.standfirst, *shorter.lead, *shorter.takeaways, shorter.bottom_line)}
    spoke |= {s.fragment for section in shorter.sections for p in section.paragraphs for s in p}
    weighed = tuple(
        one._replace(outcome="others of its part were more newsworthy") if one.outcome == "spoke" and one.fragment not in spoke else one
        for one in edition.weighed
    )
    figures = {name: record for name, record in edition.figures.items() if name in claims}
    base_rates = {name: record for name, record in edition.base_rates.items() if name in claims}
    return replace(edition, article=shorter, weighed=weighed, figures=figures, base_rates=base_rates)


@kind("a sentence taken out of ledger and text together")
def _together(case: Case) -> Made:
    number = 0
    while shorter := without_sentence(case.edition, number):
        yield f"sentence {number}", case.again(shorter, ("markdown", "html", "x", "linkedin", "facebook"))
        number += 1
    article = case.edition.article
    for section in article.sections:
        fewer = replace(article, sections=tuple(one for one in article.sections if one is not section))
        yield f"section {section.key}", case.again(replace(case.edition, article=fewer), ("markdown", "html"))
    yield "notes", case.again(replace(case.edition, article=replace(article, notes=())), ("markdown", "html"))
    yield "sources", case.again(replace(case.edition, article=replace(article, sources=())), ("markdown", "html"))


# --- what stands on every page, marks, posts ------------------------------------------------------


@kind("standing phrases repeated")
def _standing(case: Case) -> Made:
    imprint = case.edition.imprint
    phrases = ("Simulated market.", "None of it happened.", imprint.title, imprint.byline, imprint.risk, "The bottom line",
               "How the figures are made", f"#{imprint.hashtags[0]}", "$IWM", imprint.call_to_action, "Index or fund", "Sources")  # fmt: skip
    for name in TEXTS:
        text = case.text(name)
        spots = [one.end() for one in places(name, text, r"[a-z%]\.(?=[ \n<])")]
        for number, phrase in enumerate(phrases):
            for at in evenly(spots, 40)[number::12]:
                yield f"{name}: {phrase[:20]} at {at}", case.put(name, f"{text[:at]} {phrase}{text[at:]}")


@kind("emoji, signs, marks of direction")
def _marks(case: Case) -> Made:
    marks = ("🚀", "📉", "−", "\u202e", "\u200b", "\u0336", "\u2066", "\ufeff", "\u00ad", "✅", "!", "?", "‼", "≈", "±", "*")
    for name in TEXTS:
        text = case.text(name)
        spots = [one.start() for one in places(name, text, rf"{NUMBER}|(?<= )[A-Z][a-z]+")]
        for number, mark in enumerate(marks):
            for at in evenly(spots, 16)[number::16]:
                yield f"{name}: {mark!a} at {at}", case.put(name, text[:at] + mark + text[at:])


@kind("posts: links, tags, breaks, length")
def _posts(case: Case) -> Made:
    for name in POSTS:
        text = case.text(name)
        link = re.search(r"https://\S+", text)
        assert link
        yield f"{name} link gone", case.put(name, text.replace(link[0], "").rstrip() + "\n")
        yield f"{name} other link", case.put(name, text.replace(link[0], "https://evil.example/"))
        yield f"{name} link twice", case.put(name, text.replace(link[0], f"{link[0]}\n{link[0]}"))
        yield f"{name} link longer", case.put(name, text.replace(link[0], f"{link[0]}?utm=x"))
        tag = re.search(r"#\w+", text)
        if tag:
            yield f"{name} 500 tags", case.put(name, text.replace(tag[0], " ".join([tag[0]] * 500)))
            yield f"{name} tag gone", case.put(name, text.replace(tag[0], ""))
            yield f"{name} other tag", case.put(name, text.replace(tag[0], "#buynow"))
            yield f"{name} tag twice", case.put(name, text.replace(tag[0], f"{tag[0]} {tag[0]}"))
        else:
            yield f"{name} tags", case.put(name, f"{text.rstrip()} #smallcaps\n")
        for at in evenly([one.start() for one in re.finditer(NUMBER, text)], 3):
            yield f"{name} break at {at}", case.put(name, text[:at] + "\n\n" + text[at:])
        yield f"{name} spaces", case.put(name, text.replace(". ", ".    ", 1))
        yield f"{name} mention", case.put(name, f"@someone {text}")
        yield f"{name} one line", case.put(name, " ".join(text.split()) + "\n")
        yield f"{name} divided", case.put(name, text.replace(". ", ".\n\n---\n\n", 1))
        yield f"{name} unfinished", case.put(name, text[: len(text) * 2 // 3])


# --- the ledger -----------------------------------------------------------------------------------


def dumped(ledger: object) -> bytes:
    return orjson.dumps(ledger, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


@kind("ledger: keys, reasons, records")
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
        yield altered(f"reason of its rule {number}", lambda one, w=weighed: w(one).update(outcome="its rule does not hold"))  # type: ignore[misc]
        for product in ("article", "linkedin"):
            def record(one: dict[str, Any], n: int = number, p: str = product) -> dict[str, Any]:
                found: dict[str, Any] = evenly(one["products"][p], 5)[n % len(evenly(one["products"][p], 5))]
                return found

            yield altered(f"{product} key {number}", lambda one, r=record: r(one).update(note=LIE))  # type: ignore[misc]
            yield altered(f"{product} part {number}", lambda one, r=record: r(one).update(part="elsewhere"))  # type: ignore[misc]
            yield altered(f"{product} source {number}", lambda one, r=record: r(one).update(source="content/x.md:1"))  # type: ignore[misc]
            yield altered(f"{product} claims {number}", lambda one, r=record: r(one)["claims"].append({"kind": "name", "name": "small", "text": "x"}))  # type: ignore[misc]
            yield altered(f"{product} gone {number}", lambda one, r=record, p=product: one["products"][p].remove(r(one)))  # type: ignore[misc]
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


@kind("structure")
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
    yield "aside first", case.put("article.html", html.replace(aside[0], "").replace('<div class="story">', aside[0] + '<div class="story">'))
    yield "aside last", case.put("article.html", html.replace(aside[0], "").replace("</main>", aside[0] + "</main>"))
    sections = re.findall(r"(?s)<section>\n<h2>.*?</section>\n", html)
    for one, other in zip(sections, sections[1:], strict=False):
        yield f"sections {one[14:40]}", case.put("article.html", html.replace(one + other, other + one))
    parts = re.split(r"(?m)^(?=## )", text)
    for number in range(1, len(parts) - 1):
        order = [*parts[:number], parts[number + 1], parts[number], *parts[number + 2 :]]
        yield f"md parts {number}", case.put("article.md", "".join(order))
        yield f"md level {number}", case.put("article.md", text.replace(parts[number], "#" + parts[number]))
    yield "md headline", case.put("article.md", text.replace("\n# ", "\n", 1))
    yield "paragraph parted", case.put("article.html", re.sub(r"(?s)(<p>[^<]*?\. )", r"\1</p><p>", html, count=1))
    ledger = case.ledger
    records = ledger["products"]["article"]
    sides = [[one for one in records if one["part"].startswith(side)] for side in ("for", "against")]
    at = records.index(sides[0][0])
    ledger["products"]["article"] = [*records[:at], *sides[1], *sides[0], *records[at + len(sides[0] + sides[1]) :]]
    article = case.edition.article
    keys = [section.key for section in article.sections]
    first, second = keys.index("for"), keys.index("against")
    order = list(article.sections)
    order[first], order[second] = order[second], order[first]
    yield "bears before bulls, everywhere", case.again(replace(case.edition, article=replace(article, sections=tuple(order))), ("markdown", "html"))


# --- the trial ------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """How one kind fared: how many alterations, and which were missed, by the whole of verify and by the reader alone."""

    tried: int = 0
    missed: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)


def resealed(files: Files) -> Files:
    """The files, with every digest in the manifest put right."""
    try:
        ledger = orjson.loads(files[LEDGER])
        for name, record in ledger["files"].items():
            if name in files:
                record["sha256"] = sha256(files[name]).hexdigest()
    except (ValueError, KeyError, TypeError, AttributeError):
        return files
    text = dumped(ledger)
    return {**files, LEDGER: text} if text != files[LEDGER] else files


def trial(case: Case, most: int | None = None, kinds: Sequence[str] = ()) -> dict[str, Outcome]:
    """Every alteration of the edition (or at most so many of each kind), verified in both ways."""
    outcomes: dict[str, Outcome] = {}
    for name in kinds or KINDS:
        outcome = outcomes[name] = Outcome()
        made = [(what, files) for what, files in KINDS[name](case) if files != case.files]
        for what, files in made if most is None else evenly(made, most):
            # A ledger that is altered in its layout alone must stay so.
            seal = name not in UNSEALED and files[LEDGER] == case.files[LEDGER]
            alone, together = verified(case, resealed(files) if seal else files)
            outcome.tried += 1
            outcome.alone += [] if alone else [what]
            outcome.missed += [] if together else [what]
    return outcomes


def verified(case: Case, files: Files) -> tuple[bool, bool]:
    """Whether the second reader alone finds a fault, and whether the reprint or the reader does."""
    try:
        ledger = read_ledger(files[LEDGER], LEDGER)
    except DataError:
        return True, True
    alone = bool(case.reader.read(files, ledger).faults)
    again, _ = comparable(printed(case, files, ledger), case.made_with, files, ledger)
    answers = Answers()
    if again is not None:
        check_reprint(answers, files, again, ledger)
    return alone, alone or bool(answers.faults)


def printed(case: Case, files: Files, ledger: Mapping[str, Any]) -> Files:
    """The edition printed again, in the formats of the files and of the manifest."""
    from generator.printing import FORMATS

    formats = frozenset(FORMATS[name] for name in {*files, *(ledger.get("files") or {})} if name in FORMATS)
    if formats not in case.printed:
        case.printed[formats] = case.again(case.edition, sorted(formats))
    return case.printed[formats]


def table(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """The outcome of each kind, and of all."""
    yield f"{'altered':<52} {'tried':>6} {'missed':>7} {'by the reader alone':>20}"
    for name, one in outcomes.items():
        yield f"{name:<52} {one.tried:>6} {len(one.missed):>7} {len(one.alone):>20}"
    tried = sum(one.tried for one in outcomes.values())
    missed, alone = (sum(len(getattr(one, key)) for one in outcomes.values()) for key in ("missed", "alone"))
    yield f"{'all':<52} {tried:>6} {missed:>7} {alone:>20}"
    yield f"{'':<52} {'':>6} {missed / tried:>7.2%} {alone / tried:>20.2%}"


def main(arguments: Sequence[str]) -> int:
    """All kinds, or those whose names hold one of the arguments; `-v` names what was missed."""
    from .finished import case

    wanted = [name for name in KINDS if any(part in name for part in arguments if part != "-v")]
    outcomes = trial(case(), kinds=wanted)
    print("\n".join(table(outcomes)))
    for name, one in outcomes.items() if "-v" in arguments else ():
        for what in one.alone:
            print(f"  {'missed' if what in one.missed else 'missed by the reader alone'}: {name}: {what}")
    tried = sum(one.tried for one in outcomes.values())
    return int(sum(len(one.missed) for one in outcomes.values()) * 100 > tried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
