"""Swaps two folders in one step, where the system can."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = -100  # AT_FDCWD on Linux: paths are relative to the working directory
_SWAP = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS


def exchange(one: Path, other: Path) -> bool:
    """Swap the two in one step that a kill cannot interrupt; False, with nothing done, if the system cannot.

    Linux has had `renameat2` since 3.15, and macOS `renamex_np` since 10.12; not every file system supports them.
    """
    swap = _swap()
    return swap is not None and swap(os.fsencode(one), os.fsencode(other)) == 0


@lru_cache(maxsize=1)
def _swap() -> Callable[[bytes, bytes], int] | None:
    """The C library's function that swaps two paths, or None."""
    library: Any = ctypes.CDLL(None)
    if hasattr(library, "renameat2"):
        library.renameat2.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
        return lambda one, other: int(library.renameat2(_HERE, one, _HERE, other, _SWAP))
    if hasattr(library, "renamex_np"):
        library.renamex_np.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
        return lambda one, other: int(library.renamex_np(one, other, _SWAP))
    return None
