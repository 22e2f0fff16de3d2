"""List what may be cited on a session, and where each fact was cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from generator.errors import CommentaryError, DataError
from generator.figures.catalogue import FigureCatalogue
from generator.loading import open_publication
from generator.market.sessions import resolve_session
from generator.model import NOTED, Fact, Fragment, Publication, Settings
from generator.narrative.situations.figures import all_names
from generator.narrative.situations.occasions import Occasions
from generator.narrative.situations.rules import read_rule
from generator.publishing.archive import shelved
from generator.publishing.document import ISSUE_FILE, read_issue

SOON = timedelta(days=30)
"""Before its last day, from when on a fact is said to expire."""
LASTING = timedelta(days=8)
"""How long a fact has to hold for its end to be worth a word: a decision's own day is none."""


@dataclass(frozen=True, slots=True)
class Source:
    """A fact or a calendar's day that a sentence of the session may cite."""

    fact: Fact
    cited: Sequence[str]
    """The issues of the archive that cite it: `2024-07-11/session`."""

    @property
    def record(self) -> dict[str, Any]:
        """The source for programs."""
        one = self.fact
        return {
            "id": one.id,
            "key": one.key,
            "source": one.source,
            "url": one.url,
            "as_of": one.as_of.isoformat(),
            "published": one.published.isoformat(),
            "expires": one.expires.isoformat(),
            "values": {name: _shown(value) for name, value in one.values.items()},
            "line": one.line,
            "cited": list(self.cited),
        }


def _shown(value: Decimal | str | date) -> float | str:
    return float(value) if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class Sources:
    """All that may be cited on a session, by key."""

    session: date
    found: Sequence[Source]
    notices: Sequence[str] = ()


def sources(settings: Settings, archive: Path | None = None) -> Sources:
    """What a sentence of the session may cite, with the issues of the archive in which each was cited."""
    publication = open_publication(settings)
    session = resolve_session(settings.session, settings.as_known)
    notices: list[str] = []
    cited = _cited(archive, notices) if archive else {}
    facts = [*in_force(publication.facts, session).values(), *_entries(publication, session)]
    facts.sort(key=lambda fact: (fact.key, fact.as_of, fact.id))
    return Sources(session, [Source(fact, cited.get(fact.id, ())) for fact in facts], notices)


def in_force(facts: Iterable[Fact], session: date) -> dict[str, Fact]:
    """By key, the fact that speaks on the session: of those that hold, the newest."""
    held = [fact for fact in facts if fact.begins <= session < fact.expires]
    return {fact.key: fact for fact in sorted(held, key=lambda fact: (fact.as_of, fact.published, fact.id))}


def _entries(publication: Publication, session: date) -> Iterator[Fact]:
    day = np.array([session], dtype="datetime64[D]")
    for calendar in publication.calendars:
        yield from Occasions(calendar, day).entries(0)


def _cited(archive: Path, notices: list[str]) -> Mapping[str, list[str]]:
    """By a fact's id, the issues that cite it."""
    found: dict[str, list[str]] = {}
    folders, passed_over = shelved(archive)
    notices += passed_over
    for one in folders:
        file = one.folder / ISSUE_FILE
        try:
            issue = read_issue(file.read_bytes(), str(file))
        except DataError as error:
            notices.append(str(error))
            continue
        except OSError as error:
            notices.append(f"{file}: cannot be read ({error.strerror}).")
            continue
        for fact in issue.article.sources:
            found.setdefault(fact.id, []).append(one.key)
    return found


def source_reminders(publication: Publication, session: date) -> Iterator[str]:
    """A line for each lasting fact that ends within thirty days, and for each that passages wait for in vain."""
    held = in_force(publication.facts, session)
    newest: dict[str, Fact] = {}
    for fact in sorted(publication.facts, key=lambda fact: (fact.as_of, fact.published, fact.id)):
        if fact.begins <= session and fact.expires - fact.as_of > LASTING and fact.key not in NOTED:
            newest[fact.key] = fact
    for key, fact in newest.items():
        left = (fact.expires - session).days
        later = any(one.key == key and one.begins <= fact.expires < one.expires for one in publication.facts)
        if held.get(key) is fact and left <= SOON.days and not later:
            yield f"note: {fact.line}: '{fact.id}' expires on {fact.expires}, in {left} day{'' if left == 1 else 's'}."
    for key, files in _waiting(publication, session).items():
        if key in newest and key not in held:
            shown = files[0] + (f" and {len(files) - 1} more" if len(files) > 1 else "")
            yield (
                f"note: nothing of '{key}' holds on {session}: '{newest[key].id}' expired on {newest[key].expires}. "
                f"Without a newer source these passages are silent: {shown}."
            )


def _waiting(publication: Publication, session: date) -> dict[str, list[str]]:
    """By key of a fact, the files whose rules name a value of it that has to hold on the session."""
    catalogue = all_names(publication, FigureCatalogue(publication.universe))
    files: dict[str, dict[str, None]] = {}
    for fragments in publication.fragments.values():
        for fragment in fragments:
            for name in _names(fragment, catalogue):
                meaning = catalogue.cited.meanings.get(name)
                if meaning and meaning.value and not meaning.newest:
                    files.setdefault(meaning.key, {})[fragment.path] = None
    return {key: list(found) for key, found in files.items()}


def _names(fragment: Fragment, catalogue: Any) -> tuple[str, ...]:
    """The figures that a fragment's rule names; none where it cannot be read, which `check` says."""
    try:
        return read_rule(fragment.when, catalogue, fragment.path).names
    except CommentaryError:
        return ()
