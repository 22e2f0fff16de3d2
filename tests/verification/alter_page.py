"""Alterations of what an edition shows: its page, its charts and card, its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from .alter_text import LIE, next_digit
from .trial import Case, Kinds, Made, evenly, kind

KINDS: Kinds = {}


# --- charts and card ------------------------------------------------------------------------------


def redrawn(svg: str) -> Iterator[tuple[str, str]]:
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
        yield (
            f"{one} and {other} exchanged",
            (svg.replace(f">{one}<", ">\0<").replace(f">{other}<", f">{one}<").replace(">\0<", f">{other}<")),
        )
    for label in evenly([label for label in unique if any(map(str.isdigit, label))], 6):
        yield f"{label} changed", svg.replace(f">{label}<", f">{next_digit(label)}<")
    for one in evenly(re.findall(r'<path class="(?:rise|fall)"[^>]*>', svg), 3):
        yield "a bar longer", svg.replace(one, re.sub(r"h([\d.]+)v", lambda h: f"h{float(h[1]) + 9}v", one))
        other = one.replace("rise", "\0").replace("fall", "rise").replace("\0", "fall")
        yield "a bar's colour", svg.replace(one, other)
    axis = re.search(r'(?s)<g[^>]*text-anchor="end">.*?</g>', svg)
    if axis:
        marks = re.findall(r">([^<>\n]+)</text>", axis[0])
        turned = iter(reversed(marks))
        yield (
            "axis reversed",
            svg.replace(axis[0], re.sub(r">[^<>\n]+</text>", lambda _: f">{next(turned)}</text>", axis[0])),
        )
        moved = iter([*marks[1:], "999"])
        yield (
            "axis shifted",
            svg.replace(axis[0], re.sub(r">[^<>\n]+</text>", lambda _: f">{next(moved)}</text>", axis[0])),
        )
    yield "title", re.sub(r"(<title[^>]*>)[^<]*", r"\1" + LIE, svg, count=1)
    yield "description", re.sub(r"(<desc[^>]*>)[^<]*", r"\1" + LIE, svg, count=1)
    yield "words put in", svg.replace("</svg>", f'<text x="0" y="50">{LIE}</text></svg>', 1)
    yield "script", svg.replace("</svg>", "<script>alert(1)</script></svg>", 1)
    yield "picture", svg.replace("</svg>", '<image href="https://tracker.example/x.png"/></svg>', 1)
    yield "hidden", svg.replace("<svg ", '<svg opacity="0" ', 1)
    yield "onload", svg.replace("<svg ", '<svg onload="alert(1)" ', 1)
    yield "turned over", svg.replace("<svg ", '<svg transform="scale(1,-1)" ', 1)
    yield "covered", svg.replace("</svg>", '<rect width="100%" height="100%" fill="#fffefb"/></svg>', 1)


@kind(KINDS, "chart files")
def _chart_files(case: Case) -> Made:
    for name in ("charts/performance.svg", "charts/moves.svg"):
        for what, svg in redrawn(case.text(name)):
            yield f"{name}: {what}", case.put(name, svg)
        yield f"{name}: emptied", case.put(name, "")
        yield f"{name}: not a chart", case.put(name, "<svg xmlns='http://www.w3.org/2000/svg'/>")
    one, other = case.files["charts/performance.svg"], case.files["charts/moves.svg"]
    yield "charts exchanged", {**case.files, "charts/performance.svg": other, "charts/moves.svg": one}


@kind(KINDS, "charts in the page")
def _inline_charts(case: Case) -> Made:
    html = case.text("article.html")
    for number, chart in enumerate(re.findall(r"(?s)<svg.*?</svg>", html)):
        for what, svg in redrawn(chart):
            yield f"chart {number}: {what}", case.put("article.html", html.replace(chart, svg))
        yield f"chart {number}: gone", case.put("article.html", html.replace(chart, ""))


@kind(KINDS, "card and its words")
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


@kind(KINDS, "page: scripts, addresses, attributes")
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
        yield (
            f"{name} twice",
            case.put("article.html", html.replace("</head>", f'<meta name="{name}" content="{LIE}"></head>')),
        )
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


@kind(KINDS, "page: words in odd places")
def _odd_places(case: Case) -> Made:
    html = case.text("article.html")
    spots = (
        "</tbody>",
        "</table>",
        "<tr>",
        "</article>",
        "</aside>",
        "</ul>",
        "</h1>",
        "</figure>",
        "</section>",
        "<main>",
    )
    spots = tuple(spot for spot in spots if spot in html)  # not every kind has takeaways in an <aside>
    assert len(spots) >= 7
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


@kind(KINDS, "sources and citations")
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
