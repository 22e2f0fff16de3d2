"""Sums up a replay's tallies as plain values, the same for the report page and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import Any

from generator.model import Publication
from generator.replay.repetition import Repetition, repetitions
from generator.replay.tally import Slots, Tally
from generator.replay.telling import told

WEAKEST = 20
Texts = Mapping[str, str]


def summarised(
    tallies: Sequence[Tally], texts: Texts, publication: Publication, edition: str, took: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole summary; `took` holds the measured times, kept apart because they differ between equal runs."""
    made = [tally for tally in tallies if not tally.error]
    repeated = repetitions(made)
    words = sum(tally.words for tally in made)
    return {
        "edition": edition,
        "from": str(tallies[0].session) if tallies else None,
        "to": str(tallies[-1].session) if tallies else None,
        "editions": len(made),
        "errors": [{"session": str(tally.session), "error": tally.error} for tally in tallies if tally.error],
        "claims": {
            "checked": sum(tally.claims for tally in made),
            "failed": sum(len(tally.faults) for tally in made),
            "faults": [{"session": str(tally.session), "fault": fault} for tally in made for fault in tally.faults],
        },
        "words": words,
        "figures_per_100_words": _rounded(100 * sum(tally.figures for tally in made) / words if words else 0),
        "angles": _angles(made),
        "slots": _slots(made, publication, edition),
        "fragments": _fragments(made, publication, edition),
        "repetition": _repetition(made, repeated, texts),
        "length": spread([tally.words for tally in made], 20),
        "readability": spread([tally.grade for tally in made], 0.5),
        "posts": {
            file.path: spread(_lengths(made, file.path), 10 if channel.limit < 1_000 else 50)
            for channel in publication.channels
            for file in channel.files
        },
        "years": _years(made, repeated),
        "weakest": {
            "by repetition": _weakest_by_repetition(made, repeated, texts),
            "by fallback": _weakest_by_fallback(made),
        },
        "time": {**took, "stages": _stages(made)},
    }


