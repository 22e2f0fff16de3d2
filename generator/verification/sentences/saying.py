"""Every way in which a sentence may state a figure with a given filter.

The result is a list of parts: words that must be there, and claims with the texts that would be true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.model import Lexicon, Segment, Unit, Universe, Verb
from generator.verification.figures.of_time import WEEKDAYS
from generator.verification.figures.words import MINUS, Shown, amount, count, ordinal, spelled

FAMILIES = {Unit.BASIS_POINTS: "yield", Unit.VOLATILITY: "volatility"}
FORMS = {"moved": "past", "moves": "present", "move": "plural", "moving": "gerund", "verb": "past", "verbs": "present",
         "verb_plural": "plural", "noun": "noun"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A claim that must be at a place: its kind and name, and all its texts that would be true."""

    kind: str
    name: str
    texts: tuple[str, ...]
    shown: Shown | None = None


Part = str | Said


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words depend on besides the figure: names, verbs, the session."""

    universe: Universe
    lexicon: Lexicon
    session: date
    turn: int
    """How many articles there were before, by which joins of moves take turns."""


def _size(shown: Shown) -> str:
    """The amount after a verb: a volatility index moves by points."""
    points = "point" if abs(shown.told) == 1 else "points"
    return f"{amount(shown)} {points}" if shown.unit is Unit.VOLATILITY else amount(shown)


def names_of(segment: Segment) -> tuple[str, ...]:
    """All names that a sentence may use for a segment, the longest first."""
    return tuple(sorted({*segment.names, segment.headline}, key=len, reverse=True))


def owner_of(name: str, universe: Universe) -> str:
    """The segment or group that a figure's name begins with, the longest that fits; empty if none does."""
    return max(
        (key for key in (*universe.segments, *universe.groups) if name.startswith(f"{key}_")), key=len, default=""
    )


def rung(setting: Setting, shown: Shown) -> tuple[int, Verb]:
    """The number of the lexicon's step that a move has reached, and the step."""
    if shown.told == 0:
        return -1, setting.lexicon.unchanged
    steps = _steps(setting, shown)
    size = abs(shown.told) / _scale(setting, shown.name)
    reached = max((number for number, step in enumerate(steps) if size >= step.at_least), default=0)
    return reached, steps[reached]


def _steps(setting: Setting, shown: Shown) -> tuple[Verb, ...]:
    side = setting.lexicon.rises if shown.told > 0 else setting.lexicon.falls
    return side[FAMILIES.get(shown.unit, "percent")]


def _scale(setting: Setting, name: str) -> float:
    """How many times larger a usual move is over the figure's horizon and for its kind of instrument."""
    scales, universe = setting.lexicon.scales, setting.universe
    stem = name.removesuffix("_before")
    horizon = next((key for key in scales if "_" in key and stem.endswith(f"_{key}")), stem.rpartition("_")[2])
    if "_since_" in name or name.endswith("_over_wave"):
        horizon = "since"
    owner = owner_of(name, universe)
    group = universe.groups.get(owner)
    segment = universe.segments.get(group.members[0] if group else owner)
    of_kind = scales.get(segment.kind, 1.0) if segment else 1.0
    return (scales.get(horizon, 1.0) if horizon in _HORIZONS else 1.0) * of_kind


_HORIZONS = frozenset(["1d", "5d", "21d", "63d", "126d", "252d", "1m", "3m", "6m", "1y", "3y", "10y", "since", "wtd",
                       "mtd", "qtd", "htd", "ytd", "prior_week", "prior_month", "prior_quarter", "prior_half",
                       "prior_year"])  # fmt: skip


def _claim(shown: Shown, *texts: str, kind: str = "") -> Said:
    return Said(kind or shown.kind, shown.name, texts, shown)


