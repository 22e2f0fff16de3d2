"""Try the fact-checker: invented sentences made true and false, the seeds beside their verdicts, and our own issues.

`python -m tests.factcheck.trial` prints coverage, recall, precision and abstention apart, and every error by kind.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from generator.assembly import Desk, make_edition
from generator.factcheck.checker import Checker
from generator.factcheck.document import read_article
from generator.loading import load_past, load_prices, on_axis, open_publication
from generator.model import Market, Publication, Settings
from generator.products import make_texts
from generator.verbs.factcheck import checker_of
from tests.factcheck.articles import Said, sentences
from tests.factcheck.invented import invented_checker
from tests.factcheck.seeds import SEEDS, judged_seeds
from tests.factcheck.styles import HELD_OUT, TUNED, Style
from tests.factcheck.truths import Truths, chosen_days

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


@dataclass
class Score:
    """What came of sentences: how many were understood, and how many of those were judged rightly."""

    said: int = 0
    understood: int = 0
    numbers: int = 0
    numbers_read: int = 0
    true_kept: int = 0
    true_accused: int = 0
    false_found: int = 0
    false_missed: int = 0
    depends: int = 0
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    """(kind of error, kind of sentence, text)."""

    @property
    def recall(self) -> float:
        return self.false_found / max(self.false_found + self.false_missed, 1)

    @property
    def precision(self) -> float:
        return self.false_found / max(self.false_found + self.true_accused, 1)

    @property
    def coverage(self) -> float:
        return self.understood / max(self.said, 1)


def judge(checker: Checker, said: Said, session: date, score: Score) -> None:
    """Check one sentence and count what came of it."""
    checked, _ = checker.sentence(said.text, session)
    score.said += 1
    score.numbers += checked.numbers
    if checked.judged and not checked.unread:
        score.numbers_read += checked.numbers
    name = f"{said.style.key}, {said.kind}" + (f", {said.falsehood}" if said.falsehood else "")
    if not checked.judged or checked.unread or checked.verdict == "cannot be known here":
        score.errors.append(("not understood", name, said.text))
        return
    score.understood += 1
    if checked.verdict == "depends":
        score.depends += 1
        score.errors.append(("depends", name, f"{said.text} [{checked.judged[0].reading}: {checked.judged[0].value}]"))
    told = f"{said.text} [{'; '.join(f'{one.verdict}: {one.reading}: {one.value}' for one in checked.judged)}]"
    if said.falsehood:
        found = checked.verdict == "does not hold"
        score.false_found += found
        score.false_missed += not found
        if not found:
            score.errors.append(("a false one missed", name, told))
    elif checked.verdict == "does not hold":
        score.true_accused += 1
        score.errors.append(("a true one accused", name, told))
    else:
        score.true_kept += 1


def try_styles(checker: Checker, truths: Truths, styles: Sequence[Style], days: int, seed: int, first: date) -> Score:
    """The score of styles over days drawn by chance."""
    score = Score()
    for style in styles:
        for row in chosen_days(truths, seed, days, first):
            for said in sentences(truths, int(row), style, np.random.default_rng([seed, int(row)])):
                judge(checker, said, truths.days[int(row)], score)
    return score


def told(name: str, score: Score, examples: int) -> None:
    """Print a score, and its errors by kind."""
    print(
        f"\n{name}: {score.said} sentences ({score.false_found + score.false_missed} false, {score.true_kept + score.true_accused} true understood)"
    )
    print(f"  coverage {score.coverage:.3f}, of numbers {score.numbers_read / max(score.numbers, 1):.3f}; recall {score.recall:.3f}; "
          f"precision {score.precision:.3f}; depends {score.depends / max(score.understood, 1):.3f}")  # fmt: skip
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for error, kind, text in score.errors:
        kinds[error, kind].append(text)
    for (error, kind), texts in sorted(kinds.items(), key=lambda one: (one[0][0], -len(one[1]))):
        print(f"  {error} ({len(texts)}): {kind}")
        for text in texts[:examples]:
            print(f"      {text}")


def market_of(data: Path | None) -> tuple[Publication, Market]:
    """The publication, and real history where it is held, or the sample."""
    settings = Settings(source="csv" if data else "sample", **({"data": data} if data else {}))
    publication = open_publication(settings)
    return publication, load_past(settings, publication)


def decisions(publication: Publication) -> list[tuple[date, float, float, float]]:
    """Every change of the target range that the publication's sources hold: day, basis points, limits."""
    held = [
        one
        for one in publication.facts
        if one.key == "fed_decision" and one.values.get("upper") and one.values.get("change_bp")
    ]
    return sorted(
        (one.as_of, *(float(str(one.values[key])) for key in ("change_bp", "lower", "upper"))) for one in held
    )  # type: ignore[misc]


