"""Entries of the cache as files: a stamp, a digest of both, and a value that no other code than its own can come of."""

from __future__ import annotations

import os
import pickle
import struct
import tempfile
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

MOST_ENTRIES, MOST_BYTES = 256, 400_000_000
"""What is kept; beyond it, what was not used for longest goes first."""
_DIGEST, _WORD = 32, 8
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


def read(path: Path, stamp: bytes) -> tuple[Any] | None:
    """The value, in a tuple of its own, if the entry there is whole and has that stamp."""
    try:
        content = memoryview(path.read_bytes())
        body = content[2 * _DIGEST :]
        if content[: 2 * _DIGEST] != stamp + sha256(stamp + sha256(body).digest()).digest():
            return None
        value = _unpacked(body)
        os.utime(path)
    except Exception:  # an entry can be damaged in any way, and none of them is worth more than making it anew
        return None
    return (value,)


def _packed(value: object) -> list[bytes | memoryview]:
    """How many parts there are and how long each is; the value pickled; its arrays, to be read without a copy."""
    arrays: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(value, protocol=5, buffer_callback=arrays.append)
    parts = [memoryview(pickled), *(array.raw() for array in arrays)]
    found: list[bytes | memoryview] = [struct.pack(f">{len(parts) + 1}Q", len(parts), *(one.nbytes for one in parts))]
    for part in parts:
        found += [part, bytes(-part.nbytes % _WORD)]
    return found


def _unpacked(body: memoryview) -> Any:
    (count,) = struct.unpack_from(">Q", body)
    start, parts = _WORD * (count + 1), []
    for length in struct.unpack_from(f">{count}Q", body, _WORD):
        parts.append(body[start : start + length])
        start += length + -length % _WORD
    return _Unpickler(BytesIO(parts[0]), buffers=parts[1:]).load()


def write(path: Path, stamp: bytes, value: object) -> None:
    """Keep the value, whole or not at all; where it cannot be kept, the next run works it out again."""
    with suppress(OSError, pickle.PicklingError, TypeError, AttributeError, RecursionError):
        body = _packed(value)
        whole = sha256()
        for part in body:
            whole.update(part)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with open(handle, "wb") as file:
                file.write(stamp + sha256(stamp + whole.digest()).digest())
                file.writelines(body)
            os.replace(name, path)
        except BaseException:
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
