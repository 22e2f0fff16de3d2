"""A template that loops or grows without end is one message with its line."""

from __future__ import annotations

import resource
import signal
import threading
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.rendering.environment import environment, pour

NEVER_DONE = "a line\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def poured(folder: Path, text: str) -> str:
    (folder / "page.html.j2").write_text(text, "utf-8")
    return pour(environment([folder]), "page.html.j2", article="x")


def test_a_loop_without_end_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The alarm reaches into the template, and is not heard after it."""
    monkeypatch.setattr("generator.rendering.budget.SECONDS", 0.2)
    with pytest.raises(ContentError, match=r"page\.html\.j2:2: pouring it takes longer than 0\.2 seconds\."):
        poured(tmp_path, NEVER_DONE)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


@pytest.mark.parametrize(
    "text", ["{{ '%3000000000s' % article }}", "{{ 'x' * 3000000000 }}", "{{ article.center(3000000000) }}"]
)
def test_a_text_without_end_is_told(tmp_path: Path, text: str) -> None:
    """However a template grows, it meets the limit, which is lifted afterwards."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(ContentError, match=r"pouring it needs more than 1,024 MiB of memory"):
        poured(tmp_path, text)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_power_is_refused(tmp_path: Path) -> None:
    """One power of powers cannot be interrupted, so none is worked out."""
    with pytest.raises(ContentError, match=r"'\*\*' may not stand in a template"):
        poured(tmp_path, "{% set n = 9 %}{{ n ** n ** n ** n }}")


def test_another_thread_may_pour_as_well(tmp_path: Path) -> None:
    """Alarms reach the main thread alone; elsewhere only memory is watched."""
    texts: list[str] = []
    thread = threading.Thread(target=lambda: texts.append(poured(tmp_path, "{{ article }}")))
    thread.start()
    thread.join()
    assert texts == ["x"]
