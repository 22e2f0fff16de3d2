"""An edition's folder in, one line a check out: what validators that are none of ours say of its pages.

Run by judge/run.sh, which installs what this needs. Exits 1 if any check fails.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from verdicts import Checks, judged

HERE = Path(__file__).resolve().parent
X_LIMIT = 280
FRONT_MATTER = {"title": str, "slug": str, "description": str, "author": str, "tags": list}


def nu_checker(edition: Path) -> Iterator[str]:
    """The Nu HTML checker (npm vnu-jar): no error and no warning in the page, its style sheet and its charts."""
    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = [edition / "article.html", *sorted(edition.glob("charts/*.svg"))]
    command = ["java", "-jar", str(jar), "--also-check-svg", "--format", "json", "--stdout", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for message in json.loads(done.stdout)["messages"]:
        page = Path(message["url"]).name
        yield f"{page}:{message.get('lastLine', '?')}: {message.get('subType', message['type'])}: {message['message']}"


def accessibility(edition: Path) -> Iterator[str]:
    """axe-core in a headless Chromium at 360 and 1280 px, light and dark; nothing wider than the window."""
    command = ["node", str(HERE / "browser.mjs"), str((edition / "article.html").resolve())]
    yield from _lines(command)


def qpdf(edition: Path) -> Iterator[str]:
    """`qpdf --check` finds nothing to say."""
    command = ["qpdf", "--check", str(edition / "article.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"{done.stdout}{done.stderr}".strip()


def pdf_ua(edition: Path) -> Iterator[str]:
    """PDF/UA-1 (PyPI page-validation): the PDF may be read by those who cannot see it."""
    import page

    for failure in page.validate_pdf(edition / "article.pdf", profile="ua1").failures:
        yield f"{failure.rule_id}: {failure.message}"


def x_lengths(edition: Path) -> Iterator[str]:
    """Each post for X as twitter-text (npm) counts it: within the limit, and as this project counts it."""
    from generator.channels.x_length import x_length

    thread = (edition / "x-thread.txt").read_text("utf-8").split("\n---\n")
    posts = [text.strip() for text in ((edition / "x.txt").read_text("utf-8"), *thread)]
    done = subprocess.run(
        ["node", str(HERE / "x-lengths.mjs")], input=json.dumps(posts), capture_output=True, text=True, check=True
    )
    for post, counted in zip(posts, json.loads(done.stdout), strict=True):
        if counted > X_LIMIT:
            yield f"{counted} of {X_LIMIT}: {post}"
        if counted != x_length(post):
            yield f"twitter-text counts {counted}, this project {x_length(post)}: {post}"


def front_matter(edition: Path) -> Iterator[str]:
    """The Markdown's front matter (python-frontmatter): YAML with the fields that Hugo and Jekyll read, typed."""
    import frontmatter

    post = frontmatter.load(str(edition / "article.md"))
    for name, kind in FRONT_MATTER.items():
        if not isinstance(post.get(name), kind):
            yield f"{name}: {post.get(name)!r} is not a {kind.__name__}"
    if not hasattr(post.get("date"), "year"):
        yield f"date: {post.get('date')!r} is not a date"
    for link in (part.partition(")")[0] for part in post.content.split("](charts/")[1:]):
        if not (edition / "charts" / link).is_file():
            yield f"charts/{link} is linked and not there"


def charts(edition: Path) -> Iterator[str]:
    """Each chart is well-formed SVG with a title and a description."""
    for chart in sorted(edition.glob("charts/*.svg")):
        root = ElementTree.parse(chart).getroot()
        for name in ("title", "desc"):
            if not root.findtext(f"{{http://www.w3.org/2000/svg}}{name}"):
                yield f"{chart.name} has no {name}"


CHECKS: Checks = {
    "Nu HTML checker": nu_checker,
    "axe and the browser": accessibility,
    "qpdf --check": qpdf,
    "PDF/UA-1": pdf_ua,
    "X lengths": x_lengths,
    "front matter": front_matter,
    "SVG charts": charts,
}


def _lines(command: list[str]) -> Iterator[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        yield done.stderr.strip() or f"{command[0]} ended with {done.returncode}"
    yield from (line for line in done.stdout.splitlines() if line)


if __name__ == "__main__":
    sys.exit(judged(CHECKS, [Path(name) for name in sys.argv[1:]]))
