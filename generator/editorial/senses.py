"""Reads what `content/claims.yaml` says of words beside figures: directions, suppositions, names, spans, disputes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.editorial.yaml_reader import Document
from generator.errors import Fault
from generator.model import Calling, Direction, Dispute, Senses, Supposition

_LISTED: Mapping[str, tuple[str, ...]] = {
    "directions": ("measures", "why"),
    "called": ("measures", "words"),
    "disputes": ("one", "other", "why"),
}
_NAMED: Mapping[str, tuple[str, ...]] = {"supposes": ("words", "rests_on"), "frames": ("measures", "words")}
_WORDS = ("up", "down", "sides", "expletive")


def read_senses(values: Mapping[str, Any]) -> Senses:
    """The sections about words beside figures; one that is not there is empty."""
    return Senses(
        directions=tuple(
            Direction(_words(one["measures"]), _words(one.get("beside")), _words(one.get("anywhere")), str(one["why"]))
            for one in values.get("directions") or ()
        ),
        supposes={
            str(key): Supposition(
                _words(one["words"]), _words(one["rests_on"]), _words(one.get("harmless")), int(one.get("least", 1))
            )
            for key, one in (values.get("supposes") or {}).items()
        },
        called=tuple(Calling(_words(one["measures"]), _words(one["words"])) for one in values.get("called") or ()),
        spoken={str(key): _words(names) for key, names in (values.get("spoken") or {}).items()},
        frames={
            str(key): Calling(_words(one["measures"]), _words(one["words"]))
            for key, one in (values.get("frames") or {}).items()
        },
        disputes=tuple(
            Dispute(_words(one["one"]), _words(one["other"]), str(one["why"])) for one in values.get("disputes") or ()
        ),
        **{key: _words(values.get(key)) for key in _WORDS},
    )


def _words(found: object) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else ()


def sense_faults(claims: Document) -> list[Fault]:
    """Sections of another shape than they are read in."""
    return [Fault(claims.at(key), message) for key, message in _faults(claims.values)]


def _faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for section, needed in (*_LISTED.items(), *_NAMED.items()):
        found = values.get(section)
        kind, example = (list, "- ") if section in _LISTED else (dict, "name: ")
        if found is not None and not isinstance(found, kind):
            yield section, f"should be entries of the form `{example}{{{needed[0]}: [...], ...}}`."
            continue
        entries: Iterable[tuple[object, object]] = found.items() if isinstance(found, dict) else enumerate(found or ())
        for key, entry in entries:
            yield from _entry_faults(f"{section}.{key}", entry, needed)
    for section in _WORDS:
        if not isinstance(values.get(section) or [], list):
            yield section, "should be a list of words."
    spoken = values.get("spoken") or {}
    if not isinstance(spoken, dict) or not all(isinstance(names, list) for names in spoken.values()):
        yield "spoken", "should be entries of the form `segment: [words, ...]`."


def _number_fault(entry: Mapping[str, Any]) -> bool:
    least = entry.get("least", 1)
    return not isinstance(least, int) or least < 1


def _entry_faults(place: str, entry: object, needed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict):
        yield place, f"needs {', '.join(needed)}."
        return
    if _number_fault(entry):
        yield f"{place}.least", "should be a number of figures, 1 or more."
    for key in needed:
        right = isinstance(entry.get(key), str if key == "why" else list)
        if not right:
            yield f"{place}.{key}" if key in entry else place, f"needs '{key}', {_form(key)}."


def _form(key: str) -> str:
    return "a reason in words" if key == "why" else "a list"
