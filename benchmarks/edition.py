"""One edition with all products, in a fresh process, beside the bare libraries doing the part that is theirs.

The reference imports what the program imports and lays the finished page out as a PDF; it reads no price, computes no
figure and writes no sentence. An issue is written with what an earlier run kept, of another session than the one
before, as every evening's is, and with nothing kept. All are run in turn, so that a slow moment of the machine falls
on each. The program's bytecode is written beforehand, as its packages' was when they were installed.
"""

from __future__ import annotations

import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HISTORY = ROOT.parent / "shared" / "data"
DAYS = ("2024-07-12", "2024-07-15", "2024-07-16", "2024-07-17", "2024-07-18", "2024-07-19", "2024-07-22")
RUNS = len(DAYS)
Run = tuple[float, float]

REFERENCE = """
import sys
import babel.dates, click, exchange_calendars, jinja2, markdown, numpy, pandas, yaml
import weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""


def main() -> None:
    """Print the medians of both and their ratio."""
    compileall.compile_dir(ROOT / "generator", quiet=1)
    market = ["--data", str(HISTORY)] if HISTORY.is_dir() else ["--source", "sample"]
    with tempfile.TemporaryDirectory() as scratch:

        def writes(day: str) -> list[str]:
            return [sys.executable, "-m", "generator", "write", *market, "--session", day, "--output", scratch]

        write = writes("2024-07-11")
        folder = Path(subprocess.run(write, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip())
        reference = [sys.executable, "-c", REFERENCE, str(folder / "article.html"), str(Path(scratch, "reference.pdf"))]
        help_page = [sys.executable, "-m", "generator", "--help"]
        bare_click = [sys.executable, "-c", "import click"]
        print(f"one edition, all products, from {market[-1]}, {RUNS} runs each")
        cache, empty = Path(scratch, "cache"), Path(scratch, "empty")
        os.environ["COMMENTARY_CACHE"] = str(cache)
        subprocess.run(write, capture_output=True, check=True, cwd=ROOT)
        page = Path(scratch, "page.json")
        page.write_text(json.dumps({"html": (folder / "article.html").read_text(), "style": ""}))
        kept: list[Run] = []
        others: list[Run] = []
        cold: list[Run] = []
        bare: list[Run] = []
        for day in DAYS:
            bare.append(run(reference))
            kept.append(run(write))
            others.append(run(writes(day)))
            run(write)
            shutil.rmtree(empty, ignore_errors=True)
            cold.append(run(write, cache=empty))
        press = [run([sys.executable, "-m", "generator.rendering.paper.press"], page) for _ in DAYS]
        helped, clicked = ([run(command) for _ in DAYS] for command in (help_page, bare_click))
        # The PDF is laid out by a process beside the first: their peaks together are the most that both held at once.
        seconds, own = median(kept)
        report("edition", (seconds, own + median(press)[1]), "bare imports and WeasyPrint", median(bare))
        for label, runs in (("of another session each time", others), ("with nothing kept", cold)):
            print(f"  {label:<30} {median(runs)[0]:6.2f} s  ratio {median(runs)[0] / median(bare)[0]:.2f}")
        report("commentary --help", median(helped), "python -c 'import click'", median(clicked))


def run(command: Sequence[str], given: Path = Path(os.devnull), cache: Path | None = None) -> Run:
    """Seconds of wall time and the peak memory in MB of a command's largest process; `given` is its input."""
    where = {**os.environ, "COMMENTARY_CACHE": str(cache)} if cache else None
    start = time.perf_counter()
    with given.open() as stdin:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=where
        )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def median(runs: Sequence[Run]) -> Run:
    """The median of the seconds, and the highest of the peaks."""
    return statistics.median(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def report(name: str, ours: tuple[float, float], reference_name: str, reference: tuple[float, float]) -> None:
    """Both rows, and ours over the reference."""
    for label, (seconds, peak) in ((name, ours), (reference_name, reference)):
        print(f"  {label:<30} {seconds:6.2f} s  {peak:6.0f} MB")
    print(f"  {'ratio':<30} {ours[0] / reference[0]:6.2f}    {ours[1] / reference[1]:6.2f}")


if __name__ == "__main__":
    main()
