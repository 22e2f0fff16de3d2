"""Editions a second on all cores, beside RosaeNLG realising as many sentences, numbers and synonyms from the same data.

Ours is the whole command, from its start to its end: content, prices, figures and rules, then every edition (Markdown,
X post and thread, LinkedIn, Facebook, ledger) and its counting. RosaeNLG is given one template, compiled once for each
process, with the sentences, words, numbers and choices of an average edition, and the numbers of each session ready
rounded; it reads no price, chooses no sentence, fits no post and proves nothing. One Node process a core. Both are run
in turn, so that a slow moment of the machine falls on both. Needs npm; without it, ours alone is measured.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generator.assembly import Desk, Edition, make_edition
from generator.loading import load_prices, open_publication
from generator.model import Piece, Settings
from generator.publishing.ledger import digest_sentences
from generator.workers import cores

ROOT = Path(__file__).resolve().parents[1]
HISTORY = ROOT.parent / "shared" / "data"
TOOLS = ROOT / ".cache" / "bench"
ROSAENLG = "rosaenlg@3.2.6"
SESSIONS, RUNS = 2_000, 3
LAST = date(2024, 7, 11)

NODE = """
const { readFileSync } = require('fs');
const { renderFile } = require('rosaenlg');
const [template, data, part, parts] = process.argv.slice(2);
const sessions = JSON.parse(readFileSync(data, 'utf8'));
let characters = 0;
for (let row = Number(part); row < sessions.length; row += Number(parts)) {
  characters += renderFile(template, { language: 'en_US', cache: true, forceRandomSeed: row, n: sessions[row] }).length;
}
console.log(characters);
"""


@dataclass(frozen=True)
class Shape:
    """An average edition: what is said in it, each sentence once."""

    sentences: int
    words: int
    numbers: int
    choices: int
    """Words and names that are one of several with the same meaning."""


def main() -> None:
    """Print both rates and their ratio."""
    made = desk()
    first = made.market.sessions[-SESSIONS]
    shape, data = measured_shape(made)
    print(
        f"{SESSIONS:,} sessions on {cores()} cores, median of {RUNS} runs; an edition says {shape.sentences} sentences"
    )
    print(f"  of {shape.words} words, {shape.numbers} numbers and {shape.choices} choices of a word or name")
    theirs = rosaenlg(shape, data)
    ours: list[float] = []
    reference: list[float] = []
    with tempfile.TemporaryDirectory() as scratch:
        for _ in range(RUNS):
            ours.append(timed([replay_command(str(first), Path(scratch, "replay.json"))]))
            Path(scratch, "replay.json.results").unlink()
            if theirs:
                reference.append(timed(theirs))
        found = json.loads(Path(scratch, "replay.json").read_text())
    if found["errors"]:
        sys.exit(f"{len(found['errors'])} sessions failed: {found['errors'][0]}")
    report("commentary replay, all included", ours)
    for stage, took in found["time"]["stages"].items():
        print(f"    {stage:<30} {took['mean_ms']:7.2f} ms an edition on one core")
    if reference:
        report("RosaeNLG, realisation alone", reference)
        print(f"  ratio {statistics.median(reference) / statistics.median(ours):.2f}")


def report(name: str, seconds: Sequence[float]) -> None:
    """One row."""
    print(f"  {name:<32} {statistics.median(seconds):7.2f} s {SESSIONS / statistics.median(seconds):8.0f} editions/s")


def market() -> list[str]:
    """Real history where it is held beside the checkout, else the simulated market."""
    return ["--data", str(HISTORY)] if HISTORY.is_dir() else ["--source", "sample"]


def desk() -> Desk:
    """The desk over the benchmark's market."""
    held = HISTORY.is_dir()
    settings = Settings(source="csv" if held else "sample", data=HISTORY if held else None, session=LAST)
    publication = open_publication(settings)
    return Desk.over(publication, settings.edition, load_prices(settings, publication))


