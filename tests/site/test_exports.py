"""Posts for other programs, built by the real Hugo, Pelican and Jekyll where these are installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import frontmatter
import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.verbs.site import Built

from .conftest import change, days_of, tree

Build = Callable[..., Built]
PROGRAMS = ("hugo", "jekyll", "pelican", "quarto", "ghost")
LAYOUT = "<html><body><h1>{{ %s }}</h1>{{ %s }}</body></html>"


def program(name: str) -> str:
    """The program's path, from HUGO, PELICAN or JEKYLL, or as it is installed; skips where it is not."""
    found = shutil.which(os.environ.get(name.upper(), name))
    if not found:
        pytest.skip(f"{name} is not installed; {name.upper()} may say where it is")
    return found


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "LANG": "C.UTF-8"}
    )
    assert done.returncode == 0, done.stdout + done.stderr


def holds(public: Path, archive: Path) -> None:
    """Each issue is at the address that was promised, with one heading of the first rank, its charts and its footnotes."""
    for day in days_of(archive):
        page = LexborHTMLParser((public / day / "session" / "index.html").read_text("utf-8"))
        assert len(page.css("h1")) == 1, day
        pictures = [node.attributes["src"] or "" for node in page.css("img[src$='.svg']")]
        assert len(pictures) == 2
        for picture in pictures:
            place = public / picture.lstrip("/") if picture.startswith("/") else public / day / "session" / picture
            assert place.is_file(), picture
        assert page.css("table td")


def test_hugo_builds_the_posts(build: Build, archive: Path) -> None:
    """One title, charts in the bundle, tags and address kept."""
    hugo = program("hugo")
    folder = build("hugo", "hugo").folder
    (folder / "hugo.toml").write_text('baseURL = "https://kessler.org/"\ntitle = "T"\n')
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "layouts" / "_default" / "single.html").write_text(LAYOUT % (".Title", ".Content"))
    (folder / "layouts" / "_default" / "list.html").write_text("{{ range .Pages }}{{ .RelPermalink }} {{ end }}")
    run([hugo, "--quiet"], folder)
    holds(folder / "public", archive)
    assert len((folder / "public" / "tags" / "closes" / "index.html").read_text().split()) == len(days_of(archive))


def test_jekyll_builds_the_posts(build: Build, archive: Path) -> None:
    """One title, charts among the assets, tags and address kept; no word of the text runs as a template."""
    jekyll = program("jekyll")
    folder = build("jekyll", "jekyll").folder
    (folder / "_layouts").mkdir()
    (folder / "_layouts" / "post.html").write_text(LAYOUT % ("page.title", "content"))
    (folder / "tags.html").write_text("---\n---\n{% for post in site.tags['Closes'] %}{{ post.url }} {% endfor %}")
    (folder / "_config.yml").write_text("timezone: America/New_York\n")
    run([jekyll, "build", "-q"], folder)
    holds(folder / "_site", archive)
    assert len((folder / "_site" / "tags.html").read_text().split()) == len(days_of(archive))


def test_pelican_builds_the_posts(build: Build, archive: Path) -> None:
    """One title, charts beside the page, tags, category and address kept."""
    pelican = program("pelican")
    folder = build("pelican", "pelican").folder
    settings = 'PATH="content"\nSITENAME="T"\nTIMEZONE="America/New_York"\nTHEME="simple"\nFEED_ALL_ATOM=None\n'
    (folder / "pelicanconf.py").write_text(settings)
    run([pelican, "-q", "--fatal", "errors", "content"], folder)
    holds(folder / "output", archive)
    assert (folder / "output" / "category" / "session.html").is_file()
    assert (folder / "output" / "tag" / "closes.html").is_file()


