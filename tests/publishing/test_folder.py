"""An edition's folder: whole, or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.model import Page
from generator.publishing import folder as module
from generator.publishing.exchange import exchange
from generator.publishing.folder import EARLIER, STAGED, mend, write_folder


def test_pages_are_put_in_place_together(tmp_path: Path) -> None:
    """Every page stands in `<date>/<edition>/`, and nothing temporary is left beside it."""
    folder = write_folder(tmp_path, "2024-07-11", "session", [Page("a.md", b"A"), Page("charts/b.svg", b"B")])
    assert folder == tmp_path / "2024-07-11" / "session"
    assert (folder / "charts" / "b.svg").read_bytes() == b"B"
    assert [path.name for path in folder.parent.iterdir()] == ["session"]


def test_a_later_edition_takes_the_place_of_an_earlier_one_whole(tmp_path: Path) -> None:
    """A file of the earlier edition that the later one does not have is gone."""
    write_folder(tmp_path, "d", "session", [Page("old.md", b"1"), Page("a.md", b"1")])
    folder = write_folder(tmp_path, "d", "session", [Page("a.md", b"2")])
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a.md", b"2")]


def test_a_full_disk_leaves_the_earlier_edition_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half-way, the edition that stood there stands as before, with one clear error."""
    folder = write_folder(tmp_path, "d", "session", [Page("a.md", b"1")])

    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_folder(tmp_path, "d", "session", [Page("a.md", b"2")])
    assert (folder / "a.md").read_bytes() == b"1"
    assert [path.name for path in folder.parent.iterdir()] == ["session"]


def test_a_failed_swap_brings_the_earlier_edition_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no single step, and the new folder cannot be moved into place, the old one is moved back."""
    folder = write_folder(tmp_path, "d", "session", [Page("a.md", b"1")])
    real, calls = Path.replace, []

    def second_fails(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == 2:
            raise OSError(errno.EACCES, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(module, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "replace", second_fails)
    with pytest.raises(OutputError):
        write_folder(tmp_path, "d", "session", [Page("a.md", b"2")])
    assert [(path.name, path.read_bytes()) for path in folder.parent.rglob("*.md")] == [("a.md", b"1")]
    assert [path.name for path in folder.parent.iterdir()] == ["session"]


# --- runs that were killed ----------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from generator.model import Page
from generator.publishing import folder

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

moment, output = sys.argv[1], Path(sys.argv[2])
if moment == "while pages are written":
    Path.write_bytes = die
elif moment == "before the swap":
    folder.exchange = die
elif moment == "between two renames":
    folder.exchange = lambda one, other: False
    real, calls = Path.replace, []
    def second(self, target):
        calls.append(self)
        return die() if len(calls) == 2 else real(self, target)
    Path.replace = second
elif moment == "after the swap":
    folder.shutil.rmtree = die
folder.write_folder(output, "d", "session", [Page("a.md", b"2"), Page("b.md", b"2")])
"""


@pytest.mark.parametrize(
    ("moment", "stands"),
    [
        ("while pages are written", ["a.md", "old.md"]),
        ("before the swap", ["a.md", "old.md"]),
        ("between two renames", ["a.md", "old.md"]),
        ("after the swap", ["a.md", "b.md"]),
    ],
)
def test_a_kill_leaves_a_whole_edition_once_mended(
    tmp_path: Path, project_root: Path, moment: str, stands: list[str]
) -> None:
    """Wherever a run is killed, the next one finds a whole edition, the earlier or the later, and nothing beside it."""
    folder = write_folder(tmp_path, "d", "session", [Page("old.md", b"1"), Page("a.md", b"1")])
    command = [sys.executable, "-c", KILLED, moment, str(tmp_path)]
    run = subprocess.run(command, cwd=project_root, capture_output=True, timeout=30, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert [path.name for path in folder.parent.iterdir()] != ["session"], "the kill left nothing to mend"
    mend(tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == stands
    assert [path.name for path in folder.parent.iterdir()] == ["session"]


def test_what_a_killed_run_left_of_another_session_is_mended_too(tmp_path: Path) -> None:
    """The next evening's run puts right what the evening before left."""
    (tmp_path / "d1" / f"{STAGED}session-x").mkdir(parents=True)
    (tmp_path / "d1" / f"{EARLIER}session").mkdir()
    write_folder(tmp_path, "d2", "session", [Page("a.md", b"1")])
    assert [path.name for path in (tmp_path / "d1").iterdir()] == ["session"]


def test_a_strangers_hidden_file_is_left_alone(tmp_path: Path) -> None:
    """Only names that this program gives are mended."""
    for name in (".staged-notes", ".earlier-notes", ".staged"):
        (tmp_path / "d1" / name).mkdir(parents=True)
    write_folder(tmp_path, "d2", "session", [Page("a.md", b"1")])
    assert sorted(path.name for path in (tmp_path / "d1").iterdir()) == [".earlier-notes", ".staged", ".staged-notes"]


def test_a_link_in_the_editions_place_makes_way(tmp_path: Path) -> None:
    """The edition takes the link's place; what the link leads to is left as it is, and nothing stays behind."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "session").symlink_to(elsewhere)
    folder = write_folder(tmp_path, "d", "session", [Page("a.md", b"1")])
    assert not folder.is_symlink()
    assert [path.name for path in folder.parent.iterdir()] == ["session"]
    assert [path.name for path in elsewhere.iterdir()] == ["mine.txt"]


def test_an_edition_may_not_be_hidden(tmp_path: Path) -> None:
    """A name that begins with a dot could be taken for a folder in the making."""
    with pytest.raises(OutputError, match="may not begin with a dot"):
        write_folder(tmp_path, "d", f"{STAGED}x", [Page("a.md", b"1")])


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_the_folder_is_as_open_as_its_files(tmp_path: Path, mask: int) -> None:
    """The operator's umask holds for the folder too."""
    earlier = os.umask(mask)
    try:
        folder = write_folder(tmp_path, "d", "session", [Page("charts/a.svg", b"1")])
    finally:
        os.umask(earlier)
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "charts")} == {0o777 & ~mask}
    assert (folder / "charts" / "a.svg").stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_folder_that_another_run_is_filling_is_left_alone(tmp_path: Path) -> None:
    """Two runs at once take turns: neither takes the other's half-made folder for a killed run's."""
    pages = [Page("a.md", b"1" * 10_000), Page("b.md", b"1" * 10_000)]
    with ThreadPoolExecutor(8) as pool:
        written = [pool.submit(write_folder, tmp_path, "d", f"edition{n % 2}", pages) for n in range(40)]
        assert {run.result().name for run in written} == {"edition0", "edition1"}
    assert sorted(path.name for path in (tmp_path / "d").iterdir()) == ["edition0", "edition1"]


@pytest.mark.skipif(sys.platform != "linux", reason="which file systems swap in one step is Linux's promise here")
def test_two_folders_swap_in_one_step(tmp_path: Path) -> None:
    """On Linux the later edition takes the earlier one's place without a moment between."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists()
    assert not exchange(tmp_path / "one", tmp_path / "nowhere")


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    """A file where the output folder should be is named."""
    (tmp_path / "output").write_text("in the way")
    with pytest.raises(OutputError, match="could not be written"):
        write_folder(tmp_path / "output", "d", "session", [Page("a.md", b"1")])
