"""Published articles kept beside the checkout, and what the checker says of the claims that people have judged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.factcheck.checker import Checker
from generator.factcheck.document import read_article
from generator.factcheck.report import Checked

HERE = Path(__file__).parent
SEEDS = HERE.parents[2] / "shared" / "seeds"


@dataclass(frozen=True)
class Judged:
    """One claim of a seed: what people found, what the checker said, and whether it may say so."""

    seed: str
    claim: str
    found: str
    verdict: str
    right: bool
    numbers: int
    """Its numbers about what the universe covers."""
    understood: int


def judged_seeds(checkers: Mapping[str, Checker]) -> Iterator[Judged]:
    """Every claim of the fixture; `checkers` has one for `history` and one for `invented`."""
    fixture: dict[str, Any] = yaml.safe_load((HERE / "seeds.yaml").read_text(encoding="utf-8"))
    for seed, told in fixture.items():
        path = next(SEEDS.glob(f"{seed}_*.txt"))
        article = read_article(path.read_text(encoding="utf-8"), path.name)
        session = date.fromisoformat(str(told["session"]))
        found = {
            digest(one): one
            for passage in checkers[told["market"]].check(article, session)
            for one in passage.sentences
        }
        for claim in told["claims"]:
            checked: Checked = found[claim["sentence"]]
            numbers = int(claim.get("numbers", 0))
            read = sum(one.claim.number is not None or one.claim.votes is not None for one in checked.judged)
            yield Judged(
                seed,
                claim["claim"],
                claim["found"],
                checked.verdict,
                checked.verdict in claim["may"],
                numbers,
                min(numbers, read),
            )


def digest(checked: Checked) -> str:
    """By what a sentence is known in the fixture."""
    return hashlib.sha256(checked.text.encode()).hexdigest()[:12]
