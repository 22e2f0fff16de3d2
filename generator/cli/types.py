"""How dates, hours, moments and symbols are written on the command line, and what each is read as."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import click

LATEST = date.min
"""What `--session latest` is read as, until `settings_of` says it in words of its own."""


class Session(click.ParamType[date]):
    """A date as it is written: 2024-07-11."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; anything else is a fault in usage."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a date. Write it as 2024-07-11.", param, ctx)


class SessionHeld(Session):
    """A date, or `latest`: the last session that prices are held of."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or the earliest there is for `latest`, which `settings_of` knows."""
        return LATEST if value == "latest" else super().convert(value, param, ctx)


class Hour(click.ParamType[time]):
    """An hour and minute as they are written: 23:30."""

    name = "hh:mm"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """The time of day; anything else is a fault in usage."""
        if isinstance(value, time):
            return value
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            self.fail(f"'{value}' is not an hour and minute. Write them as 23:30.", param, ctx)
        return time.fromisoformat(value)


class Vouched(click.ParamType[tuple[str, date]]):
    """A symbol and a day as they are written: ^RUT:2024-07-11."""

    name = "symbol:date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, date]:
        """The two; anything else is a fault in usage."""
        if isinstance(value, tuple):
            return value
        symbol, _, day = value.rpartition(":")
        try:
            return symbol, date.fromisoformat(day)
        except ValueError:
            self.fail(f"'{value}' is not a symbol and a date. Write them as ^RUT:2024-07-11.", param, ctx)


class Moment(click.ParamType[datetime]):
    """A moment as it is written: 2024-07-11T21:30, in UTC unless it says otherwise."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The end of the minute, or the very moment where seconds are given; anything else is a fault in usage."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a moment. Write it as 2024-07-11T21:30, in UTC.", param, ctx)
        if moment.year < 1970:
            self.fail(f"'{value}' is before anything was fetched. Write it as 2024-07-11T21:30, in UTC.", param, ctx)
        if re.fullmatch(r".{10}T\d\d:\d\d(Z|[+-].*)?", value):
            moment += timedelta(minutes=1, microseconds=-1)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
