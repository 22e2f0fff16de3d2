"""The filters that say how far something moved: a size, a verb by it, up or down, ahead or behind."""

from __future__ import annotations

from generator.model import Piece, Unit
from generator.narrative.language.lexicalisation import article_for
from generator.narrative.language.phrases import Context, Quoted, amount, claimed, plural, text


def size(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(amount(quoted), quoted)]


def points(context: Context, quoted: Quoted) -> list[Piece]:
    return [claimed(_points(quoted), quoted)]


def _points(quoted: Quoted) -> str:
    """The size in points that say what they are of: those of an index or of volatility are bare."""
    size, unit = amount(quoted), quoted.definition.unit
    if unit in (Unit.POINTS, Unit.BASIS_POINTS):
        return size
    of = "percentage " if unit in (Unit.PERCENT, Unit.YIELD, Unit.RATE) else ""
    return f"{size.rstrip('%')} {of}{plural('point', abs(quoted.said))}"


def moved(context: Context, quoted: Quoted) -> list[Piece]:
    return _move(context, quoted, "past")


def moves(context: Context, quoted: Quoted) -> list[Piece]:
    return _move(context, quoted, "present")


def move(context: Context, quoted: Quoted) -> list[Piece]:
    return _move(context, quoted, "plural")


def moving(context: Context, quoted: Quoted) -> list[Piece]:
    return _move(context, quoted, "gerund")


def _move(context: Context, quoted: Quoted, form: str) -> list[Piece]:
    verb = [_verb(context, quoted, form)]
    return verb if quoted.said == 0 else [*verb, text(" "), claimed(_size(quoted), quoted)]


def _verb(context: Context, quoted: Quoted, form: str) -> Piece:
    words: tuple[str, ...] = getattr(context.verbs.step(quoted.definition, quoted.said), form)
    return claimed(context.voice.word(words), quoted, "word")


def _size(quoted: Quoted) -> str:
    """The amount after a verb: a volatility index moves by points."""
    if quoted.definition.unit is Unit.VOLATILITY:
        return f"{amount(quoted)} {plural('point', abs(quoted.said))}"
    return amount(quoted)


def verb(context: Context, quoted: Quoted) -> list[Piece]:
    return [_verb(context, quoted, "past")]


def verbs(context: Context, quoted: Quoted) -> list[Piece]:
    return [_verb(context, quoted, "present")]


def verb_plural(context: Context, quoted: Quoted) -> list[Piece]:
    return [_verb(context, quoted, "plural")]


def noun(context: Context, quoted: Quoted) -> list[Piece]:
    return [_verb(context, quoted, "noun")]


def a_noun(context: Context, quoted: Quoted) -> list[Piece]:
    size = _size(quoted)
    return [text(f"{article_for(size)} "), claimed(size, quoted), text(" "), _verb(context, quoted, "noun")]


def updown(context: Context, quoted: Quoted) -> list[Piece]:
    return _direction(quoted, "up", "down", "little changed")


def higher(context: Context, quoted: Quoted) -> list[Piece]:
    if quoted.said == 0:
        return [claimed("little changed", quoted, "word")]
    side = "higher" if quoted.said > 0 else "lower"
    return [claimed(_size(quoted), quoted), text(" "), claimed(side, quoted, "word")]


def ahead(context: Context, quoted: Quoted) -> list[Piece]:
    """The size and side of a gap: `4.5 percentage points ahead`, `4.5 percentage points behind`, `level`."""
    if quoted.said == 0:
        return [claimed("level", quoted, "word")]
    side = "ahead" if quoted.said > 0 else "behind"
    return [*points(context, quoted), text(" "), claimed(side, quoted, "word")]


def _direction(quoted: Quoted, up: str, down: str, still: str) -> list[Piece]:
    if quoted.said == 0:
        return [claimed(still, quoted, "word")]
    return [claimed(up if quoted.said > 0 else down, quoted, "word"), text(" "), claimed(_size(quoted), quoted)]
