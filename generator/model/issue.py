"""The fragments weighed for an issue, and the files that it became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.model.prices import Omission


class Weighed(NamedTuple):
    """One fragment on one session: whether its rule held, how rare that is, and whether it was used."""

    fragment: str
    slot: str
    held: bool
    surprisal: float
    """Bits: -log2 of the share of past sessions on which the rule held."""
    times_before: int
    last_time: date | None
    outcome: str
    """`spoke`, or the reason it was passed over."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of an edition folder."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What `write_edition` did."""

    folder: Path
    session: date
    edition: str
    files: tuple[str, ...]
    omissions: tuple[Omission, ...]
    notices: tuple[str, ...] = ()
    """Things the user should know: a product that could not be made, and why."""
    stages: tuple[tuple[str, float, str], ...] = ()
    """(stage, seconds, what it did) for --verbose."""
