"""An archive of issues in, one line a check out: what validators that are none of ours say of the desk over it.

Run by judge/run.sh for `desk:` and a folder. Exits 1 if any check fails.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verdicts import Checks, judged

HERE = Path(__file__).resolve().parent
DESK = HERE.parent / "templates" / "desk"


def nu_checker(archive: Path) -> Iterator[str]:
    """The Nu HTML checker (npm vnu-jar): no error and no warning in the desk's page and its style sheet."""
    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--also-check-css", "--format", "json", "--stdout"]
    done = subprocess.run(
        [*command, str(DESK / "desk.html"), str(DESK / "desk.css")], capture_output=True, text=True, check=False
    )
    for message in json.loads(done.stdout)["messages"]:
        name = Path(message["url"]).name
        yield f"{name}:{message.get('lastLine', '?')}: {message.get('subType', message['type'])}: {message['message']}"


def views(archive: Path) -> Iterator[str]:
    """Lighthouse: accessibility and best practices 100 in every view; axe at 360, 768 and 1280 px, light and dark."""
    with shown(archive) as address:
        done = subprocess.run(
            ["node", str(HERE / "desk.mjs"), address], capture_output=True, text=True, check=False, timeout=1_200
        )
    if done.returncode not in (0, 1):
        yield done.stderr.strip() or f"node ended with {done.returncode}"
    yield from (line for line in done.stdout.splitlines() if line)


@contextmanager
def shown(archive: Path) -> Iterator[str]:
    """The address of a desk over the archive and a simulated market."""
    command = [sys.executable, "-m", "generator", "desk", "--source", "sample", "--output", str(archive), "--port", "0"]
    free = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(HERE.parent)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=free) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        if found is None:
            raise RuntimeError("the desk told no address")
        try:
            yield found[0]
        finally:
            process.terminate()


CHECKS: Checks = {"Nu HTML checker": nu_checker, "Lighthouse and axe": views}


if __name__ == "__main__":
    sys.exit(judged(CHECKS, [Path(sys.argv[1]).resolve()], "desk over "))
