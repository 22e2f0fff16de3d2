"""The settings of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import NoneType

from generator.errors import SettingsError

SOURCES = ("yahoo", "csv", "sample")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller asked for, with nothing left to guess."""

    edition: str = "session"
    session: date | None = None
    latest: bool = False
    """Whether to take the last session with prices, rather than the last completed one."""
    source: str = "sample"
    data: Path | None = None
    project: Path | None = None
    store: Path | None = None
    """The file for fetched prices; None means the path in COMMENTARY_STORE, or the folder for user data."""
    offline: bool = False
    """Whether to read only the store, without asking a supplier."""
    as_known: datetime | None = None
    """Read the store as it was at this moment, without asking a supplier."""
    accept: Sequence[tuple[str, date]] = ()
    """Moves, by symbol and day, that somebody has confirmed, so that they are not doubted."""
    output: Path = field(default_factory=lambda: Path("output"))
    formats: Sequence[str] = ()
    """The products to make, each a form of the article or a channel of the publication; empty means all."""
    if_new: bool = False
    """Whether to write nothing where the session's issue is there already."""
    note: Path | None = None
    """A file of notes of one session, to be kept in the publication; the edition is then of that session."""

    def __post_init__(self) -> None:
        """Raise `SettingsError` for a setting of the wrong type or an unknown source."""
        kinds: Mapping[str, type | tuple[type, ...]] = {
            "edition": str,
            "session": (date, NoneType),
            "source": str,
            "output": Path,
            "as_known": (datetime, NoneType),
            **dict.fromkeys(("data", "project", "store", "note"), (Path, NoneType)),
        }
        for name, kind in kinds.items():
            value = getattr(self, name)
            if not isinstance(value, kind) or (name == "session" and isinstance(value, datetime)):
                wanted = (kind if isinstance(kind, type) else kind[0]).__name__
                raise SettingsError(f"{name}={value!r}: give a {wanted}, not a {type(value).__name__}.")
        if self.source not in SOURCES:
            raise SettingsError(f"There is no source '{self.source}'. Choose one of {', '.join(SOURCES)}.")
        if isinstance(self.formats, str) or not all(isinstance(name, str) for name in self.formats):
            raise SettingsError(f"formats={self.formats!r}: give a list of products, such as ['html', 'x'].")
