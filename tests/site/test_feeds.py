"""Three feeds and two maps, as programs that are none of ours read them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.verbs.site import Built

from .conftest import days_of

Build = Callable[..., Built]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_a_feed_reader_finds_every_issue_with_its_full_text(build: Build, archive: Path, name: str) -> None:
    """Newest first, with title, address, moment and subjects, and nothing to complain of."""
    read = feedparser.parse((build().folder / name).read_bytes())
    assert not read.bozo
    assert (read.feed.title, read.feed.language) == ("Kessler Brief", "en-US")
    assert [entry.link for entry in read.entries] == [
        f"https://kessler.org/{day}/session/" for day in reversed(days_of(archive))
    ]
    for entry in read.entries:
        assert entry.id == entry.link
        assert len(entry.content[0].value) > 1_000
        assert {tag.term for tag in entry.tags} == {"Closes", "smallcaps", "Russell2000"}
        assert entry.author == "desk"
        assert entry.title
        assert entry.summary


def test_the_json_feed_has_what_its_version_asks_for(build: Build, archive: Path) -> None:
    """Version, addresses, and items with id, HTML and moments."""
    feed = json.loads((build().folder / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://kessler.org/feed.json"
    assert feed["home_page_url"] == "https://kessler.org/"
    assert [item["id"] for item in feed["items"]] == [
        f"https://kessler.org/{day}/session/" for day in reversed(days_of(archive))
    ]
    for item in feed["items"]:
        assert item["image"] == f"{item['url']}card.png"
        assert datetime.fromisoformat(item["date_published"]) == datetime.fromisoformat(item["date_modified"])


def test_full_text_has_no_derivation_and_no_address_that_is_not_whole(build: Build, archive: Path) -> None:
    """A reader that hides nothing shows the words alone; charts are pictures that are there; nothing leads into the page."""
    public = build().folder
    feed = json.loads((public / "feed.json").read_bytes())
    for item in feed["items"]:
        page = LexborHTMLParser(item["content_html"])
        assert not page.css("[hidden], .why, data, script, svg, sup")
        for node in page.css("[href], [src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            assert address.startswith("https://")
            if address.startswith("https://kessler.org/"):
                assert (public / address.removeprefix("https://kessler.org/")).is_file()
        assert len(page.css("img[alt]")) == 2
        article = LexborHTMLParser((public / item["id"].split("/")[3] / "session" / "index.html").read_text("utf-8"))
        for why in article.css(".why"):
            why.decompose()
        for cite in article.css(".cite"):
            cite.decompose()
        said = [words(node) for node in article.css(".story p, .standfirst")]
        told = words(page.body)
        assert all(sentence.split(". ", 1)[-1] in told for sentence in said if sentence)


def words(node: object) -> str:
    return " ".join(node.text(separator="").split())  # type: ignore[attr-defined]


def test_moments_are_new_yorks_with_their_zone(build: Build, archive: Path) -> None:
    """At the masthead's hour on the day of the session, an hour nearer to Greenwich in summer; never when it was built."""
    public = build().folder
    last = days_of(archive)[-1]
    atom = feedparser.parse((public / "atom.xml").read_bytes())
    assert atom.entries[0].published == f"{last}T17:00:00-05:00"
    assert atom.feed.updated == f"{last}T17:00:00-05:00"
    rss = ET.parse(public / "feed.xml").getroot()
    moment = parsedate_to_datetime(rss.findtext("channel/lastBuildDate") or "")
    assert moment.isoformat() == f"{last}T17:00:00-05:00"


def test_the_map_names_every_page_that_may_be_found(build: Build, archive: Path) -> None:
    """Each once, by its whole address, articles with the moment of their last change; each leads to a page."""
    public = build().folder
    root = ET.parse(public / "sitemap.xml").getroot()
    places = [node.text or "" for node in root.iter(f"{SITEMAP}loc")]
    assert len(places) == len(set(places))
    pages = {path.relative_to(public).as_posix() for path in public.rglob("*.html")}
    found = {f"{place.removeprefix('https://kessler.org/')}index.html" for place in places}
    assert pages - found == {"404.html", "search/index.html"}
    assert found <= pages


def test_the_map_of_news_has_the_last_two_days(build: Build, archive: Path) -> None:
    """By the newest issue, not by the clock; with name, language, moment and title."""
    root = ET.parse(build().folder / "news-sitemap.xml").getroot()
    days = [(node.text or "").split("/")[3] for node in root.iter(f"{SITEMAP}loc")]
    assert days == days_of(archive)[::-1][:2]
    assert {node.text for node in root.iter(f"{NEWS}name")} == {"Kessler Brief"}
    assert {node.text for node in root.iter(f"{NEWS}language")} == {"en"}
    assert all(re.fullmatch(r".{10}T17:00:00-05:00", node.text or "") for node in root.iter(f"{NEWS}publication_date"))


def test_robots_are_led_to_the_maps(build: Build) -> None:
    """And kept from nothing."""
    text = (build().folder / "robots.txt").read_text("utf-8")
    assert "Sitemap: https://kessler.org/sitemap.xml" in text
    assert "Disallow" not in text


def test_search_has_every_issue_by_year(build: Build, archive: Path) -> None:
    """The index names the years' lists, and those the articles, newest first."""
    public = build().folder
    index = json.loads((public / "search" / "index.json").read_bytes())
    rows = [row for one in index["years"] for row in json.loads((public / one["file"].lstrip("/")).read_bytes())]
    assert [row[0] for row in rows] == days_of(archive)[::-1]
    assert all((public / row[1].lstrip("/") / "index.html").is_file() for row in rows)
    assert all(row[2] and row[3] and "Closes" in row[4] for row in rows)


def test_structured_data_tells_publisher_and_moments(build: Build, archive: Path) -> None:
    """What a search engine asks of a news article."""
    day = days_of(archive)[-1]
    page = LexborHTMLParser((build().folder / day / "session" / "index.html").read_text("utf-8"))
    data = json.loads(page.css_first('script[type="application/ld+json"]').text())
    assert data["@type"] == "NewsArticle"
    assert data["datePublished"] == data["dateModified"] == f"{day}T17:00:00-05:00"
    assert data["publisher"]["@type"] == "NewsMediaOrganization"
    assert data["publisher"]["correctionsPolicy"] == "https://kessler.org/corrections/"
    assert data["image"] == [f"https://kessler.org/{day}/session/card.png"]
    assert "correction" not in data
