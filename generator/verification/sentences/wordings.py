"""Looks up the wording at a `file:line` that a ledger names, and the words in it that claim something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator.model import Fragment, Lexicon, OutlinePart, Publication, Variant

NEWSLETTER = "newsletter"
NUT_GRAF = "nut graf"
"""The part of a story that stands below its lead, as a paragraph of its own."""
OF_NEWSLETTER = {"subject": ("headline", "subject"), "preheader": ("preheader", "standfirst", "post")}
"""The parts of a story that may be a newsletter's subject, and its preheader."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One bullet of a fragment: its part, and each claim word in its text with the rules that assert it."""

    fragment: Fragment
    part: str
    variant: Variant
    claims: tuple[tuple[str, tuple[str, ...] | None], ...]
    """(word, assertions); None if no assertion lists the word."""


class WordingsByLine:
    """Every wording of an edition by its `file:line`."""

    def __init__(self, publication: Publication, edition: str) -> None:
        self.publication = publication
        self.outline = publication.outlines[edition]
        self.edition = edition
        self.fragments: Mapping[str, Fragment] = {one.key: one for one in publication.fragments[edition]}
        self._by_path: dict[str, list[Fragment]] = {}
        for one in publication.fragments[edition]:
            self._by_path.setdefault(one.path, []).append(one)
        self._found: dict[str, Wording | None] = {}

    def at(self, source: str) -> Wording | None:
        """The wording at `file:line`, or None if there is none."""
        if source not in self._found:
            self._found[source] = self._read(source)
        return self._found[source]

    def _read(self, source: str) -> Wording | None:
        path, _, place = source.rpartition(":")
        bullet, _, number = place.partition(".")
        if not bullet.isdigit() or (number and not number.isdigit()):
            return None
        for fragment in self._by_path.get(path, ()):
            for part in fragment.parts:
                for variant in fragment.parts[part]:
                    if variant.line == int(bullet) and int(number or 0) < len(variant.lines):
                        line = variant.lines[int(number or 0)]
                        return Wording(_behind(fragment, line), part, line, tuple(self._claims(fragment, line)))
        return None

    def _claims(self, fragment: Fragment, variant: Variant) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        """Each claim word in the text that an editor wrote, with the assertions that list it.

        A verb or noun of the lexicon, written out, needs the assertion of its direction only if there is one, because
        it may also be about a move that is still to come (`a rise of 5% would be needed`).
        """
        text = "\u25a0".join(variant.plain).lower()
        listed = {word.strip(): rule for keys, rule in fragment.asserts.items() for word in keys.split(",")}
        printed = {_stem(name) for name in variant.figures if "_" in name}
        about = not printed or {_stem(name) for name in _NAME.findall(variant.when)} & printed
        own = (variant.when,) if variant.when and about else None
        for word, pattern in self.patterns.items():
            for said in dict.fromkeys(found[0] for found in pattern.finditer(text)):
                rules = tuple(listed[key] for key in (word, said) if key in listed)
                yield said, rules or own
        for said in dict.fromkeys(found[0] for found in self._moves.finditer(text)):
            key = "rose" if self._directions[said] > 0 else "fell"
            if key in listed:
                yield said, (listed[key],)

    @cached_property
    def _directions(self) -> dict[str, int]:
        return directions(self.publication.lexicon)

    @cached_property
    def _moves(self) -> re.Pattern[str]:
        """A pattern for the lexicon's verbs and nouns, written out by an editor."""
        return _any_of(tuple(sorted(self._directions, key=len, reverse=True)))

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """For each claim word, a pattern for its inflections."""
        return {word: _any_of(forms) for word, forms in self.publication.lexicon.claims.items() if forms}

    def serves(self, wording: Wording, product: str, part: str) -> bool:
        """Whether the outline allows this wording in that part of that product."""
        fragment, of_angle = wording.fragment, wording.fragment.slot == self.outline.angle
        slots = {one.key: one.slot for one in self.outline.parts}
        if product == NEWSLETTER and of_angle:
            return wording.part in OF_NEWSLETTER.get(part, ())
        if product == NEWSLETTER and part != "preheader":
            return False
        if product != "article":
            if fragment.slot == slots.get("takeaways"):
                return wording.part == "body"
            return wording.part == "post" and (of_angle or fragment.slot in slots.values())
        if part == "standfirst" and wording.part == "post":
            return fragment.slot in {slots.get(key) for key in self.outline.standfirst}
        if part in ("headline", "standfirst") or (of_angle and part in ("lead", "bottom line")):
            return of_angle and wording.part in ((part, NUT_GRAF) if part == "lead" else (part,))
        key = part.removesuffix(" heading")
        return slots.get(key) == fragment.slot and wording.part == ("body" if key == part else "heading")

    def headings(self, part: str) -> tuple[str, ...]:
        """The headings that the outline itself provides for a part."""
        found: Iterator[OutlinePart] = (one for one in self.outline.parts if f"{one.key} heading" == part)
        return next((one.headings for one in found), ())


def bullet(source: str) -> str:
    """Where a line's whole wording stands: `x.md:7` for its second line, `x.md:7.1`."""
    return re.sub(r"\.\d+$", "", source)


_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def _stem(name: str) -> str:
    """The figure that a name is about: `small_return_1d` for its rank and for when it was last as high."""
    ends = ("_sessions_since_higher", "_sessions_since_lower", "_highest_since", "_lowest_since",
            "_rank", "_rank_low", "_before", "_date", "_n")  # fmt: skip
    return next((name.removesuffix(end) for end in ends if name.endswith(end)), name)


def _behind(fragment: Fragment, line: Variant) -> Fragment:
    """The fragment with a line's own rule besides its own; what is told of the past is that of the fragment's."""
    if not line.when:
        return fragment
    both = f"({fragment.when}) and ({line.when})" if fragment.when else line.when
    always = "True"  # a passage without a rule has every session for its past
    return replace(fragment, when=both, after=fragment.after or fragment.when or always)


def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])")


def directions(lexicon: Lexicon) -> dict[str, int]:
    """Every verb and noun of the lexicon with its direction, 1 up or -1 down, without those listed for both."""
    found: dict[str, int] = {}
    for side, sign in ((lexicon.rises, 1), (lexicon.falls, -1)):
        for steps in side.values():
            for step in steps:
                for word in (*step.past, *step.present, *step.plural, *step.gerund, *step.noun):
                    found[word] = sign if found.get(word, sign) == sign else 0
    return {word: sign for word, sign in found.items() if sign}
