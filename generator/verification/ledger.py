"""Checks that each figure, count and fact in a ledger follows from the prices and the content."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from generator.model import Fact, Market, Segment, Unit
from generator.verification.figures.answers import Answers
from generator.verification.figures.charts import Drawn
from generator.verification.figures.of_releases import sources
from generator.verification.holdings import WHERE, HoldingsReader
from generator.verification.sentences.base_rates import check_base_rates
from generator.verification.sentences.evening import Evening, cited_line
from generator.verification.sentences.evidence import Evidence
from generator.verification.sentences.reading import Sentences, situation_of
from generator.verification.sentences.standing import disclosure_of
from generator.verification.sentences.tables import check_tables, claims_of_tables, drop_repeated, in_full

KEYS = {"format", "edition", "session", "angle", "disclosure", "market", "fragments", "figures", "facts",
        "base_rates", "products", "table", "tables", "choices", "card", "made_with", "files"}  # fmt: skip
Record = Mapping[str, Any]


class LedgerReader:
    """Checks ledgers over one market, record by record."""

    def __init__(self, sentences: Sentences, market: Market) -> None:
        self.sentences = sentences
        self.columns, self.rules, self.wordings = sentences.columns, sentences.rules, sentences.wordings
        self.evidence = Evidence(self.columns)
        self.holdings = HoldingsReader(self.columns, market)

    def check(self, answers: Answers, ledger: Record, evening: Evening, row: int) -> None:
        """Check everything in the ledger besides its sentences."""
        self._identity(answers, ledger, evening, row)
        claims = list(_claims(ledger))
        for name, record in ledger["figures"].items():
            self.figure(answers, name, record, row)
        stated = {claim["name"] for claim in claims if claim["kind"] in ("figure", "word")}
        shown = {name for name in stated if not self.sentences.fact(name, row)}
        for name in shown ^ set(ledger["figures"]):
            answers.uncovered(WHERE, name, "it is not both stated and recorded among the figures")
        self._sums(answers, ledger)
        self._facts(answers, ledger, claims, evening, row)
        check_base_rates(answers, ledger["base_rates"], claims, self.sentences, row)
        self._table(answers, ledger, row)
        check_tables(answers, ledger, self.sentences, row)
        self._fragments(answers, ledger, row)
        self.holdings.check(answers, ledger["market"], row)
        self._card(answers, ledger["card"], evening.line)
        _agreement(answers, ledger)

    def figure(self, answers: Answers, name: str, record: Record, row: int) -> None:
        """Check one figure: value, printed number, unit, basis, words, and the prices behind it."""
        computed = self.columns.column(name)
        if computed is None or math.isnan(computed.values[row]):
            answers.uncovered(WHERE, name, "the closes give no such figure on the session")
            return
        spec = computed.spec
        value: object = computed.values[row]
        if spec.unit is Unit.NAME:
            value = self.columns.word(computed, row)
        same = record["value"] == value or (
            _is_number(record["value"]) and _close(record["value"], computed.values[row])
        )
        answers.check(same, "values", WHERE, f"{name} {record['value']}", f"the closes give {value}")
        printed = computed.printed[row]
        answers.check(
            record["printed"] == printed, "printed", WHERE, f"{name} {record['printed']}", f"the closes give {printed}"
        )
        right: dict[str, object] = {
            "unit": str(spec.unit), "basis": str(spec.basis), "label": spec.label, "formula": spec.formula,
        }  # fmt: skip
        if spec.source:
            right["source"] = spec.source
        if spec.signals:
            right["signals"] = {
                flag: bool(seen) for flag in spec.signals if (seen := self._flag(flag, row)) is not None
            }
        for key, text in right.items():
            said = record.get(key)
            answers.check(said == text, "words of figures", WHERE, f"{name} {key}: {said}", f"it is {text}")
        self._inputs(answers, name, record["inputs"], row)
        for key in set(record) - {*right, "value", "printed", "inputs"}:
            answers.uncovered(WHERE, f"{name} {key}", "nothing is known of it")

    def _flag(self, name: str, row: int) -> float | None:
        """A signal of a reading on the session, or None if it is not known."""
        computed = self.columns.column(name)
        return None if computed is None or math.isnan(computed.printed[row]) else computed.printed[row]

    def _inputs(self, answers: Answers, name: str, inputs: list[Record], row: int) -> None:
        found = [(item["symbol"], item["field"], item["session"], item["value"]) for item in inputs]
        wanted = self.evidence.of(name, row)
        if set(found) == wanted and (len(found) == len(wanted) or "_streak" in name):
            answers.holds("prices", len(found))
            return
        for quote in sorted(set(found) - wanted, key=str):
            right = [other for other in wanted if other[:3] == quote[:3]]
            answers.false(
                WHERE, f"{name} {quote}", f"the price is {right[0][3]}" if right else "no such price is behind it"
            )
        for quote in sorted(wanted - set(found)):
            answers.uncovered(WHERE, f"{name} {quote}", "this price is behind it and is not recorded")
        if set(found) == wanted:
            answers.false(WHERE, name, "a price is recorded twice")

    def _identity(self, answers: Answers, ledger: Record, evening: Evening, row: int) -> None:
        outline = self.wordings.outline
        lead = next((one["source"] for one in ledger["products"]["article"] if one["part"] == "headline"), "")
        wording = self.wordings.at(lead)
        angle = wording.fragment.key if wording and wording.fragment.slot == outline.angle else ""
        right = {"format": 2, "edition": evening.edition, "session": evening.session.isoformat(), "angle": angle,
                 "disclosure": disclosure_of(evening.publication, evening.supplier, evening.session)}  # fmt: skip
        for key, value in right.items():
            answers.check(ledger[key] == value, "identity", WHERE, f"{key}: {ledger[key]}", f"it is {value}")
        for key in set(ledger) - KEYS:
            answers.uncovered(WHERE, key, "nothing is known of it")

    def _sums(self, answers: Answers, ledger: Record) -> None:
        """Check that the numbers add up: a gap is the difference of the printed moves, if both are shown."""
        figures: Mapping[str, Record] = ledger["figures"]
        for name, record in figures.items():
            spec = self.columns.spec(name)
            if (
                spec
                and spec.unit is Unit.POINTS
                and len(spec.parts) == 2
                and all(part in figures for part in spec.parts)
            ):
                one, other = (figures[part]["printed"] for part in spec.parts)
                sums = abs(one - other - record["printed"]) < 1e-6
                answers.check(
                    sums, "sums", WHERE, f"{name} {record['printed']}", f"{one} less {other} is {one - other:.2f}"
                )

    def _facts(self, answers: Answers, ledger: Record, claims: list[Record], evening: Evening, row: int) -> None:
        cited = {line for claim in claims if (line := cited_line(claim))}
        facts = {fact.id: fact for fact in self.columns.citable(row)} | sources(self.columns, row)
        for line, record in ledger["facts"].items():
            if line not in cited or line not in facts:
                answers.uncovered(WHERE, line, "no sentence cites this fact")
            else:
                right = _fact(facts[line])
                answers.check(record == right, "facts", WHERE, record, f"the content has {right}")
        for line in cited - set(ledger["facts"]):
            answers.uncovered(WHERE, line, "it is cited and not among the facts")

    def _table(self, answers: Answers, ledger: Record, row: int) -> None:
        outline, universe = self.wordings.outline, self.columns.universe
        wanted: dict[str, dict[str, Any]] = {}
        for key in outline.table_rows:
            label, cells = self._row(universe.segments[key], row)
            if any(cells.values()):
                wanted[label] = cells
        drop_repeated(wanted)
        answers.check(
            list(ledger["table"]) == list(wanted),
            "table rows",
            WHERE,
            list(ledger["table"]),
            f"the rows are {list(wanted)}",
        )
        for label, found in ledger["table"].items():
            for heading in {**found, **wanted.get(label, {})}:
                right = wanted.get(label, {}).get(heading)
                said = found.get(heading)
                answers.check(
                    said == right, "table cells", WHERE, f"{label}, {heading}: {said}", f"the closes give {right}"
                )

    def _row(self, segment: Segment, row: int) -> tuple[str, dict[str, object]]:
        """A row of the table; an asterisk marks segments that are not indices."""
        label = segment.short if segment.kind == "index" else f"{segment.short}*"
        cells: dict[str, object] = {}
        for heading, measure in self.wordings.outline.table_columns:
            shown = self.sentences.shown(f"{segment.key}_{measure}", row)
            keep = shown and shown.unit is not Unit.DOLLARS
            told = {"kind": shown.kind, "name": shown.name, "text": in_full(shown)} if shown and keep else None
            cells[heading] = told
        return label, cells

    def _fragments(self, answers: Answers, ledger: Record, row: int) -> None:
        """Check that the fragments used and passed over are exactly those whose rules hold, with their pasts."""
        spoke, over = ledger["fragments"]["spoke"], ledger["fragments"]["passed over"]
        for record in (*spoke, *over):
            self._weighed(answers, record, row)
        for record, spoken in (*((one, True) for one in spoke), *((one, False) for one in over)):
            key, outcome = record["fragment"], record["outcome"]
            answers.check((outcome == "spoke") is spoken, "fragments", WHERE, key, f"its outcome is '{outcome}'")
        keys = [record["fragment"] for record in (*spoke, *over)]
        held = {
            key
            for key, fragment in self.wordings.fragments.items()
            if self.sentences.holds(fragment.when, row, fragment)
        }
        for key in held ^ set(keys):
            answers.false(
                WHERE, key, "its rule holds and it is not weighed" if key in held else "its rule does not hold"
            )
        answers.check(len(keys) == len(set(keys)), "fragments", WHERE, "fragments", "one is weighed twice")
        speakers = {wording.fragment.key for record in ledger["products"]["article"]
                    if (wording := self.wordings.at(record["source"]))}  # fmt: skip
        for key in speakers ^ {record["fragment"] for record in spoke}:
            answers.false(WHERE, key, "it spoke" if key in speakers else "no sentence of the article is its own")

    def _weighed(self, answers: Answers, record: Record, row: int) -> None:
        fragment = self.wordings.fragments.get(record["fragment"])
        if fragment is None:
            answers.uncovered(WHERE, record["fragment"], "there is no such fragment")
            return
        past = self.rules.past(fragment.when, situation_of(fragment))
        last = past.last_row[row]
        right = {
            "fragment": fragment.key, "slot": fragment.slot, "surprisal_bits": round(past.surprisal(row), 4),
            "times_before": past.times_before[row],
            "last_time": None if last < 0 else self.columns.prices.days[last].isoformat(),
        }  # fmt: skip
        for key, value in right.items():
            said = record[key]
            same = said == value or (key == "surprisal_bits" and _near(said, value))
            answers.check(same, "pasts", WHERE, f"{fragment.key} {key}: {said}", f"the rule's own past gives {value}")

    def _card(self, answers: Answers, record: Record, line: Drawn | None) -> None:
        ends = [dict(end) for end in line.ends] if line else []
        answers.check(record["lines"] == ends, "card", WHERE, record["lines"], f"the closes give {ends}")


def _claims(ledger: Record) -> Iterator[Record]:
    yield from (claim for said in ledger["products"].values() for record in said for claim in record["claims"])
    yield from (cell for cells in ledger["table"].values() for cell in cells.values() if cell)
    yield from claims_of_tables(ledger)


def _agreement(answers: Answers, ledger: Record) -> None:
    """Check that products agree: one figure never has two numbers."""
    said: dict[str, dict[str, str]] = {}
    for product, records in ledger["products"].items():
        for record in records:
            for claim in record["claims"]:
                digits = claim["text"].lstrip("+-\u2212").partition(" ")[0]
                if claim["kind"] == "figure" and "." in digits and "%" in digits:
                    said.setdefault(claim["name"], {})[product] = digits
    for name, texts in said.items():
        answers.check(len(set(texts.values())) == 1, "agreement", WHERE, f"{name}: {texts}", "the products differ")


def _fact(fact: Fact) -> dict[str, str]:
    day, ends = fact.published.isoformat(), fact.expires.isoformat()
    both = {"published": day, "as_of": fact.as_of.isoformat()}
    dated = both if fact.dated == "published" else {fact.dated: day}
    return {"fact": fact.key, "source": fact.source, "url": fact.url, **dated, "expires": ends}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _near(one: object, other: object) -> bool:
    """Whether two numbers with four decimals differ only by the rounding of the last."""
    return isinstance(one, float) and isinstance(other, float) and abs(one - other) < 2e-4


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
