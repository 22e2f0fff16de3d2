"""A publication's folder in; everything its editor wrote out, or every fault in it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from generator.editorial.facts import read_facts
from generator.editorial.fragments import read_fragments
from generator.editorial.lexicon import read_lexicon
from generator.editorial.outlines import read_outlines
from generator.editorial.universe import read_universe
from generator.editorial.yaml_reader import parse, read_text
from generator.errors import ContentError, Fault
from generator.model import Fragment, Imprint, Publication

_WHERE = "content/publication.yaml"
_IMPRINT = ("title", "byline", "place", "url", "disclosure", "risk", "call_to_action", "language", "hashtags", "notes")
_Read = TypeVar("_Read")


def read_publication(root: Path, templates: Sequence[Path]) -> Publication:
    """The publication at `root` (the folder that holds content/); raises `ContentError` with every fault."""
    publication, faults = gather_publication(root, templates)
    if faults or publication is None:
        raise ContentError(faults)
    return publication


def gather_publication(root: Path, templates: Sequence[Path]) -> tuple[Publication | None, list[Fault]]:
    """What could be read of the publication, and every fault found on the way.

    It is None where a file that everything rests on could not be read; a fragment that could not is left out.
    """
    content = root / "content"
    faults: list[Fault] = []
    imprint = _collect(faults, lambda: _read_imprint(content))
    universe = _collect(faults, lambda: read_universe(content))
    lexicon = _collect(faults, lambda: read_lexicon(content))
    facts = _collect(faults, lambda: read_facts(content))
    outlines = _collect(faults, lambda: read_outlines(content, universe)) if universe else None
    fragments: dict[str, tuple[Fragment, ...]] = {}
    for edition in outlines or {}:
        fragments[edition], found = read_fragments(content, edition)
        faults += found
    if imprint is None or universe is None or lexicon is None or outlines is None or facts is None:
        return None, faults
    return Publication(root, tuple(templates), imprint, universe, lexicon, outlines, fragments, facts), faults


def _collect(faults: list[Fault], read: Callable[[], _Read]) -> _Read | None:
    try:
        return read()
    except ContentError as error:
        faults.extend(error.faults)
        return None


def _read_imprint(content: Path) -> Imprint:
    document = parse(read_text(content / "publication.yaml", _WHERE), _WHERE)
    values = document.values
    faults = [
        Fault(document.at(key), f"'{key}' is not a setting of a publication; these are: {', '.join(_IMPRINT)}.")
        for key in values
        if key not in _IMPRINT
    ]
    faults += [Fault(f"{_WHERE}:1", f"a publication needs '{key}'.") for key in _IMPRINT[:7] if not values.get(key)]
    if faults:
        raise ContentError(faults)
    texts: dict[str, Any] = {key: str(values[key]).strip() for key in _IMPRINT[:8] if key in values}
    lists = {key: tuple(map(str, values.get(key) or ())) for key in ("hashtags", "notes")}
    return Imprint(**texts, hashtags=lists["hashtags"], notes=lists["notes"])
