"""The last sessions of weeks, months, quarters, half-years and years, and a figure on them."""

from __future__ import annotations

from generator.verification.figures.prices import begun
from generator.verification.figures.spec import Spec, Tables


def ends(period: str) -> str:
    """SQL for whether another period begins after a session."""
    return f"{period} <> {begun(period, 'following')}"


def at_ends(tables: Tables, of: Spec, period: str) -> str:
    """A table `(k, n, year, p)` of the figure on the last session of each period, counted by `k`."""

    def query() -> str:
        return (
            f"SELECT row_number() OVER (ORDER BY s.n) - 1 AS k, s.n, s.year, t.p "
            f"FROM sessions s JOIN {tables.table(of.name)} t USING (n) WHERE {ends(period)} ORDER BY s.n"
        )

    return tables.once(f"{period} ends of {of.name}", query)
