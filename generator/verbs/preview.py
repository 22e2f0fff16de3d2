"""Fill in a fragment's wordings as they would have read on the last sessions on which its rule held."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from generator.errors import ContentError, Fault
from generator.figures.catalogue import FigureCatalogue
from generator.figures.table import FigureTable
from generator.loading import load_past
from generator.model import Figures, Fragment, Publication, Role, Settings, Variant
from generator.narrative.checks.proofreading import legible
from generator.narrative.composing.composition import compose
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Candidate, Newsroom, Tonight
from generator.narrative.planning import Plan, plan
from generator.narrative.situations.figures import all_names
from generator.narrative.situations.rules import Rule, distances
from generator.project import Project, find_project
from generator.verbs.check import content_faults

DAYS = 5
"""On how many sessions wordings are shown, unless another number is asked for."""
_REGISTERS = {"body": Register.BODY, "lead": Register.BODY, "headline": Register.HEADLINE}
"""Parts whose names are not the short ones."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One wording on one session."""

    part: str
    source: str
    """`file:line`."""
    text: str | None
    """None where a figure is absent, or would print as nothing."""
    in_turn: bool
    """Whether the session's issue could have used it; wordings take turns."""


@dataclass(frozen=True, slots=True)
class Day:
    """One session on which the rule held: the issue's story, what became of the fragment in it, and its wordings."""

    session: date
    story: str
    """The fragment that leads the issue of that session."""
    headline: str
    outcome: str
    wordings: tuple[Filled, ...]


@dataclass(frozen=True, slots=True)
class Previewed:
    """One rule of the file with its wordings."""

    fragment: str
    rule: str
    held: int
    """On how many sessions it held."""
    sessions: int
    first: date
    last: date
    days: tuple[Day, ...]
    """The last of those on which it held, the latest first."""
    nearest: date | None = None
    """For a rule that never held, the last session on which most of its conditions did."""
    distances: tuple[str, ...] = ()
    """What each comparison came to on that session, and how far it was from flipping."""
    on: tuple[date, ...] = ()
    """Every session on which it held."""

    @property
    def record(self) -> dict[str, Any]:
        """The same for programs, without the sessions on which it held."""
        return {name: value for name, value in asdict(self).items() if name != "on"}


def preview(settings: Settings, file: Path, days: int = DAYS) -> list[Previewed]:
    """Every rule of the file, with all its wordings on the last `days` sessions on which it held.

    Raises `ContentError` with the faults of the file; those of other files do not matter here.
    """
    project = find_project(settings.project)
    path = _path(file, project)
    publication, faults = content_faults(project.root, project.templates)
    readable = sound(publication, faults, path, settings.edition)
    market = load_past(settings, readable)
    return previewed(readable, settings.edition, FigureTable(market, readable.universe), path, days)


def sound(publication: Publication | None, faults: Sequence[Fault], path: str, edition: str) -> Publication:
    """The publication without what cannot be read of it; raises `ContentError` with the faults of the file."""
    own = [fault for fault in faults if fault.where.rpartition(":")[0] == path or fault.where == path]
    if own or publication is None:
        raise ContentError(own or faults)
    if edition not in publication.outlines:
        known = ", ".join(publication.outlines) or "none"
        raise ContentError([Fault("preview", f"there is no edition '{edition}'; these there are: {known}.")])
    catalogue = all_names(publication, FigureCatalogue(publication.universe))
    readable = legible(publication, edition, catalogue)
    if not any(fragment.path == path for fragment in readable.fragments[edition]):
        raise ContentError([Fault(path, f"is no file of fragments that '{edition}' takes from.")])
    return readable


def previewed(
    publication: Publication, edition: str, table: FigureTable, path: str, days: int = DAYS
) -> list[Previewed]:
    """Every rule of a file of a publication that is sound, over the figures given."""
    newsroom = Newsroom.over(publication, edition, table)
    fragments = [fragment for fragment in publication.fragments[edition] if fragment.path == path]
    return [_previewed(newsroom, fragment, days) for fragment in fragments]


def _path(file: Path, project: Project) -> str:
    """The file as faults name it: from the publication's folder, wherever the command was given from."""
    inside = project.root / file
    found = inside if inside.exists() else file
    try:
        return found.resolve().relative_to(project.root.resolve()).as_posix()
    except ValueError:
        raise ContentError([Fault(str(file), f"is not within the publication in {project.root}.")]) from None


def _previewed(newsroom: Newsroom, fragment: Fragment, days: int) -> Previewed:
    rows = np.flatnonzero(newsroom.pasts[fragment.key].held)
    all_days = newsroom.days
    shown = tuple(_day(newsroom.at(row), fragment.key) for row in rows[: -days - 1 : -1].tolist())
    found = Previewed(fragment.key, fragment.when, len(rows), len(all_days), all_days[0], all_days[-1], shown)
    if found.held:
        return replace(found, on=tuple(all_days[row] for row in rows.tolist()))
    rule, figures = newsroom.rules[fragment.key], newsroom.seen_by(fragment)
    row = _nearest(rule, figures)
    if row is None:
        return found
    return replace(found, nearest=all_days[row], distances=distances(rule, figures, row))


def _nearest(rule: Rule, figures: Figures) -> int | None:
    """The last session on which most conditions joined by `and` held; None if a figure was always absent."""
    tree = rule.tree
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    columns = [Rule(rule.text, rule.names, part, rule.words).evaluated(figures) for part in parts]
    present = columns[0][1]
    if not present.any():
        return None
    held = np.where(present, np.sum([column for column, _ in columns], axis=0), -1)
    return int(np.flatnonzero(held == held.max())[-1])


def _day(tonight: Tonight, key: str) -> Day:
    planned = plan(tonight)
    headline = next(block for block in compose(planned) if block.role is Role.HEADLINE)
    candidate = next(one for one in tonight.held if one.fragment.key == key)
    standing = next(one for one in tonight.weigh(planned.outcomes) if one.fragment == key)
    return Day(
        tonight.realiser.session,
        planned.angle.fragment.key,
        " ".join(sentence.text for sentence in headline.sentences),
        standing.outcome,
        tuple(_filled(planned, candidate)),
    )


def _filled(planned: Plan, candidate: Candidate) -> Iterator[Filled]:
    for part, variants in candidate.fragment.parts.items():
        offered = planned.tonight.wordings(candidate, part)
        for variant in variants:
            text = _text(planned, candidate, part, variant)
            yield Filled(part, variant.source, text, variant in offered)


def _text(planned: Plan, candidate: Candidate, part: str, variant: Variant) -> str | None:
    """The paragraph, with those lines of it that may be left out which the session and its story call for."""
    tonight = planned.tonight
    if not tonight.ready(variant, candidate):
        return None
    voice = Voice(tonight.turn, _REGISTERS.get(part, Register.BRIEF))
    lines = planned.lines(candidate, variant, 0)
    made = [tonight.realiser.sentence(candidate.fragment, line, candidate.past, voice) for line in lines]
    return " ".join(one.text for one in made if one and one.pieces) or None
