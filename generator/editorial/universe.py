"""`content/universe.yaml` in; segments, groups and releases out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.editorial.releases import read_releases
from generator.editorial.yaml_reader import Document, parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Group, Kind, Segment, Universe

_WHERE = "content/universe.yaml"
_SEGMENT_KEYS = frozenset(
    [
        "kind",
        "price",
        "total",
        "names",
        "short",
        "headline",
        "members",
        "records_from",
        "cashtag",
        "plural",
        "begins",
        "note",
    ]
)


def read_universe(content: Path) -> Universe:
    """The universe; every fault in the file is reported at once."""
    document = parse(read_text(content / "universe.yaml", _WHERE), _WHERE)
    faults: list[Fault] = []
    segments: dict[str, Segment] = {}
    for key, values in (document.values.get("segments") or {}).items():
        found = _segment_faults(document, key, values)
        faults += found
        if not found:
            segments[key] = _segment(key, values)
    groups: dict[str, Group] = {}
    for key, values in (document.values.get("groups") or {}).items():
        found = _group_faults(document, key, values)
        faults += found
        if not found:
            groups[key] = Group(key, tuple(values["members"]), str(values["one"]), str(values["many"]))
    releases, found = read_releases(document, frozenset([*segments, *groups]))
    faults += found
    core = tuple(document.values.get("core") or ())
    faults += [
        Fault(document.at("core"), f"core segment '{key}' is not among the segments.")
        for key in core
        if key not in segments
    ]
    if not core:
        faults.append(Fault(document.at("core"), "name the core segments, without which there is no edition."))
    faults += _member_faults(document, segments, groups)
    if faults:
        raise ContentError(faults)
    return Universe(segments, groups, core, releases)


def _segment(key: str, values: Mapping[str, Any]) -> Segment:
    return Segment(
        key=key,
        kind=Kind(values["kind"]),
        price=values.get("price"),
        total=values.get("total"),
        names=tuple(str(name) for name in values["names"]),
        short=str(values.get("short", values["names"][0])),
        headline=str(values.get("headline", values["names"][-1])),
        members=tuple(values.get("members") or ()),
        records_from=values.get("records_from"),
        cashtag=values.get("cashtag"),
        plural=bool(values.get("plural", False)),
        begins=values.get("begins"),
        note=str(values.get("note", "")),
    )


def _segment_faults(document: Document, key: str, values: object) -> list[Fault]:
    place = document.at(f"segments.{key}")
    if not isinstance(values, Mapping):
        return [Fault(place, f"segment '{key}' should be a list of settings.")]
    faults = [
        Fault(
            document.at(f"segments.{key}.{name}"),
            f"'{name}' is not a setting of a segment; these are: {', '.join(sorted(_SEGMENT_KEYS))}.",
        )
        for name in values
        if name not in _SEGMENT_KEYS
    ]
    if not str(key).replace("_", "a").isalnum() or not str(key)[0].isalpha():
        faults.append(Fault(place, f"'{key}' cannot name a segment: letters, digits and underscores only."))
    if values.get("kind") not in list(Kind):
        faults.append(Fault(place, f"segment '{key}' needs a kind: one of {', '.join(Kind)}."))
    if not values.get("names") or not isinstance(values["names"], list):
        faults.append(Fault(place, f"segment '{key}' needs names: a list, the full name first."))
    if not (values.get("price") or values.get("total") or values.get("members")):
        faults.append(Fault(place, f"segment '{key}' needs a price or total symbol, or members."))
    for name in ("records_from", "begins"):
        if not isinstance(values.get(name), date | None):
            faults.append(Fault(document.at(f"segments.{key}.{name}"), "should be a date such as 1990-01-02."))
    return faults


def _group_faults(document: Document, key: str, values: object) -> list[Fault]:
    if isinstance(values, Mapping) and all(values.get(name) for name in ("members", "one", "many")):
        return []
    return [
        Fault(document.at(f"groups.{key}"), f"group '{key}' needs members, and what one and many of them are called.")
    ]


def _member_faults(document: Document, segments: Mapping[str, Segment], groups: Mapping[str, Group]) -> list[Fault]:
    owners = [(f"groups.{group.key}", group.key, group.members) for group in groups.values()]
    owners += [(f"segments.{segment.key}", segment.key, segment.members) for segment in segments.values()]
    return [
        Fault(document.at(place), f"'{owner}' has a member '{member}' that is not among the segments.")
        for place, owner, members in owners
        for member in members
        if member not in segments
    ]
