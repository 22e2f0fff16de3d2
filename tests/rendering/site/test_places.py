"""Where the pages of a site stand, for whatever address the masthead gives an article."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.model import Entry, Imprint, SiteSettings
from generator.rendering.site.places import Places, file_of, slug

ENTRY = Entry(date(2031, 7, 10), "session", "The session", "A headline", "A standfirst.", "us", "a", (), 2, False, "")


def places(url: str, address: str, hour: int = 17 * 60) -> Places:
    imprint = Imprint("Kessler Brief", "By us", "BOSTON", url, "d", "r", "c")
    return Places.of(imprint, SiteSettings(address, "", hour, (), (), (), (), "", {}))


@pytest.mark.parametrize(
    ("url", "address", "href", "file", "card"),
    [
        ("https://k.org/{date}/{edition}/", "https://k.org/", "/2031-07-10/session/", "2031-07-10/session/index.html", "2031-07-10/session/card.png"),
        ("https://k.org/b/{date}/", "https://k.org/b/", "/b/2031-07-10/", "2031-07-10/index.html", "2031-07-10/card.png"),
        ("https://k.org/news/{date}/{edition}.html", "https://k.org/", "/news/2031-07-10/session.html", "news/2031-07-10/session.html", "news/2031-07-10/card.png"),
    ],
)  # fmt: skip
def test_an_article_stands_where_it_is_promised(url: str, address: str, href: str, file: str, card: str) -> None:
    """Its link, its file, and what stands beside it."""
    found = places(url, address)
    path = found.article(ENTRY)
    assert (found.href(path), file_of(path), found.beside(ENTRY, "card.png")) == (href, file, card)
    assert found.absolute(path) == url.replace("{date}", "2031-07-10").replace("{edition}", "session")


@pytest.mark.parametrize(
    "url", ["https://k.org/{date}/{edition}", "https://k.org/{date}/x?a=1", "https://k.org/{date}/../"]
)
def test_an_address_that_no_file_can_have_is_told(url: str) -> None:
    """With what it should end in."""
    with pytest.raises(ContentError, match=r"should end with a slash or in \.html"):
        places(url, "https://k.org/")


@pytest.mark.parametrize(
    ("day", "zone"), [(date(2031, 7, 10), "-04:00"), (date(2031, 1, 10), "-05:00"), (date(2031, 3, 9), "-04:00")]
)
def test_an_issue_counts_as_published_at_one_hour_of_new_yorks_day(day: date, zone: str) -> None:
    """In summer and in winter, and on the day on which the clocks change."""
    moment = places("https://k.org/{date}/", "https://k.org/", 17 * 60 + 30).published(day)
    assert moment.isoformat() == f"{day}T17:30:00{zone}"


@given(text=st.text(max_size=30))
def test_a_subject_has_an_address_whatever_it_is_called(text: str) -> None:
    """Small letters, digits and hyphens: one folder, and never one above."""
    name = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert slug(name) == name
    assert PurePosixPath(name).name == name
