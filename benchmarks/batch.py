"""Issues for many readers: what one costs in a table and in one five times as long, PDFs beside bare WeasyPrint, and a
scheduler's four workers beside four processes.

`python benchmarks/batch.py 1000` takes a table of that many invented readers and one of five times as many; the default
is 100. CPU seconds of all processes count, and what a start with a table of two takes is left out of them. PDFs are
counted by the clock, against one bare process that lays the same page out again and again, times the cores.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HISTORY = ROOT.parent / "shared" / "data"
PAGES = 12
"""PDFs of each way."""
BARE = """
import sys, time, weasyprint
page = weasyprint.HTML(filename=sys.argv[1])
page.write_pdf(pdf_variant="pdf/ua-1")
start = time.perf_counter()
for _ in range(int(sys.argv[2])):
    weasyprint.HTML(filename=sys.argv[1]).write_pdf(pdf_variant="pdf/ua-1")
print(time.perf_counter() - start)
"""
SOURCE = ["--data", str(HISTORY), "--session", "2024-07-11"] if HISTORY.is_dir() else ["--source", "sample"]


def main(count: int) -> None:
    """Print what an issue costs, and each ratio."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write(folder, 2, ["markdown"])  # what is kept is there from now on
        start, _, _ = write(folder, 2, ["markdown", "html", "x"])
        costs = {}
        for rows in (count, 5 * count):
            cpu, _, peak = write(folder, rows, ["markdown", "html", "x"])
            costs[rows] = (cpu - start) / (rows - 2)
            print(f"  {rows:>7,} issues   {1000 * costs[rows]:7.1f} ms of CPU an issue   {peak:5.0f} MB")
        print(f"  an issue at {5 * count:,} over one at {count:,}: {costs[5 * count] / costs[count]:.2f}")
        pdfs(folder)
        scheduled(folder, count)


def pdfs(folder: Path) -> None:
    """PDFs a second, against the cores times a bare process."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    _, few, _ = write(folder, cores, ["pdf"])
    _, many, _ = write(folder, cores + PAGES, ["pdf", "html"])
    page = next((folder / "output").glob("*/*/session/article.html"))
    bare = float(
        subprocess.run(
            [sys.executable, "-c", BARE, str(page), str(PAGES)], capture_output=True, text=True, check=True
        ).stdout
    )
    ours, theirs = PAGES / (many - few), cores * PAGES / bare
    print(f"  PDFs: {ours:.2f} a second; bare WeasyPrint on {cores} cores {theirs:.2f}; ratio {ours / theirs:.2f}")


def scheduled(folder: Path, count: int) -> None:
    """A Dask scheduler with four workers on loopback, against four processes of our own."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        print("  Dask is not installed here, and is left out")
        return
    with ExitStack() as running:
        told = folder / "scheduler.json"
        log = running.enter_context((folder / "dask.log").open("ab"))

        def start(*command: str) -> None:
            process = subprocess.Popen([sys.executable, "-m", "dask", *command], stdout=log, stderr=log)
            running.callback(process.wait)
            running.callback(process.kill)

        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
        for _ in range(4):
            start(
                "worker",
                "--scheduler-file",
                str(told),
                "--host",
                "127.0.0.1",
                "--no-nanny",
                "--nthreads",
                "1",
                "--no-dashboard",
                "--local-directory",
                str(folder),
            )
        while (folder / "dask.log").read_bytes().count(b"Registered to:") < 4:
            time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        write(folder, 8, ["markdown", "html"], "--scheduler", address)  # the workers' benches are set up
        _, ours, _ = write(folder, count, ["markdown", "html"], "--jobs", "4")
        _, theirs, _ = write(folder, count, ["markdown", "html"], "--scheduler", address)
        both = f"four processes {ours:.1f} s, four workers of a scheduler {theirs:.1f} s"
        print(f"  {count:,} issues: {both}; ratio {ours / theirs:.2f}")


def write(folder: Path, rows: int, formats: Sequence[str], *options: str) -> tuple[float, float, float]:
    """CPU and wall seconds of a batch over an invented table, and the memory of its largest process in MB."""
    chance = random.Random(rows)
    held = ["small", "sp500", "nasdaq", "dow", "micro", "mega", "equal_weight", "small_value", "small_growth"]
    lines = [
        f"reader-{number},Brief {number},{' '.join(chance.sample(held, chance.randint(1, 6)))}"
        for number in range(rows)
    ]
    table = folder / "readers.csv"
    table.write_text("\n".join(["name,title,holdings", *lines]) + "\n")
    wanted = [part for name in formats for part in ("--format", name)]
    command = [
        sys.executable,
        "-m",
        "generator",
        "batch",
        str(table),
        *SOURCE,
        *wanted,
        *options,
        "--output",
        str(folder / "output"),
    ]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return (
        usage.ru_utime + usage.ru_stime,
        time.perf_counter() - start,
        usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