def told_seeds(history: Checker) -> None:
    """Print what is said of the seeds' claims beside what people found."""
    rows = list(judged_seeds({"history": history, "invented": invented_checker()}))
    false = [one for one in rows if one.found == "F"]
    numbers = sum(one.numbers for one in rows)
    print(f"\nseeds: {len(rows)} claims, {sum(not one.right for one in rows)} judged otherwise than they may be; of {len(false)} false ones "
          f"{sum(one.verdict == 'does not hold' for one in false)} found, {sum(one.verdict == 'holds' for one in false)} let pass, the rest unchecked; "
          f"true ones accused: {sum(one.verdict == 'does not hold' for one in rows if one.found == 'T')}; "
          f"numbers about the universe understood: {sum(one.understood for one in rows)} of {numbers}")  # fmt: skip
    for one in rows:
        if not one.right or one.verdict in ("holds", "does not hold"):
            print(f"  {one.seed} {one.claim}: found {one.found}, said '{one.verdict}'{'' if one.right else '  WRONG'}")


def told_own(checker: Checker, kind: str, days: Sequence[date], data: Path) -> None:
    """Print the verdicts on our own issues of a kind, of some days or the last before, and every sentence called false."""
    counts: Counter[str] = Counter()
    publication = checker.publication
    appearing = [on_axis(Settings(edition=kind), publication, day) for day in days]
    for day in dict.fromkeys(one for one in appearing if one):
        settings = Settings(source="csv", data=data, session=day, edition=kind)
        desk = Desk.over(publication, kind, load_prices(settings, publication))
        text = make_texts(make_edition(desk), desk.templates, ["markdown"])["article.md"]
        for passage in checker.check(read_article(text, str(day)), day):
            for one in passage.sentences:
                counts[one.verdict or "nothing to check"] += 1
                if one.verdict in ("does not hold", "depends"):
                    print(f"  {kind} {day} {one.verdict}: {one.text} [{one.judged[0].reading}: {one.judged[0].value}]")
    print(
        f"our own issues ({kind}) of {len(set(appearing))} days: "
        + ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    )


def main() -> None:
    """Run the trial."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--days", type=int, default=12)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--examples", type=int, default=1)
    options.add_argument("--data", type=Path, default=SHARED / "data" if (SHARED / "data").is_dir() else None)
    options.add_argument("--held-out", action="store_true", help="The held-out style alone.")
    options.add_argument("--own", type=int, default=5, help="So many of our own issues.")
    given = options.parse_args()
    publication, market = market_of(given.data)
    checker, truths = checker_of(publication, market), Truths(market, publication.universe, given.data)
    truths.decisions = decisions(publication)
    first = date(2012, 1, 3)
    if SEEDS.is_dir() and given.data and not given.held_out:
        told_seeds(checker)
    if given.own and given.data:
        for kind in checker.publication.outlines:  # the longer kinds need a history before them
            rows = chosen_days(truths, given.seed, given.own, date(1995 if kind == "session" else 2010, 1, 3))
            told_own(checker, kind, [truths.days[int(row)] for row in rows], given.data)
    if not given.held_out:
        told("four styles", try_styles(checker, truths, TUNED, given.days, given.seed, first), given.examples)
    told(
        "a style held out",
        try_styles(checker, truths, HELD_OUT, given.days, given.seed, first),
        0 if not given.held_out else given.examples,
    )


if __name__ == "__main__":
    main()
