"""The past of the situation that a fragment is about: when it occurred, and what followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from generator.errors import CommentaryError
from generator.model import Claim, Column, Figures, Flags, Fragment, PriceInput, Universe
from generator.narrative.language.phrases import Quoted
from generator.narrative.situations.baserates import (
    ALL,
    HORIZONS,
    RateNames,
    Rows,
    Told,
    Windows,
    agreed,
    define,
    ends,
    printed,
    thinned,
    told,
)
from generator.narrative.situations.newsworthiness import Axis, RulePast
from generator.narrative.situations.rules import read_rule


class Recall:
    """The pasts of one edition's fragments over one set of figures, each computed when first asked for."""

    def __init__(self, universe: Universe, figures: Figures, axis: Axis) -> None:
        self._figures, self._axis = figures, axis
        self.segments = tuple(universe.segments[key] for key in universe.core[:2])
        self._pasts: dict[str, RulePast] = {}
        self._windows: dict[tuple[str, str], Windows] = {}
        self._ends: dict[str, Rows] = {}
        self._columns: dict[tuple[str, str], tuple[Column, Column]] = {}

    def past(self, fragment: Fragment) -> RulePast:
        """When the fragment's situation occurred: the rule under `after` if there is one, else `when`."""
        rule = _situation(fragment)
        if rule not in self._pasts:
            where = f"{fragment.path}:{fragment.when_line}"
            read = read_rule(rule, self._figures.catalogue, where)
            self._pasts[rule] = RulePast.of(*read.evaluated(self._figures), self._axis)
        return self._pasts[rule]

    def windows(self, fragment: Fragment, horizon: str, of: str = "followed") -> Windows:
        """The windows that began on the situation's occurrences, thinned; if `of` is `all`, those of every session."""
        key = ("" if of == ALL else _situation(fragment), horizon)
        if key not in self._windows:
            rows = range(len(self._figures.sessions))
            to = self._to(horizon)
            starts = list(rows) if of == ALL else thinned(np.flatnonzero(self.past(fragment).held).tolist(), to)
            self._windows[key] = Windows.over(starts, to, *self._levels)
        return self._windows[key]

    def _to(self, horizon: str) -> Rows:
        if horizon not in self._ends:
            self._ends[horizon] = ends(self._figures.sessions, horizon)
        return self._ends[horizon]

    @cached_property
    def _levels(self) -> tuple[Column, Column]:
        one, other = (self._figures.values(f"{segment.key}_level") for segment in self.segments)
        return one, other

    def column(self, fragment: Fragment, name: str) -> tuple[Column, Column]:
        """A base rate on every session: unrounded, and as printed."""
        found = told(name)
        key = ("" if found and found.of == ALL else _situation(fragment), name)
        if key not in self._columns:
            if found is None:
                raise CommentaryError(f"'{name}' is not a base rate.")
            self._columns[key] = self._column(fragment, name, found)
        return self._columns[key]

    def _column(self, fragment: Fragment, name: str, what: Told) -> tuple[Column, Column]:
        definition = define(name)
        assert definition is not None  # `told` has recognised the name
        if what.statistic.endswith("_edge"):  # the difference of the printed shares, so that the page adds up
            share = f"{what.horizon}_{what.statistic.removesuffix('_edge')}_share"
            usual = self.column(fragment, f"all_{share}")[1]
            edge = self.column(fragment, f"followed_{share}")[1] - usual
            shown = agreed(edge, self._after_every(fragment, what) - usual)
            return shown / 100.0, shown
        values = self.windows(fragment, what.horizon, what.of).values(what.statistic)
        return values, printed(values, definition)

    def _after_every(self, fragment: Fragment, what: Told) -> Column:
        """The printed share after every occurrence, however close together."""
        rows = np.flatnonzero(self.past(fragment).held).tolist()
        share = f"{what.statistic.removesuffix('_edge')}_share"
        definition = define(f"followed_{what.horizon}_{share}")
        assert definition is not None  # the share behind an edge is also a base rate
        return printed(Windows.over(rows, self._to(what.horizon), *self._levels).values(share), definition)

    def there(self, fragment: Fragment, name: str) -> Flags:
        """The sessions on which a base rate is present."""
        return ~np.isnan(self.column(fragment, name)[1])

    def quote(self, fragment: Fragment, name: str, row: int) -> Quoted | None:
        """A base rate on one session, or None if it is absent."""
        values, shown = self.column(fragment, name)
        definition = define(name, *(segment.short for segment in self.segments))
        number = float(shown[row])
        if definition is None or number != number:  # NaN is not equal to itself
            return None
        claimed = replace(definition, name=f"{fragment.key}:{name}")
        return Quoted(claimed, number, float(values[row]), "rule", f"{fragment.path}:{fragment.when_line}")

    def records(self, claims: Sequence[Claim], by_key: Mapping[str, Fragment], row: int) -> dict[str, Any]:
        """One record for each base rate claimed: formula, value, and the windows that it was counted over."""
        names = dict.fromkeys(
            claim.name for claim in claims if claim.kind == "rule" and told(claim.name.partition(":")[2])
        )
        return {name: self._record(by_key[name.partition(":")[0]], name.partition(":")[2], row) for name in names}

    def _record(self, fragment: Fragment, name: str, row: int) -> dict[str, Any]:
        what, quoted, days = told(name), self.quote(fragment, name, row), self._figures.sessions
        assert what is not None
        assert quoted is not None  # it has been printed
        windows = self.windows(fragment, what.horizon, what.of)
        first, last, complete = windows.span(row)
        return {
            "formula": quoted.definition.formula,
            "rule": "" if what.of == ALL else _situation(fragment),
            "value": quoted.value,
            "printed": quoted.printed,
            "windows": int(windows.n[row]),
            "first": str(days[first]),
            "last": str(days[last]),
            "complete": str(days[complete]),
        }

    def lines(self, fragment: Fragment, row: int) -> Iterator[str]:
        """In words, what followed the situation over each horizon that has enough windows."""
        one, other = (segment.short for segment in self.segments)
        for way, share, middle in (
            (f"{one} up", "higher", "median"),
            (f"{one} ahead of {other}", "ahead", "gap_median"),
        ):
            for horizon, words in HORIZONS.items():
                names = [f"followed_{horizon}_{share}", f"followed_{horizon}_n", f"followed_{horizon}_{share}_share"]
                names += [f"followed_{horizon}_{middle}", f"all_{horizon}_{share}_share", f"all_{horizon}_{middle}"]
                shown = [float(self.column(fragment, name)[1][row]) for name in names]
                if not np.isnan(shown).any():
                    yield _line(f"{words} later, {way}", *shown)


def _line(what: str, hits: float, n: float, share: float, middle: float, usual: float, usual_middle: float) -> str:
    """`one month later, Russell 2000 up after 19 of 30 (63%, median +1.2%); after all sessions 62%, +0.9%`."""
    after = f"after {hits:.0f} of {n:.0f} ({share:.0f}%, median {middle:+.1f}%)"
    return f"{what} {after}; after all sessions {usual:.0f}%, {usual_middle:+.1f}%"


def _situation(fragment: Fragment) -> str:
    return fragment.after or fragment.when


class BaseRates:
    """The columns of base rates, as one fragment sees them: those of its own situation."""

    names = RateNames()

    def __init__(self, recall: Recall, fragment: Fragment) -> None:
        self._recall, self._fragment = recall, fragment

    def values(self, name: str) -> Column:
        """The column, unrounded."""
        return self._recall.column(self._fragment, name)[0]

    def printed(self, name: str) -> Column:
        """The column as a reader sees it."""
        return self._recall.column(self._fragment, name)[1]

    def evidence(self, name: str, row: int) -> tuple[PriceInput, ...]:
        """None: the windows that it was counted over are in the ledger (`records`)."""
        return ()
