"""The known figure nearest to a misspelt name: `small_retrun_1d` becomes `small_return_1d`.

The whole grammar holds tens of thousands of names. Only those whose subject looks like the misspelt name's are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

from generator.figures import periods
from generator.figures.history import BEFORE, OPERATORS
from generator.figures.horizons import HORIZONS
from generator.figures.relative import MINUS
from generator.suggestion import is_slip

NEAR = 60
"""The least likeness in percent."""
SUFFIXES = (*OPERATORS, BEFORE.suffix)


def nearest(name: str, subjects: Mapping[str, Callable[[], Iterable[str]]], known: Callable[[str], bool]) -> str | None:
    """The known name most like `name`, or None.

    `subjects` maps each segment's and group's key to a function that lists its figures; `known` tests a name.
    """
    if MINUS in name:
        bases = list(_pairs(name, tuple(subjects)))
    else:
        bases = [*periods.names(), *(figure for key in _alike(name, subjects, 6) for figure in subjects[key]())]
    near = _closest(name, bases, 5)
    operated = (f"{figure}_{suffix}" for figure in near for suffix in SUFFIXES)
    candidates = _closest(name, [*near, *operated], 5)
    return next((candidate for candidate in candidates if is_slip(name, candidate) and known(candidate)), None)


def _closest(name: str, candidates: Iterable[str], count: int) -> list[str]:
    """The candidates most like `name`; ties keep their order, so that `1d` comes before other horizons."""
    return [found for found, *_ in process.extract(name, candidates, scorer=fuzz.ratio, limit=count, score_cutoff=NEAR)]


def _alike(name: str, keys: Iterable[str], count: int) -> list[str]:
    """The keys most like the beginning of `name`, longer ones first among equals."""
    return sorted(keys, key=lambda key: (fuzz.ratio(key, name[: len(key)]), len(key)), reverse=True)[:count]


def _pairs(name: str, keys: tuple[str, ...]) -> Iterator[str]:
    first, _, rest = name.partition(MINUS)
    for one in _closest(first, keys, 3):
        for other in _alike(rest, keys, 4):
            yield f"{one}{MINUS}{other}"
            yield from (f"{one}{MINUS}{other}_{last}" for last in (*HORIZONS, "streak"))
