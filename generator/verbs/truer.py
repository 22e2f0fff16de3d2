"""Find the nearest form of an editor's refused sentence that prices bear out, with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from generator.errors import CommentaryError
from generator.factcheck.checker import Checker
from generator.factcheck.judging.verdicts import Judged as Proved
from generator.factcheck.judging.verdicts import Verdict
from generator.factcheck.nearest import nearest
from generator.factcheck.reading.claims import Claim, Kind
from generator.factcheck.reading.lexer import tokens_of
from generator.factcheck.reading.mending import Token
from generator.figures.catalogue import FigureCatalogue
from generator.verbs.own import Judged, OwnSentence, judged
from generator.verbs.warm import Warm

_HORIZONS = {"day": "1d", "week": "wtd", "month": "mtd", "quarter": "qtd", "year": "ytd"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Truer:
    """What an editor could say in place of a sentence of his own that is refused."""

    text: str
    """The sentence as prices bear it out; empty where no such form was found."""
    says: str
    """The same with figures in place of its numbers, as far as there are any; empty where that is refused as well."""
    instead: tuple[str, ...]
    """What prices say of each claim that does not hold."""


@dataclass(frozen=True, slots=True)
class Advised(Judged):
    """One sentence as it was judged, and the nearest true form of one that is refused."""

    truer: Truer | None = None


def advised(warm: Warm, kind: str, session: date, sentences: Sequence[OwnSentence]) -> tuple[Advised, ...]:
    """Each sentence by the checks that fragments are put to, and what could be said in place of one that is refused."""
    told = judged(warm, kind, session, sentences)
    found = []
    for sentence, one in zip(sentences, told, strict=True):
        refused = bool(one.faults) and "{{" not in sentence.says
        found.append(Advised(one.text, one.faults, _truer(warm, kind, session, sentence) if refused else None))
    return tuple(found)


def _truer(warm: Warm, kind: str, session: date, sentence: OwnSentence) -> Truer | None:
    """The nearest true form; None where nothing of the sentence was understood, or its session is not held."""
    text = " ".join(sentence.says.split())
    try:
        checker = warm.checker(kind)
        near = nearest(checker, text, session)
    except CommentaryError:
        return None
    form = near.text if near else text
    if not form:
        return Truer("", "", near.instead if near else ())
    says = _with_figures(checker, form, session)
    if says == form and near is None:
        return None
    if judged(warm, kind, session, [replace(sentence, says=says)])[0].faults:
        says = ""
    return Truer(form, says, near.instead if near else ()) if says or near else None


def _with_figures(checker: Checker, text: str, session: date) -> str:
    """The sentence with a figure for each number that is one, and with names and the day as they are filled in."""
    axis = checker.about(session)[0]
    tokens = [token for token in tokens_of(text, axis) if token.code != "~"]
    claims = [one for one in checker.sentence(text, session)[0].judged if one.verdict is Verdict.HOLDS]
    catalogue = FigureCatalogue(checker.publication.universe)
    edits = [edit for one in claims for edit in _figured(tokens, one, catalogue)]
    edits += [edit for token in tokens for edit in _named(text, token, checker, session)]
    for start, end, words in sorted(set(edits), reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _figured(tokens: list[Token], one: Proved, catalogue: FigureCatalogue) -> Iterator[Edit]:
    """A move with its verb, a level, or a gap, by the figure that has its value."""
    claim = one.claim
    name, told = _figure(claim)
    if not name or name not in set(catalogue.names_of(claim.subjects[0].key)):
        return
    inside = [token for token in tokens if claim.start <= token.start and token.end <= claim.end]
    place = next((place for place, token in enumerate(inside) if token.value == claim.number), -1)
    if place < 0:
        return
    start = inside[place].start
    if claim.kind is Kind.MOVE:
        while place > 0 and inside[place].code not in "UD":
            place -= 1
        if inside[place].code not in "UD" or claim.about:
            return
        yield _perfect(inside, place)
        start = inside[place].start
        told = "updown" if inside[place].text.lower() in ("up", "down") or inside[place - 1].code == "j" else "moved"
    end = next(token.end for token in inside if token.value == claim.number)
    yield start, end, f"{{{{ {name} | {told} }}}}" if told else f"{{{{ {name} }}}}"


def _perfect(inside: list[Token], place: int) -> Edit:
    """`has gained 5%` as `is up 5%`: a verb that a figure brings stands in the past alone."""
    before = inside[place - 1]
    words = {"has": "is", "have": "are", "had": "was"}.get(before.text.lower(), before.text)
    return before.start, before.end, words


def _figure(claim: Claim) -> tuple[str, str]:
    """The name of the figure that a claim is about, and how it is told; empty where there is none."""
    if len(claim.subjects) != 1 or claim.subjects[0].fund or claim.number is None or claim.since:
        return "", ""
    key = claim.subjects[0].key
    horizon = _HORIZONS.get(claim.span.tag if claim.span else "day", "")
    if claim.kind is Kind.LEVEL and horizon == "1d":
        return f"{key}_level", ""
    if claim.kind is Kind.MOVE and horizon and claim.number.unit == "%":
        return f"{key}_return_{horizon}", "moved"
    if claim.kind is Kind.COMPARISON and horizon and len(claim.others) == 1 and claim.number.unit == "pp":
        return f"{key}_minus_{claim.others[0].key}_{horizon}", "points"
    return "", ""


def _named(text: str, token: Token, checker: Checker, session: date) -> Iterator[Edit]:
    """A name with a digit in it, and the session's day, which pages fill in."""
    segments = checker.publication.universe.segments
    if token.code == "S" and token.value.key in segments and regex.search(r"\d", token.text):
        start = token.start - 4 if text[max(token.start - 4, 0) : token.start].lower() == "the " else token.start
        yield start, token.end, f"{{{{ {token.value.key} }}}}"
    if token.code == "T" and (match := regex.search(rf"\b{_DAYS[session.weekday()]}\b", token.text)):
        yield token.start + match.start(), token.start + match.end(), "{{ weekday }}"
