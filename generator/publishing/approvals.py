"""`approvals.jsonl` of an archive: who has approved which issue, and the hash of all that he saw.

Lines are only ever added; of an issue the last one counts.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import orjson

from generator import files
from generator.errors import DataError, OutputError
from generator.locking import alone_in

FILE = "approvals.jsonl"
LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's word that an issue may go out as it stands."""

    issue: str
    """`2024-07-11/session`."""
    digest: str
    """The hash of the issue's folder; whatever is written since has another."""
    by: str
    at: datetime


def read_approvals(output: Path) -> dict[str, Approval]:
    """The last approval of each issue; raises `DataError` for a line that is none."""
    path = output / FILE
    try:
        lines = files.read_text(path, output, LARGEST).splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}.") from error
    found: dict[str, Approval] = {}
    for number, line in enumerate(lines, 1):
        try:
            told = orjson.loads(line)
            one = Approval(told["issue"], told["digest"], told["by"], datetime.fromisoformat(told["at"]))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}:{number}: is no approval. Take the line out, and approve again.") from error
        found[one.issue] = one
    return found


def add_approval(output: Path, approval: Approval) -> None:
    """Add a line; it is on the disk when this returns."""
    path = output / FILE
    try:
        with alone_in(output), path.open("ab") as file:
            file.write(orjson.dumps(asdict(approval), option=orjson.OPT_APPEND_NEWLINE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}). Nothing is approved.") from error
