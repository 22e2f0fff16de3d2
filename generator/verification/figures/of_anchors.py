"""SQL for moves since a named session of the past: a year's end, a turn of the long wave, a rally, a best day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.model import Basis, Kind, Segment, Unit, Universe
from generator.verification.figures.of_rallies import jumps, peaks, rallies
from generator.verification.figures.of_several import basis_of, shared_basis
from generator.verification.figures.spec import EARLIER, TO_DATE, RawSeries, Spec, Tables, dated, own_series, rounded

PLACES = {
    "1": ("best", "sharpest"),
    "2": ("second-best", "second-sharpest"),
    "3": ("third-best", "third-sharpest"),
}
_YEAR = re.compile(r"end_((?:19|20)\d\d)")
_OTHER = re.compile(r"wave_(first|last)|(jump|rally)([123])(_peak)?")
Named = Callable[[str], Spec | None]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor: its words, a query for `(n, a)`, the row it has on each session, and the figure that found it."""

    key: str
    words: str
    query: Callable[[Tables], str]
    found_by: str = ""

    @property
    def table(self) -> str:
        """The name of its table once it is made."""
        return f'"anchor {self.key}"'

    def made(self, tables: Tables) -> str:
        """The table `(n, a)`."""
        return tables.once(f"anchor {self.key}", lambda: f"SELECT n, a FROM ({self.query(tables)}) ORDER BY n")


def of_anchor(name: str, universe: Universe, named: Named) -> Spec | None:
    """The figure if it is like `a_return_since_end_2009`, `a_return_1d_at_jump1` or `jump1_date`, else None."""
    if name.endswith("_date") and (anchor := _anchor(name.removesuffix("_date"), universe)):
        return _dated(name, anchor)
    if name.endswith("_return_over_wave"):
        return _over_wave(name, universe)
    stem, found, key = name.rpartition("_at_")
    if found and (anchor := _anchor(key, universe)):
        of = named(stem)
        return at_anchor(name, of, anchor) if of else None
    stem, found, key = name.rpartition("_since_")
    anchor = _anchor(key, universe) if found else None
    if anchor is None:
        return None
    if stem == "sessions" and anchor.found_by:
        return _sessions(name, anchor)
    for what in ("return", "multiple", "worst_fall"):
        segment = universe.segments.get(stem.removesuffix(f"_{what}")) if stem.endswith(f"_{what}") else None
        series = own_series(segment) if segment and has_returns(segment) else None
        if segment and series and (what != "worst_fall" or not anchor.found_by):
            return of_closes(name, segment, series, anchor, what)
    return gap(name, stem, anchor, universe)


def has_returns(segment: Segment) -> bool:
    return segment.kind not in (Kind.BASKET, Kind.YIELD, Kind.VOLATILITY)


def _core(universe: Universe) -> list[Segment]:
    core = [universe.segments[key] for key in universe.core[:2]]
    distinct = len({one.key for one in core}) == 2 and all(map(has_returns, core))
    return core if distinct and shared_basis(core, universe) else []


def _anchor(key: str, universe: Universe) -> Anchor | None:
    if year := _YEAR.fullmatch(key):
        last = f"(SELECT max(n) FROM sessions WHERE year(day) <= {year[1]})"
        query = f"SELECT n, CASE WHEN year(day) > {year[1]} THEN {last} END AS a FROM sessions"
        return Anchor(key, f"the last session of {year[1]}", lambda tables: query)
    core = _core(universe)
    if not core:
        return None
    first, second = core
    ratio = f"{first.key}_over_{second.key}"
    if key == "first_year_end":
        words = f"the first year-end on which {first.short} and {second.short} both have a close"
        return Anchor(key, words, lambda tables: _first_year_end(tables.table(ratio)))
    found = _OTHER.fullmatch(key)
    if found is None or (found[2] == "jump" and found[4]):
        return None
    relative = f"close of {first.short} relative to {second.short}"
    if side := found[1]:
        words = f"the {'earlier' if side == 'first' else 'later'} of the lowest and the highest {relative}"
        return Anchor(key, words, lambda tables: _wave(tables, ratio, side), ratio)
    day, five, place = f"{first.key}_return_1d", f"{first.key}_return_5d", found[3]
    if found[2] == "jump":
        words = f"the {PLACES[place][0]} day of {first.short} in the year to date"
        return Anchor(key, words, lambda tables: _placed(jumps(tables, day), place), day)
    words = f"the end of the {PLACES[place][1]} rally of {first.short} in the year to date"
    if found[4]:
        words = f"the highest {relative} since {words}"
        return Anchor(key, words, lambda tables: _placed(peaks(tables, five, ratio), place, "peak"), ratio)
    return Anchor(key, words, lambda tables: _placed(rallies(tables, five), place), five)


