"""Both readers over the same figures: whatever the first prints is among what the second finds true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.editorial.lexicon import read_lexicon
from generator.editorial.universe import read_universe
from generator.model import Basis, FigureDefinition, Kind, Segment, Unit
from generator.narrative.language.lexicalisation import Verbs
from generator.narrative.language.phrases import Context, Quoted
from generator.narrative.language.voice import Voice
from generator.narrative.writing.aggregation import compared
from generator.narrative.writing.filters import SIGNED, apply, plain
from generator.project import bundled_root
from generator.verification.figures.words import Shown
from generator.verification.sentences.comparing import compared as heard
from generator.verification.sentences.saying import Part, Said, Setting, say

CONTENT = bundled_root() / "content"
UNIVERSE, LEXICON = read_universe(CONTENT), read_lexicon(CONTENT)
DAY = date(2024, 7, 11)
CONTEXT = Context(UNIVERSE, Verbs(LEXICON, UNIVERSE), DAY, Voice(0))
SETTING = Setting(UNIVERSE, LEXICON, DAY, turn=0)

FILTERS = ["", "size", "points", "whole", *sorted(SIGNED)]
NAMES = {Unit.PERCENT: "small_return_1d", Unit.POINTS: "small_minus_sp500_1d", Unit.VOLATILITY: "vix_change_1d"}
FRACTIONS = (Unit.PERCENT, Unit.POINTS)
MILLIONTHS = st.one_of(
    st.integers(-60_000_000, 60_000_000),
    st.integers(-1200, 1200).map(lambda twentieths: twentieths * 50_000),  # halves of a tenth, and halves of one
    st.integers(-200_000, 200_000),
)


def both(millionths: int, unit: Unit, name: str = "", decimals: int = 2) -> tuple[Quoted, Shown]:
    """One figure, as each reader holds it."""
    size = millionths / 1e6
    value, printed, name = size / 100 if unit in FRACTIONS else size, round(size, decimals), name or NAMES[unit]
    definition = FigureDefinition(name, unit, Basis.NONE, decimals, "", "", ())
    return Quoted(definition, printed, value), Shown(name, unit, decimals, printed, value)


def fits(text: str, parts: list[Part]) -> bool:
    """Whether the text is made of the parts, in order."""
    if not parts:
        return not text
    texts = parts[0].texts if isinstance(parts[0], Said) else (parts[0],)
    return any(text.startswith(one) and fits(text[len(one) :], parts[1:]) for one in texts)


@given(MILLIONTHS, st.sampled_from(sorted(NAMES)), st.sampled_from(FILTERS), st.sampled_from([0, 1, 2]))
@example(9_950_000, Unit.PERCENT, "moved", 2)
@example(-9_949_999, Unit.POINTS, "ahead", 2)
@example(50_000, Unit.PERCENT, "updown", 2)
@example(-49_999, Unit.PERCENT, "higher", 2)
@example(10_500_000, Unit.PERCENT, "whole", 2)
def test_both_readers_say_a_size_alike(millionths: int, unit: Unit, way: str, decimals: int) -> None:
    """Any filter on any move, gap or change of volatility: negative, halves, and where ten begins."""
    quoted, shown = both(millionths, unit, decimals=decimals)
    pieces = apply(CONTEXT, quoted, way, ()) if way else plain(CONTEXT, quoted)
    parts = say(SETTING, shown, way, ())
    text = "".join(piece.text for piece in pieces)
    assert parts is not None
    assert fits(text, parts), (text, parts)
    if way in ("moved", "moves", "move", "moving", "updown", "higher", "ahead"):
        assert "0%" not in text.split(" ")
        assert not text.startswith("0 ")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MILLIONTHS, min_size=1, max_size=4))
@example([820_000, 790_000])
@example([10_000, -20_000, 840_000])
def test_both_readers_compare_moves_alike(millionths: list[int]) -> None:
    """The same order, the same verb for all, and those that print as none apart."""
    keys = [key for key, segment in UNIVERSE.segments.items() if segment.kind is Kind.INDEX][: len(millionths)]
    pairs = [both(one, Unit.PERCENT, f"{key}_return_1d") for key, one in zip(keys, millionths, strict=False)]
    text = "".join(piece.text for piece in compared(CONTEXT, [quoted for quoted, _ in pairs]))
    assert fits(text, heard(SETTING, [shown for _, shown in pairs])), text
    assert "0%" not in text.split(" ")


@pytest.mark.parametrize("turn", [0, 1])
def test_moves_that_print_alike_are_told_alike(turn: int) -> None:
    """0.82% and 0.79% are both 0.8%: one verb, two equal numbers, and no word for which was more."""
    pairs = [both(one, Unit.PERCENT, f"{key}_return_1d") for key, one in (("sp500", 790_000), ("dow", 820_000))]
    context = Context(UNIVERSE, CONTEXT.verbs, DAY, Voice(turn))
    text = "".join(piece.text for piece in compared(context, [quoted for quoted, _ in pairs]))
    assert text.count("0.8%") == 2
    assert any(verb in text for verb in LEXICON.rises["percent"][2].past)
    assert "more" not in text


@pytest.mark.parametrize(
    ("way", "said"), [("", "Acorn Drugs"), ("does", "a drug developer"), ("sector", "health care")]
)
def test_both_readers_name_a_company_alike(way: str, said: str) -> None:
    """By its name, by what it is, and by its sector."""
    acorn = Segment(
        "watch_acrn",
        Kind.STOCK,
        None,
        "ACRN",
        ("Acorn Drugs",),
        "Acorn",
        "Acorn",
        does="a drug developer",
        sector="health care",
    )
    universe = replace(UNIVERSE, segments={**UNIVERSE.segments, acorn.key: acorn})
    definition = FigureDefinition("watch_best_1d", Unit.NAME, Basis.NONE, 0, "", "", (), (acorn.key,))
    context, quoted = Context(universe, CONTEXT.verbs, DAY, Voice(0)), Quoted(definition, 0.0, 0.0)
    pieces = apply(context, quoted, way, ()) if way else plain(context, quoted)
    setting = Setting(universe, LEXICON, DAY, turn=0)
    parts = say(setting, Shown("watch_best_1d", Unit.NAME, 0, 0.0, 0.0, acorn.key), way, ())
    text = "".join(piece.text for piece in pieces)
    assert text == said
    assert parts is not None
    assert fits(text, parts)
