"""What takes long to work out, kept from run to run: the same answer, sooner.

An entry says what it was made from. One that was made from anything else, by another version of the program or by
somebody else, or that is damaged, counts for nothing and is made anew. To delete the folder costs time and nothing
else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from generator.caching import entries

VARIABLE = "COMMENTARY_CACHE"
_PACKAGE = Path(__file__).parents[1]

_Made = TypeVar("_Made")


def cache_folder() -> Path:
    """`COMMENTARY_CACHE`, or the platform's own folder for a user's caches."""
    from platformdirs import user_cache_path

    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_cache_path("market-commentary", appauthor=False)


def kept(kind: str, place: str, of: Iterable[bytes], make: Callable[[], _Made]) -> _Made:
    """What `make` gives: as it was kept, if it was made by this program from the same `of`, or else made and kept.

    `of` has to tell all that the answer depends on beside the program itself. There is one entry for each `kind` and
    `place`; a newer one takes its place.
    """
    entry = _entry(kind, place, of)
    if entry is None:
        return make()
    found = entries.read(*entry)
    value: _Made = found[0] if found else make()
    if found is None:
        _keep(*entry, value)
    _known[:] = [(value, entry[1])]
    return value


def kept_each(
    kind: str,
    place: str,
    of: Iterable[bytes],
    keys: Iterable[str],
    make: Callable[[list[str]], Mapping[str, _Made]],
    *,
    alone: bool = False,
) -> dict[str, _Made]:
    """The same for each of the keys: what one entry holds of them, and what is made of the others and added to it.

    With `alone`, the entry forgets what is not among the keys.
    """
    entry = _entry(kind, place, of)
    found = entries.read(*entry) if entry else None
    known: dict[str, _Made] = found[0] if found else {}
    wanted = list(keys)
    new = [key for key in wanted if key not in known]
    whole = {**known, **make(new)} if new else known
    if alone:
        whole = {key: whole[key] for key in wanted}
    if entry and new:
        _keep(*entry, whole)
    return {key: whole[key] for key in wanted}


def _entry(kind: str, place: str, of: Iterable[bytes]) -> tuple[Path, bytes] | None:
    """The file of an entry and the stamp it has to have; None where nothing can be kept."""
    folder = _own_folder()
    if folder is None:
        return None
    # Two checkouts of the program have entries of their own: each would make the other's anew.
    where = [str(_PACKAGE).encode(errors="surrogateescape"), place.encode(errors="surrogateescape")]
    return folder / f"{kind}-{digest(where).hex()[:16]}", digest([_program(), kind.encode(), *where, *of])


@lru_cache(maxsize=16)
def release(package: str) -> str:
    """The version of an installed package by the name of its folder of metadata; empty where there is none.

    `importlib.metadata` would load the whole of `email` for it, and read what stands in that folder.
    """
    wanted = package.replace("-", "_").lower()
    for folder in sys.path:
        with suppress(OSError):
            for entry in os.listdir(folder or "."):
                name, _, version = entry.removesuffix(".dist-info").rpartition("-")
                if entry.endswith(".dist-info") and name.replace("-", "_").lower() == wanted:
                    return version
    return ""


def digest(parts: Iterable[bytes]) -> bytes:
    """One digest of all the parts and of where each ends."""
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


_known: list[tuple[object, bytes]] = []
"""The last value that was asked for, with the digest of all it was made from, which tells it from every other."""


def fingerprint(value: Any) -> bytes:
    """A digest of a value of the program's own: of what it was made from, if it was the last that was asked for, or
    else of arrays by their bytes and of the rest by what it prints as."""
    return next((made_from for held, made_from in _known if held is value), None) or digest(_parts(value))


def _parts(value: Any) -> Iterator[bytes]:
    if hasattr(value, "tobytes") and hasattr(value, "dtype"):
        yield f"{value.dtype} {value.shape}".encode()
        yield value.tobytes()
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield field.name.encode()
            yield from _parts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield repr(key).encode()
            yield from _parts(held)
    elif isinstance(value, set | frozenset):  # which come in another order in every run
        yield repr(sorted(map(repr, value))).encode()
    elif isinstance(value, tuple | list):
        yield f"{len(value)}".encode()
        for held in value:
            yield from _parts(held)
    else:
        yield repr(value).encode()


def _own_folder() -> Path | None:
    """The folder of entries, made if it is not there; None where it cannot be, or where others may write in it."""
    try:
        folder = cache_folder() / "kept"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    mine = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
    return folder if mine else None


@lru_cache(maxsize=1)
def _program() -> bytes:
    """What tells this program from every other version of it, and from itself before a line was changed."""
    files = sorted((path, status.st_size, status.st_mtime_ns) for path, status in _sources(str(_PACKAGE)))
    return repr((sys.version, _numpy(), files)).encode()


def _numpy() -> tuple[str, int]:
    """Which numpy there is, by the file that says so: to load it takes longer than most entries save."""
    found = find_spec("numpy")
    path = Path(found.origin).with_name("version.py") if found and found.origin else Path(__file__)
    return str(path), path.stat().st_mtime_ns


def _sources(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "bundled"):
                    yield from _sources(entry.path)
            elif entry.name.endswith(".py"):
                yield entry.path, entry.stat()


_Waiting = list[tuple[Path, bytes, object]]
_waiting: ContextVar[_Waiting | None] = ContextVar("waiting", default=None)
"""What a thread has yet to write."""


@contextmanager
def kept_later() -> Iterator[Callable[[], None]]:
    """While this lasts nothing is written; its end writes all that waits, and so does, before that, what it gives."""
    waiting: _Waiting = []

    def write() -> None:
        while waiting:
            entries.write(*waiting.pop(0))

    before = _waiting.set(waiting)
    try:
        yield write
    finally:
        _waiting.reset(before)
        write()


def _keep(path: Path, stamp: bytes, value: object) -> None:
    waiting = _waiting.get()
    if waiting is None:
        entries.write(path, stamp, value)
    else:
        waiting.append((path, stamp, value))
