"""What a site is built of: its settings, what its lists tell of each issue, and the corrections that were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a site has besides its articles, from `content/publication.yaml`."""

    address: str
    """Where the site's front page is, with a slash at its end."""
    description: str
    """One line below the name."""
    hour: int
    """Minutes after midnight in New York at which an issue of a session counts as published."""
    about: tuple[str, ...]
    method: tuple[str, ...]
    sources: tuple[str, ...]
    corrections: tuple[str, ...]
    """The paragraphs of the pages that say who writes, how, from what, and what happens to a mistake."""
    contact: str
    """An address for mail, or of a page; may be empty."""
    subjects: Mapping[str, str]
    """For the beginning of a story's name, the words under which its articles are gathered."""


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence as it stood, and as it stands; empty where there was none, or is none any more."""

    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in an issue that had been published, and when that was put right."""

    issue: str
    """`2024-07-11/session`."""
    at: datetime
    """With New York's zone."""
    text: str
    changes: tuple[Change, ...] = ()
    version: str = ""
    """The digest of the words it led to; empty in one that a person wrote."""
    untold: int = 0
    """How many more sentences changed than are listed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One issue as lists, feeds and neighbours tell of it."""

    session: date
    kind: str
    kicker: str
    headline: str
    standfirst: str
    author: str
    angle: str
    tags: tuple[str, ...]
    minutes: int
    simulated: bool
    card: str
    """The card in words; empty where the issue has no picture of that."""

    @property
    def key(self) -> str:
        """`2024-07-11/session`."""
        return f"{self.session.isoformat()}/{self.kind}"
