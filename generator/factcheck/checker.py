"""Check an article against raw prices: a verdict on every claim that was understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from generator.factcheck.document import Article, Block
from generator.factcheck.judging import comparing, extremes, groups, history, levels, moves, records
from generator.factcheck.judging.economy import Economy
from generator.factcheck.judging.prices import Prices
from generator.factcheck.judging.verdicts import Judged, Verdict, in_context, settled, unknown
from generator.factcheck.reading.axis import Axis, Span, Window, to_date
from generator.factcheck.reading.claims import Claim, Kind, Reading
from generator.factcheck.reading.context import NOTHING, Context
from generator.factcheck.reading.names import Name
from generator.factcheck.reading.pronouns import is_index
from generator.factcheck.reading.reader import SMALL_SECTORS, read_sentence, section_span
from generator.factcheck.report import Checked, Passage
from generator.model import Publication
from generator.verification.figures.columns import SqlColumns

_HEAD = 500
"""Characters of an article within which it says whether it is of a week."""
_ABOUT = tuple((period, re.compile(rf"\b{period}(?:ly|'s)?\b", re.IGNORECASE)) for period in ("week", "quarter"))
"""Of which period an article may be that says so in its head."""
_EARLY = re.compile(r"\bpreliminary\b|\blatest available data\b|\bunofficial\b", re.IGNORECASE)
_PERIODS = ("week", "month", "quarter", "year", "trailing")
_KEPT = 6
"""How many of the spans that an article spoke of may still be meant."""
_LINK = re.compile(r"https?://")
"""What has an address is the title of somebody else's page."""
_LONGEST = 1500
"""Characters of a sentence beyond which it is not read: no person wrote it as one."""


class Checker:
    """Checks articles about sessions of one market."""

    def __init__(self, publication: Publication, columns: SqlColumns) -> None:
        self.publication, self.columns = publication, columns
        self._about: dict[date, tuple[Axis, Prices, Economy]] = {}

    def about(self, session: date) -> tuple[Axis, Prices, Economy]:
        """What an article about the session is held against."""
        if session not in self._about:
            days = self.columns.prices.days
            axis = Axis(days, self.columns.prices.rows[session.isoformat()])
            prices = Prices(self.columns, axis)
            self._about[session] = (axis, prices, Economy(prices, self.publication.facts))
        return self._about[session]

    def check(self, article: Article, session: date) -> tuple[Passage, ...]:
        """The article's passages with the verdicts on their sentences."""
        found = []
        section: Span | None = None
        head = article.text[:_HEAD]
        whole = next((period for period, words in _ABOUT if words.search(head)), "")
        carried = to_date(self.about(session)[0], whole) if whole else None
        told: tuple[Span, ...] = (carried,) if carried else ()
        indices: tuple[Name, ...] = ()
        for block in article.blocks:
            read = list(self._block(block, session, Context(carried, told, indices=indices, section=section)))
            found.append(Passage(block.kind, tuple(checked for checked, _ in read)))
            told, indices = (read[-1][1].told, read[-1][1].indices) if read else (told, indices)
            section = section_span(
                block.sentences, self.about(session)[0], section if block.kind != "heading" else None
            )
        return tuple(found)

    def _block(self, block: Block, session: date, context: Context) -> Iterator[tuple[Checked, Context]]:
        for text in block.sentences:
            checked, context = self.sentence(text, session, context)
            yield checked, context

    def sentence(self, text: str, session: date, context: Context = NOTHING) -> tuple[Checked, Context]:
        """A sentence's verdicts, and what it hands on to the next."""
        if len(text) > _LONGEST or _LINK.search(text):
            return Checked(text, (), (), False), Context(told=context.told, section=context.section)
        axis, prices, economy = self.about(session)
        read = read_sentence(text, axis, context)
        early = context.early or bool(_EARLY.search(text))
        judged = tuple(self._meant(claim, prices, economy) for claim in read.claims)
        judged = tuple(settled(one) for one in judged) if early else judged
        names = tuple(dict.fromkeys(name for claim in read.claims for name in claim.subjects))
        told = names or read.named
        about = told if len(told) == 1 else () if told else context.before
        small = (context.small or bool(SMALL_SECTORS.search(text))) and "S&P 500 sector" not in text
        doubt = any(one.unspanned and one.word != "vague" for one in read.claims)
        carried = _handed_on(read.claims, read.spans, axis, context.carried)
        indices = tuple(dict.fromkeys((*context.indices, *(name for name in read.named if is_index(name)))))
        index = _index_told(names, read.named, context.index)
        spans = tuple(one.span for one in read.claims if one.span is not None and one.span.tag in _PERIODS)
        told_of = tuple(dict.fromkeys((*context.told, *spans)))[-_KEPT:]
        following = Context(carried, told_of, about, _same(read), index, indices, context.section, doubt, early, small)
        return Checked(text, judged, read.unread, read.relevant, read.numbers), following

    def _meant(self, claim: Claim, prices: Prices, economy: Economy) -> Judged:
        """The verdict; what is false of the index that `the index` was taken for may be true of another spoken of."""
        found = self._judge(claim, prices, economy)
        if found.verdict is not Verdict.FALSE or len(claim.subjects) != 1:
            return found
        others = [self._judge(replace(claim, subjects=(name,)), prices, economy) for name in claim.also]
        held = next((one for one in others if one.verdict is Verdict.HOLDS), None)
        return Judged(claim, Verdict.DEPENDS, (*held.readings, *found.readings), found.nearest) if held else found

    def _judge(self, claim: Claim, prices: Prices, economy: Economy) -> Judged:
        named = (*claim.subjects, *claim.others)
        missing = [name for name in named if claim.kind is not Kind.RELEASE and not prices.series(name)]
        if missing:
            return unknown(claim, f"no prices of {prices.short(missing[0])} are held")
        if claim.unspanned:
            return self._unspanned(claim, prices)
        if claim.span is not None and not claim.span.windows and claim.kind not in (Kind.RELEASE, Kind.POLICY):
            return unknown(claim, "no price is held at one end of the span")
        future = claim.span is not None and claim.span.windows and claim.span.windows[0].end >= len(prices.axis.days)
        if future:
            return unknown(claim, "the span ends after the prices held")
        if claim.kind is Kind.RELEASE:
            return economy.release(claim)
        if claim.kind is Kind.POLICY:
            return economy.policy(claim)
        with np.errstate(invalid="ignore", divide="ignore"):
            return in_context(_ways(claim, prices)(prices, claim))

    @staticmethod
    def _unspanned(claim: Claim, prices: Prices) -> Judged:
        """A claim over a span that was not understood; one that names none may be over that of the sentence before."""
        if claim.word == "vague" and claim.carried is not None and claim.kind in (Kind.MOVE, Kind.LEVEL):
            tried = replace(claim, span=claim.carried, carried=None, word="", unspanned=False)
            found = _ways(tried, prices)(prices, tried)
            if found.verdict is Verdict.HOLDS:
                return found
        return unknown(claim, "over which span is not said in words that are understood")


