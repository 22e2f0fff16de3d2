"""What takes long to work out, kept from run to run: the same answer, sooner.

An entry says what it was made from. One that was made from anything else, by another version of the program or by
somebody else, or that is damaged, counts for nothing and is made anew. To delete the folder costs time and nothing
else.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

VARIABLE = "COMMENTARY_CACHE"
MOST_ENTRIES, MOST_BYTES = 256, 400_000_000
"""What is kept; beyond it, what was not used for longest goes first."""

_Made = TypeVar("_Made")
_DIGEST = 32
_PLAIN = frozenset(
    {
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("decimal", "Decimal"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("numpy", "dtype"),
        ("numpy", "ndarray"),
        ("numpy._core.multiarray", "_reconstruct"),
        ("numpy._core.multiarray", "scalar"),
        ("numpy._core.numeric", "_frombuffer"),
    }
)
"""What an entry may be built of, beside the program's own classes, paths and the nodes of a rule's tree."""


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
    found = _read(*entry) if entry else None
    if found is not None:
        value: _Made = found[0]
        return value
    value = make()
    if entry:
        _write(*entry, value)
    return value


def kept_each(
    kind: str, place: str, of: Iterable[bytes], keys: Iterable[str], make: Callable[[str], _Made]
) -> dict[str, _Made]:
    """The same for each of the keys: what one entry holds of them, and what is made of the others and added to it."""
    entry = _entry(kind, place, of)
    found = _read(*entry) if entry else None
    known: dict[str, _Made] = found[0] if found else {}
    wanted = list(keys)
    new = {key: make(key) for key in wanted if key not in known}
    if entry and new:
        _write(*entry, known | new)
    return {key: known[key] if key in known else new[key] for key in wanted}


def _entry(kind: str, place: str, of: Iterable[bytes]) -> tuple[Path, bytes] | None:
    """The file of an entry and the stamp it has to have; None where nothing can be kept."""
    folder = _own_folder()
    if folder is None:
        return None
    # Two checkouts of the program have entries of their own: each would make the other's anew.
    where = [str(Path(__file__)).encode(errors="surrogateescape"), place.encode(errors="surrogateescape")]
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


def fingerprint(value: Any) -> bytes:
    """A digest of a value of the program's own: arrays by their bytes, the rest by what it prints as."""
    return digest(_parts(value))


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
    import numpy

    package = Path(__file__).parent
    files = sorted((path, status.st_size, status.st_mtime_ns) for path, status in _sources(str(package)))
    return repr((sys.version, numpy.__version__, files)).encode()


def _sources(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "bundled"):
                    yield from _sources(entry.path)
            elif entry.name.endswith(".py"):
                yield entry.path, entry.stat()


class _Unpickler(pickle.Unpickler):
    """Builds plain values and the program's own, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if an entry may hold it."""
        ours = module.startswith("generator.") or module.partition(".")[0] in ("pathlib", "ast")
        if not ours and (module, name) not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name} stands in no entry")
        found = super().find_class(module, name)
        if ours and not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is no class")
        return found


def _read(path: Path, stamp: bytes) -> tuple[Any] | None:
    """The value, in a tuple of its own, if the entry there is whole and has that stamp."""
    try:
        content = path.read_bytes()
        head, body = content[: 2 * _DIGEST], memoryview(content)[2 * _DIGEST :]
        if head[:_DIGEST] != stamp or head[_DIGEST:] != sha256(stamp + sha256(body).digest()).digest():
            return None
        value = _Unpickler(BytesIO(body)).load()
        os.utime(path)
    except Exception:  # an entry can be damaged in any way, and none of them is worth more than making it anew
        return None
    return (value,)


def _write(path: Path, stamp: bytes, value: object) -> None:
    """Keep the value, whole or not at all; where it cannot be kept, the next run works it out again."""
    with suppress(OSError, pickle.PicklingError, TypeError, AttributeError, RecursionError):
        body = pickle.dumps(value, protocol=5)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with open(handle, "wb") as file:
                file.write(stamp + sha256(stamp + sha256(body).digest()).digest() + body)
            os.replace(name, path)
        except OSError:
            os.unlink(name)
            raise
        _clear(path.parent)


def _clear(folder: Path) -> None:
    """Delete what was not used for longest, if there is too much."""
    entries = sorted(((status := path.stat()).st_mtime_ns, status.st_size, path) for path in folder.iterdir())
    count, size = len(entries), sum(one for _, one, _ in entries)
    for _, bytes_, path in entries:
        if count <= MOST_ENTRIES and size <= MOST_BYTES:
            break
        path.unlink(missing_ok=True)
        count, size = count - 1, size - bytes_
