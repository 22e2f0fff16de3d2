"""What an editor has chosen for one issue, where rules and turns would have given something else."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property

CHOSEN = "an editor chose another in its place"
"""What became of a fragment that was passed over for that reason."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A fragment that is to speak in a part of the page, and the one that is not to, if it takes a place."""

    part: str
    fragment: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of a fragment that is to be used, by its words as they are written."""

    fragment: str
    part: str
    """Of the fragment: `headline`, or `body`."""
    says: str


@dataclass(frozen=True)
class Choices:
    """The choices for the issue of one session and kind, from `content/choices/`."""

    session: date
    edition: str
    story: str = ""
    """The fragment that leads; empty where it is the most newsworthy one."""
    passages: tuple[Passage, ...] = ()
    wordings: tuple[Wording, ...] = ()

    @cached_property
    def passed_over(self) -> dict[str, frozenset[str]]:
        """By part, the fragments that are not to speak in it."""
        found: dict[str, frozenset[str]] = {}
        for one in self.passages:
            if one.instead:
                found[one.part] = found.get(one.part, frozenset()) | {one.instead}
        return found

    def wanted(self, part: str) -> tuple[str, ...]:
        """The fragments that are to speak in a part."""
        return tuple(one.fragment for one in self.passages if one.part == part)

    def says(self, fragment: str, part: str) -> str:
        """The words of the wording that is to be used; empty where it is the one whose turn it is."""
        return next((one.says for one in self.wordings if (one.fragment, one.part) == (fragment, part)), "")

    @property
    def record(self) -> dict[str, object]:
        """The same as the ledger has it."""
        told = {
            "story": self.story,
            "passages": [asdict(one) for one in self.passages],
            "wordings": [asdict(one) for one in self.wordings],
        }
        return {name: value for name, value in told.items() if value}

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.story or self.passages or self.wordings)
