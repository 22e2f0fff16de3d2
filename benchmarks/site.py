"""A site of N articles from scratch, and one new issue at N, beside Hugo and Pelican building the same articles.

`python benchmarks/site.py 1000` takes N articles; the default is 100. The archive is made of the simulated market: a
few issues of it told again under other dates and as if it were real, so that they stand in the feeds. CPU seconds of
the whole process count, not those of the clock. `write` lays out each issue that it writes, so a site is built from
scratch twice: of what `write` left, and with all of it poured anew, as after a change of templates or program. The
others build what `--for hugo` and `--for pelican` wrote, with a theme of a title and the text, between our builds;
where they are not installed, they are left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIFFERENT = 20
FIRST = date(2020, 1, 6)
HUGO = {
    "hugo.toml": 'baseURL = "https://example.com/"\ntitle = "Bench"\n',
    "layouts/_default/single.html": "<!DOCTYPE html><html><body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>",
    "layouts/_default/list.html": "<!DOCTYPE html><html><body>{{ range .Pages }}<a href='{{ .RelPermalink }}'>"
    "{{ .Title }}</a>{{ end }}</body></html>",
    "layouts/index.html": "<!DOCTYPE html><html><body>{{ range site.RegularPages }}<a href='{{ .RelPermalink }}'>"
    "{{ .Title }}</a>{{ end }}</body></html>",
}
PELICAN = (
    'PATH="content"\nSITENAME="Bench"\nSITEURL="https://example.com"\nTIMEZONE="America/New_York"\nTHEME="simple"\n'
)


def main(count: int) -> None:
    """Print the CPU seconds and memory of each build, and ours over theirs."""
    with tempfile.TemporaryDirectory() as scratch:
        archive, public = Path(scratch, "output"), Path(scratch, "public")
        days = sessions(count + 1)
        # By a process of its own: what this one holds would count as memory of all that it starts.
        subprocess.run([sys.executable, __file__, "--archive", str(archive), str(count + 1)], cwd=ROOT, check=True)
        last, state = archive / days[-1].isoformat(), archive / ".published"
        held, front = Path(scratch, "held"), Path(scratch, "front")
        shutil.copy(state / "front", front)  # as `write` left it with the newest issue
        last.rename(held)
        build = [sys.executable, "-m", "generator", "site", "--output", str(archive), "--public", str(public)]
        print(f"a site of {count:,} articles")
        whole = report("from scratch, as write left it", build)
        nothing = report("nothing new", build)
        held.rename(last)
        shutil.copy(front, state / "front")
        one = report("one new issue", build)
        print(
            f"  a start of the program with no site to build takes {measure([*build[:3], '--help'])[0]:.2f} s of this"
        )
        shutil.rmtree(public)
        shutil.rmtree(state)
        anew = report("from scratch, poured anew", build)
        print(f"  one new issue: {one / whole:.3f} of the whole, {one - nothing:+.2f} s over nothing new")
        for name, others in (("hugo", hugo(Path(scratch), build)), ("pelican", pelican(Path(scratch), build))):
            if others is None:
                print(f"  {name} is not installed here, and is left out")
            else:
                theirs = report(name, *others)
                print(f"  {'ratio to ' + name:<30} {whole / theirs:6.2f}  poured anew {anew / theirs:.2f}")


def sessions(count: int) -> list[date]:
    """As many weekdays, oldest first."""
    days = (FIRST + timedelta(days=number) for number in range(2 * count + 10))
    return [day for day in days if day.weekday() < 5][:count]


def write_archive(archive: Path, days: Sequence[date]) -> None:
    """Issues of the simulated market, told again under these dates."""
    from dataclasses import replace

    import orjson

    from generator.assembly import Desk, make_edition
    from generator.loading import load_prices, open_publication
    from generator.model import Settings
    from generator.products import make_pages
    from generator.publishing.document import issue_text, read_issue
    from generator.publishing.manifest import made_with
    from generator.rendering.paper.press import Press
    from generator.verbs.site import lay_out

    settings = Settings(source="sample", session=date(2024, 7, 11))
    publication = open_publication(settings)
    desk = Desk.over(publication, "session", load_prices(settings, publication))
    made = made_with(publication)
    last = len(desk.market.sessions) - 1
    issues = []
    for row in range(last - DIFFERENT + 1, last + 1):
        edition = replace(make_edition(desk, row), simulated=False)
        with Press(wanted=False) as press:
            pages, _ = make_pages(edition, desk.templates, {"html"}, press, lambda: made)
        issues.append({page.path: page.content for page in pages if page.path != "article.html"})
    for number, day in enumerate(days):
        files = dict(issues[number % DIFFERENT])
        issue = read_issue(files["issue.json"])
        files["issue.json"] = issue_text(replace(issue, article=replace(issue.article, session=day)))
        ledger = orjson.loads(files["edition.json"])
        ledger["files"]["issue.json"]["sha256"] = sha256(files["issue.json"]).hexdigest()
        files["edition.json"] = orjson.dumps(ledger, option=orjson.OPT_INDENT_2)
        for path, content in files.items():
            target = archive / day.isoformat() / "session" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        lay_out(Settings(output=archive), day, "session")


def hugo(scratch: Path, build: Sequence[str]) -> tuple[list[str], Path] | None:
    """How Hugo builds the same articles, and where; None where it is not installed."""
    program = shutil.which(os.environ.get("HUGO", "hugo"))
    if program is None:
        return None
    folder = scratch / "hugo"
    subprocess.run([*build[:-1], str(folder), "--for", "hugo"], cwd=ROOT, capture_output=True, check=True)
    for name, text in HUGO.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return [program, "--quiet"], folder


def pelican(scratch: Path, build: Sequence[str]) -> tuple[list[str], Path] | None:
    """How Pelican builds the same articles, and where; None where it is not installed."""
    program = shutil.which(os.environ.get("PELICAN", "pelican"))
    if program is None:
        return None
    folder = scratch / "pelican"
    subprocess.run([*build[:-1], str(folder), "--for", "pelican"], cwd=ROOT, capture_output=True, check=True)
    (folder / "pelicanconf.py").write_text(PELICAN)
    return [program, "-q", "content"], folder


def report(name: str, command: Sequence[str], folder: Path = ROOT) -> float:
    """A line of what a command took; its CPU seconds."""
    seconds, peak = measure(command, folder)
    print(f"  {name:<30} {seconds:6.2f} s  {peak:6.0f} MB", flush=True)
    return seconds


def measure(command: Sequence[str], folder: Path = ROOT) -> tuple[float, float]:
    """CPU seconds, and the peak memory in MB of the largest process, of a command."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return usage.ru_utime + usage.ru_stime, peak


if __name__ == "__main__" and sys.argv[1:2] == ["--archive"]:
    write_archive(Path(sys.argv[2]), sessions(int(sys.argv[3])))
elif __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
