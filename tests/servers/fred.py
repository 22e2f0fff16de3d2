"""FRED's keyless CSV as a site on loopback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.servers.loopback import Answer, Request


@dataclass
class Fred:
    """`/graph/fredgraph.csv?id=SERIES` (with `cosd` and `coed`, the first and last day wanted) of the series it has."""

    series: Mapping[str, Mapping[str, float | None]]
    """Values by observation day (`2024-07-01`), None where FRED leaves the cell empty."""
    hosts: tuple[str, ...] = ("fred.stlouisfed.org",)

    def subject(self, path: str, query: Mapping[str, str]) -> str:
        """The series."""
        return query.get("id", "")

    def answer(self, request: Request) -> Answer:
        """The series as FRED prints it; an error page for one it does not have."""
        held = self.series.get(request.subject)
        if request.path != "/graph/fredgraph.csv" or held is None:
            return Answer(b"<!DOCTYPE html><html><title>Error - St. Louis Fed</title></html>", 404)
        first, last = request.query.get("cosd", ""), request.query.get("coed", "9999")
        rows = [f"{day},{'' if value is None else value}" for day, value in held.items() if first <= day <= last]
        text = "\n".join([f"observation_date,{request.subject}", *rows]) + "\n"
        return Answer(text.encode(), 200, {"Content-Type": "application/csv"})
