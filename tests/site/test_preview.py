"""The preview shows what a host would show, to this machine alone, and tells open pages of a change."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.errors import OutputError
from generator.model import Settings
from generator.site.preview import News, shown
from generator.verbs.serve import serve_site
from generator.verbs.site import Built

from .conftest import change, days_of, reworded


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    (folder / "about").mkdir(parents=True)
    (folder / "index.html").write_text("<html><body>home</body></html>")
    (folder / "about" / "index.html").write_text("<html><body>about</body></html>")
    (folder / "404.html").write_text("<html><body>lost</body></html>")
    (folder / "feed.xml").write_text("<rss/>")
    (folder / ".commentary-site.json").write_text("{}")
    return folder


@contextmanager
def asked(public: Path, root: str = "/", news: News | None = None) -> Iterator[http.client.HTTPConnection]:
    with shown(public, root, 0, news or News()) as address:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        yield connection
        connection.close()


def answer(connection: http.client.HTTPConnection, path: str, **headers: str) -> tuple[int, str, str]:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, response.headers.get("Content-Type") or response.headers.get("Location") or "", body


def test_pages_and_files_are_given_as_a_host_gives_them(public: Path) -> None:
    """A folder's page at its address, a file with its type, the page for lost readers elsewhere, nothing hidden."""
    with asked(public) as connection:
        assert answer(connection, "/")[:2] == (200, "text/html; charset=utf-8")
        assert answer(connection, "/about")[:2] == (301, "/about/")
        assert "about" in answer(connection, "/about/")[2]
        assert answer(connection, "/feed.xml") == (200, "application/xml; charset=utf-8", "<rss/>")
        for hidden in ("/nowhere", "/.commentary-site.json", "/../public/index.html/x", "/%2e%2e/secret"):
            status, _, body = answer(connection, hidden)
            assert status == 404
            assert "lost" in body


def test_a_site_below_a_folder_is_shown_there(public: Path) -> None:
    """And the root leads to it."""
    with asked(public, "/brief/") as connection:
        assert answer(connection, "/")[:2] == (302, "/brief/")
        assert answer(connection, "/brief/about/")[0] == 200
        assert answer(connection, "/about/")[0] == 404


def test_a_page_elsewhere_cannot_ask_under_a_name_of_its_own(public: Path) -> None:
    """A name that was led to this machine is refused."""
    with asked(public) as connection:
        assert answer(connection, "/", Host="evil.example:80")[0] == 403


def test_a_waiting_page_is_told_of_the_next_build(public: Path) -> None:
    """The answer comes when something was built, and not before."""
    news = News()
    with asked(public, news=news) as connection:
        connection.request("GET", "/.reload?0")
        threading.Timer(0.2, news.tell).start()
        assert connection.getresponse().read() == b"1"
        assert "/.reload" in answer(connection, "/")[2]


def test_a_taken_port_is_one_clear_error(public: Path) -> None:
    """With what to do."""
    with shown(public, "/", 0, News()) as address:
        port = urlsplit(address).port or 0
        with (
            pytest.raises(OutputError, match=f"Port {port} cannot be listened on .* --port"),
            shown(public, "/", port, News()),
        ):
            pass


def test_the_site_is_built_again_when_an_issue_changes(archive: Path, publication: Path, tmp_path: Path) -> None:
    """And an error is told and waited out."""
    told: list[str] = []
    stopped, heard = threading.Event(), threading.Condition()

    def tell(line: str) -> None:
        with heard:
            told.append(line)
            heard.notify_all()

    def built(what: Built) -> None:
        tell(f"built, {len(what.corrections)} corrected")

    def wait_for(words: str) -> None:
        with heard:
            assert heard.wait_for(lambda: any(words in line for line in told), 30), told
            told.clear()

    settings = Settings(project=publication, output=archive)
    places = (tmp_path / "public", 0)
    serving = threading.Thread(target=serve_site, args=(settings, *places, built, tell, stopped))
    serving.start()
    try:
        wait_for("shows it")
        day = days_of(archive)[-1]
        change(archive / day / "session", lambda issue: reworded(issue, "close", "end"))
        wait_for("1 corrected")
        (archive / "corrections.yaml").write_text("[")
        wait_for("is not valid YAML")
        (archive / "corrections.yaml").write_text("corrections: []\n")
        wait_for("built")
    finally:
        stopped.set()
        serving.join(30)
    assert not serving.is_alive()
