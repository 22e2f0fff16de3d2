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


@dataclass
class Archive:
    """FRED's archive: the page that lists a series' vintages, and tables of them.

    As the real one it drops what is beyond twelve columns without a word, honours only the first id of a list whose
    ids differ from the days in number, and has no page for a series that it does not know.
    """

    vintages: Mapping[str, Mapping[str, Mapping[str, float | None]]]
    """Per series and vintage (`2025-06-06`): values by observation day."""
    hosts: tuple[str, ...] = ("alfred.stlouisfed.org",)
    longest: int = 12

    def subject(self, path: str, query: Mapping[str, str]) -> str:
        """The series, and whether its list or a table is wanted: `PAYEMS list`, `PAYEMS table`."""
        series = query.get("seid") or query.get("id", "").split(",")[0]
        return f"{series} {'list' if path.endswith('downloaddata') else 'table'}"

    def answer(self, request: Request) -> Answer:
        """The page or the table; an error page for a series that it does not have."""
        series = request.subject.partition(" ")[0]
        held = self.vintages.get(series)
        if held is None:
            return Answer(b"<!DOCTYPE html><html><title>Error - St. Louis Fed</title></html>", 404)
        if request.path == "/series/downloaddata":
            options = "".join(f'<option value="{day}">{day}</option>' for day in sorted(held, reverse=True))
            select = f'<select name="form[x][]" id="form_selected_vintage_dates" multiple>{options}</select>'
            decoy = '<select id="form_units"><option value="1999-01-01">decoy</option></select>'
            return Answer(f"<!DOCTYPE html><html>{decoy}{select}</html>".encode())
        ids, days = request.query["id"].split(","), request.query["vintage_date"].split(",")
        days = days[: min(len(ids), self.longest)]
        table = {day: self._on(held, day) for day in days}
        periods = sorted({period for record in table.values() for period in record})
        rows = [",".join([period, *(_cell(table[day].get(period)) for day in days)]) for period in periods]
        header = ",".join(["observation_date", *(f"{series}_{day.replace('-', '')}" for day in days)])
        return Answer("\n".join([header, *rows, ""]).encode(), 200, {"Content-Type": "application/csv"})

    def _on(self, held: Mapping[str, Mapping[str, float | None]], day: str) -> Mapping[str, float | None]:
        """The record in force that day: that of the last vintage not after it."""
        before = [vintage for vintage in held if vintage <= day]
        return held[max(before)] if before else {}


def _cell(value: float | None) -> str:
    return "" if value is None else str(value)
