"""A fragment: its rule and its wordings, each a paragraph of text with placeholders between."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from generator.model.trial import Trial

ALWAYS = "True"
"""The rule that holds on every session, where an empty one would mean that there is none."""


class Tone(StrEnum):
    OPPORTUNITY = "opportunity"
    CAUTION = "caution"
    NEUTRAL = "neutral"


class Bearing(StrEnum):
    """How a passage bears on the story: both good or both bad for small caps, one against the other, or neither."""

    SUPPORTS = "supports"
    AGAINST = "against"
    CONTEXT = "context"

    @classmethod
    def of(cls, passage: Tone, story: Tone) -> Bearing:
        """How a passage of that tone bears on a story of that tone."""
        if Tone.NEUTRAL in (passage, story):
            return cls.CONTEXT
        return cls.SUPPORTS if passage is story else cls.AGAINST


@dataclass(frozen=True, slots=True)
class Link:
    """What has to stand above a line for it to be said: a passage that `finds` one of the `keys`, or none that does."""

    keys: frozenset[str]
    near: bool
    """Whether no other finding may stand between: `after`, where `told` looks at all that stands above."""
    absent: bool = False
    """Whether no passage above may have found one: `untold`."""

    def meets(self, found: Sequence[frozenset[str]]) -> bool:
        """Whether it is so below the findings of that many passages, in page order."""
        return any(self.keys & one for one in (found[-1:] if self.near else found)) != self.absent


@dataclass(frozen=True, slots=True)
class Condition:
    """Where an earlier line of the same `[if …]` stands, if that looks at what stands above it."""

    link: Link
    when: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One filter applied inside a placeholder: `| moved`, `| date('month')`."""

    name: str
    arguments: tuple[str | int | float, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One placeholder of a variant: the names it reads, and the filters they pass through in order."""

    names: tuple[str, ...]
    calls: tuple[Call, ...]
    many: bool = False
    """Whether the names were written as a list: `[a, b] | moves`."""


_BESIDES = re.compile(r"_(?:sessions_since_(?:higher|lower)|(?:highest|lowest)_since|rank|rank_low|before|date|n)$")
"""What a name ends in that tells of another figure: when it was last as high, its rank, its value before."""


@dataclass(frozen=True)
class Variant:
    """One wording, or one line of a longer one: literal text with placeholders between.

    A wording is a paragraph: its first line, and those that follow `then`, some of them only where their rule holds.

    `plain`, `markdown` and `html` hold one more literal than there are slots; literal i comes before slot i.
    """

    plain: tuple[str, ...]
    markdown: tuple[str, ...]
    html: tuple[str, ...]
    slots: tuple[Slot, ...]
    line: int
    source: str
    """`content/session/lead/x.md:7`; of a later line of the same wording, `content/session/lead/x.md:7.1`."""
    when: str = ""
    """A rule of its own, without which this line is left out; a wording's first line has none."""
    bearing: Bearing | None = None
    """If set, the line is said only where its passage bears on the story in this way."""
    link: Link | None = None
    """If set, the line is said only below a passage that finds what it takes up."""
    unless: tuple[Condition, ...] = ()
    """Where earlier lines of the same `[if …]` stand, so that this one does not."""
    again: bool = False
    """Whether the line stands in for the one before it, where that would say a figure again."""
    then: tuple[Variant, ...] = ()
    """The lines that follow in the same paragraph."""

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every name its placeholders read."""
        return frozenset(name for slot in self.slots for name in slot.names)

    @property
    def spelled(self) -> str:
        """The whole wording in one line, with its placeholders: what it is known by where it was chosen."""
        return " / ".join(filter(None, (_spelled(line) for line in self.lines)))

    @cached_property
    def follows(self) -> bool:
        """Whether it is a later line of its wording."""
        return "." in self.source.rpartition(":")[2]

    @cached_property
    def vouched(self) -> bool:
        """Whether the line’s own rule makes its claims true: it is about a figure that the line prints, if any."""
        named = {_BESIDES.sub("", name) for name in re.findall(r"[a-z_][a-z0-9_]*", self.when)}
        printed = {_BESIDES.sub("", name) for name in self.printed}
        return bool(self.when) and bool(named & printed or not printed)

    @cached_property
    def printed(self) -> frozenset[str]:
        """The figures, not names of segments, that its placeholders print."""
        return frozenset(name for name in self.figures if "_" in name)

    @cached_property
    def optional(self) -> bool:
        """Whether the line may be left out."""
        return bool(self.when or self.bearing or self.looks_up or self.again)

    @cached_property
    def looks_up(self) -> bool:
        """Whether it depends on what stands above it."""
        return bool(self.link or self.unless)

    @cached_property
    def worded(self) -> bool:
        """Whether there is anything in the line; a wording that begins with a mark has an empty first one."""
        return bool(self.slots) or any(self.plain)

    @cached_property
    def always_speaks(self) -> bool:
        """Whether some of the wording's words stand whatever holds."""
        return any(line.worded for line in self.required)

    @cached_property
    def required(self) -> tuple[Variant, ...]:
        """The wording's lines that always stand."""
        return (self, *(line for line in self.then if not line.optional))

    @cached_property
    def lines(self) -> tuple[Variant, ...]:
        """All the wording's lines, in order."""
        return (self, *self.then)


def _spelled(line: Variant) -> str:
    """One line's words, with what its placeholders read and by which filters."""
    said = line.plain[0]
    for slot, words in zip(line.slots, line.plain[1:], strict=True):
        filters = "".join(f" | {call.name}{list(call.arguments) or ''}" for call in slot.calls)
        said += f"{{{', '.join(slot.names)}{filters}}}{words}"
    return " ".join(said.split())


@dataclass(frozen=True, slots=True)
class Fragment:
    """A situation: the rule that releases it, and the wordings for each part of the page it serves."""

    key: str
    """`session/lead/small-caps-lead`."""
    slot: str
    path: str
    when: str
    """The rule as written; an empty rule is always true."""
    when_line: int
    weight: float
    topic: str
    tone: Tone
    asserts: Mapping[str, str]
    assert_lines: Mapping[str, int]
    parts: Mapping[str, tuple[Variant, ...]]
    """`body` for the bullets before any heading; `headline`, `standfirst`, … for those under one."""
    after: str = ""
    """The situation whose history the fragment quotes, if it is only part of `when` (which includes it)."""
    own_part: str = ""
    """Of an editor's own sentence for one issue: the part of the page that it stands in; no other fragment has one."""
    taken_on_by: str = ""
    """Who answers for such a sentence, as no figure proves all of its words."""
    order: tuple[str, ...] = ()
    """Of a story: the sections that come first, in this order; the others follow as the kind has them."""
    own_standfirst: bool = False
    """Of a story: whether its standfirst belongs to its thesis, so that no other news stands there instead."""
    covers: tuple[str, ...] = ()
    """Topics that it tells besides its own, so that no passage tells them again."""
    finds: frozenset[str] = frozenset()
    """What it establishes, for sentences below that take it up: `not-rates`."""
    trial: Trial | None = None
    """The test that its words set, which a later issue answers."""
    trial_line: str = ""
    """`file:line` of that setting."""

    @property
    def topics(self) -> frozenset[str]:
        """The topics that are told once it speaks."""
        return frozenset(filter(None, (self.topic, *self.covers)))

    def during(self, line: Variant) -> Fragment:
        """The fragment as it stands behind one of its lines: its rule and the line's own hold."""
        if not line.when:
            return self
        when = f"({self.when}) and ({line.when})" if self.when else line.when
        return replace(self, when=when, after=self.after or self.when or ALWAYS, trial=None)
