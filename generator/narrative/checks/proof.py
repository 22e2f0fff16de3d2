"""Tests an edition's fragments against history, and reports what it refutes as faults.

Every rule and assertion is a column, so each is tested on all sessions at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import product

import numpy as np

from generator.errors import Fault
from generator.model import WATCH, Figures, Flags, Fragment, Lexicon, Unit, Variant
from generator.narrative.checks.cases import Rows
from generator.narrative.checks.definitions import definition_faults, whole_faults
from generator.narrative.checks.directions import side_faults
from generator.narrative.checks.lines import LINE
from generator.narrative.checks.means import mean_faults
from generator.narrative.checks.members import member_faults
from generator.narrative.checks.recency import recency_faults
from generator.narrative.checks.runs import run_faults
from generator.narrative.checks.stillness import still_faults
from generator.narrative.checks.turns import Turns, idle_faults
from generator.narrative.language.house_style import words_of
from generator.narrative.newsroom import Newsroom
from generator.narrative.situations.baserates import told
from generator.narrative.situations.newsworthiness import RulePast
from generator.narrative.situations.rules import Rule, read_rule

ALWAYS = 0.95
"""A rule counts as always holding from this share of the sessions on which its figures existed."""


FEWEST = 20
"""Chances from which a rule is judged to hold always: a fact that came last quarter has had one."""
ENOUGH = 2_500
"""Sessions after which an assertion that has held on every one of them is taken to hold whatever happens."""


def check_against_history(newsroom: Newsroom, *, simulated: bool = False) -> list[Fault]:
    """False claims, contradictions, rules that never or always hold, and wordings that never get a turn.

    A claim must hold on any history, even a `simulated` one; but what never happens there may well happen in reality.
    """
    turns = Turns(newsroom)
    fragments = newsroom.publication.fragments[newsroom.edition]
    statements = [_Statement(newsroom, item, words) for item in fragments for words in item.asserts]
    silent = silent_slots(newsroom)
    faults = [fault for statement in statements for fault in _false_claims(statement)]
    faults += [fault for fragment in fragments for fault in side_faults(newsroom, fragment)]
    faults += [fault for fragment in fragments for fault in meaning_faults(newsroom, fragment)]
    faults += [fault for statement in statements if not simulated for fault in _empty_claims(statement)]
    for fragment in fragments if not simulated else ():
        whole = LINE not in fragment.key
        faults += _rule_faults(newsroom, fragment, wants_news=whole and fragment.slot in silent)
        faults += idle_faults(turns, fragment)
    return faults + list(_contradictions(statements, newsroom.publication.lexicon))


def meaning_faults(newsroom: Newsroom, fragment: Fragment) -> Iterator[Fault]:
    """Words of a fragment that history refutes: too recent, runs of another length, hidden members, meanings."""
    for variant in (variant for part in fragment.parts.values() for variant in part):
        rows = sayable(newsroom, fragment, variant)
        if len(rows):
            words = (recency_faults, run_faults, mean_faults, still_faults, member_faults)
            for faults in (*words, definition_faults, whole_faults):
                yield from faults(newsroom, fragment, variant, rows)


def sayable(newsroom: Newsroom, fragment: Fragment, variant: Variant) -> Rows:
    """The rows on which the fragment's rule holds and every figure of the wording is present."""
    script = newsroom.scripts.of(variant)
    said = newsroom.pasts[fragment.key].held & script.there
    for name in script.base_rates:
        said = said & newsroom.recall.there(fragment, name)
    if script.recalls and said.any():
        past = newsroom.recall.past(fragment).held
        said = said & (np.arange(len(said)) > (int(np.argmax(past)) if past.any() else len(said)))
    return np.flatnonzero(said)


def always_holds(past: RulePast) -> bool:
    """Whether the rule has held on nearly every session on which it could, so that it brings no news."""
    chances = past.chances_before(len(past.held))
    return chances >= FEWEST and bool(past.held.sum() >= ALWAYS * chances)


def silent_slots(newsroom: Newsroom) -> frozenset[str]:
    """Slots that no part has to take from, so that they may stay empty and need no fallback."""
    outline = newsroom.outline
    spoken = {outline.angle, *(part.slot for part in outline.parts if part.minimum)}
    return frozenset(part.slot for part in outline.parts) - spoken


@dataclass(frozen=True)
class _Statement:
    """One line of a fragment's `asserts`, with the sessions on which it is made and those on which it is true."""

    newsroom: Newsroom
    fragment: Fragment
    words: str

    @cached_property
    def rule(self) -> Rule:
        return read_rule(self.fragment.asserts[self.words], self.newsroom.figures.catalogue, self.place)

    @property
    def place(self) -> str:
        return f"{self.fragment.path}:{self.fragment.assert_lines[self.words]}"

    @property
    def made(self) -> Flags:
        return self.newsroom.pasts[self.fragment.key].held

    @cached_property
    def true(self) -> Flags:
        return self.rule.column(self.newsroom.seen_by(self.fragment))


def _false_claims(statement: _Statement) -> Iterator[Fault]:
    """The first session on which the rule held and the assertion did not, with that day's figures."""
    broken = np.flatnonzero(statement.made & ~statement.true)
    if len(broken):
        figures = statement.newsroom.seen_by(statement.fragment)
        day = the_day(figures, statement.rule.names, int(broken[0]))
        against = f"{len(broken):,} of the {statement.made.sum():,} sessions on which the rule holds"
        yield Fault(statement.place, f"'{statement.words}' is claimed, but on {day} ({against}).")