@pytest.mark.parametrize("name", PROGRAMS)
def test_posts_are_written_once_and_the_same(build: Build, archive: Path, name: str) -> None:
    """The same bytes in two folders, nothing the second time, and one issue alone where one changes."""
    first = build("one", name)
    assert tree(first.folder) == tree(build("two", name).folder)
    assert build("one", name).written == ()
    day = days_of(archive)[1]
    change(archive / day / "session", lambda issue: replace(issue, imprint=replace(issue.imprint, risk="Other words.")))
    assert [day in path for path in build("one", name).written] == [True]


@pytest.mark.parametrize("name", PROGRAMS[:-1])
def test_the_text_has_no_heading_of_the_first_rank(build: Build, name: str) -> None:
    """The program prints the headline; and every chart that the text shows is there."""
    folder = build("posts", name).folder
    posts = [path for path in folder.rglob("*") if path.suffix in (".md", ".qmd")]
    assert len(posts) == 6
    for path in posts:
        text = path.read_text("utf-8")
        assert not re.search(r"^# ", text, re.MULTILINE)
        links = re.findall(r"^!\[.*\]\((?:\{attach\})?(.+)\)$", text, re.MULTILINE)
        assert len(links) == 2
        assert all((folder / link[1:] if link.startswith("/") else path.parent / link).is_file() for link in links)


@pytest.mark.parametrize("name", ["hugo", "jekyll", "quarto"])
def test_what_stands_above_the_text_is_typed(build: Build, archive: Path, name: str) -> None:
    """A title, a moment with its zone, a list of tags."""
    for path in sorted(build("posts", name).folder.rglob("*md")):
        matter = frontmatter.load(str(path))
        assert matter["title"]
        assert "17:00" in str(matter["date"]) or "22:00" in str(matter["date"])
        assert "Closes" in matter["categories" if name == "quarto" else "tags"]


@pytest.mark.parametrize(
    ("name", "mark"),
    [("hugo", "draft: true"), ("jekyll", "published: false"), ("pelican", "Status: draft"), ("quarto", "draft: true")],
)
def test_a_simulated_issue_is_a_draft(build: Build, archive: Path, name: str, mark: str) -> None:
    """And its text says what it is; a real one is none."""
    made_up = days_of(archive)[-1]
    change(archive / made_up / "session", lambda issue: replace(issue, simulated=True))
    for path in build("posts", name).folder.rglob("*md"):
        text = path.read_text("utf-8")
        assert (mark in text) == ("> **Simulated market.**" in text) == (made_up in str(path))


def test_ghost_takes_one_card_of_html(build: Build, archive: Path) -> None:
    """A draft whose text Ghost leaves as it is: charts drawn in it, no derivation, no heading of the first rank."""
    for path in (build("posts", "ghost").folder / "posts").iterdir():
        (post,) = json.loads(path.read_bytes())["posts"]
        assert post["status"] == "draft"
        assert post["slug"] == path.stem
        assert post["html"].startswith("<!--kg-card-begin: html-->\n")
        assert post["html"].endswith("<!--kg-card-end: html-->")
        page = LexborHTMLParser(post["html"])
        assert len(page.css("figure svg")) == 2
        assert not page.css("h1, .why, script")
        assert {"name": "Closes"} in post["tags"]
        assert post["canonical_url"] == f"https://kessler.org/{path.stem[:10]}/session/"


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_correction_stands_in_the_post(build: Build, archive: Path, name: str) -> None:
    """With its day, and the post says when it was last changed."""
    day = days_of(archive)[0]
    entry = f"corrections:\n- issue: {day}/session\n  at: 2031-01-02\n  text: We had named the wrong bank.\n"
    (archive / "corrections.yaml").write_text(entry, "utf-8")
    build("posts", name)
    posts = [path for path in tree(build("posts", name).folder).items() if b"the wrong bank" in path[1]]
    assert [day in path for path, _ in posts] == [True]
    assert b"Correction, January 2, 2031." in posts[0][1]
    assert name == "ghost" or b"2031-01-02" in posts[0][1]
