"""What may be wrong with the price store on an evening on which nothing else is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from generator.market.store.file import PriceStore
from tests.faults.evening import Case

_CORE = "^RUT"
_HELD: list[sqlite3.Connection] = []
"""Runs that have begun to write and do not end."""


def _path(folder: Path) -> Path:
    return folder / "prices.sqlite3"


def _made(folder: Path) -> Path:
    """An empty store."""
    with PriceStore.open(_path(folder), create=True):
        return _path(folder)


def _locked(folder: Path) -> None:
    other = sqlite3.connect(_made(folder), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    _HELD.append(other)


def _read_only(folder: Path) -> None:
    _made(folder).chmod(0o444)


def _truncated(folder: Path) -> None:
    path = _made(folder)
    path.write_bytes(path.read_bytes()[:20_000])


def _garbage(folder: Path) -> None:
    _path(folder).write_bytes(b"prices, prices, prices\n" * 4000)


def _newer(folder: Path) -> None:
    with closing(sqlite3.connect(_made(folder))) as newer:
        newer.execute("PRAGMA user_version = 99")


def _foreign(folder: Path) -> None:
    with closing(sqlite3.connect(_path(folder))) as other:
        other.execute("CREATE TABLE photos (name)")


def stores() -> Sequence[Case]:
    """A store that is corrupt is set aside and the edition written; what never was one is left, like any other trouble."""
    small, other = {"LARGEST_FILE": str(400_000)}, {"UNPRIVILEGED": "1"}
    return [
        Case("store locked", _CORE, None, 3, before=_locked),
        Case("store read-only", _CORE, None, 1, before=_read_only, settings=lambda net, folder: other),
        Case("store on a full disk", _CORE, None, 1, settings=lambda net, folder: small),
        Case("store truncated", _CORE, None, 0, before=_truncated),
        Case("store overwritten", _CORE, None, 1, before=_garbage),
        Case("store from a newer version", _CORE, None, 1, before=_newer),
        Case("store that is another program's", _CORE, None, 1, before=_foreign),
        Case("store that is not there, read alone", _CORE, None, 1, arguments=("--offline",)),
    ]
