"""One sentence laid out for reading: its words with their codes, what belongs together, and what forbids a verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import regex

from generator.factcheck.reading.axis import Axis, Since, Span
from generator.factcheck.reading.context import NOTHING, Context
from generator.factcheck.reading.lexer import tokens_of
from generator.factcheck.reading.matching import Match
from generator.factcheck.reading.mending import Token

_PARTS = ",a:()_"
_NUMBERS = "%PBpLn$"
_AFTER = regex.compile(r"(?:after|before|until|following)$", regex.I)
_ADJECTIVES = ("weekly", "monthly", "quarterly")
"""Spans that say only of which period a gain is."""
RELATIVES = ("which", "when", "where", "during which")
BESIDE = ("against", "versus", "vs", "vs.", "compared with", "compared to")
UNSURE = -2
"""Where a span stands that may be of something else."""


@dataclass
class Sentence:
    """The words of a sentence, and which of them a claim has been read from."""

    text: str
    axis: Axis
    context: Context = NOTHING
    taken: set[int] = field(default_factory=set)

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens_of(self.text, self.axis)

    @cached_property
    def kept(self) -> list[int]:
        """The places of the words that forms are matched on: fillers and spans may stand anywhere."""
        return [place for place, token in enumerate(self.tokens) if token.code not in "~T"]

    @cached_property
    def codes(self) -> str:
        return "".join(self.tokens[place].code for place in self.kept)

    def place(self, match: Match, group: str) -> int:
        """Where the first word of a group stands; -1 without one."""
        return self.kept[match.start(group)] if match.start(group) >= 0 and match[group] else -1

    def places(self, match: Match, group: str, codes: str) -> list[int]:
        """Where the words of a group with one of these codes stand."""
        if group not in match.re.groupindex or match.start(group) < 0:
            return []
        return [self.kept[n] for n in range(match.start(group), match.end(group)) if self.codes[n] in codes]

    def part(self, low: int, high: int, separators: str = _PARTS) -> tuple[int, int]:
        """The places around a claim up to the next comma or conjunction on either side."""
        while low > 0 and not self._parts(low - 1, separators):
            low -= 1
        while high + 1 < len(self.tokens) and not self._parts(high + 1, separators):
            high += 1
        return low, high

    def _parts(self, place: int, separators: str) -> bool:
        code = self.tokens[place].code
        if code == "&" and self.code_before(place) == ",":
            return True
        return code in separators or ("," in separators and code == "&" and self.follows(place, "SUDejcJ<>Yw"))

    def next_code(self, place: int) -> str:
        """The code of the next word that is no filler; empty at the end."""
        return next((one.code for one in self.tokens[place + 1 :] if one.code != "~"), "")

    def code_before(self, place: int) -> str:
        """The code of the last word before that is no filler; empty at the beginning."""
        return next((one.code for one in reversed(self.tokens[:place]) if one.code != "~"), "")

    def adjacent(self, high: int, codes: str) -> int:
        """Where a word with one of these codes follows with fillers alone between; -1 if none does."""
        for place in range(high + 1, len(self.tokens)):
            code = self.tokens[place].code
            if code in codes:
                return place
            if code not in "~)" and not (code == "," and self._respective(place)):
                return -1
        return -1

    def _respective(self, place: int) -> bool:
        """Whether a comma stands beside `respectively`."""
        beside = self.tokens[max(place - 1, 0) : place + 2]
        return any(token.text.lower() == "respectively" for token in beside)

    def span_of(
        self, low: int, high: int, also: str = "T", aside: tuple[int, ...] = ()
    ) -> tuple[Span | Since | None, int]:
        """The span that a claim between two places is about, and where it stands: in it, beside it, or in front.

        The place is -1 where none is named, and `UNSURE` where one is that may be of something else.
        """
        weekly = tuple(
            place for place, token in enumerate(self.tokens) if token.code == "T" and token.text in _ADJECTIVES
        )
        aside = (*aside, *self._of_superlatives)
        inside = [place for place in range(low, high + 1) if self.tokens[place].code == "T" and place not in aside]
        after = self.adjacent(high, also)
        closed = len(inside) == 1 and self.tokens[inside[0]].value.tag == "day" and after >= 0 and after not in aside
        if len(inside) == 1 and not closed:
            return self._at(inside[0])
        aside = (*aside, *weekly)
        if after >= 0 and after not in aside:
            return self._at(after)
        if inside:
            return self._at(inside[-1])
        before = next((p for p in range(low - 1, -1, -1) if not self._joins(p)), -1)
        if before >= 0 and self.tokens[before].code in ("T", *set(also)) and before not in weekly:
            return self._at(before)
        first, last = self.part(low, high)
        near = [place for place in range(first, last + 1) if self.tokens[place].code == "T" and place not in aside]
        if near:
            return self._at(min(near, key=lambda place: min(abs(place - low), abs(place - high))))
        return self._fronted(low)

    @cached_property
    def _of_superlatives(self) -> tuple[int, ...]:
        """The spans that belong to a superlative or a record: `its best day of the year`."""
        ends = [place for place, token in enumerate(self.tokens) if token.code in "HX"]
        found = [self.adjacent(place, "T") for place in ends]
        return tuple(p for p in found if p >= 0 and self.tokens[p].value.tag != "day")

    def _joins(self, place: int) -> bool:
        """Whether a word joins a span to what follows: a filler, a comma, `in which`."""
        token = self.tokens[place]
        return (
            token.code in "~,'"
            or (token.code == "I" and self.tokens[place + 1].text in RELATIVES)
            or token.text in RELATIVES
        )

    def _fronted(self, low: int) -> tuple[Span | Since | None, int]:
        """The span before the sentence's first subject, `For the week, ...`, if a comma or the subject follows it."""
        for place in range(low):
            token = self.tokens[place]
            if token.code in "TZ":
                return self._at(place) if self.follows(place, ",:STYRv(_") else (None, UNSURE)
            if token.code in "SRYaM":
                break
        introducing = self._introducing(low)
        named = [place for place, token in enumerate(introducing) if token.code == "T"]
        if any(token.code == "t" for token in introducing):
            return self._at(named[0]) if len(named) == 1 else (None, UNSURE)
        return self.context.section, -1

    def _introducing(self, low: int) -> list[Token]:
        """What stands before a colon ahead of the claim: `value had the better quarter: the style fell`."""
        ends = [place for place in range(low) if self.tokens[place].code == ":"]
        return self.tokens[: ends[-1]] if ends else []

    def _at(self, place: int) -> tuple[Span | Since | None, int]:
        value: Span | Since | None = self.tokens[place].value
        return value, place

    def follows(self, place: int, codes: str) -> bool:
        """Whether the next word that is no filler has one of these codes."""
        code = self.next_code(place)
        return bool(code) and code in codes

    def subject_stands(self, place: int) -> bool:
        """Whether a name is what the sentence is about, and not part of another: `companies in the S&P 500 rose`."""
        before = self.code_before(place)
        if before == "a" and (not self._of_span(place) or self._beside(place)):
            return False
        if before in ("O", "'", "f", "Q"):
            return False
        if before == "I":
            return False
        token = self.tokens[place - 1] if place else None
        if token is not None and token.code == "S":
            return False
        if token is not None and token.code == "w" and self.tokens[place].code == "R":
            return token.text.islower() and token.text.endswith(("ed", "s", "that"))
        if token is not None and token.code == "w" and self.tokens[place].value.loose:
            return False
        return not (token is not None and token.code == "-")

    def _beside(self, place: int) -> bool:
        """Whether a name is what something is measured against: `measured against the S&P 500`."""
        back = next(p for p in range(place - 1, -1, -1) if self.tokens[p].code != "~")
        return self.tokens[back].text.lower() in BESIDE and self.follows(place, ",")

    def follows_after(self, places: list[int], span: int, low: int) -> bool:
        """Whether a name follows `after` or `before`, so that its move is of a time before, unless a span in it says which."""
        if not places:
            return False
        back = next((p for p in range(places[0] - 1, -1, -1) if self.tokens[p].code != "~"), -1)
        return back >= 0 and bool(_AFTER.search(self.tokens[back].text)) and span < low

    def _of_span(self, place: int) -> bool:
        """Whether a relative clause is of a span or of the whole sentence before: not `on days on which it fell`."""
        back = next(p for p in range(place - 1, -1, -1) if self.tokens[p].code != "~")
        if self.tokens[back].text.lower() not in RELATIVES:
            return True
        before = [one for one in self.tokens[:back] if one.code not in "~I"]
        return not before or before[-1].code in ("T", ",")

    def object_ends(self, place: int) -> bool:
        """Whether a name is whole where it ends: not `the S&P 500 companies`."""
        after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        return after is None or after.code not in "w'S-Q"

    def unread(self) -> list[int]:
        """The places of numbers, superlatives and comparisons that no claim was read from."""
        return [place for place in self._telling if place not in self.taken]

    @cached_property
    def _telling(self) -> list[int]:
        """The places of what could be checked; a comparison is one if a name follows it: not `has led to`."""
        return [
            place
            for place, token in enumerate(self.tokens)
            if token.code in "%PBp$HXsYE1"
            or (token.code in "<>" and self.follows(place, "S"))
            or (token.code == "L" and ("." in token.text or not self.follows(place, "w")))
        ]

    @property
    def relevant(self) -> bool:
        """Whether it has a name we hold and something to be checked."""
        return bool(self._telling) and any(
            token.code in "SRYE" or (token.code == "J" and self.context.before) for token in self.tokens
        )

    @property
    def numbers(self) -> int:
        """How many numbers there are."""
        return sum(token.code in "%PBpL$" for token in self.tokens)
