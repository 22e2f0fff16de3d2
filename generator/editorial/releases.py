"""The `releases` of `content/universe.yaml` in; each economic number that rules may name, with lag and source, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.editorial.yaml_reader import Document
from generator.errors import Fault
from generator.model import Every, Make, Release, Unit

_NEEDED = ("series", "every", "unit", "lag", "lasts", "short", "source", "url")
_KEYS = frozenset([*_NEEDED, "decimals", "late", "make", "scale", "priced"])
_DECIMALS = {Unit.LEVEL: 1, Unit.RATE: 2, Unit.RATIO: 1}
"""Decimals printed where a release does not ask for others; none for what is not here."""
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
        lag=values["lag"],
        lasts=values["lasts"],
        short=str(values["short"]),
        source=str(values["source"]),
        url=str(values["url"]),
        line=document.at(f"releases.{key}"),
        late=dict(values.get("late") or {}),
        make=Make(values.get("make", Make.VALUE)),
        scale=float(values.get("scale", 1)),
        priced=bool(values.get("priced", False)),
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
    for name in ("lag", "lasts"):
        if not isinstance(values[name], int) or values[name] < 0:
            yield Fault(at(name), "should be a number of days.")
    if all(isinstance(values[name], int) for name in ("lag", "lasts")) and values["lasts"] <= values["lag"]:
        yield Fault(at("lasts"), f"should be more than the lag, {values['lag']}: or no value would ever be told.")
    late = values.get("late") or {}
    if not isinstance(late, Mapping) or not all(isinstance(day, date) for pair in late.items() for day in pair):
        yield Fault(at("late"), "should list dates: the day observed, and the day on which the value came out.")
