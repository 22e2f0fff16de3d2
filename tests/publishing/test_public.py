"""A folder of pages is brought up to date piece by piece, and whatever stops that, the next run ends it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import OutputError
from generator.publishing import public as module
from generator.publishing.public import MANIFEST, Output, bring_up_to_date, public_folder, write_file

PATHS = st.sampled_from(["index.html", "a/index.html", "a/b/index.html", "feed.xml", "c.css"])
SITES = st.dictionaries(PATHS, st.sampled_from(["1", "2", "3"]), min_size=1)


def build(public: Path, pages: dict[str, str]) -> None:
    outputs = {path: Output(text, lambda text=text: text) for path, text in pages.items()}  # type: ignore[misc]
    with public_folder(public, "site") as made:
        bring_up_to_date(public, "site", made, outputs)


def stands(public: Path) -> dict[str, str]:
    found = {path.relative_to(public).as_posix(): path for path in public.rglob("*") if path.is_file()}
    return {name: path.read_text() for name, path in found.items() if name != MANIFEST}


class Stopped(Exception):
    """Stands for a kill."""


@given(before=SITES, after=SITES, third=SITES, stop=st.integers(0, 8))
def test_a_run_that_is_stopped_anywhere_leaves_pages_old_or_new(
    before: dict[str, str], after: dict[str, str], third: dict[str, str], stop: int
) -> None:
    """Even the next run may want yet other pages, or the first again: what stands then is what it wants, and no more."""
    real, left = module.write_file, [stop]

    def dies(target: Path, content: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Stopped
        real(target, content)  # type: ignore[arg-type]

    with tempfile.TemporaryDirectory() as folder:
        public = Path(folder, "public")
        build(public, before)
        with patch.object(module, "write_file", dies):
            try:
                build(public, after)
            except Stopped:
                for path, text in stands(public).items():
                    assert text in (before.get(path), after.get(path))
        for wanted in (third, before):
            build(public, wanted)
            assert stands(public) == wanted


def test_a_site_may_be_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--public .` names it, and so may the address of a single file."""
    monkeypatch.chdir(tmp_path)
    build(Path(), {"index.html": "1", "a/index.html": "2"})
    assert stands(tmp_path) == {"index.html": "1", "a/index.html": "2"}
    write_file(Path("corrections.yaml"), "3")
    assert Path("corrections.yaml").read_text() == "3"


def test_a_folder_is_left_where_somebody_elses_file_stands(tmp_path: Path) -> None:
    """Ours goes, theirs stays, and an empty folder goes with its last page."""
    build(tmp_path, {"a/index.html": "1", "b/index.html": "1"})
    (tmp_path / "a" / "theirs.txt").write_text("x")
    build(tmp_path, {"index.html": "1"})
    assert stands(tmp_path) == {"index.html": "1", "a/theirs.txt": "x"}
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"format": 9, "files": {}}', "cannot be read"),
        ('{"format": 1, "what": "site", "files": {"../../secret": ""}}', "names a file outside its folder"),
        ('{"format": 1, "what": "site", "files": {"/secret": ""}}', "names a file outside its folder"),
        ('{"format": 1, "what": "folder of posts for hugo", "files": {}}', "and no site"),
    ],
)
def test_a_manifest_that_is_not_ours_stops_the_build(tmp_path: Path, manifest: str, told: str) -> None:
    """In one line, and nothing is removed that it names."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / MANIFEST).write_text(manifest)
    (tmp_path / "secret").write_text("x")
    with pytest.raises(OutputError, match=told):
        build(tmp_path / "public", {"index.html": "1"})
    assert (tmp_path / "secret").exists()
    assert not (tmp_path / "public" / "index.html").exists()