def _ways(claim: Claim, prices: Prices) -> Callable[[Prices, Claim], Judged]:
    """What judges a claim of this kind."""
    if claim.kind in (Kind.MOVE, Kind.DIRECTION):
        if claim.number is not None and claim.number.unit == "pt":
            return moves.points
        return moves.move
    return {
        Kind.LEVEL: levels.at_level, Kind.CAME_FROM: _came_from, Kind.RECORD: records.record,
        Kind.RECORDS: records.records, Kind.DISTANCE: records.distance, Kind.EXTREME: extremes.extreme,
        Kind.CROSSING: extremes.crossing, Kind.GAP_EXTREME: extremes.gap_extreme,
        Kind.STREAK: history.streak, Kind.GAP_STREAK: history.gap_streak, Kind.COMPARISON: comparing.comparison,
        Kind.BREADTH: groups.breadth, Kind.BEST: groups.best, Kind.MULTIPLE: comparing.multiple,
    }[claim.kind]  # fmt: skip


def _came_from(prices: Prices, claim: Claim) -> Judged:
    return levels.at_level(prices, claim, earlier=True)


def _same(read: Reading) -> Span | None:
    """The span that a sentence is about, where it was understood whole and tells of one alone."""
    spans = {claim.span for claim in read.claims if claim.span is not None and claim.span.windows}
    return next(iter(spans)) if len(spans) == 1 and not read.unread else None


def _index_told(subjects: tuple[Name, ...], named: tuple[Name, ...], before: Name | None) -> Name | None:
    """Which index `the index` means from here on: the one that was told of, or the only one named."""
    for names in (subjects, named):
        indices = [name for name in names if is_index(name)]
        if indices:
            return indices[0] if len(indices) == 1 else None
    return before


def _handed_on(claims: tuple[Claim, ...], spans: tuple[Span, ...], axis: Axis, carried: Span | None) -> Span | None:
    """The span that the next sentence may be about though it names none."""
    for claim in claims:
        if claim.span is not None and claim.kind in (Kind.MOVE, Kind.DIRECTION, Kind.COMPARISON, Kind.BREADTH):
            return claim.span
        if claim.since is not None and claim.kind is Kind.MOVE:
            row = axis.by(claim.since.last)
            return Span((Window(row, axis.row, f"since {claim.since.words}"),)) if 0 <= row < axis.row else carried
        if claim.superlative is not None and claim.superlative.period in ("week", "month", "quarter"):
            return to_date(axis, claim.superlative.period)
    named = [span for span in spans if span.tag in _PERIODS and span.windows]
    return named[-1] if named else carried