def spread(values: Sequence[float], step: float) -> dict[str, Any]:
    """How values are spread: minimum, maximum, mean, median, 10th and 90th percentile, and a count for each `step`."""
    if not values:
        return {"n": 0, "step": step, "bins": []}
    ordered = sorted(values)
    bins = Counter(int(value // step) for value in ordered)
    first, last = min(bins), max(bins)
    return {
        "n": len(ordered),
        "min": _rounded(ordered[0]),
        "p10": _rounded(ordered[(len(ordered) - 1) // 10]),
        "median": _rounded(median(ordered)),
        "p90": _rounded(ordered[-1 - (len(ordered) - 1) // 10]),
        "max": _rounded(ordered[-1]),
        "mean": _rounded(fmean(ordered)),
        "step": step,
        "bins": [[_rounded(number * step), bins[number]] for number in range(first, last + 1)],
    }


def _rounded(value: float, digits: int = 2) -> float:
    return round(value, digits)


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return round(fmean(held), 4) if held else 0.0


def _angles(made: Sequence[Tally]) -> list[dict[str, Any]]:
    """Each angle with the sessions it led, the most frequent first."""
    counts = Counter(tally.angle for tally in made)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"fragment": key, "sessions": count, "share": _share(count, len(made))} for key, count in ranked]


def _slots(made: Sequence[Tally], publication: Publication, edition: str) -> list[dict[str, Any]]:
    """Per slot, how many sessions it fell back to a fragment that is always true, or stayed empty."""
    fell = Counter(slot for tally in made for slot in tally.fallbacks)
    empty = Counter(slot for tally in made for slot in tally.empty)
    names = Slots.of(publication.outlines[edition], publication.fragments[edition]).names
    return [
        {
            "slot": name,
            "fell back": fell[name],
            "empty": empty[name],
            "share": _share(fell[name] + empty[name], len(made)),
        }
        for name in names
    ]


def _fragments(made: Sequence[Tally], publication: Publication, edition: str) -> list[dict[str, Any]]:
    """Every fragment with how often, when first and when last it was used; unused ones come last."""
    spoke: dict[str, list[str]] = {fragment.key: [] for fragment in publication.fragments[edition]}
    for tally in made:
        for key in tally.spoke:
            spoke[key].append(str(tally.session))
    ranked = sorted(spoke.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {"fragment": key, "spoke": len(days), "first": min(days, default=None), "last": max(days, default=None)}
        for key, days in ranked
    ]


def _repetition(made: Sequence[Tally], repeated: Sequence[Repetition], texts: Texts) -> dict[str, Any]:
    """How much of an article somebody who read the day before, or the twenty days before, has read already."""
    again = Counter(key for repetition in repeated for key in repetition.again)
    common = sorted(again.items(), key=lambda item: (-item[1], texts.get(item[0], "")))[:WEAKEST]
    said = Counter(key for tally in made for key in tally.sentences)
    pairs, total = set[str](), 0
    for key, count in said.items():
        bigrams = told.__wrapped__(texts[key]).bigrams if key in texts else ()
        pairs.update(bigrams)
        total += count * len(bigrams)
    heads = [(before.sentences[:1], after.sentences[:1]) for before, after in pairwise(made)]
    return {
        "shared with the day before": _mean(item.day for item in repeated[1:]),
        "shared with the twenty days before": _mean(item.twenty for item in repeated[1:]),
        "headlines shared with the day before": sum(one == other for one, other in heads),
        "distinct openings": _mean(tally.openings for tally in made),
        "distinct bigrams in an article": _mean(tally.bigrams for tally in made),
        "distinct sentences": len(said),
        "distinct bigrams": len(pairs),
        "bigrams": total,
        "most often told again within twenty days": [
            {"sentence": texts.get(key, ""), "times": count} for key, count in common
        ],
    }


def _lengths(made: Sequence[Tally], name: str) -> list[int]:
    return [length for tally in made for length in tally.lengths.get(name, ())]


def _years(made: Sequence[Tally], repeated: Sequence[Repetition]) -> list[dict[str, Any]]:
    """Means by calendar year."""
    years: dict[int, list[tuple[Tally, Repetition]]] = {}
    for tally, repetition in zip(made, repeated, strict=True):
        years.setdefault(tally.session.year, []).append((tally, repetition))
    return [
        {
            "year": year,
            "editions": len(held),
            "words": _mean(tally.words for tally, _ in held),
            "shared with the day before": _mean(item.day for _, item in held),
            "shared with the twenty days before": _mean(item.twenty for _, item in held),
            "slots fallen back or empty": _mean(len(tally.fallbacks) + len(tally.empty) for tally, _ in held),
        }
        for year, held in years.items()
    ]


def _weakest_by_repetition(made: Sequence[Tally], repeated: Sequence[Repetition], texts: Texts) -> list[dict[str, Any]]:
    """The sessions that repeat most of the day before; among equals, most of the twenty days before."""
    pairs = zip(made, repeated, strict=True)
    ranked = sorted(pairs, key=lambda pair: (-pair[1].day, -pair[1].twenty, pair[0].session))
    return [
        {
            "session": str(tally.session),
            "day before": item.day,
            "twenty before": item.twenty,
            "told again": [texts.get(key, "") for key in item.again],
        }
        for tally, item in ranked[:WEAKEST]
        if item.day or item.twenty
    ]


def _weakest_by_fallback(made: Sequence[Tally]) -> list[dict[str, Any]]:
    """The sessions on which the most slots fell back or stayed empty; empty weighs more."""
    ranked = sorted(made, key=lambda tally: (-2 * len(tally.empty) - len(tally.fallbacks), tally.session))
    return [
        {"session": str(tally.session), "fell back": list(tally.fallbacks), "empty": list(tally.empty)}
        for tally in ranked[:WEAKEST]
        if tally.fallbacks or tally.empty
    ]


def _stages(made: Sequence[Tally]) -> dict[str, Any]:
    """Milliseconds of each stage of one edition, mean and median, on one core."""
    names = dict.fromkeys(name for tally in made for name in tally.seconds)
    measured = {name: [1e3 * tally.seconds[name] for tally in made if name in tally.seconds] for name in names}
    return {
        name: {"mean_ms": round(fmean(values), 3), "median_ms": round(median(values), 3)}
        for name, values in measured.items()
    }
