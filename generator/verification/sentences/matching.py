"""Holds a sentence and its claims, as the ledger records them, against the parts that its wording gives."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.model import Unit
from generator.verification.figures.answers import Answers
from generator.verification.sentences.saying import Part, Said

_BEGINS = re.compile(r"(?:^|[.!?]['”\"]?\s+|:['”\"]\s+)$")


def matches(answers: Answers, where: str, record: Mapping[str, Any], parts: Sequence[Part]) -> bool:
    """Whether the sentence and its claims are these parts, in order; the first difference is reported."""
    text, claims = record["text"], iter(record["claims"])
    at, last = 0, ""
    for part in parts:
        if isinstance(part, str):
            literal = _suffix(part, last)
            raised = literal[:1].upper() + literal[1:] if _BEGINS.search(text[max(at - 4, 0) : at]) else literal
            if not text.startswith((literal, raised), at):
                answers.false(
                    where, text[at : at + 40], f"the wording at {record['source']} says '{literal.strip()[:60]}'"
                )
                return False
            at += len(literal)
            continue
        claim = next(claims, None)
        if claim is None or not _true(answers, where, record, claim, part, raised=bool(_BEGINS.search(text[:at][-4:]))):
            if claim is None:
                answers.uncovered(where, text[at : at + 40], f"the ledger has no claim for '{part.name}'")
            return False
        if not text.startswith(claim["text"], at):
            answers.false(where, text[at : at + 40], f"the ledger's own claim says '{claim['text']}'")
            return False
        at, last = at + len(claim["text"]), claim["text"]
    rest = [claim["text"] for claim in claims]
    if at != len(text) or rest:
        answers.uncovered(where, text[at:] or rest, f"the wording at {record['source']} ends before it")
        return False
    return True


def _suffix(part: str, last: str) -> str:
    if part != "\u2019s?":
        return part
    return "\u2019" if last.endswith("s") else "\u2019s"


def _true(
    answers: Answers, where: str, record: Mapping[str, Any], claim: Mapping[str, Any], part: Said, raised: bool
) -> bool:
    """Whether a claim of the ledger is the one that belongs here, with a true text."""
    texts = [text[:1].upper() + text[1:] for text in part.texts] if raised else part.texts
    if (claim["kind"], claim["name"]) != (part.kind, part.name):
        why = f"the wording at {record['source']} quotes '{part.name}' here"
        answers.false(where, f"{claim['kind']} {claim['name']}", why)
        return False
    if claim["text"] not in texts:
        said = f"the closes give {texts[0]}" if part.kind != "name" else f"'{part.name}' is called {texts[0]}"
        answers.false(where, f"{claim['text']}' in '{record['text'][:60]}", said)
        return False
    why = next(_extras(claim, part), "")
    if why:
        answers.false(where, claim["text"], why)
    return not why


def _extras(claim: Mapping[str, Any], part: Said) -> Iterator[str]:
    """Faults in the rest of a claim: the source of a fact or rule, the value of a term or of a rule's past."""
    shown = part.shown
    source = shown.source if shown else ""
    if claim.get("source", "") != source:
        yield f"its source is {source}"
    if part.kind == "term" and claim.get("value") != part.texts[0]:
        yield f"its value is {part.texts[0]}"
    if part.kind == "rule" and shown:
        value: object = shown.day.isoformat() if shown.unit is Unit.DATE else shown.value
        if not _same(claim.get("value"), value):
            yield f"the rule's own past gives {value}"
    known = {"kind", "name", "text", "value", "source"}
    if set(claim) - known:
        yield f"nothing is known of {sorted(set(claim) - known)}"


def _same(said: object, value: object) -> bool:
    """Whether two values are the same up to floating-point error."""
    if isinstance(said, float) and isinstance(value, float):
        return math.isclose(said, value, rel_tol=1e-9, abs_tol=1e-12)
    return said == value
