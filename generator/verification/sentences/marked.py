"""Checks the numbers that a page marks up: the value for machines and the derivation beside each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from generator.model import Basis, Unit
from generator.verification.figures.answers import Answers
from generator.verification.sentences.html_pages import read_html
from generator.verification.sentences.reading import Sentences
from generator.verification.sentences.tables import claims_of_tables

NAME = "article.html"
SHOWN = ("figure", "fact", "rule")
Record = Mapping[str, Any]


def check_marked(answers: Answers, content: str, ledger: Record, sentences: Sentences, row: int) -> None:
    """Check that each `<data>` element belongs to a claim, with its text, its value and its derivation."""
    wanted: dict[str, list[Record]] = {}
    for claim in _claims(ledger):
        wanted.setdefault(claim["text"], []).append(claim)
    for text, value, why in read_html(content).figures:
        claims = wanted.get(text.strip(), [])
        claims = [claim for claim in claims if _value(ledger, sentences, claim, row, value)]
        if not claims:
            answers.false(NAME, f"{text} value={value}", "no claim of the ledger has this text and this value")
            continue
        derived = {_derivation(ledger, claim) for claim in claims}
        answers.check(why in derived, "derivations", NAME, f"{text}: {why}"[:120], f"it is {sorted(derived)[0][:160]}")


def _claims(ledger: Record) -> Iterator[Record]:
    records = [claim for record in ledger["products"]["article"] for claim in record["claims"]]
    cells = [cell for row in ledger["table"].values() for cell in row.values() if cell]
    yield from (claim for claim in (*records, *cells, *claims_of_tables(ledger)) if claim["kind"] in SHOWN)


def _value(ledger: Record, sentences: Sentences, claim: Record, row: int, said: str) -> bool:
    """Whether the value for machines is the unrounded figure, the ISO day, or the name's key."""
    if claim["kind"] == "rule":
        return said == str(claim["value"]) or _number(said) == claim["value"]
    shown = sentences.shown(claim["name"], row)
    if shown is None:
        return False
    if shown.unit is Unit.NAME:
        return said == shown.word
    if shown.unit is Unit.DATE:
        return said == shown.day.isoformat()
    # The ledger's value has already been checked against the closes; the page must have it to the last digit.
    record = ledger["figures"].get(claim["name"])
    return _number(said) == (record["value"] if record else shown.value)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _derivation(ledger: Record, claim: Record) -> str:
    """The derivation shown beside a number, from the record that proves it."""
    if claim["kind"] == "rule":
        if record := ledger["base_rates"].get(claim["name"]):
            count = f"{record['windows']:,} windows, begun {record['first']} to {record['last']}"
            return f"{record['formula']}: {count}, the last complete on {record['complete']}."
        return f"Counted over every session held, from the rule at {claim['source']}."
    if claim["kind"] == "fact":
        fact = ledger["facts"].get(claim.get("source"), {})
        dated = "published" if "published" in fact else "entry for"
        return f"{fact.get('source')}, {dated} {fact.get(dated)}"
    record = ledger["figures"].get(claim["name"], {"label": "", "formula": "", "basis": "", "inputs": []})
    words = f"{record['label']}: {record['formula']}"
    if record["basis"] not in (str(Basis.NONE), "") and record["basis"] not in record["label"]:
        words += f" ({record['basis']})"
    inputs = record["inputs"]
    quotes = "; ".join(f"{one['symbol']} {_price(one['value'])} on {one['session']}" for one in inputs)
    if len(inputs) > 4:
        quotes = f"from {len(inputs)} prices, {inputs[0]['session']} to {max(one['session'] for one in inputs)}"
    return f"{words}. {quotes}." if inputs else f"{words}."


def _price(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 10 else f"{value:,.4f}"
