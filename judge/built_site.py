"""A built site in, one line a check out: what validators that are none of ours say of its pages and feeds.

Run by judge/run.sh for a folder that `commentary site` made. Exits 1 if any check fails.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from verdicts import Checks, judged

HERE = Path(__file__).resolve().parent
SPACES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def articles(site: Path) -> list[str]:
    """The newest article of each kind, by its path."""
    kinds = sorted(page.parent.name for page in (site / "kinds").glob("*/index.html"))
    standing = [
        sorted(page for page in site.glob(f"*/{kind}/index.html") if page.parts[-3] != "kinds") for kind in kinds
    ]
    return [f"{pages[-1].parent.relative_to(site).as_posix()}/" for pages in standing if pages]


def looked_at(site: Path) -> list[str]:
    """One page of every sort, by its path: front page, an article of each kind, the newest month, the single ones."""
    months = sorted((site / "archive").glob("*/index.html"))
    tags = sorted((site / "tags").glob("*/index.html"))
    kinds = sorted((site / "kinds").glob("*/index.html"))
    found = [*months[-1:], *tags[:1], *kinds[:1]]
    single = ("", "about/", "corrections/", "archive/", "tags/", "search/?q=small", "404.html")
    return [*single, *articles(site), *(f"{page.parent.relative_to(site).as_posix()}/" for page in found)]


def nu_checker(site: Path) -> Iterator[str]:
    """The Nu HTML checker (npm vnu-jar): no error and no warning in any page, in the style sheet and the icon."""
    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = [*sorted(site.rglob("*.html")), site / "style.css", site / "icon.svg"]
    command = ["java", "-jar", str(jar), "--also-check-svg", "--also-check-css", "--format", "json", "--stdout"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, check=False)
    for message in json.loads(done.stdout)["messages"]:
        page = message["url"].rpartition(f"{site.name}/")[2]
        yield f"{page}:{message.get('lastLine', '?')}: {message.get('subType', message['type'])}: {message['message']}"


def accessibility(site: Path) -> Iterator[str]:
    """axe-core in a headless Chromium at 360 and 1280 px, light and dark; nothing wider than the window."""
    with served(site) as address:
        command = ["node", str(HERE / "built-site.mjs"), address, *looked_at(site)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        yield done.stderr.strip() or f"node ended with {done.returncode}"
    yield from (line for line in done.stdout.splitlines() if line)


def html_validate(site: Path) -> Iterator[str]:
    """html-validate's recommended rules and those for documents: no error in any page.

    Titles may have 130 letters and not only 70: they are a headline, of 110 at most, and the publication's name, and a
    search engine cuts them.
    """
    program = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    pages = [str(page) for page in sorted(site.rglob("*.html"))]
    command = ["node", str(program), "--config", str(HERE / "html-validate.json"), "--formatter", "json", *pages]
    with tempfile.TemporaryFile("w+") as told:  # into a pipe it writes no more than 64 KB
        subprocess.run(command, stdout=told, check=False)
        told.seek(0)
        found = json.load(told)
    for page in found:
        name = page["filePath"].rpartition(f"{site.name}/")[2]
        yield from (f"{name}:{one['line']}: {one['ruleId']}: {one['message']}" for one in page["messages"])


def scores(site: Path) -> Iterator[str]:
    """Lighthouse: 100 in each of its four categories, on the front page and on an article of each kind."""
    with served(site) as address:
        command = ["node", str(HERE / "site-lighthouse.mjs"), address, "", *articles(site)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        yield done.stderr.strip() or f"node ended with {done.returncode}"
    yield from (line for line in done.stdout.splitlines() if line)


def links(site: Path) -> Iterator[str]:
    """Every link and picture within the site leads to a file of it, or to a place in a page."""
    base = json.loads((site / "feed.json").read_bytes())["home_page_url"]
    texts = {page: page.read_text("utf-8") for page in site.rglob("*.html")}
    for page, text in texts.items():
        for found in re.findall(r'\b(?:href|src|content)="([^"]+)"', text):
            address = unquote(unescape(found))
            if address.startswith(base):
                address = f"/{address.removeprefix(base)}"
            path, _, place = address.partition("#")
            if not address.startswith(("/", "#")):
                continue
            target = site / f"{path.removeprefix('/')}{'index.html' if path.endswith('/') else ''}" if path else page
            if not target.is_file() or (place and f'id="{place}"' not in texts[target]):
                yield f"{page.relative_to(site)}: {found} leads nowhere"


def structured(site: Path) -> Iterator[str]:
    """What search engines read of each article: all that Google asks of a NewsArticle, moments with a zone."""
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
    for page in site.rglob("*.html"):
        for text in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.DOTALL
        ):
            told, name = json.loads(text), page.relative_to(site)
            if told["@type"] != "NewsArticle":
                continue
            wanted = ("headline", "image", "author", "publisher", "mainEntityOfPage", "description")
            yield from (f"{name}: lacks {one}" for one in wanted if not told.get(one))
            for one in ("datePublished", "dateModified"):
                if not moment.fullmatch(told.get(one, "")):
                    yield f"{name}: {one} is no moment with a zone"
            if len(told["headline"]) > 110:
                yield f"{name}: the headline has more than 110 letters"


def feeds(site: Path) -> Iterator[str]:
    """Both feeds as feedparser reads them: well formed, each item with an address of its own, text and moment."""
    import feedparser

    for name in ("feed.xml", "atom.xml"):
        read = feedparser.parse((site / name).read_bytes())
        if read.bozo:
            yield f"{name}: {read.bozo_exception}"
        links = [entry.link for entry in read.entries]
        if len(links) != len(set(links)):
            yield f"{name}: two items have one address"
        for entry in read.entries:
            if not (entry.get("content") and entry.get("published_parsed") and entry.get("title")):
                yield f"{name}: {entry.link} lacks text, moment or title"
    items = json.loads((site / "feed.json").read_bytes())["items"]
    if [item["url"] for item in items] != links:
        yield "feed.json: tells of other issues than atom.xml"


def maps(site: Path) -> Iterator[str]:
    """Every address of the map is one of the site, once, and its moment has a zone."""
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    base = json.loads((site / "feed.json").read_bytes())["home_page_url"]
    for node in root.iterfind("map:url", SPACES):
        place = node.findtext("map:loc", "", SPACES)
        path = place.removeprefix(base)
        if not (site / path / "index.html").is_file() and not (site / path).is_file():
            yield f"{place}: there is no such page"
        moment = node.findtext("map:lastmod", "", SPACES)
        if moment and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", moment):
            yield f"{place}: '{moment}' is no moment with a zone"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site at an address of this machine."""
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


CHECKS: Checks = {
    "Nu HTML checker": nu_checker,
    "html-validate": html_validate,
    "axe and the browser": accessibility,
    "Lighthouse": scores,
    "links": links,
    "structured data": structured,
    "feeds": feeds,
    "maps": maps,
}


if __name__ == "__main__":
    sys.exit(judged(CHECKS, [Path(name) for name in sys.argv[1:]]))
