"""The command, on a folder as it stands on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.verbs.verify import comparable
from tests.small_publication import write_small

DAY = "1998-03-02"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small publication."""
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def folder(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of an early session of the simulated market, where the history is short."""
    output = tmp_path_factory.mktemp("output")
    formats = [part for name in ("markdown", "x") for part in ("--format", name)]
    given = ["--source", "sample", "--session", DAY, *formats, "--project", str(small), "--output", str(output)]
    run = CliRunner().invoke(main, ["write", *given])
    assert run.exit_code == 0, run.output
    return output / DAY / "session"


@pytest.fixture
def verified(folder: Path, small: Path) -> Callable[..., Result]:
    """Runs the command on the folder with some files put in their place, or away where they are None; then mends it."""

    def run(files: dict[str, bytes | None], *options: str) -> Result:
        before = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in files}
        try:
            _put(folder, files)
            return CliRunner().invoke(main, ["verify", str(folder), "--project", str(small), *options])
        finally:
            _put(folder, before)

    return run


def _put(folder: Path, files: dict[str, bytes | None]) -> None:
    for name, content in files.items():
        if content is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_bytes(content)


def test_a_true_edition_passes(verified: Callable[..., Result]) -> None:
    """Nothing on standard output, the number of claims on standard error, exit code 0."""
    run = verified({})
    assert (run.exit_code, run.stdout) == (0, "")
    assert "0 do not hold, 0 are not covered" in run.stderr
    assert "not printed again" not in run.stderr


def test_a_changed_post_fails(folder: Path, verified: Callable[..., Result]) -> None:
    """One line names the file, what stands there, and what should."""
    text = (folder / "x.txt").read_text(encoding="utf-8")
    at = next(place for place, letter in enumerate(text) if letter.isdigit())
    run = verified({"x.txt": f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}".encode()})
    assert run.exit_code == 1
    assert run.stdout.startswith("x.txt: does not hold: '")


def test_the_files_are_those_of_the_manifest(verified: Callable[..., Result]) -> None:
    """A file that is missing, one that is unknown, and one that is no text each are a fault in one line.

    The second reader finds them alone, and that nothing was printed again is said.
    """
    run = verified({"newsletter.txt": b"Buy now.\n", "card.png": None, "x-thread.txt": b"\xff\xfe"}, "--no-reprint")
    assert run.exit_code == 1
    assert "not printed again, as asked" in run.stderr
    assert "newsletter.txt: not covered: '9 bytes': not in the manifest, so it was not read" in run.stdout
    assert "card.png: does not hold: 'missing'" in run.stdout
    assert "x-thread.txt: not covered: 'byte 1': it is not UTF-8 text, so it was not read" in run.stdout


@pytest.mark.parametrize(
    "alter",
    [
        lambda ledger: [],
        lambda ledger: ledger | {"edition": ["session"]},
        lambda ledger: ledger | {"market": ledger["market"] | {"fetched_at": "2020-01-01T20:00:00"}},
        lambda ledger: ledger | {"session": "2024-02-30"},
        lambda ledger: {key: value for key, value in ledger.items() if key != "products"},
    ],
)
def test_a_ledger_of_another_form_is_an_error_in_one_line(
    folder: Path, verified: Callable[..., Result], alter: Callable[[dict[str, object]], object]
) -> None:
    """A list for a record, a moment without its zone, a day that is none, a part that is missing: each is named."""
    ledger = orjson.loads((folder / "edition.json").read_bytes())
    run = verified({"edition.json": orjson.dumps(alter(ledger))})
    assert run.exit_code == 1
    assert run.stderr.count("\n") == 1
    assert "edition.json: is not a ledger: " in run.stderr


def test_content_that_has_changed_since_makes_no_page_false(folder: Path) -> None:
    """What is printed again from other words is not held against the pages; that it was not is said, with the reason."""
    ledger = orjson.loads((folder / "edition.json").read_bytes())
    files = {"edition.json": (folder / "edition.json").read_bytes(), "x.txt": (folder / "x.txt").read_bytes()}
    again = {**files, "x.txt": b"Other words.\n"}
    same, nothing = comparable(again, ledger["made_with"], files, ledger)
    assert (same, nothing) == (again, [])
    none, why = comparable(again, ledger["made_with"] | {"content": "another"}, files, ledger)
    assert none is None
    assert why == ["not printed again: content/ has changed since; the second reader alone has read it"]


def test_a_folder_without_a_ledger_is_an_error_in_one_line(tmp_path: Path) -> None:
    """It says what to name instead."""
    run = CliRunner().invoke(main, ["verify", str(tmp_path)])
    assert run.exit_code == 1
    assert run.stderr.count("\n") == 1
    assert "Name the folder of a finished edition" in run.stderr
    (tmp_path / "edition.json").write_text("{}", encoding="utf-8")
    assert "is not a ledger" in CliRunner().invoke(main, ["verify", str(tmp_path)]).stderr