def plain(setting: Setting, shown: Shown) -> list[Part]:
    """A figure without a filter."""
    if shown.unit is Unit.DATE:
        return _day(setting, shown)
    if shown.unit is Unit.NAME:
        segment = setting.universe.segments.get(shown.word)
        return [_claim(shown, segment.names[0] if segment else shown.word)]
    below = shown.printed < 0 and shown.unit in (Unit.LEVEL, Unit.DOLLARS, Unit.CITED, Unit.RATE)
    return [_claim(shown, f"{MINUS if below else ''}{amount(shown)}")]


def _move(setting: Setting, shown: Shown, form: str, verb_only: bool = False) -> list[Part]:
    words: tuple[str, ...] = getattr(rung(setting, shown)[1], form)
    verb = _claim(shown, *words, kind="word")
    return [verb] if verb_only or shown.told == 0 else [verb, " ", _claim(shown, _size(shown))]


def _a_noun(setting: Setting, shown: Shown) -> list[Part]:
    size = _size(shown)
    lead = size.split(" ")[0].split(",")[0].split(".")[0].rstrip("%")
    vowel = size[0] == "8" or lead in ("11", "18") or size[0].lower() in "aeiou"
    return ["an " if vowel else "a ", _claim(shown, size), " ", *_move(setting, shown, "noun", verb_only=True)]


def _direction(shown: Shown, up: str, down: str, *, size_first: bool = False) -> list[Part]:
    if shown.told == 0:
        return [_claim(shown, "little changed", kind="word")]
    side = _claim(shown, up if shown.told > 0 else down, kind="word")
    return [_claim(shown, _size(shown)), " ", side] if size_first else [side, " ", _claim(shown, _size(shown))]


def _ahead(setting: Setting, shown: Shown) -> list[Part]:
    """The size and side of a gap."""
    if shown.told == 0:
        return [_claim(shown, "level", kind="word")]
    return [_claim(shown, _points(shown)), " ", _claim(shown, "ahead" if shown.told > 0 else "behind", kind="word")]


def _day(setting: Setting, shown: Shown) -> list[Part]:
    same_year = shown.day.year == setting.session.year
    return [_claim(shown, spelled(shown.day, "day" if same_year else "full"))]


def _when(setting: Setting, shown: Shown) -> list[Part]:
    if (setting.session - shown.day).days < 183:
        return _day(setting, shown)
    return [_claim(shown, spelled(shown.day, "month"))]


def _weekday(setting: Setting, shown: Shown) -> list[Part]:
    since = setting.session.toordinal() - shown.day.toordinal()
    return [_claim(shown, WEEKDAYS[shown.day.weekday()])] if since in range(7) else _day(setting, shown)


def _on(setting: Setting, shown: Shown) -> list[Part]:
    until = shown.day.toordinal() - setting.session.toordinal()
    soon = [_claim(shown, WEEKDAYS[shown.day.weekday()])] if until in range(1, 7) else _day(setting, shown)
    return ["on ", *soon]


def _in_month(setting: Setting, shown: Shown) -> list[Part]:
    same_year = shown.day.year == setting.session.year
    return [_claim(shown, f"{shown.day:%B}" if same_year else f"{shown.day:%B %Y}")]


def _in_quarter(setting: Setting, shown: Shown) -> list[Part]:
    words = f"{ordinal(1 + (shown.day.month - 1) // 3)} quarter"
    return [_claim(shown, words if shown.day.year == setting.session.year else f"{words} of {shown.day.year}")]


def _years(setting: Setting, shown: Shown) -> list[Part]:
    now, then = setting.session, shown.day
    full = now.year - then.year - ((now.month, now.day) < (then.month, then.day))
    return [_claim(shown, count(full)), " year" if full == 1 else " years"]


def _counted(setting: Setting, shown: Shown, one: str, many: str | None = None) -> list[Part]:
    size = abs(round(shown.printed))
    return [_claim(shown, count(size)), f" {one if size == 1 else many or one + 's'}"]


