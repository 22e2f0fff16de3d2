"""Checks what a sentence's words imply about its figures: direction, side, name, span, referent, presupposition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from generator.errors import CommentaryError
from generator.model import Unit
from generator.verification.figures.answers import Answers
from generator.verification.figures.words import Shown
from generator.verification.sentences.laid import Laid, Placed, has, lay, like, starts
from generator.verification.sentences.reading import Sentences
from generator.verification.sentences.wordings import Wording, bullet

Record = Mapping[str, Any]
_SIZE = re.compile(r"[\d.,]+(?:%| percentage points?| points?)")
_NONE = re.compile(r"0(?:\.0+)?(?:%| percentage points| points)?")
_SIZES = {"size", "points", "whole", "signed", "a_noun"}
_BACK = re.compile(
    r"(?:even so |still |and |but |so |by then |now |yet )?(?:the whole of )?"
    r"(?:it|its|the index|that (?:is|was|leaves|puts|brings|makes|left|put|brought|made))\b"
)
_TOWARDS = re.compile(
    r"\b(?:not|against|beside|besides|next to|with|over|for|of|than|to|behind|by|from|on|at|in|into|like|under|"
    r"beneath|above|between|among)(?: the| its| both)?\s*$"
)
_FRONT = {"ahead": 1, "better": 1, "behind": -1, "worse": -1, "short": -1}
_MAY_COME = ("would", "could", "can", "may", "might", "if", "until", "unless", "needs", "need", "has to", "have to",
             "takes", "yet to")  # fmt: skip


class Meanings:
    """Checks what the words of one edition's sentences imply about their figures."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences
        self.universe = sentences.columns.universe
        self.senses = sentences.wordings.publication.lexicon.senses
        self._banned = sentences.wordings.publication.lexicon.banned
        self._keys = sorted(self.universe.segments, key=len, reverse=True)

    def check(self, answers: Answers, where: str, record: Record, row: int, before: Record | None = None) -> None:
        """Check every sentence of one record, if its wording exists; `before` is the record it comes after."""
        wording = self.sentences.wordings.at(record["source"])
        if wording is None:
            return
        laid = lay(record)
        same = before is not None and bullet(before["source"]) == bullet(record["source"])
        faults = [*self._words(laid, wording, row), *self._back(laid, lay(before)[-1] if before and same else None)]
        if not str(record["part"]).endswith("heading"):
            faults += self._spans(laid)
        for said, why in faults:
            answers.false(where, said, why)
        answers.holds("meanings", 0 if faults else len(laid))

    def check_posts(self, answers: Answers, where: str, records: Sequence[Record]) -> None:
        """Check that in a post a sentence about the day, right after one about another span, names the day."""
        for before, after in pairwise(records):
            if before["part"] != after["part"]:
                continue
            earlier, later = ([self.span_of(one) for laid in lay(record) for one in laid.placed if self.span_of(one)]
                              for record in (before, after))  # fmt: skip
            first = lay(after)[0]
            if earlier and later and earlier[-1] != "day" == later[0] and "day" not in self.spans_named(first):
                answers.false(where, after["text"], f"the sentence before is of a {earlier[-1]}, and this of the day")

    def _words(self, laid: Sequence[Laid], wording: Wording, row: int) -> Iterator[tuple[str, str]]:
        for sentence in laid:
            for one in sentence.placed:
                if one.kind == "figure":
                    yield from self._turned(sentence, one)
                    yield from self._side(sentence, one, row)
                    yield from self._called(sentence, one)
                    yield from _nothing(wording, one, self.sentences.shown(one.name, row))
            yield from self._supposed(sentence, wording, row)
            if said := has(self._banned, sentence.words):
                yield said, "it promises, exaggerates, advises, gives a cause, takes one side or says nothing"

    def _turned(self, sentence: Laid, one: Placed) -> Iterator[tuple[str, str]]:
        """A percentage given as if it were of the other number."""
        near = " | ".join(sentence.beside(one))
        for direction in self.senses.directions:
            if like(one.name, direction.measures):
                said = has(direction.beside, near) or has(direction.anywhere, sentence.words)
                if said:
                    yield f"{one.text} … {said}", direction.why

    def _side(self, sentence: Laid, one: Placed, row: int) -> Iterator[tuple[str, str]]:
        """A size with the opposite sign to what its word says, or a gap that does not say who is ahead."""
        shown = self.sentences.shown(one.name, row)
        if shown is None or not _SIZE.fullmatch(one.text):
            return
        second = self._second(one.name)
        after = sentence.words[one.end :]
        word = starts((*self.senses.up, *self.senses.down) if second is None else tuple(_FRONT), after)
        change = one.name.endswith("_change")
        sides = self.senses.sides
        if sides and second and shown.unit is Unit.POINTS and not change and not has(sides, sentence.text):
            yield one.text, f"nothing says who is ahead by '{one.name}'"
        if not word:
            return
        sign = _FRONT.get(word) or (1 if word in self.senses.up else -1)
        if second is not None:
            sign *= self._facing(sentence, one, second)
        signed = self._signed(one.name)
        if signed and shown.printed * sign < 0:
            yield f"{one.text} {word}", f"'{one.name}' is {shown.printed:.2f}"

    def _signed(self, name: str) -> bool:
        """Whether the figure's sign matters, so that the words have to give it."""
        return "_minus_" in name or "_above_average_" in name

    def _facing(self, sentence: Laid, one: Placed, second: str) -> int:
        """1 if the sentence is about the first side of a pair, -1 if about the second, 0 if it does not say."""
        first = self._first(one.name)
        aliases = self.senses.spoken if first == self.universe.core[0] else {}
        named = sorted([*self._names(sentence), *self._aliases(sentence, aliases)])
        beyond = re.match(r"\s*(?:ahead of|behind|better than|worse than|short of) ", sentence.words[one.end :])
        if beyond:
            start = one.end + beyond.end()
            for at, key in named:
                if at == start and key in (first, second):
                    return 1 if key == second else -1
        subjects = [key for at, key in named if at < one.start and not _TOWARDS.search(sentence.words[:at])]
        return {first: 1, second: -1}.get(subjects[-1], 0) if subjects else 0

    def _called(self, sentence: Laid, one: Placed) -> Iterator[tuple[str, str]]:
        for calling in self.senses.called:
            if like(one.name, calling.measures) and not has(calling.words, sentence.text):
                yield one.text, f"nothing says that '{one.name}' is one: {', '.join(calling.words[:3])}"

    def _supposed(self, sentence: Laid, wording: Wording, row: int) -> Iterator[tuple[str, str]]:
        """Presuppositions that the fragment does not assert, or that are not true."""
        if has(_MAY_COME, sentence.words):
            return
        listed = {word.strip(): rule for keys, rule in wording.fragment.asserts.items() for word in keys.split(",")}
        for key, supposed in self.senses.supposes.items():
            text = sentence.words
            while harmless := has(supposed.harmless, text):
                text = text.replace(harmless, "")
            said = has(supposed.words, text)
            if said and key not in listed:
                yield said, f"it supposes '{key}', and {wording.fragment.path} does not assert it"
            elif said and not self._holds(listed[key], row, wording):
                yield said, f"it supposes that {listed[key]}, and the closes say otherwise"

    def _holds(self, rule: str, row: int, wording: Wording) -> bool:
        try:
            return self.sentences.holds(rule, row, wording.fragment)
        except CommentaryError:
            return False

    def _back(self, laid: Sequence[Laid], before: Laid | None) -> Iterator[tuple[str, str]]:
        """Uses of “it” that do not refer to what the sentence before is about, or that have no sentence before.

        `before` is the last sentence of the line before this one in the same wording.
        """
        about = self._about(before) if before else ""
        for number, sentence in enumerate(laid, 1 if before else 0):
            named = [key for _, key in sorted([*self._names(sentence), *self._aliases(sentence, self.senses.spoken)])]
            found = _BACK.match(sentence.text)
            if not found or starts(self.senses.expletive, sentence.words):
                about = self._about(sentence)
                continue
            of = next((key for one in sentence.placed if one.kind == "figure" and (key := self._first(one.name))), "")
            if number == 0 and (of or found[0] != "the index"):
                yield found[0], "nothing before it says what it is"
            elif number and of and about and of != about and of not in named:
                yield found[0], f"the sentence before is about '{about}', and the figure is of '{of}'"

    def _about(self, sentence: Laid) -> str:
        """What a sentence is about: the first segment named after its last semicolon, else the first one named."""
        named = sorted([*self._names(sentence), *self._aliases(sentence, self.senses.spoken)])
        turn = sentence.words.rfind(";")
        return next((key for at, key in named if at > turn), named[0][1] if named else "")

    def _spans(self, laid: Sequence[Laid]) -> Iterator[tuple[str, str]]:
        """Moves whose span is not named, and moves of the day that follow another span without naming the day."""
        known: set[str] = set()
        last = ""
        for sentence in laid:
            here = self.spans_named(sentence)
            known |= here
            for one in sentence.placed:
                span = self.span_of(one)
                if span and span != "day" and span not in known:
                    yield one.text, f"'{one.name}' is a move over a {span}, and nothing says so"
                if span == "day" and last not in ("", "day") and "day" not in here:
                    yield one.text, f"'{one.name}' is the day's, and the sentence before is of a {last}"
            last = next((span for one in reversed(sentence.placed) if (span := self.span_of(one))), last)

    def span_of(self, one: Placed) -> str:
        """The span whose move a claim prints; empty if it is not a move."""
        if one.kind not in ("figure", "word"):
            return ""
        return next((key for key, frame in self.senses.frames.items() if like(one.name, frame.measures)), "")

    def spans_named(self, sentence: Laid) -> set[str]:
        """The spans that a sentence names in words, or by a weekday, a month or a year."""
        found = {key for key, frame in self.senses.frames.items() if has(frame.words, sentence.words)}
        for one in sentence.placed:
            named = {"weekday": "day", "month_name": "month", "quarter_number": "quarter", "year_number": "year"}
            found |= {named[one.name]} if one.name in named else set()
            if one.name == "session_date":
                found.add("year" if one.text.isdigit() else "month" if one.text.isalpha() else "day")
            if one.name.endswith(("highest_since", "lowest_since")):
                found.add("day")
            if re.fullmatch(r"\d{4}", one.text):
                found.add("year")
            elif re.fullmatch(r"[A-Z][a-z]+(?: \d{4})?", one.text) and one.name.endswith(
                ("_date", "_since", "last_time")
            ):
                found.add("month")
        return found

    def _names(self, sentence: Laid) -> Iterator[tuple[int, str]]:
        yield from ((one.start, one.name) for one in sentence.placed if one.kind == "name")

    def _aliases(self, sentence: Laid, aliases: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
        for key, words in aliases.items():
            at = 0
            while found := has(words, sentence.words[at:]):
                at += sentence.words[at:].index(found)
                yield at, key
                at += len(found)

    def _first(self, name: str) -> str:
        return next((key for key in self._keys if name.startswith(f"{key}_")), "")

    def _second(self, name: str) -> str | None:
        rest = name.removeprefix(f"{self._first(name)}_minus_")
        return self._first(rest) or None if rest != name else None


def _nothing(wording: Wording, one: Placed, shown: Shown | None) -> Iterator[tuple[str, str]]:
    """A size printed as zero although the words expect some size; a release may bring a zero of its own."""
    sized = {slot.names[0] for slot in wording.variant.slots if {call.name for call in slot.calls} <= _SIZES}
    if shown and shown.brief and one.name in sized and _NONE.fullmatch(one.text):
        yield one.text, f"'{one.name}' is nothing, and a size of nothing says nothing"
