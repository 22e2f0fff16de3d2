"""What a check of an article found: each sentence with its verdict, and what was counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from generator.factcheck.judging.verdicts import Judged, Verdict

ORDER = (Verdict.FALSE, Verdict.DEPENDS, Verdict.UNKNOWN, Verdict.HOLDS)
"""Verdicts from the gravest on: a sentence has the gravest of its claims."""
UNCHECKED = "not checked"
"""What is said of a sentence with a number or a comparison that was not understood."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence: the verdicts on its claims, and the words of it that were not understood."""

    text: str
    judged: tuple[Judged, ...]
    unread: tuple[tuple[int, int], ...]
    relevant: bool
    numbers: int = 0

    @property
    def verdict(self) -> str:
        """The gravest verdict; `not checked` where nothing was understood; empty where there is nothing to check."""
        found = {one.verdict for one in self.judged}
        for verdict in ORDER:
            if verdict in found:
                return str(verdict)
        return UNCHECKED if self.relevant else ""

    @property
    def label(self) -> str:
        """The verdict as it is shown: of a part alone, where the rest was not understood."""
        part = bool(self.unread) and self.verdict in (Verdict.HOLDS, Verdict.UNKNOWN)
        return f"{self.verdict} (in part)" if part else self.verdict

    @property
    def record(self) -> dict[str, Any]:
        """The sentence for JSON."""
        return {
            "sentence": self.text,
            "verdict": self.verdict,
            "claims": [_record(self.text, one) for one in self.judged],
            "not_understood": [self.text[start:end] for start, end in self.unread],
        }


def _record(text: str, one: Judged) -> dict[str, Any]:
    return {
        "words": text[one.claim.start : one.claim.end],
        "kind": str(one.claim.kind),
        "verdict": str(one.verdict),
        "readings": [{"reading": each.words, "value": each.value, "holds": each.holds} for each in one.readings],
        "instead": one.nearest if one.verdict is not Verdict.HOLDS else "",
    }


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading or item of the article, in its sentences."""

    kind: str
    sentences: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A checked article."""

    name: str
    session: date
    dated: str
    """Where the session comes from: `--session`, or the article's own date."""
    passages: tuple[Passage, ...]
    rows: int
    """Rows of tables, which are not read."""
    simulated: bool = False

    @property
    def sentences(self) -> tuple[Checked, ...]:
        return tuple(one for passage in self.passages for one in passage.sentences)

    @property
    def counts(self) -> dict[str, int]:
        """How many sentences have each verdict."""
        found = Counter(one.verdict for one in self.sentences if one.verdict)
        return {key: found[key] for key in (*map(str, reversed(ORDER)), UNCHECKED)}

    @property
    def record(self) -> dict[str, Any]:
        """The report for JSON."""
        return {
            "article": self.name,
            "session": self.session.isoformat(),
            "session_from": self.dated,
            "simulated": self.simulated,
            "counts": self.counts,
            "table_rows_not_read": self.rows,
            "sentences": [one.record for one in self.sentences if one.verdict],
        }


def report_page(report: Report) -> str:
    """The report as one HTML page that loads nothing: the article in colour. All of the article is escaped."""
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = files("generator.factcheck").joinpath("report.html.j2").read_text(encoding="utf-8")
    return env.from_string(template).render(report=report)
