"""`corrections.yaml` of an archive: what was wrong in a published issue, as people and the builder wrote it down."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from pydantic import Field

from generator.editorial.schema import Shape, fitted, rule
from generator.editorial.values import Prose
from generator.editorial.yaml_reader import parse, read_text
from generator.errors import ContentError
from generator.model import Change, Correction

WHERE = "corrections.yaml"
_NEW_YORK = ZoneInfo("America/New_York")


def _issue_fault(key: str) -> str | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d/[^/\s.][^/\s]*", key):
        return None
    return f"should name an issue by date and kind, such as 2024-07-11/session; it is '{key[:60]}'."


def _moment_fault(at: object) -> str | None:
    if isinstance(at, date) and not isinstance(at, datetime):
        return None
    if isinstance(at, str):
        try:
            datetime.strptime(at, "%Y-%m-%d %H:%M")
        except ValueError:
            pass
        else:
            return None
    return "should be a day, or a day and an hour in New York, such as 2024-07-15 09:30."


class ChangeShape(Shape):
    """A sentence before and after."""

    what: ClassVar[str] = "a change"
    was: str = ""
    now: str = ""


class CorrectionShape(Shape):
    """One correction."""

    what: ClassVar[str] = "a correction"
    issue: Annotated[str, rule(_issue_fault)]
    at: Annotated[Any, rule(_moment_fault)]
    text: Prose
    changes: list[ChangeShape] = Field(default=[])
    untold: int = 0
    version: str = ""


class CorrectionsShape(Shape):
    """The whole file."""

    what: ClassVar[str] = "the file of corrections"
    corrections: list[CorrectionShape] = Field(default=[])


def read_corrections(output: Path) -> tuple[Correction, ...]:
    """Every correction, as listed; none where there is no file. Raises `ContentError` with every fault in it."""
    path = output / WHERE
    if not path.exists() and not path.is_symlink():
        return ()
    return corrections_in(read_text(path, str(path), output), str(path))


def corrections_in(text: str, where: str) -> tuple[Correction, ...]:
    """The same of the file's text."""
    document = parse(text, where)
    shape, faults = fitted(document, CorrectionsShape)
    if faults or shape is None:
        raise ContentError(faults)
    return tuple(
        Correction(
            one.issue,
            _moment(one.at),
            " ".join(one.text.split()),
            tuple(Change(change.was, change.now) for change in one.changes),
            one.version,
            one.untold,
        )
        for one in shape.corrections
    )


def _moment(at: date | str) -> datetime:
    """The moment in New York; a day alone is its midnight."""
    if isinstance(at, date):
        return datetime.combine(at, time(), _NEW_YORK)
    return datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=_NEW_YORK)
