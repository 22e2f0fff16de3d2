"""A small version of `make delivery-kills`."""

from __future__ import annotations

from pathlib import Path

from tests.delivery.kills import run


def test_no_kill_doubles_or_loses_a_message(tmp_path: Path) -> None:
    """At chance moments of a few deliveries; the long version is `make delivery-kills`."""
    seen = run(tmp_path, kills=8, messages=20, seed=3)
    assert seen["kills"] >= 8
    assert seen["messages"] >= 20
