"""Put folders to the checks of a judge and print one line a check, with the faults under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

Checks = Mapping[str, Callable[[Path], Iterator[str]]]
"""Each check by its name: the faults that it finds in a folder."""


def judged(checks: Checks, folders: Sequence[Path], what: str = "") -> int:
    """The exit code: 1 if there were any faults. `what` says what of each folder is looked at."""
    failed = False
    for folder in folders:
        for name, check in checks.items():
            try:
                faults = list(check(folder.resolve()))
            except Exception as error:  # a page so bad that a validator gives up on it has a fault like any other
                faults = [f"could not be judged: {error}"]
            failed = failed or bool(faults)
            print(f"{'FAULT' if faults else 'ok   '} {what}{folder}: {name}", *faults, sep="\n      ", flush=True)
    return int(failed)
