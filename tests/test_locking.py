"""Two runs in one folder take turns."""

from __future__ import annotations

import threading
from pathlib import Path

from generator.locking import alone_in


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    """While one run is at work in a folder, another does not begin."""
    order: list[str] = []

    def second() -> None:
        with alone_in(tmp_path):
            order.append("second")

    with alone_in(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