def _placed(table: str, place: str, column: str = "m") -> str:
    chosen = f"SELECT n, {column} AS a FROM {table} WHERE place = {place}"
    return f"SELECT s.n, x.a FROM sessions s LEFT JOIN ({chosen}) x USING (n)"


def _first_year_end(ratio: str) -> str:
    ends = f"SELECT min(s.n) FROM sessions s JOIN {ratio} r USING (n) "
    ends += "WHERE r.v IS NOT NULL AND s.year <> date_trunc('year', s.following)"
    return f"SELECT n, CASE WHEN n > ({ends}) THEN ({ends}) END AS a FROM sessions"


def _wave(tables: Tables, ratio: str, side: str) -> str:
    spec = tables.spec(ratio)
    assert spec is not None  # the core indices have a ratio
    missing = tables.missing(frozenset(series.symbol for series in spec.series))
    known = f"n < {missing[0]}" if missing else "TRUE"
    table = tables.table(ratio)
    new = (
        f"SELECT n, CASE WHEN v < coalesce(min(v) OVER {EARLIER}, 'inf'::DOUBLE) THEN n END AS low, "
        f"CASE WHEN v > coalesce(max(v) OVER {EARLIER}, '-inf'::DOUBLE) THEN n END AS high FROM {table}"
    )
    rows = f"SELECT n, max(low) OVER {TO_DATE} AS low, max(high) OVER {TO_DATE} AS high FROM ({new})"
    pick = "least(low, high)" if side == "first" else "greatest(low, high)"
    return f"SELECT n, CASE WHEN {known} AND low <> high THEN {pick} END AS a FROM ({rows})"


def _dated(name: str, anchor: Anchor) -> Spec:
    def sql(tables: Tables) -> str:
        return f"SELECT n, {dated('a')} AS v FROM {anchor.made(tables)}"

    words = anchor.words.removeprefix("the ")
    reached = f"SELECT n, a, a FROM {anchor.table}" if anchor.found_by else ""
    parts = (anchor.found_by,) if anchor.found_by else ()
    label = f"date of {anchor.words}"
    return Spec(name, Unit.DATE, Basis.NONE, label, words, sql, 0, suffix="anchored", parts=parts, reached=reached)


def _sessions(name: str, anchor: Anchor) -> Spec:
    words = f"count of sessions from {anchor.words} to this one"
    return Spec(
        name, Unit.COUNT, Basis.NONE, f"sessions since {anchor.words}", words,
        lambda tables: f"SELECT n, n - a AS v FROM {anchor.made(tables)}", 0, suffix="anchored",
        parts=(anchor.found_by,), reached=f"SELECT n, a, a FROM {anchor.table}",
    )  # fmt: skip


def at_anchor(name: str, of: Spec, anchor: Anchor) -> Spec:
    """The figure as it was on the session of the anchor."""

    def sql(tables: Tables) -> str:
        return f"SELECT x.n, t.v FROM {anchor.made(tables)} x LEFT JOIN {tables.table(of.name)} t ON t.n = x.a"

    return replace(
        of, name=name, label=f"{of.label}, on {anchor.words}", formula=f"on {anchor.words}: {of.formula}", sql=sql,
        series=(), suffix="anchored", parts=(of.name,), reached=f"SELECT n, a, a FROM {anchor.table}", behind=None,
    )  # fmt: skip


