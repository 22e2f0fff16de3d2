"""SQL over decisions on interest rates: their course, what moved since the last one, and what followed them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from generator.model import DECISION, RECESSION, Basis, Fact, Kind, Unit, Universe
from generator.verification.figures.of_anchors import Anchor, at_anchor
from generator.verification.figures.of_several import return_of, shared_basis
from generator.verification.figures.spec import Spec, Tables, decimals_of, own_series, rounded

_HOLD = "left unchanged"
_LAST = {
    "cut": ("cut", "step = 'lowered'"),
    "rise": ("rise", "step = 'raised'"),
    "hold": ("decision without a change", f"step = '{_HOLD}'"),
    "dissent": ("decision with votes against it", "against > 0"),
    "emergency": ("change between meetings", f"step <> '{_HOLD}' AND NOT planned"),
}
_WHEN = "from the close on the session of the last decision on interest rates before this one"
_NTH = re.compile(r"policy_first_(cut|rise)s_([1-9]|1\d|20)")
_FILL = "OVER (ORDER BY k ROWS UNBOUNDED PRECEDING)"
_COURSE = {
    "policy_step": (Unit.COUNT, "changes of interest rates in one direction",
                    "count of changes up to the newest one since the last in the other direction",
                    f"last_value(nth IGNORE NULLS) {_FILL}"),
    "policy_holds": (Unit.COUNT, "decisions in a row without a change",
                     "count of decisions up to the newest one since the last change of interest rates",
                     f"k - coalesce(max(CASE WHEN step <> '{_HOLD}' THEN k END) {_FILL}, -1)"),
    "policy_easing": (Unit.FLAG, "the last change was a cut", "the newest change of interest rates lowered them",
                      f"(last_value(CASE WHEN step <> '{_HOLD}' THEN step END IGNORE NULLS) {_FILL} = 'lowered')::INT"),
    "policy_first": (Unit.FLAG, "first change of a cycle",
                     "the newest decision changed interest rates in another direction than the change before it",
                     "coalesce(nth = 1, false)::INT"),
    "policy_began": (Unit.DATE, "first change of the present cycle",
                     "day of the newest change of interest rates in another direction than the change before it",
                     f"epoch(max(CASE WHEN nth = 1 THEN day END) {_FILL})::BIGINT // 86400"),
    "policy_cuts": (Unit.COUNT, "cuts on record", "count of decisions that lowered interest rates",
                    f"count(*) FILTER (WHERE step = 'lowered') {_FILL}"),
    "policy_rises": (Unit.COUNT, "rises on record", "count of decisions that raised interest rates",
                     f"count(*) FILTER (WHERE step = 'raised') {_FILL}"),
}  # fmt: skip


def decisions(tables: Tables, facts: Sequence[Fact]) -> str:
    """A table `(k, day, step, planned, against, nth, cycle, n)` of every decision.

    `nth` is its place among the changes of its cycle, NULL for none; `n` the first session that knows it, NULL before
    the history and after it.
    """

    def query() -> str:
        mine = sorted((fact for fact in facts if fact.key == DECISION), key=lambda fact: fact.begins)
        rows = ", ".join(f"({at}, {_row(fact)})" for at, fact in enumerate(mine))
        shape = "(k, day, step, planned, against)"
        listed = f"SELECT * FROM (VALUES {rows}) AS t{shape}" if rows else (
            "SELECT 0 AS k, DATE '1900-01-01' AS day, '' AS step, true AS planned, 0 AS against WHERE false"
        )  # fmt: skip
        return (
            f"WITH e AS ({listed}), "
            "c AS (SELECT *, step IS DISTINCT FROM lag(step) OVER (ORDER BY k) AS began "
            f"FROM e WHERE step <> '{_HOLD}'), "
            "d AS (SELECT k, count(*) FILTER (WHERE began) OVER (ORDER BY k) AS cycle FROM c), "
            "f AS (SELECT k, cycle, row_number() OVER (PARTITION BY cycle ORDER BY k) AS nth FROM d), "
            "o AS (SELECT e.k, s.n FROM e ASOF JOIN sessions s ON e.day <= s.day "
            "WHERE e.day >= (SELECT min(day) FROM sessions)) "
            "SELECT e.*, f.nth, f.cycle, o.n FROM e LEFT JOIN f USING (k) LEFT JOIN o USING (k) ORDER BY k"
        )

    return tables.once("decisions", query)


def _row(fact: Fact) -> str:
    against = fact.values.get("votes_against")
    voted = "NULL" if against is None else f"{against}"
    planned = "true" if fact.values.get("scheduled") == "yes" else "false"
    return f"DATE '{fact.begins}', '{fact.values.get('move')}', {planned}, {voted}::INT"


class Policy:
    """The figures that count from decisions, over the facts of a publication."""

    def __init__(self, facts: Sequence[Fact], universe: Universe, named: Callable[[str], Spec | None]) -> None:
        self._facts = facts
        self._universe = universe
        self._named = named

    def spec(self, name: str) -> Spec | None:
        """What the name means; None if it is no figure of the course of policy, or of moves since or on a decision."""
        return self._course(name) or self._since(name) or self._at(name)

    def _course(self, name: str) -> Spec | None:
        if name in _COURSE:
            unit, label, formula, value = _COURSE[name]

            def told(tables: Tables) -> str:
                made = f"SELECT k, day, {value} AS v FROM {decisions(tables, self._facts)}"
                return f"SELECT s.n, d.v FROM sessions s ASOF LEFT JOIN ({made}) d ON s.day >= d.day"

            return Spec(name, unit, Basis.NONE, label, formula, told, 0)
        if name.removeprefix("policy_last_") in _LAST and name.startswith("policy_last_"):
            words, test = _LAST[name.removeprefix("policy_last_")]

            def last(tables: Tables) -> str:
                prior = "SELECT n, coalesce(lag(day) OVER (ORDER BY n), day - 1)::DATE AS prior FROM sessions"
                mine = f"SELECT day FROM {decisions(tables, self._facts)} WHERE {test}"
                day = "epoch(d.day)::BIGINT // 86400"
                return f"SELECT s.n, {day} AS v FROM ({prior}) s ASOF LEFT JOIN ({mine}) d ON s.prior >= d.day"

            formula = f"day of the last {words} before the session's own decision"
            return Spec(name, Unit.DATE, Basis.NONE, f"last {words} before", formula, last, 0)
        if name == "policy_today":

            def today(tables: Tables) -> str:
                days = f"SELECT n FROM {decisions(tables, self._facts)} WHERE n >= 0"
                return f"SELECT n, (n IN ({days}))::INT AS v FROM sessions"

            formula = "a decision of the session, or of a closed day since the session before"
            return Spec(name, Unit.FLAG, Basis.NONE, "session of a decision on interest rates", formula, today, 0)
        return self._nth(name)

    def _nth(self, name: str) -> Spec | None:
        found = _NTH.fullmatch(name)
        if not found:
            return None
        word, number = found[1], int(found[2])
        step = "lowered" if word == "cut" else "raised"

        def sql(tables: Tables) -> str:
            firsts = f"SELECT day FROM {decisions(tables, self._facts)} WHERE nth = 1 AND step = '{step}' ORDER BY k"
            day = f"(SELECT day FROM ({firsts}) LIMIT 1 OFFSET {number - 1})"
            return f"SELECT n, CASE WHEN day >= {day} THEN epoch({day})::BIGINT // 86400 END AS v FROM sessions"

        label = f"first {word} of a cycle, number {number}"
        formula = f"day of the decision that was the first {word} of its cycle, number {number} on record"
        return Spec(name, Unit.DATE, Basis.NONE, label, formula, sql, 0)

    def _since(self, name: str) -> Spec | None:
        stem = name.removesuffix("_since_decision")
        if stem == name:
            return None
        segments = self._universe.segments
        if "_minus_" in stem:
            return self._gap(name, *stem.split("_minus_", 1))
        for suffix in ("_return", "_change"):
            segment = segments.get(stem.removesuffix(suffix)) if stem.endswith(suffix) else None
            series = own_series(segment) if segment and segment.kind is not Kind.BASKET else None
            if not segment or not series or (segment.kind is Kind.YIELD) is not (suffix == "_change"):
                continue
            if segment.kind is Kind.VOLATILITY:
                continue
            return self._own(name, segment.key, segment.short, series.close, series.basis)
        return None

    def _then(self) -> str:
        """SQL for `(n, a, b)`: each session with that of the last decision before it."""
        held = 'SELECT n FROM "decisions" WHERE n >= 0'
        return f"SELECT s.n, d.n AS a, s.n AS b FROM sessions s ASOF LEFT JOIN ({held}) d ON s.n > d.n"

    def _own(self, name: str, key: str, short: str, close: str, basis: Basis) -> Spec:
        of_yield = basis is Basis.NONE
        what = "change in yield" if of_yield else basis.value
        how = "less that then, in basis points" if of_yield else "divided by that then, less one"
        value = "(a.v - b.v) * 100" if of_yield else "a.v / nullif(b.v, 0) - 1"

        def sql(tables: Tables) -> str:
            decisions(tables, self._facts)
            level = tables.table(f"{key}_level")
            ends = f"JOIN {level} a ON a.n = x.n LEFT JOIN {level} b ON b.n = x.a"
            return f"SELECT x.n, {value} AS v FROM ({self._then()}) x {ends}"

        return Spec(
            name, Unit.BASIS_POINTS if of_yield else Unit.PERCENT, basis, f"{short}, {what} since the last decision",
            f"{close} {how}: {what} {_WHEN}", sql, 0 if of_yield else 2, suffix="since a decision",
            parts=(f"{key}_level",), reached=self._then(),
        )  # fmt: skip

    def _at(self, name: str) -> Spec | None:
        of = self._named(name.removesuffix("_at_decision")) if name.endswith("_at_decision") else None

        def query(tables: Tables) -> str:
            held = f"SELECT n FROM {decisions(tables, self._facts)} WHERE n >= 0"
            return f"SELECT s.n, max(d.n) AS a FROM sessions s LEFT JOIN ({held}) d ON d.n <= s.n GROUP BY s.n"

        return (
            at_anchor(name, of, Anchor("decision", "the session of the newest decision on interest rates", query))
            if of
            else None
        )

    def _gap(self, name: str, first: str, second: str) -> Spec | None:
        segments = self._universe.segments
        if first not in segments or second not in segments:
            return None
        pair = [segments[first], segments[second]]
        basis = shared_basis(pair, self._universe)
        moves = tuple(f"{one.key}_return_since_decision" for one in pair)
        own = [return_of(one, Basis.PRICE, "1d", self._universe) == f"{one.key}_return_1d" for one in pair]
        if basis is not Basis.PRICE or not all(own):
            return None

        def sql(tables: Tables) -> str:
            one, other = map(tables.table, moves)
            return f"SELECT n, {rounded('(a.p - b.p)', 2)} / 100 AS v FROM {one} a JOIN {other} b USING (n)"

        label = f"{pair[0].short} minus {pair[1].short}, {basis.value} since the last decision"
        formula = (
            f"printed {basis.value} of {pair[0].short} less printed {basis.value} of {pair[1].short}, both {_WHEN}"
        )
        return Spec(name, Unit.POINTS, basis, label, formula, sql, 2, parts=moves)


def peaks(facts: Sequence[Fact]) -> list[tuple[date, date]]:
    """The last day of the month of each peak of an expansion, and the day on which it was announced."""
    return [(fact.as_of, fact.published) for fact in facts if fact.key == RECESSION]


def places_of(unit: Unit) -> int:
    """The decimals of a number made of others: shares are whole."""
    return 0 if unit is Unit.PERCENT else decimals_of(unit)
