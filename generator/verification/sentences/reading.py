"""Checks that a sentence's words, numbers and claims follow from the prices."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from generator.errors import CommentaryError
from generator.model import Fact, Fragment, Slot, Unit
from generator.verification.figures.aftermath import meant
from generator.verification.figures.answers import Answers
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.rules import Rules
from generator.verification.figures.words import Shown
from generator.verification.sentences.ages import Ages
from generator.verification.sentences.comparing import compared, due
from generator.verification.sentences.definitions import defined, entire
from generator.verification.sentences.matching import matches
from generator.verification.sentences.saying import Part, Said, Setting, names_of, say
from generator.verification.sentences.scopes import OWN_PAST, Scopes
from generator.verification.sentences.spans import span_objections, young_period
from generator.verification.sentences.wordings import Wording, WordingsByLine

_NUMBER = re.compile(r"\d")
EPOCH = date(1970, 1, 1)


class Sentences:
    """Checks the sentences of one edition's ledgers against what SQL gives for their session."""

    def __init__(self, wordings: WordingsByLine, columns: SqlColumns, rules: Rules) -> None:
        self.wordings, self.columns, self.rules = wordings, columns, rules
        publication = wordings.publication
        self._lexicon, self._universe = publication.lexicon, publication.universe
        self._scopes = Scopes(self._lexicon, self._universe, columns)
        self._ages = Ages(self._lexicon, columns, self._of_wording)
        self._shown = lru_cache(maxsize=20_000)(self._show)

    def check(self, answers: Answers, where: str, product: str, record: Mapping[str, Any], row: int) -> None:
        """Check every claim of one sentence."""
        text, source, part = record["text"], record["source"], record["part"]
        wording = self.wordings.at(source)
        if wording is None:
            self._standing(answers, where, product, record)
            return
        kind = "post" if re.fullmatch(r"post \d+", part) and product != "article" else part
        if not self.wordings.serves(wording, product, kind):
            answers.false(where, text, f"the wording at {source} does not serve '{part}' of {product}")
        if not self.holds(wording.fragment.when, row, wording.fragment):
            answers.false(where, text, f"the rule of {wording.fragment.path} does not hold on the session")
        name = wording.fragment.taken_on_by
        taken_on = record.get("taken_on_by", "")
        answers.check(taken_on == name, "taken on", where, text, f"'{name or 'nobody'}' answers for it in content/own")
        if not name:
            self.words(answers, where, wording, row)
            self._spans(answers, where, wording, record, row)
        parts = self.parts(wording, row, headline=part in ("headline", "subject"))
        if parts is None:
            answers.uncovered(where, text, f"the closes give no figure for a placeholder of {source}")
            return
        if matches(answers, where, record, parts):
            answers.holds("numbers", sum(1 for claim in record["claims"] if _NUMBER.search(claim["text"])))
            answers.holds("sentences")

    def _standing(self, answers: Answers, where: str, product: str, record: Mapping[str, Any]) -> None:
        """A heading that the outline itself supplies claims nothing, and has to be one of its own."""
        own = record["source"] == f"content/kinds/{self.wordings.edition}.yaml" and not record["claims"]
        if own and product == "article" and record["text"] in self.wordings.headings(record["part"]):
            answers.holds("headings")
        else:
            answers.uncovered(where, record["text"], f"there is no such wording at {record['source']}")

    def holds(self, rule: str, row: int, fragment: Fragment) -> bool:
        """Whether a rule of the fragment holds on the session; False if it cannot be evaluated."""
        try:
            return self.rules.holds(rule, row, situation_of(fragment))
        except CommentaryError:
            return False

    def words(self, answers: Answers, where: str, wording: Wording, row: int) -> None:
        """Check that each word that claims something is backed by an assertion or figure, and is true."""
        self._claim_words(answers, where, wording, row)
        for word, scope in self._scopes.said(wording):
            for rule in self._scopes.vouchers(wording, word, scope):
                if not self.holds(rule, row, wording.fragment):
                    answers.false(where, word, f"it claims that {rule}, and the closes say otherwise")
        horizon = self.wordings.outline.horizon
        holds = partial(self.holds, row=row, fragment=wording.fragment)
        judged = {
            "scope words": self._scopes.borne_out(wording),
            "sets": self._scopes.counted(wording),
            "means": self._scopes.whole(wording, row),
            "definitions": defined(self._lexicon, horizon, wording, holds),
            "wholes": entire(self._lexicon, horizon, wording, self.columns, row),
            "recency": self._ages.old_enough(wording, row),
            "runs": self._ages.counted(wording, row),
        }
        for kind, words in judged.items():
            for word, why in words:
                answers.check(not why, kind, where, word, why)

    def _claim_words(self, answers: Answers, where: str, wording: Wording, row: int) -> None:
        """Check that each claim word is asserted, and that the assertion is true."""
        for word, rules in wording.claims:
            if rules is None:
                answers.uncovered(where, word, f"no assertion of {wording.fragment.path} vouches for this claim word")
            elif broken := next((rule for rule in rules if not self.holds(rule, row, wording.fragment)), None):
                answers.false(where, word, f"it claims that {broken}, and the closes say otherwise")
            else:
                answers.holds("claim words")

    def _spans(self, answers: Answers, where: str, wording: Wording, record: Mapping[str, Any], row: int) -> None:
        """Check that each word for a span has a figure over it, and that no period is used that has hardly begun."""
        objections = list(span_objections(self._lexicon.spans, self._universe, wording.fragment, record))
        for said, why in objections:
            answers.false(where, said, why)
        for name, counted, least in young_period(claim["name"] for claim in record["claims"]):
            sessions = self._shown(counted, row)
            if sessions and sessions.printed < least:
                answers.false(where, name, f"its period has had {sessions.printed:.0f} sessions only")
        if not objections:
            answers.holds("span words")

    def parts(self, wording: Wording, row: int, headline: bool = False) -> list[Part] | None:
        """What has to stand in the sentence; None where a figure is absent on the session."""
        setting = self.setting(row)
        variant, parts = wording.variant, []
        for literal, slot in zip(variant.plain, variant.slots, strict=False):
            made = self._slot(setting, wording, slot, row)
            if made is None:
                return None
            parts += [literal, *made]
        return [*parts, variant.plain[-1]]

    def setting(self, row: int) -> Setting:
        """What words depend on, on that session, besides the figure."""
        return Setting(self._universe, self._lexicon, self.columns.prices.days[row], self.rules.places[row])

    def _slot(self, setting: Setting, wording: Wording, slot: Slot, row: int) -> list[Part] | None:
        name, call = slot.names[0], slot.calls[0] if slot.calls else None
        if slot.many:
            listed = [shown for one in slot.names if (shown := self._shown(one, row))]
            if call and call.name == "due":
                return due(setting, listed)
            return compared(setting, listed) if listed else None
        if name in self._universe.segments:
            return self._named(name, call.name if call else "")
        if name in self._lexicon.terms:
            return [Said("term", name, (self._lexicon.terms[name],))]
        own = name in OWN_PAST or meant(name)
        shown = self.own_past(wording, name, row) if own else self._shown(name, row)
        return say(setting, shown, call.name if call else "", call.arguments if call else ()) if shown else None

    def _named(self, key: str, way: str) -> list[Part] | None:
        segment = self._universe.segments[key]
        fixed = {"short": segment.short, "headline": segment.headline, "full": segment.names[0]}
        if way in fixed:
            return [Said("name", key, (fixed[way],))]
        # Names ending in s take only an apostrophe; which name is used is known later, when the text is read.
        return [Said("name", key, names_of(segment)), *(["\u2019s?"] if way == "possessive" else [])]

    def _of_wording(self, wording: Wording, name: str, row: int) -> Shown | None:
        """A figure, or a number of the rule's own past, on one session."""
        return self.own_past(wording, name, row) if name in OWN_PAST or meant(name) else self.shown(name, row)

    def shown(self, name: str, row: int) -> Shown | None:
        """The figure or fact on one session, as the closes or the content give it; None if it is absent."""
        found: Shown | None = self._shown(name, row)
        return found

    def _show(self, name: str, row: int) -> Shown | None:
        computed = self.columns.column(name)
        if computed is None or math.isnan(computed.printed[row]):
            return None
        spec = computed.spec
        word = spec.vocabulary[round(computed.printed[row])] if spec.unit is Unit.NAME else ""
        fact = self.fact(name, row)
        kind, source = ("fact", fact.id) if fact else ("figure", spec.source)
        return Shown(name, spec.unit, spec.decimals, computed.printed[row], computed.values[row], word, kind, source)

    def fact(self, name: str, row: int) -> Fact | None:
        """The cited fact, or the entry of a calendar, that `name` quotes on the session."""
        return self.columns.fact(name, row)

    def own_past(self, wording: Wording, name: str, row: int) -> Shown | None:
        """A count or a date of the rule's own past, or a base rate of its situation."""
        fragment, source = wording.fragment, f"{wording.fragment.path}:{wording.fragment.when_line}"
        situation = situation_of(fragment)
        past = self.rules.past(situation)
        said = meant(name)
        if said:
            found = self.rules.aftermath.column(name, situation, past.held)
            if math.isnan(found.printed[row]):
                return None
            full, shown = found.values[row], found.printed[row]
            return Shown(f"{fragment.key}:{name}", said.unit, said.decimals, shown, full, kind="rule", source=source)
        days = {"last_time": past.last_row[row], "first_session": past.first_row}
        if name in days:
            day = days[name]
            if day < 0:
                return None
            number, unit = float((self.columns.prices.days[day] - EPOCH).days), Unit.DATE
        else:
            before = past.times_before[row]
            counts = {"times_before": before, "times_now": before + 1, "chances_before": past.chances_before[row]}
            number, unit = float(counts.get(name, past.sessions_held[row])), Unit.COUNT
        return Shown(f"{fragment.key}:{name}", unit, 0, number, number, kind="rule", source=source)


def situation_of(fragment: Fragment) -> str:
    """The rule whose past a fragment is about."""
    return fragment.after or fragment.when
