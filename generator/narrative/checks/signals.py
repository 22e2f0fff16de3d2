"""Whether the readings' names are their own, and each signal can be seen: on some sessions, and not on all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from generator.errors import ContentError, Fault
from generator.model import Catalogue, Figures, Reading, Signal, Universe
from generator.narrative.checks.proof import ALWAYS
from generator.narrative.situations.citations import is_figure
from generator.narrative.situations.readings import COUNTS, names_of
from generator.narrative.situations.rules import Rule, read_rule


def reading_faults(readings: Sequence[Reading], universe: Universe, catalogue: Catalogue) -> Iterator[Fault]:
    """Every fault in the readings that shows without prices; `catalogue` has the computed figures."""
    first: dict[str, Reading] = {}
    for reading in readings:
        yield from _name_faults(reading, universe, catalogue)
        for name in names_of(reading):
            if first.setdefault(name, reading) is not reading:
                yield Fault(reading.line, f"'{name}' is given by the reading '{first[name].key}' already.")
        rules: dict[str, Signal] = {}
        for signal in reading.signals:
            yield from _signal_faults(signal, catalogue)
            if rules.setdefault(signal.when, signal) is not signal:
                yield Fault(
                    signal.line, f"'{signal.key}' has the rule of '{rules[signal.when].key}': it would count twice."
                )


def sound_readings(readings: Sequence[Reading], universe: Universe, catalogue: Catalogue) -> tuple[Reading, ...]:
    """The readings without what is at fault, so that the rest of the content can be checked over them."""
    kept: dict[str, Reading] = {}
    for reading in readings:
        taken = {name for one in kept.values() for name in names_of(one)}
        signals = tuple(one for one in reading.signals if not list(_signal_faults(one, catalogue)))
        if not list(_name_faults(reading, universe, catalogue)) and not taken & set(names_of(reading)):
            kept[reading.key] = replace(reading, signals=signals)
    return tuple(kept.values())


def _name_faults(reading: Reading, universe: Universe, catalogue: Catalogue) -> Iterator[Fault]:
    """Names that would be taken for a figure's."""
    for key in (*universe.segments, *universe.groups, *universe.releases):
        if f"{reading.key}_".startswith(f"{key}_"):
            yield Fault(
                reading.line, f"'{reading.key}' begins like the figures of '{key}'; call the reading otherwise."
            )
            return
    for name in names_of(reading):
        if is_figure(name, catalogue):
            yield Fault(reading.line, f"'{name}' is the name of a figure; call the reading otherwise.")
    for signal in reading.signals:
        if signal.key in COUNTS:
            yield Fault(signal.line, f"'{signal.key}' is what a count is called; call the signal otherwise.")


def _signal_faults(signal: Signal, catalogue: Catalogue) -> Iterator[Fault]:
    """What is wrong with the rule of one signal."""
    try:
        rule = read_rule(signal.when, catalogue, signal.line)
    except ContentError as error:
        yield from error.faults
        return
    if not rule.names:
        yield Fault(signal.line, f"the rule of '{signal.key}' names no figure, so that it tells nothing of a session.")
    for name in rule.names:
        if catalogue.define(name).source:
            why = (
                "comes out later than its session, or stays the same for many: a signal is read from the day's prices."
            )
            yield Fault(signal.line, f"'{name}' is a published number that {why}")


def idle_signals(figures: Figures, readings: Sequence[Reading]) -> Iterator[Fault]:
    """Signals that this history never knows, never sees, or sees on nearly every session."""
    for reading in readings:
        for signal in reading.signals:
            if wrong := _idle(figures, read_rule(signal.when, figures.catalogue, signal.line)):
                yield Fault(signal.line, f"the signal '{signal.key}' {wrong}")


def _idle(figures: Figures, rule: Rule) -> str:
    held, present = rule.evaluated(figures)
    known, seen = int(present.sum()), int(held.sum())
    if not known:
        absent = [name for name in rule.names if np.isnan(figures.printed(name)).all()]
        why = f"'{absent[0]}' is absent throughout" if absent else "its figures are never there together"
        return f"is known on none of the {len(present):,} sessions of this history: {why}."
    if not seen:
        return f"never holds on any of the {known:,} sessions on which it is known."
    return (
        f"holds on {seen:,} of the {known:,} sessions on which it is known, and tells nothing."
        if seen >= ALWAYS * known
        else ""
    )
