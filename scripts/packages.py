"""Makes the environment of the Python that runs it hold this project and the packages that constraints.txt pins.

    .venv/bin/python -I scripts/packages.py all --no-build-isolation --editable .
    bare/bin/python -I scripts/packages.py run dist/market_commentary_generator-….whl

`all` is the whole closure, `run` what the program itself runs on; what follows tells pip where the project is. Every
other package is removed. Nothing is resolved, so that a release newer than the lock changes nothing: each package is
asked for by version and hash.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = "market-commentary-generator"
TOOLS = "# --- what it is built"

# Of what the user has set for pip, that is kept which says where packages come from and how they are reached.
KEPT = re.compile(
    "PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|CONFIG_FILE|KEYRING_PROVIDER|"
    "CERT|CLIENT_CERT|PROXY|TRUSTED_HOST|DEFAULT_TIMEOUT|CACHE_DIR|NO_CACHE_DIR)"
)
NO_NETWORK = """\
The set-up needs the network once, for the packages that constraints.txt pins, and the package index (PyPI, or the one \
that pip's settings name) cannot be reached. Run the same command again when it can."""
OFFLINE = re.compile(
    "NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|ConnectionReset|RemoteDisconnected"
)


def main(part: str, *project: str) -> None:
    """Remove what is not pinned, install what is, then the project; stop with one clear message where that fails."""
    pins = pinned(part)
    if surplus := {named(distribution) for distribution in distributions()} - {*pins, PROJECT, "pip"}:
        pip("uninstall", "--yes", *sorted(surplus))
    # pip first: from then on every machine installs with the same one. One retry tells at once if there is no network.
    install(pinned("all")["pip"], "--retries", "1")
    install("".join(pins.values()))
    pip("install", "--no-deps", "--force-reinstall", *project)
    pip("check", advice="constraints.txt does not fit pyproject.toml: run `make lock`.")


def pinned(part: str) -> dict[str, str]:
    """By name, the lines that pin a package: one with its version, the others with its hashes."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    if part == "run":
        text = text.partition(TOOLS)[0]
    return {pin[1]: pin[0] for pin in re.finditer(r"^([a-z0-9._-]+)==.*\n(?: .*\n)+", text, re.MULTILINE)}


def named(distribution: Distribution) -> str:
    """The name of an installed package as constraints.txt has it."""
    return re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()


def install(pins: str, *options: str) -> None:
    """Wheels only: a source package would fetch build tools that nothing here pins."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "pins.txt")
        listed.write_text(pins, encoding="utf-8")
        pip("install", "--no-deps", "--require-hashes", "--only-binary", ":all:", *options, "-r", str(listed))


def pip(*words: str, advice: str = "") -> None:
    """Run pip; where it fails, its own words go to the error output, or one line if there is no network."""
    command = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "-q", *words]
    run = subprocess.run(command, cwd=ROOT, env=surroundings(), capture_output=True, encoding="utf-8", errors="replace")
    if run.returncode == 0:
        return
    said = (run.stdout + run.stderr).strip()
    if OFFLINE.search(said) and "DO NOT MATCH THE HASHES" not in said:
        sys.exit(NO_NETWORK)
    sys.exit("\n".join(filter(None, [said, advice])))


def surroundings() -> dict[str, str]:
    """The environment without what would make pip install other packages, or elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if KEPT.fullmatch(name) or not name.startswith(("PIP_", "PYTHON"))
    }
    return {**kept, "PIP_CONSTRAINT": os.devnull, "PIP_USER": "0"}  # these two win over pip's files of settings


if __name__ == "__main__":
    main(*sys.argv[1:])
