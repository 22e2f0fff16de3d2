"""The checkout's own promises, kept by test: what is declared, pinned, licensed, and who may reach for what."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "generator").rglob("*.py"))
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)((?: ;[^\\]*)?)\s*\\?$")


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def pins() -> dict[str, tuple[str, int]]:
    """Each pinned package with its version and how many hashes stand under it."""
    found: dict[str, tuple[str, int]] = {}
    name = ""
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if pin := PIN.match(line):
            name = canonicalize_name(pin[1])
            assert name not in found, f"{name} is pinned twice"
            found[name] = (pin[2], 0)
        else:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line), f"constraints.txt: {line}"
            version, hashes = found[name]
            found[name] = (version, hashes + 1)
    return found


def requirements() -> list[Requirement]:
    dev: list[str] = pyproject()["dependency-groups"]["dev"]
    return [Requirement(text) for text in (*imported(), *dev)]


def imported() -> list[str]:
    """What the program runs on, with what its extra brings."""
    project = pyproject()["project"]
    return [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]


def tracked() -> list[str]:
    """Every file in the repository; skips where this is not a checkout, or git is not there to ask."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return [name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def imports(path: Path) -> Iterator[str]:
    """The top-level names of every absolute import in a file, wherever it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


# --- what is declared and pinned ----------------------------------------------------------------


def test_names() -> None:
    """The distribution, its licence and the command are called what the README calls them."""
    project = pyproject()["project"]
    assert project["name"] == "market-commentary-generator"
    assert project["scripts"] == {"commentary": "generator.cli:main"}
    assert project["license"] == "MIT"
    assert project["requires-python"] == ">=3.11"


def test_licence_is_mit() -> None:
    """The licence file is the MIT licence, in the authors' name."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License")
    assert "The Market Commentary Generator authors" in text


def test_every_pin_has_hashes() -> None:
    """No package is installed whose bytes are not known beforehand."""
    assert [name for name, (_, hashes) in pins().items() if hashes == 0] == []


def test_constraints_name_no_address() -> None:
    """Where packages are fetched from is the installer's business, not the project's."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|@ |--(extra-)?index|--find-links|--trusted", text)


@pytest.mark.parametrize("requirement", requirements(), ids=lambda requirement: requirement.name)
def test_declared_packages_are_pinned_within_their_ranges(requirement: Requirement) -> None:
    """What pyproject declares, constraints.txt pins, at a version that the declared range allows."""
    version, _ = pins()[canonicalize_name(requirement.name)]
    assert version in requirement.specifier, "run `make lock`"


def test_declared_packages_are_the_ones_imported() -> None:
    """The wheel asks for every package it imports, and for none that it does not use."""
    owners = packages_distributions()
    source = {canonicalize_name(name) for path in MODULES for name in named_distributions(path, owners)}
    declared = {canonicalize_name(Requirement(text).name) for text in imported()}
    assert source == declared


def named_distributions(path: Path, owners: Mapping[str, list[str]]) -> Iterator[str]:
    """The distributions whose modules a file imports, or names in a string as the font packages are."""
    for name in imports(path):
        if name not in sys.stdlib_module_names and name != "generator":
            yield owners.get(name, [name])[0]
    text = path.read_text(encoding="utf-8")
    yield from (font.replace("_", "-") for font in re.findall(r"font_source_[a-z]+_pro", text))


# --- who may reach for what ---------------------------------------------------------------------


def test_rooms_are_strangers() -> None:
    """The contracts in pyproject hold: rooms meet in the pipeline, and outside packages stay in their rooms."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_clock_is_read_in_sessions_alone() -> None:
    """Same prices, same content, same edition: nothing but market/sessions.py asks what day it is."""
    clock = re.compile(r"\.(?:now|today|utcnow)\(|\btime\.(?:time|localtime|gmtime)\(|datetime64\(['\"](?:now|today)")
    readers = {path.relative_to(ROOT).as_posix() for path in MODULES if clock.search(path.read_text(encoding="utf-8"))}
    assert readers <= {"generator/market/sessions.py"}


def test_chance_is_drawn_in_sample_alone() -> None:
    """Only the simulated market draws random numbers, from a seed; and the desk its keys, which nobody may guess."""
    chance = re.compile(r"\b(?:import|from) (?:random|secrets)\b|\b(?:np|numpy)\.random\b|\buuid4\b")
    readers = {path.relative_to(ROOT).as_posix() for path in MODULES if chance.search(path.read_text(encoding="utf-8"))}
    keys = {"generator/desk/front.py"}  # of one run of the desk, which enter no edition
    assert readers == {"generator/market/simulated/courses.py", *keys}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_open_with_what_they_do(path: Path) -> None:
    """The first line of every module with code in it says what the module turns into what."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree)


# --- what is in the repository, and in the wheel ------------------------------------------------


def test_wheel_carries_the_publication(tmp_path: Path) -> None:
    """An installed wheel can print an edition with no checkout near: content and templates are inside."""
    pytest.importorskip("hatchling")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("content", "templates"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        expected = {f"generator/bundled/{path.relative_to(ROOT).as_posix()}" for path in files}
        assert expected <= inside
    assert {f"generator/{name}.py" for name in ("cli/group", "verbs/write", "model/document", "errors")} <= inside
    assert not [name for name in inside if name.startswith(("tests/", "output/"))]


def test_no_developers_machine_in_any_file() -> None:
    """No file names a folder that exists on one person's machine only."""
    machine = re.compile(rb"/(?:home|Users)/[A-Za-z0-9_.-]+/|(?<![\w.])/(?:root|work)/[a-z.]|[A-Z]:\\Users\\")
    named = [name for name in tracked() if name != "tests/test_house.py" and machine.search((ROOT / name).read_bytes())]
    assert named == []


def test_output_keeps_no_edition() -> None:
    """The folder for editions is in the repository; editions are not."""
    assert [name for name in tracked() if name.startswith("output/")] in ([], ["output/.gitignore"])
    assert (ROOT / "output").is_dir()


def test_readme_names_the_commands_that_set_everything_up() -> None:
    """A newcomer finds `make demo` and `make test` in the README, and both exist."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)


def test_changelog_has_a_place_for_what_comes_next() -> None:
    """A change that readers could notice has somewhere to be told."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text


def test_child_interpreters_take_no_code_from_the_working_directory() -> None:
    """Every interpreter that the program starts is started with `-P`: content must never bring code."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.List) and node.elts and ast.unparse(node.elts[0]) == "sys.executable":
                assert ast.unparse(node.elts[1]) == "'-P'", f"{path}:{node.lineno}"
