"""What the pictures of a kind must show: their words and the path of every line, column and band, from the figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from statistics import median

from generator.errors import CommentaryError
from generator.model import Draw, Outline, Picture
from generator.verification.figures.charts import Drawn, listed
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.rules import Rules
from generator.verification.figures.words import MINUS, spelled

Path = list[float]


def pictures_of(
    columns: SqlColumns, rules: Rules, outline: Outline, parts: Sequence[str], row: int
) -> tuple[Drawn, ...]:
    """The pictures of an article that has these parts, in page order: those that have something to show."""
    told = [one for one in outline.pictures if one.after in parts and _holds(rules, one.when, row)]
    in_order = sorted(told, key=lambda one: parts.index(one.after))
    return tuple(drawn for one in in_order if (drawn := _drawn(columns, rules, one, row)))


def _holds(rules: Rules, rule: str, row: int) -> bool:
    try:
        return rules.holds(rule, row)
    except CommentaryError:
        return False


def _drawn(columns: SqlColumns, rules: Rules, one: Picture, row: int) -> Drawn | None:
    if one.draw is Draw.AROUND:
        return _around(columns, rules, one, row)
    return _columns(columns, one, row) if one.draw is Draw.COLUMNS else _lines(columns, rules, one, row)


def _figure(columns: SqlColumns, name: str, full: bool) -> Sequence[float]:
    found = columns.column(name)
    if found is None:
        return [math.nan] * len(columns.prices.days)
    return found.values if full else found.printed


def _lines(columns: SqlColumns, rules: Rules, one: Picture, row: int) -> Drawn | None:
    """Figures by sessions or by the last sessions of months, from the first that has all of them."""
    days = columns.prices.days
    held = [_figure(columns, name, bool(one.start)) for _, name in one.figures]
    rows = _rows(days, one.years, row)
    there = [at for at in rows if all(math.isfinite(column[at]) for column in held)]
    rows = [at for at in rows if there and at >= there[0]]
    if len(rows) < 2:
        return None
    scales = [one.start / column[rows[0]] if one.start else 1.0 for column in held]
    paths = [[column[at] * scale for at in rows] for column, scale in zip(held, scales, strict=True)]
    places = range(len(rows))
    shaded = _runs(lambda place: _holds(rules, one.shaded, rows[place]), places) if one.shaded else ()
    labels = [label for label, _ in one.figures]
    shown = [days[at] for at in rows]
    said = " ".join(_course(label, path, shown) for label, path in zip(labels, paths, strict=True))
    ends = " by the last sessions of months" if monthly(one.years) else ""
    told = f" {len(shaded)} {'stretch' if len(shaded) == 1 else 'stretches'} shaded." if one.shaded else ""
    return _made(
        one, f"Line chart{', logarithmic' if one.logarithmic else ''}{ends}. {said}{told}", labels, paths, shown, shaded
    )


def monthly(years: int) -> bool:
    """Whether lines over so many years are drawn by months."""
    return not years or years > 2


def _rows(days: Sequence[date], years: int, row: int) -> list[int]:
    """The rows that lines are drawn through."""
    since = 0
    if years:
        month = (days[row].year - years) * 12 + days[row].month
        since = max((n for n in range(row + 1) if days[n].year * 12 + days[n].month <= month), default=0)
    if not monthly(years):
        return list(range(since, row + 1))
    ends = [n for n in range(row + 1) if n == row or days[n].month != days[n + 1].month]
    return [n for n in ends if n >= since]


def _runs(held: Callable[[int], bool], places: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """First and last place of each run on which something holds."""
    runs = ([*group] for holds, group in groupby(places, key=held) if holds)
    return tuple((run[0], run[-1]) for run in runs)


def _course(label: str, path: Path, days: Sequence[date]) -> str:
    """Where a line begins and ends, and its lowest and highest value, the first of equals."""
    told = [(two(value), n) for n, value in enumerate(path) if math.isfinite(value)]
    low, high = min(told), max(told, key=lambda one: (one[0], -one[1]))
    chosen = (told[0], told[-1], low, high)
    begins, ends, least, most = (f"{plain(value)} on {spelled(days[n], 'full')}" for value, n in chosen)
    return f"{label} begins at {begins} and ends at {ends}; lowest {least}, highest {most}."


def _columns(columns: SqlColumns, one: Picture, row: int) -> Drawn | None:
    """The last sessions that have all of the figures."""
    held = [_figure(columns, name, full=False) for _, name in one.figures]
    rows = [n for n in range(row + 1) if all(math.isfinite(column[n]) for column in held)][-one.last :]
    if len(rows) < 2:
        return None
    labels, days = [label for label, _ in one.figures], [columns.prices.days[n] for n in rows]
    paths = [[column[n] for n in rows] for column in held]
    groups = []
    for n, day in enumerate(days):
        moves = [f"{label} {signed(path[n])}" for label, path in zip(labels, paths, strict=True)]
        groups.append(f"{spelled(day, 'full')}: {listed(moves)}")
    return _made(one, f"Column chart, up to each day. {'; '.join(groups)}.", labels, paths, days)


def _around(columns: SqlColumns, rules: Rules, one: Picture, row: int) -> Drawn | None:
    """The move of the first level less that of the second around events: the newest, the median, and the range."""
    (first, _), (second, _) = one.figures
    levels = [_figure(columns, name, full=True) for _, name in one.figures]
    events = [n for n in range(one.before, row + 1) if _holds(rules, one.events, n)]
    past = [_gaps(levels, n, one.before, one.sessions) for n in events if n + one.sessions <= row]
    whole = [path for path in past if all(map(math.isfinite, path))]
    if len(whole) < 2:
        return None
    middle = [median(values) for values in zip(*whole, strict=True)]
    named = [("Median", middle)]
    if events[-1] + one.sessions > row:
        named.insert(0, ("This time", _gaps(levels, events[-1], one.before, row - events[-1])))
    edges = tuple(tuple(map(two, map(of, zip(*whole, strict=True)))) for of in (min, max))
    spread = f"from {signed(edges[0][-1])} to {signed(edges[1][-1])}"
    said = listed([f"{label} {_end(path, one.before)}" for label, path in named])
    return _made(
        one,
        f"Line chart of the move of {first} less that of {second}, in percentage points, over sessions around "
        f"{len(whole)} events; a band shows their range, {spread} after {one.sessions}. {said}.",
        [label for label, _ in named],
        [path for _, path in named],
        edges=edges,
    )


def _end(path: Path, before: int) -> str:
    after = len(path) - 1 - before
    return f"{signed(path[-1])} after {after}" if after else f"{signed(path[0])} at {before} before"


def _gaps(levels: Sequence[Sequence[float]], at: int, before: int, after: int) -> Path:
    one, other = levels
    return [100 * (one[n] / one[at] - other[n] / other[at]) for n in range(at - before, at + after + 1)]


def _made(
    one: Picture,
    description: str,
    labels: Sequence[str],
    paths: Sequence[Path],
    days: Sequence[date] = (),
    shaded: tuple[tuple[int, int], ...] = (),
    edges: tuple[tuple[float, ...], ...] = (),
) -> Drawn:
    values = [two(value) for path in (*paths, *edges) for value in path if math.isfinite(value)]
    around = one.draw is Draw.AROUND
    base = one.start if one.draw is Draw.LINES else 0.0
    values += [base] if one.draw is Draw.COLUMNS else []
    return Drawn(
        one.title,
        description,
        tuple(labels),
        low=min(values),
        high=max(values),
        paths=tuple(tuple(map(two, path)) for path in paths),
        file=one.file,
        after=one.after,
        days=tuple(days),
        steps=tuple(range(-one.before, one.sessions + 1)) if around else (),
        base=base,
        logarithmic=one.logarithmic,
        columns=one.draw is Draw.COLUMNS,
        shaded=shaded,
        edges=edges,
    )


def two(value: float) -> float:
    """The value to two decimals, half away from zero; what is absent stays so."""
    if not math.isfinite(value):
        return value
    return math.copysign(math.floor(round(abs(value) * 100, 7) + 0.5) / 100, value) + 0.0


def plain(value: float) -> str:
    """A value in words with its minus."""
    return f"{MINUS if value < 0 else ''}{abs(value):,.2f}"


def signed(value: float) -> str:
    """The same with a plus."""
    return f"{'+' if two(value) > 0 else ''}{plain(two(value))}"
