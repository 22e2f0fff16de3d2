"""One edition with all products, in a fresh process, beside the bare libraries doing the part that is theirs.

The reference imports what the program imports and lays the finished page out as a PDF; it reads no price, computes no
figure and writes no sentence. Both are run in turn, so that a slow moment of the machine falls on both. An issue is
written with what an earlier run kept, and with nothing kept.
"""

from __future__ import annotations

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
RUNS = 7

REFERENCE = """
import sys
import babel.dates, click, exchange_calendars, jinja2, markdown, numpy, pandas, yaml
import weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""


def main() -> None:
    """Print the medians of both and their ratio."""
    source = ["--data", str(HISTORY), "--session", "2024-07-11"] if HISTORY.is_dir() else ["--source", "sample"]
    with tempfile.TemporaryDirectory() as scratch:
        write = [sys.executable, "-m", "generator", "write", *source, "--output", scratch]
        folder = Path(subprocess.run(write, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip())
        reference = [sys.executable, "-c", REFERENCE, str(folder / "article.html"), str(Path(scratch, "reference.pdf"))]
        help_page = [sys.executable, "-m", "generator", "--help"]
        bare_click = [sys.executable, "-c", "import click"]
        market = "CSV over real history" if HISTORY.is_dir() else "the sample"
        print(f"one edition, all products, from {market}, {RUNS} runs each")
        os.environ["COMMENTARY_CACHE"] = str(Path(scratch, "cache"))
        page = Path(scratch, "page.json")
        page.write_text(json.dumps({"html": (folder / "article.html").read_text(), "style": ""}))
        cold, _ = measure(write, nothing_kept=Path(scratch, "cache"))
        seconds, own = measure(write)
        _, press = measure([sys.executable, "-m", "generator.rendering.paper.press"], page)
        # The PDF is laid out by a process beside the first: their peaks together are the most that both held at once.
        bare = measure(reference)
        report("edition", (seconds, own + press), "bare imports and WeasyPrint", bare)
        print(f"  {'with nothing kept':<30} {cold:6.2f} s  ratio {cold / bare[0]:.2f}")
        report("commentary --help", measure(help_page), "python -c 'import click'", measure(bare_click))


def measure(
    command: Sequence[str], given: Path = Path(os.devnull), nothing_kept: Path | None = None
) -> tuple[float, float]:
    """Median seconds of wall time and the peak memory in MB of a command's largest process; `given` is its input.

    The folder `nothing_kept` is deleted before each run.
    """
    seconds, peaks = [], []
    for _ in range(RUNS):
        if nothing_kept:
            shutil.rmtree(nothing_kept, ignore_errors=True)
        start = time.perf_counter()
        with given.open() as stdin:
            process = subprocess.Popen(
                command, cwd=ROOT, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"failed: {' '.join(command)}")
        seconds.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))
    return statistics.median(seconds), max(peaks)


def report(name: str, ours: tuple[float, float], reference_name: str, reference: tuple[float, float]) -> None:
    """Both rows, and ours over the reference."""
    for label, (seconds, peak) in ((name, ours), (reference_name, reference)):
        print(f"  {label:<30} {seconds:6.2f} s  {peak:6.0f} MB")
    print(f"  {'ratio':<30} {ours[0] / reference[0]:6.2f}    {ours[1] / reference[1]:6.2f}")


if __name__ == "__main__":
    main()
