"""The `releases` of `content/universe.yaml` in; each economic number that rules may name, with lag and source, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.editorial.yaml_reader import Document
from generator.errors import Fault
from generator.model import Every, Make, Release, Unit

_NEEDED = ("series", "every", "unit", "lasts", "short", "source", "url")
_KEYS = frozenset(
    [*_NEEDED, "lag", "decimals", "make", "scale", "priced", "published", "revisable", "signed", "quoted"]
)
_DAILY = frozenset(["lag", "priced"])
_BY_RELEASE = frozenset(["published", "revisable", "signed"])
_FILE = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
_DECIMALS = {Unit.LEVEL: 1, Unit.RATE: 2, Unit.RATIO: 1}
"""Decimals printed where a release does not ask for others; none for what is not here."""
_OF_PERIODS = (Make.CHANGE, Make.GROWTH, Make.YEARLY_GROWTH)
_OF_DAYS = (Make.DIFFERENCE, Make.QUOTIENT, Make.HUNDRED_LESS)
_UNITS = (Unit.LEVEL, Unit.RATE, Unit.RATIO, Unit.BASIS_POINTS, Unit.COUNT)


def read_releases(document: Document, taken: frozenset[str]) -> tuple[dict[str, Release], list[Fault]]:
    """The releases, and every fault in them; `taken` are the keys of segments and groups."""
    releases: dict[str, Release] = {}
    faults: list[Fault] = []
    for key, values in (document.values.get("releases") or {}).items():
        found = list(_faults(document, str(key), values, taken))
        faults += found
        if not found:
            releases[key] = _release(document, key, values)
    return releases, faults


def _release(document: Document, key: str, values: Mapping[str, Any]) -> Release:
    unit, series = Unit(values["unit"]), values["series"]
    return Release(
        key=key,
        series=(series,) if isinstance(series, str) else tuple(series),
        every=Every(values["every"]),
        unit=unit,
        decimals=values.get("decimals", _DECIMALS.get(unit, 0)),
        lag=values.get("lag"),
        lasts=values["lasts"],
        short=str(values["short"]),
        source=str(values["source"]),
        url=str(values["url"]),
        line=document.at(f"releases.{key}"),
        make=Make(values.get("make", Make.VALUE)),
        scale=float(values.get("scale", 1)),
        priced=bool(values.get("priced", False)),
        published=tuple(f"vintages/{name}" for name in _listed(values.get("published"))),
        revisable=bool(values.get("revisable", False)),
        signed=bool(values.get("signed", False)),
        quoted=str(values.get("quoted", "")),
    )


def _faults(document: Document, key: str, values: object, taken: frozenset[str]) -> Iterator[Fault]:
    place = document.at(f"releases.{key}")

    def at(name: str) -> str:
        return document.at(f"releases.{key}.{name}")

    if not isinstance(values, Mapping):
        yield Fault(place, f"release '{key}' should be a list of settings.")
        return
    if key in taken or not key.replace("_", "a").isalnum() or not key[0].isalpha():
        yield Fault(place, f"'{key}' cannot name a release: letters, digits and underscores, and not a segment's name.")
    yield from (
        Fault(at(name), f"'{name}' is not a setting of a release; these are: {', '.join(sorted(_KEYS))}.")
        for name in values
        if name not in _KEYS
    )
    missing = [name for name in _NEEDED if values.get(name) is None]
    yield from (Fault(place, f"release '{key}' needs '{name}'.") for name in missing)
    if missing:
        return
    for name, allowed in (("every", Every), ("unit", _UNITS), ("make", Make)):
        if values.get(name, Make.VALUE if name == "make" else None) not in list(allowed):
            yield Fault(at(name), f"should be one of {', '.join(allowed)}.")
    pair = values.get("make") in (Make.DIFFERENCE, Make.QUOTIENT)
    if pair is isinstance(values["series"], str) or (pair and len(values["series"]) != 2):
        yield Fault(at("series"), "a difference or quotient is made of two series, in a list; all else of one.")
    yield from _day_faults(values, at)
    daily = values["every"] == Every.DAY
    if daily and values.get("lag") is None:
        yield Fault(at("every"), "a daily number needs 'lag': the days after which it is certain to have been public.")
    wrong = [name for name in values if name in (_BY_RELEASE if daily else _DAILY)]
    why = "a daily number is told by its lag" if daily else "it is told from the day on which it came out, not by a lag"
    yield from (Fault(at(name), f"'{name}' cannot be set here: {why}.") for name in wrong)
    if (values.get("make") in _OF_PERIODS) and daily:
        yield Fault(at("make"), "is made of months, quarters or weeks, and cannot be of a daily number.")
    if values.get("make") in _OF_DAYS and not daily:
        yield Fault(at("make"), "is made of daily numbers, and cannot be of one that comes out by the period.")
    if not all(isinstance(name, str) and _FILE.fullmatch(name) for name in _listed(values.get("published"))):
        yield Fault(at("published"), "should name files of DIR/vintages without their ending, such as CPIAUCNS_YOY.")


def _day_faults(values: Mapping[str, Any], at: Callable[[str], str]) -> Iterator[Fault]:
    days = [name for name in ("lag", "lasts") if values.get(name) is not None]
    wrong = [name for name in days if not isinstance(values[name], int) or values[name] < 0]
    yield from (Fault(at(name), "should be a number of days.") for name in wrong)
    if len(days) == 2 and not wrong and values["lasts"] <= values["lag"]:
        yield Fault(at("lasts"), f"should be more than the lag, {values['lag']}: or no value would ever be told.")


def _listed(value: object) -> list[Any]:
    """One name or a list of them, as a list."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]
