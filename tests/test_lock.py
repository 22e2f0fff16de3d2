"""The lock is whole: what any package asks for, on any Python and platform that the README names, is pinned."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distributions, requires, version
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_house import ROOT, pyproject

PACKAGES = ROOT / "scripts" / "packages.py"
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)(?: ; ([^\\]+))?", re.MULTILINE)
PROJECT = "market-commentary-generator"

TARGETS = {
    f"{python}-{platform}-{machine}": {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_version": f"{python}.0",
        "sys_platform": platform,
        "platform_system": {"linux": "Linux", "darwin": "Darwin"}[platform],
        "platform_machine": machine,
        "platform_release": "",
        "platform_version": "",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "os_name": "posix",
    }
    for python in ("3.11", "3.12", "3.13", "3.14")
    for platform, machine in (("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "x86_64"), ("darwin", "arm64"))
}


@cache
def script() -> dict[str, Any]:
    """What scripts/packages.py defines; it stands outside any package, since it runs before one is installed."""
    return runpy.run_path(str(PACKAGES))


def pins(part: str) -> dict[str, tuple[str, str | None]]:
    """Each pinned package with its version and the condition on it, in the whole lock or in the part the program runs on."""
    found = (PIN.match(lines) for lines in script()["pinned"](part).values())
    return {canonicalize_name(pin[1]): (pin[2], pin[3]) for pin in found if pin}


def declared(part: str) -> list[str]:
    project = pyproject()["project"]
    runtime: list[str] = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    dev: list[str] = pyproject()["dependency-groups"]["dev"]
    return runtime if part == "run" else [*runtime, *dev]


@cache
def needs(name: str) -> list[Requirement]:
    """What an installed package asks for, under any condition."""
    try:
        return [Requirement(text) for text in requires(name) or []]
    except PackageNotFoundError:
        pytest.fail(f"{name} is not installed here, so that what it asks for itself is unknown")


def asked_for(texts: list[str], target: dict[str, str]) -> Iterator[Requirement]:
    """Everything that these requirements bring with them on a machine, as far as installed packages declare it."""
    waiting = [(Requirement(text), frozenset({""})) for text in texts]
    seen = set()
    while waiting:
        requirement, extras = waiting.pop()
        marker = requirement.marker
        if marker and not any(marker.evaluate({**target, "extra": extra}) for extra in extras):
            continue
        yield requirement
        if (key := (requirement.name, frozenset(requirement.extras))) in seen:
            continue
        seen.add(key)
        waiting += [(need, frozenset({"", *requirement.extras})) for need in needs(requirement.name)]


@pytest.mark.parametrize("part", ["run", "all"])
@pytest.mark.parametrize("target", TARGETS)
def test_the_lock_is_the_whole_closure(target: str, part: str) -> None:
    """With nothing resolved, whatever a package asks for on this machine is pinned there, at a version that suits it."""
    machine, pinned, reached = TARGETS[target], pins(part), set()
    for requirement in asked_for(declared(part), machine):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{requirement} is asked for and not pinned: run `make lock`"
        release, condition = pinned[name]
        assert not condition or Marker(condition).evaluate(machine), f"{name} is pinned only where {condition}"
        assert requirement.specifier.contains(release, prereleases=True), f"{requirement} is pinned at {release}"
        reached.add(name)
    here = {name for name, (_, condition) in pinned.items() if not condition or Marker(condition).evaluate(machine)}
    assert here == reached, "pinned, and asked for by nobody: run `make lock`"


def test_what_is_installed_is_what_is_pinned() -> None:
    """The environment that the tests run in holds the pinned packages at their versions, and no other package."""
    installed = {canonicalize_name(found.metadata["Name"]): found.version for found in distributions()}
    expected = {
        name: release
        for name, (release, condition) in pins("all").items()
        if not condition or Marker(condition).evaluate()
    }
    assert installed == {**expected, PROJECT: version(PROJECT)}


def test_the_resolver_is_pinned_too() -> None:
    """What writes the lock is itself installed by hash."""
    text = (ROOT / "scripts" / "resolver.txt").read_text(encoding="utf-8")
    assert re.search(r"^uv==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)


def test_without_network_the_set_up_says_so_in_one_line(tmp_path: Path) -> None:
    """No retries of pip's are printed: one line says that the network is needed once."""
    nowhere = ("--no-cache-dir", "--retries", "1", "--index-url", "http://127.0.0.1:9/simple", "--dest", str(tmp_path))
    with pytest.raises(SystemExit) as stopped:
        script()["pip"]("download", "--no-deps", *nowhere, "no-such-package-anywhere")
    assert re.fullmatch(r"The set-up needs the network once[^\n]*", str(stopped.value))


def test_a_users_settings_for_pip_keep_the_mirror_and_nothing_that_changes_what_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A mirror, a proxy and certificates are used as set; another target, constraints or a search path for modules are not."""
    for name in (
        "PIP_INDEX_URL",
        "PIP_PROXY",
        "PIP_CERT",
        "PIP_TARGET",
        "PIP_REQUIREMENT",
        "PIP_NO_BINARY",
        "PYTHONPATH",
    ):
        monkeypatch.setenv(name, "set")
    left = script()["surroundings"]()
    assert {"PIP_INDEX_URL", "PIP_PROXY", "PIP_CERT", "PATH"} <= set(left)
    assert not {"PIP_TARGET", "PIP_REQUIREMENT", "PIP_NO_BINARY", "PYTHONPATH"} & set(left)
