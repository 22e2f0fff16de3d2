"""Alterations of the pictures inside an article: lines, shading, bands, columns, axes, words, in every product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import orjson

from .alter_page import redrawn
from .alter_text import LIE
from .trial import Case, Kinds, Made, evenly, kind

KINDS: Kinds = {}


def _files(case: Case) -> list[str]:
    """The drawings of the kind's own pictures."""
    return sorted(name for name in case.files if name.endswith(".svg") and "moves" not in name and "perf" not in name)


def _moved(one: re.Match[str]) -> str:
    return f"{one[1]}{float(one[2]) + 3:g}"


def _grounds(svg: str) -> Iterator[tuple[str, str]]:
    """One picture with what lies behind its lines, or its columns, altered."""
    for shade in evenly(re.findall(r'<path class="shade"[^>]*>', svg), 3):
        yield "a stretch gone", svg.replace(shade, "", 1)
        yield "a stretch longer", svg.replace(shade, re.sub(r"(H)([\d.]+)(?=V)", _moved, shade), 1)
        yield "a stretch twice", svg.replace(shade, f"{shade}\n{shade}", 1)
    for band in re.findall(r'<path class="band"[^>]*>', svg):
        yield "the band gone", svg.replace(band, "", 1)
        yield "the band wider", svg.replace(band, re.sub(r'(d="M[\d.]+ )([\d.]+)', _moved, band), 1)
        steps = re.findall(r"l[^lMz\"]+", band)
        for step in evenly(steps, 3):
            yield "the band's edge", svg.replace(band, band.replace(step, f"{step}{step}", 1), 1)
    columns = re.findall(r'<path class="c\d"[^>]*>', svg)
    for column in columns:
        for one in evenly(re.findall(r"v-?[\d.]+(?=h)", column), 3):
            longer = f"v{float(one[1:]) - 4:g}"
            yield "a column longer", svg.replace(column, column.replace(one, longer, 1), 1)
        yield "a column gone", svg.replace(column, re.sub(r"M[^Mz]+z", "", column, count=1), 1)
    if len(columns) > 1:
        one, other = (re.search(r' d="[^"]*"', column)[0] for column in columns[:2])  # type: ignore[index]
        yield "columns exchanged", svg.replace(one, "\0").replace(other, one).replace("\0", other)
    for level in re.findall(r'<path class="base"[^>]*H[^>]*>', svg):
        yield "another level strong", svg.replace(level, level.replace("base", "grid"), 1)


@kind(KINDS, "pictures: their files redrawn")
def _redrawn_files(case: Case) -> Made:
    for name in _files(case):
        for what, svg in (*_grounds(case.text(name)), *redrawn(case.text(name))):
            yield f"{name}: {what}", case.put(name, svg)


@kind(KINDS, "pictures: redrawn in the page")
def _redrawn_in_page(case: Case) -> Made:
    html = case.text("article.html")
    for number, svg in enumerate(re.findall(r"(?s)<svg\b.*?</svg>", html)):
        if "bars" not in svg[:80] and "performance" not in svg[:300]:
            for what, changed in _grounds(svg):
                yield f"drawing {number}: {what}", case.put("article.html", html.replace(svg, changed, 1))


@kind(KINDS, "pictures: exchanged, moved, left out")
def _placed(case: Case) -> Made:
    names = _files(case)
    for one, other in pairwise(names):
        yield f"{one} and {other}", {**case.files, one: case.files[other], other: case.files[one]}
        first, second = one.replace("svg", "png"), other.replace("svg", "png")
        yield f"{first} and {second}", {**case.files, first: case.files[second], second: case.files[first]}
    html, text = case.text("article.html"), case.text("article.md")
    for figure in re.findall(r'(?s)<figure class="picture">.*?</figure>\n', html):
        yield "a figure gone", case.put("article.html", html.replace(figure, "", 1))
        moved = html.replace(figure, "", 1).replace(
            '<section class="bottom-line">', f'{figure}<section class="bottom-line">'
        )
        yield "a figure moved", case.put("article.html", moved)
        title = re.search(r"<figcaption>(.*?)</figcaption>", figure)
        assert title
        yield "a title", case.put("article.html", html.replace(title[0], f"<figcaption>{LIE}</figcaption>", 1))
    for line in re.findall(r"(?m)^!\[.*\]\(charts/(?!perf|moves).*\)$", text):
        yield f"md {line[:20]} gone", case.put("article.md", text.replace(line, "", 1))
        number = re.search(r"\d+\.\d\d", line)
        assert number
        yield (
            f"md {line[:20]} number",
            case.put("article.md", text.replace(line, line.replace(number[0], "9.87", 1), 1)),
        )
    letter = case.text("newsletter.html")
    for image in re.findall(r"<img[^>]*charts/(?!perf)[^>]*>", letter):
        yield "an image gone", case.put("newsletter.html", letter.replace(image, "", 1))
        yield "an image's words", case.put("newsletter.html", letter.replace(image, re.sub(r'alt="[^"]*"', f'alt="{LIE}"', image), 1))  # fmt: skip


@kind(KINDS, "pictures: in the saved issue")
def _saved(case: Case) -> Made:
    for number, block in enumerate(orjson.loads(case.files["issue.json"])["article"]["blocks"]):
        if block["role"] != "picture":
            continue
        for change in ("value", "words", "axes", "gone"):
            issue = orjson.loads(case.files["issue.json"])
            chart = issue["article"]["blocks"][number]["chart"]
            if change == "value":
                chart["lines"][0]["values"][3] += 1
            elif change == "words":
                chart["description"] = LIE
            elif change == "axes":
                chart["logarithmic"] = not chart["logarithmic"]
            else:
                del issue["article"]["blocks"][number]
            yield f"{block['file']}: {change}", {**case.files, "issue.json": orjson.dumps(issue)}