def _empty_claims(statement: _Statement) -> Iterator[Fault]:
    """An assertion that has held on every session, whether or not its words were said: it could refuse nothing.

    A base rate is counted for the situation itself, so that it may well have held throughout.
    """
    true, present = statement.rule.evaluated(statement.newsroom.seen_by(statement.fragment))
    if any(map(told, statement.rule.names)) or present.sum() < ENOUGH or not true[present].all():
        return
    message = (
        f"'{statement.words}' rests on a rule that has held on all {present.sum():,} sessions, so it proves nothing"
    )
    yield Fault(statement.place, f"{message}; write one that can fail.")


def _rule_faults(newsroom: Newsroom, fragment: Fragment, wants_news: bool) -> Iterator[Fault]:
    """A rule that never holds, or one that always holds although only news is wanted."""
    place, past = f"{fragment.path}:{fragment.when_line}", newsroom.pasts[fragment.key]
    held, chances = int(past.held.sum()), past.chances_before(len(past.held))
    rule = newsroom.rules[fragment.key]
    if (
        LINE in fragment.key
    ):  # the line may be for a day of its passage that has not come yet, but not for no day at all
        line = next(line for lines in fragment.parts.values() for line in lines)
        place, rule = line.source, read_rule(line.when, newsroom.figures.catalogue, line.source)
        held = int(rule.column(newsroom.seen_by(fragment)).sum())
    if not held:
        names, figures = rule.names, newsroom.seen_by(fragment)
        absent = [name for name in names if np.isnan(figures.printed(name)).all()]
        published = (figures.catalogue.define(name) for name in absent)
        if any(one.source or "cited fact" in one.label for one in published):
            return  # not every history has every release and fact, and without them its rules cannot be tested
        if any(name.startswith(f"{WATCH}_") for name in absent):
            return  # nor need anybody list companies
        if any(figures.catalogue.define(name).noted for name in names):
            return  # nor has an editor noted yet all that may be noted
        why = f" '{absent[0]}' is absent throughout." if absent else ""
        yield Fault(place, f"the rule never holds on any of the {len(past.held):,} sessions of this history.{why}")
    elif wants_news and always_holds(past):
        yield Fault(
            place,
            f"the rule holds on {held:,} of the {chances:,} sessions on which it could, which is no news, "
            f"and the part '{fragment.slot}' may stay silent.",
        )


def _contradictions(statements: Sequence[_Statement], lexicon: Lexicon) -> Iterator[Fault]:
    """Fragments that can use opposite words about one figure on the same session, in any parts of the issue.

    Their assertions contradict each other if they share a figure and never hold together. They also do if each depends
    only on that figure and neither implies the other (`rose: x > -1`, `fell: x < 1`): then one of them is too lenient,
    because only one of two opposite words can be true of one figure on one session.
    """
    heads = {form: word for word, forms in lexicon.claims.items() for form in forms}
    said = [(item, {heads.get(word, word) for word in words_of(item.words)}) for item in statements]
    for pair in lexicon.opposites:
        # A line that asserts both words is about both directions, so neither word belongs to its figures alone.
        firsts, seconds = ([item for item, words in said if words & set(pair) == {word}] for word in pair)
        for one, other in product(firsts, seconds):
            if one.fragment.key != other.fragment.key:
                yield from _contradiction(one, other, pair)


def _contradiction(one: _Statement, other: _Statement, pair: tuple[str, str]) -> Iterator[Fault]:
    """The fault, if two statements contradict each other, with the first session on which they do."""
    # Each fragment's base rates belong to its own situation, so they cannot be compared.
    shared = [name for name in one.rule.names if name in other.rule.names and not told(name)]
    together = np.flatnonzero(one.made & other.made)
    if not shared or not len(together):
        return
    alone = len(one.rule.names) == len(other.rule.names) == 1
    lenient = alone and (one.true & ~other.true).any() and (other.true & ~one.true).any()
    if lenient or not (one.true & other.true).any():
        day = the_day(one.newsroom.figures, shared, int(together[0]))
        message = f"'{pair[0]}' is said here and '{pair[1]}' at {other.place}, and both may be said on {day}"
        yield Fault(one.place, f"{message} ({len(together):,} session{'' if len(together) == 1 else 's'} in all).")


def the_day(figures: Figures, names: Iterable[str], row: int) -> str:
    """A session and its figures: `2024-11-25 small_level was 2,442.03 and small_record_close was no`."""
    shown = " and ".join(f"{name} was {_shown(figures, name, row)}" for name in names)
    return f"{figures.sessions[row]} {shown}"


def _shown(figures: Figures, name: str, row: int) -> str:
    """A figure as a rule reads it: printed, in the reader's unit."""
    printed, definition = float(figures.printed(name)[row]), figures.catalogue.define(name)
    if np.isnan(printed):
        return "absent"
    if definition.unit is Unit.DATE:
        return str(date(1970, 1, 1) + timedelta(days=round(printed)))
    if definition.unit is Unit.FLAG:
        return "yes" if printed else "no"
    if definition.unit is Unit.NAME:
        return f"'{definition.vocabulary[round(printed)]}'"
    return f"{printed:,.{definition.decimals}f}"