def _short(setting: Setting, shown: Shown) -> list[Part]:
    segment = setting.universe.segments.get(shown.word)
    return [_claim(shown, segment.short if segment else shown.word)]


def _listed(setting: Setting, shown: Shown, what: str) -> list[Part]:
    """What a company on the watch list does, or its sector."""
    segment = setting.universe.segments.get(shown.word)
    told = {"does": segment.does, "sector": segment.sector}[what] if segment else ""
    return [_claim(shown, told or shown.word)]


def _times(shown: Shown) -> str:
    whole = round(shown.printed)
    return ("never", "once", "twice")[whole] if whole < 3 else f"{count(whole)} times"


def _signed(shown: Shown) -> str:
    return f"{'+' if shown.told > 0 else MINUS if shown.told < 0 else ''}{amount(shown)}"


def _points(shown: Shown) -> str:
    """Percentage points by that name; only an index and volatility have points without more."""
    text = amount(shown)
    if text.endswith(("point", "points")):
        return text
    what = "percentage point" if text.endswith("%") else "point"
    return f"{text.removesuffix('%')} {what}{'' if abs(shown.told) == 1 else 's'}"


def _whole(shown: Shown) -> str:
    """The unrounded value rounded once, half away from zero; not the printed figure rounded a second time."""
    percent = "%" if shown.unit in (Unit.PERCENT, Unit.YIELD, Unit.RATE) else ""
    size = abs(shown.value) * (100 if shown.unit in (Unit.PERCENT, Unit.POINTS) else 1)
    return f"{int(round(size, 7) + 0.5):,}{percent}"


def _nth_of(setting: Setting, shown: Shown, superlative: str) -> list[Part]:
    place = round(shown.printed)
    return [_claim(shown, superlative if place == 1 else f"{ordinal(place)}-{superlative}")]


WAYS: Mapping[str, Callable[..., list[Part]]] = {
    "a_noun": _a_noun,
    "ahead": _ahead,
    "updown": lambda setting, shown: _direction(shown, "up", "down"),
    "higher": lambda setting, shown: _direction(shown, "higher", "lower", size_first=True),
    "size": lambda setting, shown: [_claim(shown, amount(shown))],
    "signed": lambda setting, shown: [_claim(shown, _signed(shown))],
    "points": lambda setting, shown: [_claim(shown, _points(shown))],
    "whole": lambda setting, shown: [_claim(shown, _whole(shown))],
    "digits": lambda setting, shown: [_claim(shown, f"{abs(round(shown.printed)):,}")],
    "nth": lambda setting, shown: [_claim(shown, ordinal(shown.printed))],
    "nth_of": _nth_of,
    "times": lambda setting, shown: [_claim(shown, _times(shown))],
    "counted": _counted,
    "Counted": lambda setting, shown: [_claim(shown, count(shown.printed).capitalize())],
    "date": _day,
    "full_date": lambda setting, shown: [_claim(shown, spelled(shown.day, "full"))],
    "month": lambda setting, shown: [_claim(shown, spelled(shown.day, "month"))],
    "year": lambda setting, shown: [_claim(shown, spelled(shown.day, "year"))],
    "when": _when,
    "weekday": _weekday,
    "on": _on,
    "in_month": _in_month,
    "in_quarter": _in_quarter,
    "years_ago": _years,
    "short": _short,
    "does": lambda setting, shown: _listed(setting, shown, "does"),
    "sector": lambda setting, shown: _listed(setting, shown, "sector"),
}


def say(setting: Setting, shown: Shown, way: str, arguments: tuple[str | int | float, ...]) -> list[Part] | None:
    """The parts that a filter makes of a figure; None for a filter that the second reader does not know."""
    if not way:
        return plain(setting, shown)
    if way in FORMS:
        return _move(setting, shown, FORMS[way], verb_only=way in ("verb", "verbs", "verb_plural", "noun"))
    return WAYS[way](setting, shown, *arguments) if way in WAYS else None