def measured_shape(made: Desk) -> tuple[Shape, list[list[float]]]:
    """The shape of an average edition, and each session's numbers."""
    last = len(made.market.sessions)
    counts: list[tuple[int, int, int, int]] = []
    numbers: list[list[float]] = []
    for row in range(last - SESSIONS, last):
        texts, pieces = said(make_edition(made, row))
        stated = [
            piece.claim.value for piece in pieces if piece.claim and piece.claim.kind in ("figure", "fact", "rule")
        ]
        choices = sum(piece.claim is not None and piece.claim.kind in ("word", "name") for piece in pieces)
        counts.append((len(texts), sum(len(text.split()) for text in texts), len(stated), choices))
        numbers.append([round(value, 2) if isinstance(value, float) else 1.0 for value in stated])
    sentences, words, figures, choices = (round(statistics.fmean(column)) for column in zip(*counts, strict=True))
    padded = [(values * (figures // max(len(values), 1) + 1))[:figures] for values in numbers]
    return Shape(sentences, words, figures, choices), padded


def said(edition: Edition) -> tuple[list[str], list[Piece]]:
    """Every bullet of article and posts once, and the pieces they are made of."""
    spoken = [sentence for _, sentence in edition.article.spoken()]
    spoken += [sentence for post in digest_sentences(edition.digest).values() for _, sentence in post]
    once = {sentence.text: sentence for sentence in spoken}
    return list(once), [piece for sentence in once.values() for piece in sentence.pieces]


def replay_command(first: str, kept: Path) -> list[str]:
    """Our command, in full."""
    span = ["--from", first, "--to", LAST.isoformat()]
    return [sys.executable, "-m", "generator", "replay", "session", *market(), *span, "--json", str(kept)]


def timed(commands: Sequence[Sequence[str]]) -> float:
    """Seconds of wall time until all of the commands, begun together, are done."""
    start = time.perf_counter()
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for command in commands
    ]
    for process in running:
        _, errors = process.communicate()
        if process.returncode:
            sys.exit(f"failed: {errors.decode()}")
    return time.perf_counter() - start


# --- the reference ------------------------------------------------------------------------------


def rosaenlg(shape: Shape, data: Sequence[Sequence[float]]) -> list[list[str]]:
    """The reference's commands, one for each core; none where npm is not there."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        print("  npm is not installed: RosaeNLG is left out")
        return []
    TOOLS.mkdir(parents=True, exist_ok=True)
    if not (TOOLS / "node_modules" / "rosaenlg").is_dir():
        install = [npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(TOOLS), ROSAENLG]
        if subprocess.run(install, check=False).returncode:
            print(f"  {ROSAENLG} could not be installed: left out")
            return []
    template, numbers, script = TOOLS / "edition.pug", TOOLS / "sessions.json", TOOLS / "render.js"
    template.write_text(pug(shape))
    numbers.write_text(json.dumps(data))
    script.write_text(NODE)
    return [[node, str(script), str(template), str(numbers), str(core), str(cores())] for core in range(cores())]


def pug(shape: Shape) -> str:
    """A template with the shape's sentences, in which words, numbers and choices are spread evenly."""
    lines, number = [], 0
    for sentence in range(shape.sentences):
        numbers = share(shape.numbers, sentence, shape.sentences)
        choices = share(shape.choices, sentence, shape.sentences)
        words = share(shape.words, sentence, shape.sentences) - numbers - choices
        parts = ['#[+syn("rose", "climbed", "advanced")]'] * choices
        parts += [f"#[+value(n[{number + place}])]" for place in range(numbers)]
        number += numbers
        each = max(words // (len(parts) + 1), 1)
        lines += ["p", f"  | The {' '.join([f'{part} {filler(each)}' for part in parts] or [filler(words)])}."]
    return "\n".join(lines) + "\n"


def share(whole: int, place: int, places: int) -> int:
    """What falls to one of so many places when a whole is spread evenly."""
    return whole * (place + 1) // places - whole * place // places


def filler(words: int) -> str:
    """So many written words."""
    return " ".join(["index", "of", "small", "companies", "beside", "large"][place % 6] for place in range(words))


if __name__ == "__main__":
    main()
