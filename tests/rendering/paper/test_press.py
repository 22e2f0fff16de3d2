"""A second process lays pages out, or says why it cannot."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.errors import PdfUnavailableError
from generator.model import Article, Imprint
from generator.rendering.environment import sheet
from generator.rendering.pages.article import render_html
from generator.rendering.paper.pdf import load_layout, render_pdf
from generator.rendering.paper.press import Press


def test_the_second_process_gives_the_pdf_that_the_first_would(
    article: Article, imprint: Imprint, env: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are those of laying the page out here, whether the style sheet went ahead; its copies of fonts go."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    try:
        load_layout()
    except PdfUnavailableError as error:
        pytest.skip(str(error))
    paper, css = render_html(article, imprint, env, simulated=True, paper=True), sheet(env, "print.css")
    for prepared in (False, True):
        with Press() as press:
            if prepared:
                press.prepare(css)
            press.send(paper, css)
            assert press.receive() == render_pdf(paper, css)
        assert [*tmp_path.iterdir()] == []


def layout_engine(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Put a package of that name and code where the second process finds it first."""
    (folder / "weasyprint.py").write_text(code, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_a_missing_library_is_named_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Pango is missing, the error says so and how to install it, though the page was sent already."""
    layout_engine(tmp_path, monkeypatch, "raise OSError('cannot load library libpango-1.0-0')")
    with Press() as press:
        press.prepare("p {}")
        press.send("<p>" * 100_000, "")
        with pytest.raises(
            PdfUnavailableError, match=r"No PDF: cannot load library libpango.* apt-get install libpango"
        ):
            press.receive()


def test_a_layout_engine_that_fails_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong over there is one line here, without a traceback."""
    layout_engine(tmp_path, monkeypatch, "import os, sys; print('out of memory', file=sys.stderr); os._exit(9)")
    with Press() as press:
        press.send("<p>", "")
        with pytest.raises(PdfUnavailableError) as caught:
            press.receive()
    assert str(caught.value) == "No PDF: the layout engine failed (out of memory)."


def test_no_process_outlives_a_run_that_failed() -> None:
    """An error before the page is ready ends the second process too."""
    with pytest.raises(ValueError, match="prices"), Press() as press:
        raise ValueError("prices")
    assert press._process is not None
    assert press._process.returncode is not None


def test_none_is_started_when_no_pdf_is_wanted() -> None:
    """Other formats do not pay for the layout engine."""
    with Press(wanted=False) as press:
        assert press._process is None


def test_a_file_of_the_working_directory_is_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication brings words: a module's name on one of its files gets nothing run."""
    for name in ("zlib.py", "json.py", "weasyprint.py", "subprocess.py", "fontTools/__init__.py"):
        module = tmp_path / name
        module.parent.mkdir(exist_ok=True)
        module.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", f"{Path('.')}")
    with Press() as press:
        press.send("<p>A page", "")
        with contextlib.suppress(PdfUnavailableError):
            press.receive()
    assert not (tmp_path / "ran").exists()


def test_a_page_that_is_never_done_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The layout has a budget of time."""
    layout_engine(tmp_path, monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr("generator.rendering.paper.press.SECONDS", 0.5)
    with Press() as press:
        press.send("<p>", "")
        with pytest.raises(PdfUnavailableError, match=r"took longer than 0\.5 seconds\. Simplify article\.html\.j2"):
            press.receive()


def test_a_page_that_takes_all_memory_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The layout has a budget of memory."""
    layout_engine(tmp_path, monkeypatch, "import sys; sys.modules['weasyprint'] = None; [0] * 2**40")
    with Press() as press:
        press.send("<p>", "")
        with pytest.raises(PdfUnavailableError, match=r"the page needs more than 3 GiB"):
            press.receive()
