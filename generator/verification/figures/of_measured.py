"""SQL for moves since the day on which a cited fact was measured: `a_return_since_key`, `a_minus_b_since_last_key`."""

from __future__ import annotations

from generator.model import Universe
from generator.verification.figures.of_anchors import Anchor, gap, has_returns, of_closes
from generator.verification.figures.of_sources import Sources, over_sessions
from generator.verification.figures.spec import Spec, own_series


def of_measured(name: str, universe: Universe, sources: Sources) -> Spec | None:
    """The figure if it is a return, a multiple or a gap since a fact was measured, else None."""
    stem, found, key = name.rpartition("_since_")
    anchor = _anchor(key, sources) if found else None
    if anchor is None:
        return None
    for what in ("return", "multiple"):
        segment = universe.segments.get(stem.removesuffix(f"_{what}")) if stem.endswith(f"_{what}") else None
        series = own_series(segment) if segment and has_returns(segment) else None
        if segment and series:
            return of_closes(name, segment, series, anchor, what)
    return gap(name, stem, anchor, universe)


def _anchor(key: str, sources: Sources) -> Anchor | None:
    """The last session up to the day on which the fact that speaks was measured, if that is not the session itself."""
    steps = sources.measured(key)
    if steps is None:
        return None
    bare, days = steps
    which = "cited" if bare == key else "newest"
    then = f"SELECT n, DATE '1970-01-01' + v::INT AS day FROM ({over_sessions(days)})"
    held = f"SELECT x.n, s.n AS a FROM ({then}) x ASOF LEFT JOIN sessions s ON x.day >= s.day"
    query = f"SELECT n, CASE WHEN a < n THEN a END AS a FROM ({held})"
    words = f"the last session up to the day on which the {which} {bare} was measured"
    return Anchor(key, words, lambda tables: query)
