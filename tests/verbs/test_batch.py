"""An issue for each row of a table: as `write` would print it, whoever prints it, and nothing for a row that cannot be."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from generator.model import Settings
from generator.verbs.batch import Batched, write_batch
from generator.verbs.verify import verify_edition
from generator.verbs.write import write_edition

from ..small_publication import SESSION, write_small

TABLE = (
    "name,title,holdings,kind\nplain,,,\nann,Ann’s Brief,energy sp500,\nbad,,FOOO,\nworse,,,hourly\nzoe,Zoe,small,\n"
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small publication, and a table of five rows, two of which cannot be."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "readers.csv").write_text(TABLE, encoding="utf-8")
    project = write_small(folder / "small")
    return Settings(project=project, session=SESSION, output=folder / "one", formats=["markdown", "html", "x"])


@pytest.fixture(scope="module")
def batched(settings: Settings) -> Batched:
    """What one process made of it."""
    return write_batch(settings, settings.output.parent / "readers.csv", jobs=1)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_each_bad_row_is_told_and_leaves_nothing(batched: Batched) -> None:
    """Three issues, two faults with their lines, and no folder for a row without an issue."""
    assert batched.written == 3
    assert [str(fault).partition(".csv")[2][:2] for fault in batched.refused] == [":4", ":5"]
    assert "'FOOO' is no segment" in batched.refused[0].message
    assert "there is no edition 'hourly'" in batched.refused[1].message
    assert sorted(path.name for path in batched.folder.iterdir()) == ["ann", "plain", "zoe"]


def test_a_row_with_nothing_of_its_own_is_what_write_prints(batched: Batched, settings: Settings) -> None:
    """The same files, byte for byte."""
    alone = write_edition(
        Settings(
            settings.edition,
            SESSION,
            project=settings.project,
            output=settings.output.parent / "w",
            formats=settings.formats,
        )
    )
    assert files(alone.folder) == files(batched.folder / "plain" / SESSION.isoformat() / "session")


def test_an_issue_has_what_is_the_readers_own(batched: Batched) -> None:
    """The title on the page, and the holdings as the rows of the table."""
    ann = batched.folder / "ann" / SESSION.isoformat() / "session"
    assert "Ann’s Brief" in (ann / "article.html").read_text(encoding="utf-8")
    assert list(orjson.loads((ann / "edition.json").read_bytes())["table"])[-1] == "S&P 500"
    assert "Russell 2000" not in orjson.loads((ann / "edition.json").read_bytes())["table"]


def test_two_processes_print_the_same(batched: Batched, settings: Settings) -> None:
    """Every byte of every issue."""
    again = write_batch(
        Settings(
            settings.edition,
            SESSION,
            project=settings.project,
            output=settings.output.parent / "two",
            formats=settings.formats,
        ),
        settings.output.parent / "readers.csv",
        jobs=2,
    )
    assert files(again.folder) == files(batched.folder)
    assert again.refused == batched.refused


def test_an_issue_of_a_batch_is_proved_with_its_table(batched: Batched, settings: Settings) -> None:
    """Printed again from its row, and read by the second reader, every claim holds; without the table it is another."""
    folder = batched.folder / "ann" / SESSION.isoformat() / "session"
    table = settings.output.parent / "readers.csv"
    assert not verify_edition(folder, settings, "sample", table=table).faults
    assert verify_edition(folder, settings, "sample").faults