def of_closes(name: str, segment: Segment, series: RawSeries, anchor: Anchor, what: str) -> Spec:
    """The return, the multiple or the worst fall since the anchor."""
    ratio = "c.v / nullif(b.v, 0)"

    def moved(tables: Tables) -> str:
        closes = tables.series(series.symbol, series.field)
        value = f"{ratio} - 1" if what == "return" else ratio
        joined = f"{anchor.made(tables)} x LEFT JOIN {closes} c ON c.n = x.n LEFT JOIN {closes} b ON b.n = x.a"
        return f"SELECT x.n, {value} AS v FROM {joined}"

    def fallen(tables: Tables) -> str:
        closes, table = tables.series(series.symbol, series.field), anchor.made(tables)
        since = f"SELECT n, v FROM {closes} WHERE n >= (SELECT max(a) FROM {table})"
        falls = f"SELECT n, v / max(v) OVER {TO_DATE} - 1 AS f, count(v) OVER {TO_DATE} AS held, "
        falls += f"count(*) OVER {TO_DATE} AS all_ FROM ({since})"
        worst = f"SELECT n, CASE WHEN held = all_ THEN min(f) OVER {TO_DATE} END AS v FROM ({falls})"
        return f"SELECT x.n, CASE WHEN x.a IS NOT NULL THEN w.v END AS v FROM {table} x LEFT JOIN ({worst}) w USING (n)"

    close, basis = series.close, series.basis
    words = {
        "return": (f"{basis.value} since {anchor.words}",
                   f"{close} divided by the {close} on {anchor.words}, less one"),
        "multiple": (f"{close} as a multiple of that on {anchor.words}",
                     f"{close} divided by the {close} on {anchor.words}"),
        "worst_fall": (f"worst fall from a high since {anchor.words}",
                       f"lowest {close} divided by the highest {close} before it, less one, since {anchor.words}"),
    }  # fmt: skip
    label, formula = words[what]
    return Spec(
        name,
        Unit.RATIO if what == "multiple" else Unit.PERCENT,
        basis,
        f"{segment.short}, {label}",
        formula,
        fallen if what == "worst_fall" else moved,
        1 if what == "multiple" else 2,
        suffix="anchored",
        parts=(f"{segment.key}_level",),
        reached=f"SELECT n, a, n FROM {anchor.table}",
    )


def _over_wave(name: str, universe: Universe) -> Spec | None:
    segment = universe.segments.get(name.removesuffix("_return_over_wave"))
    series = own_series(segment) if segment and has_returns(segment) and _core(universe) else None
    began, ended = _anchor("wave_first", universe), _anchor("wave_last", universe)
    if segment is None or series is None or began is None or ended is None:
        return None

    def sql(tables: Tables) -> str:
        closes = tables.series(series.symbol, series.field)
        return (
            f"SELECT x.n, c.v / nullif(b.v, 0) - 1 AS v FROM {began.made(tables)} x JOIN {ended.made(tables)} y "
            f"ON y.n = x.n LEFT JOIN {closes} c ON c.n = y.a LEFT JOIN {closes} b ON b.n = x.a"
        )

    return Spec(
        name, Unit.PERCENT, series.basis,
        f"{segment.short}, {series.basis.value} from {began.words} to the later",
        f"{series.close} on {ended.words} divided by that on the earlier, less one", sql, 2,
        suffix="anchored", parts=(f"{segment.key}_level",),
        reached=f"SELECT x.n, x.a, y.a FROM {began.table} x JOIN {ended.table} y ON y.n = x.n",
    )  # fmt: skip


def gap(name: str, stem: str, anchor: Anchor, universe: Universe) -> Spec | None:
    first, _, second = stem.partition("_minus_")
    pair = [universe.segments[key] for key in (first, second) if key in universe.segments]
    basis = shared_basis(pair, universe) if len(pair) == 2 and all(map(has_returns, pair)) else None
    if basis is None or any(basis_of(one, universe) is not basis for one in pair):
        return None
    one, other = (f"{segment.key}_return_since_{anchor.key}" for segment in pair)
    value = rounded("(a.p - b.p)", 2)

    def sql(tables: Tables) -> str:
        return f"SELECT a.n, {value} / 100 AS v FROM {tables.table(one)} a JOIN {tables.table(other)} b USING (n)"

    formula = f"printed {basis.value} of {pair[0].short} less printed {basis.value} of {pair[1].short}"
    return Spec(
        name, Unit.POINTS, basis, f"{pair[0].short} minus {pair[1].short}, {basis.value} since {anchor.words}",
        f"{formula}, both since {anchor.words}", sql, 2, parts=(one, other),
    )  # fmt: skip
