"""Say what `it` and `the index` stand for, from the sentence itself and from what those before were about."""

from __future__ import annotations

from dataclasses import replace

import regex

from generator.factcheck.reading.axis import Span
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.sentence import Sentence

_BROAD = ("small", "sp500", "nasdaq", "nasdaq100", "dow")
_NARROW = ("sp600", "midcap", "micro", "small_value", "small_growth")
YIELDS = ("ust10y", "note_2y", "note_5y", "bond_30y", "bill_3m")
_LASTS = {"day": (1, 1), "session": (1, 1), "week": (3, 6), "month": (15, 24), "quarter": (55, 70), "year": (240, 260)}
"""How many sessions a period has, which is told of as a whole or to date."""
_SAME = regex.compile(r"the same .+|that (?:period|span|stretch|time)", regex.I)
_INDEX = frozenset(["the index", "the gauge", "the benchmark", "the measure", "the average", "the barometer"])


def is_index(name: Name) -> bool:
    """Whether `the index` may mean it."""
    return not name.fund and (name.key in _BROAD or (name.key in _NARROW and not name.loose))


def resolve(sentence: Sentence) -> set[Name]:
    """Take each pronoun whose noun is known for the name of it, and `the same months` for the span told last."""
    _same_span(sentence)
    named = {one.value for one in sentence.tokens if one.code == "S"}
    meant: set[Name] = set()
    first = next((place for place, token in enumerate(sentence.tokens) if token.code != "~"), -1)
    for place, token in enumerate(sentence.tokens):
        if token.code != "J":
            continue
        word = token.text.lower()
        name = _index(sentence, place) if word in _INDEX else None
        if name is None and word in ("it", "they"):
            name = _inside(sentence, place)
        if name is None and word in ("it", "the fund", *_INDEX):
            name = _it(sentence, place, first)
        if name is not None:
            sentence.tokens[place] = replace(token, code="S", value=name)
            meant.add(name)
    return meant - named


def _same_span(sentence: Sentence) -> None:
    for place, token in enumerate(sentence.tokens):
        if token.code == "t" and _SAME.fullmatch(token.text):
            told = [one.value for one in sentence.tokens[:place] if one.code == "T"]
            span = told[-1] if told else sentence.context.same
            if span is not None and _fits(span, token.text.lower()):
                sentence.tokens[place] = replace(token, code="T", value=span)


def _fits(span: Span, words: str) -> bool:
    """Whether a span is what `the same days`, `the same three months`, `the same period` may be said of."""
    unit = next((one for one in _LASTS if one in words), "")
    length = span.windows[0].end - span.windows[0].start if span.windows else 0
    if not unit:
        return length > 1
    low, high = _LASTS[unit]
    return low * (2 if words.endswith("s") else 1) <= length <= (900 if words.endswith("s") else high)


def _index(sentence: Sentence, place: int) -> Name | None:
    """The one index named before in the sentence; or the one that a sentence before was about last."""
    named = {one.value for one in sentence.tokens[:place] if one.code == "S" and is_index(one.value)}
    if named:
        return next(iter(named)) if len(named) == 1 else None
    return sentence.context.index


def _inside(sentence: Sentence, place: int) -> Name | None:
    """`and from its April low it has gained 17%`: the one thing that the sentence has named, where it has a verb."""
    named = {one.value for one in sentence.tokens[:place] if one.code in "SR"}
    if sentence.code_before(place) not in (",", "&", "T", "Z"):
        return None
    verb = next((one.code for one in sentence.tokens[place + 1 :] if one.code != "~"), "")
    return (
        next(iter(named))
        if len(named) == 1 and verb in ("j", "e", "U", "D", "c") and sentence.code_before(place) != "o"
        else None
    )


def _it(sentence: Sentence, place: int, first: int) -> Name | None:
    """`leaves it up 12%`: the one thing named; at the beginning, the one thing that the sentence before was about."""
    names = {one.value for one in sentence.tokens[:place] if one.code == "S"}
    left = sentence.code_before(place) == "o"
    if left and names:
        return next(iter(names)) if len(names) == 1 else None
    opened = left and sentence.tokens[first].code == "J"  # `that loss leaves the index up 12.1%`
    if len(sentence.context.before) != 1 or not (place == first or opened) or _identified(sentence, place):
        return None
    name = sentence.context.before[0]
    index = sentence.tokens[place].text.lower() in _INDEX
    yields = any(token.code == "B" for token in sentence.tokens) and name.key not in YIELDS
    return None if yields or (index and not is_index(name)) else name


def _identified(sentence: Sentence, place: int) -> bool:
    """Whether the sentence goes on to say what it is: `it was the Russell's highest close`."""
    after = [one.code for one in sentence.tokens[place + 1 :] if one.code != "~"]
    return after[:1] == ["e"] and after[1:3] == ["S", "'"]
