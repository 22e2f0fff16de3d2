"""What forbids a verdict on a claim: a condition, a forecast, another span or another measure in the words around it."""

from __future__ import annotations

import regex

from generator.factcheck.reading.sentence import RELATIVES, Sentence

_ANY = regex.compile(r"\b(?:a|any|each|one) (?:session|day|week|month|quarter|year)$", regex.I)


def blocked(sentence: Sentence, low: int, high: int, aside: tuple[int, ...] = (), codes: str = "tQ") -> bool:
    """Whether words around a claim make it another one: a condition, a forecast, another span, another measure."""
    first, last = sentence.part(low, high, "a:_")
    if _relative(sentence, first) or _in_general(sentence):
        return True
    if any(
        sentence.tokens[p].code == "M"
        for p in range(first, last + 1)
        if p not in aside and not _goes_on(sentence, high, p)
    ):
        return True
    first, last = sentence.part(low, high)
    around = [*range(first, low), *range(low, high + 1), *range(high + 1, last + 1)]
    follows = last + 1
    if follows < len(sentence.tokens) and sentence.tokens[follows].code == "," and _belongs(sentence, follows):
        around += range(follows, sentence.part(follows + 1, follows + 1)[1] + 1)
    if any(
        sentence.tokens[place].code in codes for place in around if place not in sentence.taken and place not in aside
    ):
        return True
    return any(
        sentence.tokens[place].code in ("Q" if named else codes)
        for named in (True, False)
        for place in _front(sentence, low, named)
    )


def of_another_time(sentence: Sentence, low: int, high: int) -> bool:
    """Whether a claim that names no span is of one told before: `two days later ...`, `from that point ...`, `on it`."""
    first, _ = sentence.part(low, high, "a:_")
    opened = next((one.code for one in sentence.tokens[first:low] if one.code not in "~&"), "")
    behind = [one.code for one in sentence.tokens[high + 1 :] if one.code != "~"][:2]
    return opened == "t" or behind == ["I", "J"]


def _in_general(sentence: Sentence) -> bool:
    """Whether it tells of any time: `when the Russell beats the S&P 500 over a quarter`."""
    begins = sentence.tokens[0].text.lower() in ("when", "whenever", "where") if sentence.tokens else False
    return begins and any(one.code == "T" and _ANY.search(one.text) for one in sentence.tokens)


def _relative(sentence: Sentence, first: int) -> bool:
    """Whether a clause begins with `in which` and what it hangs on is a condition or a span: `a quarter in which`."""
    if first == 0 or sentence.tokens[first - 1].text.lower() not in RELATIVES:
        return False
    low, high = sentence.part(first - 2, first - 2, ",:()_") if first > 1 else (0, -1)
    near = [token.code for token in sentence.tokens[low : high + 1]]
    behind = [token.code for token in sentence.tokens[: first - 1] if token.code not in "~I,"]
    return "M" in near or behind[-1:] == ["t"]


def _goes_on(sentence: Sentence, high: int, place: int) -> bool:
    """Whether a word behind an `and` speaks of what comes next: `is up 7.5% and on pace for its best month`."""
    return place > high and any(token.code == "&" for token in sentence.tokens[high + 1 : place])


def _belongs(sentence: Sentence, comma: int) -> bool:
    """Whether what follows a comma belongs to the claim before: not `, with 77% of stocks losing ground`."""
    after = [token.code for token in sentence.tokens[comma + 1 :] if token.code != "~"][:3]
    return (
        bool(after)
        and after[0] in "Iv"
        and not (after[0] == "v" and after[1:2] != ["T"] and set(after[1:]) & set("%nY"))
    )


def _front(sentence: Sentence, low: int, named: bool) -> range:
    """What stands before the first comma, ahead of the claim; unless `named`, only if it names no subject."""
    for place, token in enumerate(sentence.tokens[:low]):
        if token.code in "UD" or (not named and token.code in "SRYJ"):
            return range(0)
        if token.code == ",":
            return range(place)
    return range(0)
