"""`write --note FILE`: the notes are kept in the publication, told in the article, and taken out if nothing came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import CommentaryError, ContentError, SettingsError
from generator.market.sessions import resolve_session
from generator.model import Settings
from generator.project import copy_bundled
from generator.verbs.note import kept_note
from generator.verbs.write import write_edition

DAY = "2024-07-11"
SAYS = "put the day down to a rumor about a toll bridge"
NOTE = f"""session: {DAY}
notes:
  - id: gazette-{DAY}
    outlet: The Gazette
    title: A rumor moves shares
    url: https://example.com/rumor
    published: {DAY}
    says: {SAYS}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A publication of one's own, without notes."""
    root = copy_bundled(tmp_path / "mine")
    for path in (root / "content" / "sources" / "day").glob("*.yaml"):
        path.unlink()
    return root


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file of notes outside the publication."""
    path = tmp_path / "tonight.yaml"
    path.write_text(NOTE, encoding="utf-8")
    return path


def kept(project: Path) -> Path:
    return project / "content" / "sources" / "day" / f"{DAY}.yaml"


def test_a_note_is_told_with_its_outlet_and_kept(project: Path, note: Path, tmp_path: Path) -> None:
    """The edition is of the note's session; the article quotes it under its outlet and lists the source."""
    settings = Settings(source="sample", project=project, note=note, output=tmp_path / "out", formats=["markdown"])
    written = write_edition(settings)
    article = (written.folder / "article.md").read_text(encoding="utf-8")
    assert written.session.isoformat() == DAY
    assert SAYS in article
    assert "The Gazette" in article
    assert "https://example.com/rumor" in article
    assert kept(project).read_text(encoding="utf-8") == NOTE
    again = write_edition(settings)
    assert again.session == written.session


def test_a_note_is_taken_out_again_where_no_edition_came_of_it(project: Path, note: Path) -> None:
    """A failure leaves the publication as it was, unless the notes had stood there before."""
    settings = Settings(source="sample", project=project, note=note)
    for before in (False, True):
        if before:
            kept(project).write_text(NOTE, encoding="utf-8")
        with pytest.raises(CommentaryError), kept_note(settings):
            raise CommentaryError("nothing came of it")
        assert kept(project).exists() is before


def test_notes_of_the_session_are_not_replaced(project: Path, note: Path) -> None:
    """What an editor wrote there before is theirs to change."""
    kept(project).write_text(NOTE.replace("toll", "draw"), encoding="utf-8")
    settings = Settings(source="sample", project=project, note=note)
    with (
        pytest.raises(ContentError, match=f"content/sources/day/{DAY}.yaml: there are other notes"),
        kept_note(settings),
    ):
        pass
    assert "draw" in kept(project).read_text(encoding="utf-8")


def test_notes_of_another_session_than_the_one_asked_for_are_refused(project: Path, note: Path) -> None:
    """Both days are named."""
    other = resolve_session(None)
    settings = Settings(source="sample", project=project, note=note, session=other)
    with (
        pytest.raises(SettingsError, match=f"are of {DAY}, and the edition asked for is of {other}"),
        kept_note(settings),
    ):
        pass
    assert not kept(project).exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (NOTE.replace("    outlet: The Gazette\n", ""), "outlet"),
        (NOTE.replace(f"published: {DAY}", "published: 2024-07-12"), "after its session"),
        ("session: [", "tonight.yaml"),
    ],
)
def test_a_fault_in_the_notes_is_named_by_file_and_line(project: Path, note: Path, text: str, says: str) -> None:
    """Nothing is kept of a file that cannot be read whole."""
    note.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=says), kept_note(Settings(source="sample", project=project, note=note)):
        pass
    assert not kept(project).exists()


def test_a_missing_file_is_named(project: Path, tmp_path: Path) -> None:
    """One line, no traceback."""
    settings = Settings(source="sample", project=project, note=tmp_path / "none.yaml")
    with pytest.raises(ContentError, match=r"none\.yaml: the file is missing"), kept_note(settings):
        pass
