"""What the README tells a newcomer to type works as it stands."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator import Settings
from generator.cli import main
from generator.editorial.channels import gather_channels
from generator.products import products
from generator.project import bundled_root, copy_bundled
from generator.verbs.check import check_publication
from tests.test_house import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```.*\n((?:.*\n)*?)```$", README, re.MULTILINE)
CODE = [*FENCED, *re.findall(r"`([^`\n]+)`", README)]


@pytest.mark.parametrize(
    "command", sorted({use for code in CODE for use in re.findall(r"commentary ([a-z]+[^;|&\n]*)", code)})
)
def test_every_command_that_is_shown_has_the_options_that_are_shown(command: str) -> None:
    """A command or option that the README shows is one that the program knows."""
    words = command.partition("#")[0].split()
    assert words[0] in main.commands
    known = {option for parameter in main.commands[words[0]].params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_target_that_is_shown_is_one_of_makes() -> None:
    """`make NAME` is shown for targets that the Makefile has."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shown = {name for code in CODE for name in re.findall(r"^make ([a-z-]+)", code, re.MULTILINE)}
    assert {"demo", "test", "install"} <= shown <= set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def test_the_fragment_that_is_shown_is_without_fault(tmp_path: Path) -> None:
    """Copied as it stands into a publication, the README's situation is one that `check` passes."""
    (fragment,) = (code for code in FENCED if code.startswith("---\nwhen:"))
    copy_bundled(tmp_path / "mine")
    content = tmp_path / "mine" / "content"
    breadth = content / "session" / "breadth"
    # A minute's checking, and `make content` checks them all: only the passages that it stands among are kept whole.
    for kind in content.glob("kinds/*.yaml"):
        if kind.stem != "session":
            kind.unlink()
            shutil.rmtree(content / kind.stem)
    for folder in content.glob("session/*/"):
        for path in sorted(folder.glob("*.md"))[1:] if folder != breadth else ():
            path.unlink()
    (breadth / "as-shown.md").write_text(fragment, encoding="utf-8")
    faults = check_publication(Settings(project=tmp_path / "mine"), prices=False)
    assert [fault for fault in faults if "as-shown.md" in str(fault)] == []


@pytest.mark.parametrize(
    ("exit_code", "tries", "last"),
    [(0, 0, 0), (3, 0, 3), (1, 1, 1)],
    ids=["an edition is written", "not yet: try again, and at last say so", "an error is told at once"],
)
def test_the_crontab_tries_again_and_at_last_tells(tmp_path: Path, exit_code: int, tries: int, last: int) -> None:
    """The evening's lines find the command on the PATH they set, forgive 'try later' and nothing else, the last not even that."""
    (tmp_path / "commentary").write_text(f"#!/bin/sh\nexit {exit_code}\n")
    (tmp_path / "commentary").chmod(0o755)
    assert [evening(line, tmp_path) for line in crontab()] == [tries, last]


def test_the_crontab_stops_once_there_is_an_edition(tmp_path: Path) -> None:
    """With the day's edition in place no line runs the command again."""
    (tmp_path / "commentary").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "commentary").chmod(0o755)
    today = subprocess.run(["date", "+%F"], capture_output=True, text=True, check=True).stdout.strip()
    (tmp_path / "output" / today / "session").mkdir(parents=True)
    assert [evening(line, tmp_path) for line in crontab()] == [0, 0]


def crontab() -> list[str]:
    """The commands of the README's crontab, as cron hands them to the shell."""
    (table,) = (code for code in FENCED if code.startswith("PATH="))
    assert table.splitlines()[0].startswith("PATH=/opt/market/bin:")
    return [line.split(maxsplit=5)[5].replace(r"\%", "%") for line in table.splitlines()[1:]]


def evening(line: str, folder: Path) -> int:
    """The exit code of one line of the crontab, run in a folder whose `commentary` stands in for the real one."""
    here = line.replace("/srv/publication", str(folder))
    path = {"PATH": f"{folder}:/usr/bin:/bin"}
    return subprocess.run(["/bin/sh", "-c", here], env=path, check=False).returncode


def test_every_file_of_an_edition_is_told_of() -> None:
    """The README's table of files names each that an edition has."""
    channels, faults = gather_channels(bundled_root() / "content")
    assert channels
    assert faults == []
    files = [name for product in products(channels) for name in product.files]
    told = re.findall(r"`([^`]+)`", "".join(re.findall(r"^\| (`[^|]*)\|", README, re.MULTILINE)))
    assert {*files, "issue.json", "edition.json", "card.png", "card-alt.txt"} <= set(told)
