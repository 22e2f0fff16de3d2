"""What docs/schedule.md tells an operator to copy works as it stands, as far as it can be tried here."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from generator.cli import main
from tests.test_house import ROOT

PAGE = (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")
ELSEWHERE = {"site"}
"""Commands that another page tells of."""


BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def block(kind: str, begins: str = "") -> str:
    """The one block of a kind that begins so."""
    (found,) = (text for name, text in BLOCKS if name == kind and text.startswith(begins))
    return str(found)


def test_every_command_on_the_page_has_its_options() -> None:
    """A command or option that the page shows is one that the program knows."""
    shown = re.findall(r"^\s*(?:- run: )?commentary ([a-z]+)([^\n|;&]*)", PAGE, re.MULTILINE)
    assert {name for name, _ in shown} >= {"write", "deliver"}
    for name, rest in shown:
        if name in ELSEWHERE and name not in main.commands:
            continue
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert {word for word in shlex.split(rest) if word.startswith("--")} <= known


@pytest.mark.parametrize(
    ("write", "site", "deliver", "code", "ran"),
    [
        (0, 0, 0, 0, ["write", "site", "deliver"]),
        (4, 0, 0, 0, ["write", "site", "deliver"]),
        (3, 0, 0, 3, ["write"]),
        (1, 0, 0, 1, ["write"]),
        (0, 1, 0, 1, ["write", "site"]),
        (4, 0, 3, 3, ["write", "site", "deliver"]),
        (0, 0, 1, 1, ["write", "site", "deliver"]),
    ],
)
def test_the_evenings_script_goes_on_where_it_should(
    tmp_path: Path, write: int, site: int, deliver: int, code: int, ran: list[str]
) -> None:
    """What is there already is delivered all the same; what was not written is not; the last exit code is the script's."""
    stand_in = tmp_path / "commentary"
    stand_in.write_text(
        f'#!/bin/sh\necho "$1" >> "{tmp_path}/ran"\ncase "$1" in write) exit {write};; site) exit {site};; *) exit {deliver};; esac\n'
    )
    stand_in.chmod(0o755)
    script = block("sh", "#!/bin/sh").replace("/srv/publication", str(tmp_path))
    done = subprocess.run(["/bin/sh", "-c", script], env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, check=False)
    assert done.returncode == code
    assert (tmp_path / "ran").read_text().split() == ran


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here to ask")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Its own checker finds no fault, with the script and the user of this machine."""
    service = block("ini", "[Unit]\nDescription=Tonight")
    for old, new in (
        ("/srv/publication/evening", "/bin/true"),
        ("User=commentary", "User=daemon"),
        ("ReadWritePaths=/srv/publication", "ReadWritePaths=/tmp"),
    ):
        assert old in service
        service = service.replace(old, new)
    (tmp_path / "commentary.service").write_text(service)
    (tmp_path / "commentary.timer").write_text(block("ini", "[Unit]\nDescription=Every"))
    command = [
        "systemd-analyze",
        "verify",
        "--recursive-errors=no",
        *(str(path) for path in sorted(tmp_path.iterdir())),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) not in done.stderr
    for moment in re.findall(r"^OnCalendar=(.*)$", block("ini", "[Unit]\nDescription=Every"), re.MULTILINE):
        subprocess.run(["systemd-analyze", "calendar", moment], capture_output=True, check=True)


def test_cron_forgives_only_what_waiting_helps(tmp_path: Path) -> None:
    """And its last line forgives nothing."""
    table = block("", "PATH=")
    lines = [
        line.split(maxsplit=5)[5].replace("/srv/publication/evening", str(tmp_path / "evening"))
        for line in table.splitlines()[1:]
    ]
    told = []
    for code in (0, 3, 1):
        (tmp_path / "evening").write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / "evening").chmod(0o755)
        told.append([subprocess.run(["/bin/sh", "-c", line], check=False).returncode for line in lines])
    assert told == [[0, 0], [0, 3], [1, 1]]


def test_the_workflow_can_be_read_and_its_scripts_as_well() -> None:
    """As YAML; each step has one thing to do; every script is one that a shell takes; keys come from secrets alone."""
    workflow = yaml.safe_load(block("yaml", "name: Evening"))
    (job,) = workflow["jobs"].values()
    assert set(job) == {"runs-on", "timeout-minutes", "env", "steps"}
    for step in job["steps"]:
        assert ("run" in step) != ("uses" in step)
        if "run" in step:
            subprocess.run(["/bin/sh", "-n", "-c", step["run"]], check=True)
    for name, value in job["env"].items():
        assert name == "COMMENTARY_STORE" or value == f"${{{{ secrets.{name} }}}}"
    runs = [step.get("run", "") for step in job["steps"]]
    places = [
        next(place for place, run in enumerate(runs) if words in run)
        for words in ("commentary write", "commentary site", "commentary deliver")
    ]
    assert places == sorted(places)
    assert job["steps"][-1]["if"] == "always()"  # the outbox is kept whatever became of the delivery


def test_the_container_is_made_of_instructions_that_there_are() -> None:
    """Docker is not asked; the file's form is."""
    text = block("dockerfile", "FROM").replace("\\\n", "")
    assert [line.split()[0] for line in text.splitlines()] == [
        "FROM",
        "RUN",
        "COPY",
        "RUN",
        "USER",
        "WORKDIR",
        "ENTRYPOINT",
    ]
