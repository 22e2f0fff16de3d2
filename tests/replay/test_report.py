"""The report as a reader meets it: one page that needs nothing else, and the command that writes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.replay.report import report_page, write_file
from generator.replay.run import Span, replay

from .conftest import SETTINGS

VOID = {"meta", "link", "img", "br", "hr", "input", "path", "rect"}


class Reader(HTMLParser):
    """Collects what a page asks for, and sees that its elements close in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "xlink:href")]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.labels += [part for name, value in attrs if name == "aria-labelledby" for part in (value or "").split()]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def summary() -> dict[str, Any]:
    from datetime import date

    return replay(SETTINGS, Span(date(2024, 6, 3), date(2024, 7, 11), 1))


def test_the_page_asks_for_nothing_beyond_itself(summary: dict[str, Any]) -> None:
    """No script, no picture, no font, no style sheet and no address: the page can be kept and sent."""
    page = report_page(summary)
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert reader.addresses == []
    assert not {"script", "link", "img", "iframe"} & set(reader.tags)
    assert not any(reach in page for reach in ("http:", "https:", "url(", "@import"))


def test_the_charts_can_be_read_without_being_seen(summary: dict[str, Any]) -> None:
    """Every chart has a title and a description of its own that it is labelled by."""
    reader = Reader()
    reader.feed(report_page(summary))
    assert reader.tags.count("svg") == 14
    assert len(reader.ids) == len(set(reader.ids))
    assert set(reader.labels) <= set(reader.ids)
    assert len(reader.labels) == 28


def test_errors_stand_on_the_page_as_text(summary: dict[str, Any]) -> None:
    """What an error says is escaped."""
    page = report_page(summary | {"errors": [{"session": "2024-07-08", "error": "<b> is not a filter"}]})
    assert "&lt;b&gt; is not a filter" in page


def test_the_command_writes_page_and_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`commentary replay` writes what it was asked for, sums up on standard output, and counts HTML in if so asked."""
    monkeypatch.chdir(tmp_path)
    options = ["--source", "sample", "--from", "2024-07-08", "--to", "2024-07-13", "--jobs", "1", "--format", "html"]
    result = CliRunner().invoke(main, ["replay", *options, "--report", "r.html", "--json", "r.json"])
    assert result.exit_code == 0
    assert result.stdout.startswith("5 editions of session, 2024-07-08 to 2024-07-12\n")
    assert json.loads((tmp_path / "r.json").read_text())["editions"] == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.html", "r.html.results", "r.json"]


def test_a_session_in_error_is_exit_code_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary is printed all the same, the error after it."""
    from generator.replay import processes

    def failing(*given: Any) -> Any:
        raise ValueError("nothing to tell")

    monkeypatch.setattr(processes, "make_texts", failing)
    options = ["--source", "sample", "--from", "2024-07-11", "--to", "2024-07-11"]
    result = CliRunner().invoke(main, ["replay", *options])
    assert result.exit_code == 1
    assert "2024-07-11: ValueError: nothing to tell" in result.stdout


def test_a_report_that_cannot_be_written_is_one_message(tmp_path: Path, run_error: Callable[..., str]) -> None:
    """A folder that is a file is an error of ours."""
    (tmp_path / "file").write_text("")
    assert "cannot be written" in run_error(lambda: write_file(tmp_path / "file" / "r.html", ""))


def test_the_page_is_in_the_wheel() -> None:
    """The report's template stands inside the package, which is all that an installed program has."""
    assert files("generator.replay").joinpath("report.html.j2").is_file()
