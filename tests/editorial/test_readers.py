"""The table of readers: what a row gives, and the one thing that is told of a row that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.publication import read_publication
from generator.editorial.readers import for_reader, read_readers
from generator.errors import ContentError, DataError
from generator.model import Publication

from ..small_publication import write_small


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return read_publication(write_small(tmp_path_factory.mktemp("small")), ())


def table(folder: Path, *lines: str) -> Path:
    path = folder / "readers.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_row_gives_what_is_the_readers_own(tmp_path: Path, publication: Publication) -> None:
    """Title, byline, address and holdings are theirs; what is empty stays the publication's."""
    readers, faults = read_readers(
        table(
            tmp_path, "name,title,holdings,url", "ann,Ann’s Brief,xle small ^GSPC IWM,https://a.org/{date}/", "bob,,,"
        )
    )
    assert not faults
    ann, bob = (for_reader(publication, reader) for reader in readers)
    assert (ann.imprint.title, ann.imprint.url) == ("Ann’s Brief", "https://a.org/{date}/")
    assert ann.imprint.byline == publication.imprint.byline
    assert ann.outlines[readers[0].kind].table_rows == ("energy", "small", "sp500")
    assert bob == publication


def test_a_universe_of_their_own_lies_beside_the_table(tmp_path: Path) -> None:
    """A relative folder is looked for from where the table stands."""
    readers, _ = read_readers(table(tmp_path, "name,project", "ann,theirs"))
    assert readers[0].project == str(tmp_path / "theirs")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",,", "the name '' cannot be a folder's"),
        ("../up,,", "the name '../up' cannot be a folder's"),
        (".git,,", "the name '.git' cannot be a folder's"),
        ("ann,,,", "has 4 cells where the first line names 3 columns"),
        ("ann,{{ x }},", "title: '{{' means something"),
        (f"ann,{'x' * 200},", "the title is too long"),
        ("ann,,javascript:alert(1)", "url: the address 'javascript:alert(1)'"),
        ("Known,,", "'Known' has a 'session' already, on readers.csv:2"),
    ],
)
def test_each_bad_row_is_told_once_and_the_others_are_read(tmp_path: Path, row: str, told: str) -> None:
    """The fault names the line, and the rows around it are there."""
    path = (
        table(tmp_path, "name,title,url", "known,,", row, "other,,")
        if row != ",,"
        else table(tmp_path, "name,title,url", "known,,", "  ,a title,", "other,,")
    )
    readers, faults = read_readers(path)
    assert [reader.name for reader in readers] == ["known", "other"]
    (fault,) = faults
    assert fault.where == "readers.csv:3"
    assert told in fault.message


@pytest.mark.parametrize(
    ("line", "told"),
    [("", "the first line names the columns"), ("title", "the first line"), ("name,titel", "Did you mean 'title'?"),
     ("name,name", "stands there twice")],
)  # fmt: skip
def test_a_table_that_is_none_is_refused(tmp_path: Path, line: str, told: str) -> None:
    """Without knowing its columns no row can be read."""
    with pytest.raises(DataError, match=r"readers\.csv:1: ") as refused:
        read_readers(table(tmp_path, line, "ann,"))
    assert told in str(refused.value)
    with pytest.raises(DataError, match="cannot be read"):
        read_readers(tmp_path / "none.csv")


def test_what_the_publication_does_not_have_is_told(tmp_path: Path, publication: Publication) -> None:
    """A holding that is not in the universe, with the nearest that is, and a kind that is none."""
    readers, _ = read_readers(table(tmp_path, "name,holdings,kind", "ann,smal,", "bob,,hourly"))
    for reader, told in zip(readers, ("Did you mean 'small'", "there is no kind 'hourly'"), strict=True):
        with pytest.raises(ContentError, match=told):
            for_reader(publication, reader)
