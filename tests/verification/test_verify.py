"""The command, on a folder as it stands on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

DAY = "1998-03-02"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of an early session of the simulated market, where the history is short."""
    output = tmp_path_factory.mktemp("output")
    formats = [part for name in ("markdown", "x") for part in ("--format", name)]
    run = CliRunner().invoke(main, ["write", "--source", "sample", "--session", DAY, *formats, "--output", str(output)])
    assert run.exit_code == 0, run.output
    return output / DAY / "session"


def test_a_true_edition_passes(folder: Path) -> None:
    """Nothing on standard output, the number of claims on standard error, exit code 0."""
    run = CliRunner().invoke(main, ["verify", str(folder)])
    assert (run.exit_code, run.stdout) == (0, "")
    assert "0 do not hold, 0 are not covered" in run.stderr


def test_a_changed_post_fails(folder: Path) -> None:
    """One line names the file, what stands there, and what should."""
    post = folder / "x.txt"
    text = post.read_text(encoding="utf-8")
    at = text.index("%") - 1
    post.write_text(text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :], encoding="utf-8")
    try:
        run = CliRunner().invoke(main, ["verify", str(folder)])
    finally:
        post.write_text(text, encoding="utf-8")
    assert run.exit_code == 1
    assert run.stdout.startswith("x.txt: does not hold: '")


def test_a_folder_without_a_ledger_is_an_error_in_one_line(tmp_path: Path) -> None:
    """It says what to name instead."""
    run = CliRunner().invoke(main, ["verify", str(tmp_path)])
    assert run.exit_code == 1
    assert run.stderr.count("\n") == 1
    assert "Name the folder of a finished edition" in run.stderr
    (tmp_path / "edition.json").write_text("{}", encoding="utf-8")
    assert "is no ledger" in CliRunner().invoke(main, ["verify", str(tmp_path)]).stderr
