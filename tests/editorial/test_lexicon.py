"""The lists of words an editor keeps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.editorial.lexicon import read_lexicon
from generator.errors import ContentError
from generator.project import bundled_root


def with_claims(tmp_path: Path, text: str) -> Path:
    """A folder of content that has the bundled lexicon, and these claims."""
    shutil.copy(bundled_root() / "content" / "lexicon.yaml", tmp_path)
    (tmp_path / "claims.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_opposites_are_pairs_of_claim_words(tmp_path: Path) -> None:
    """Two words that cannot both be true of one figure."""
    text = "claims:\n  rose: [rose]\n  fell: [fell]\nopposites:\n  - [rose, fell]\n"
    assert read_lexicon(with_claims(tmp_path, text)).opposites == (("rose", "fell"),)


def test_a_list_of_words_may_have_no_opposites(tmp_path: Path) -> None:
    """A publication that names none is whole."""
    assert read_lexicon(with_claims(tmp_path, "claims:\n  rose: [rose]\n")).opposites == ()


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        ("[rose, sank]", "a pair of opposites is two of the claim words above"),
        ("[rose]", "'opposites, entry 1' should have at least 2 entries"),
        ("rose", "'opposites, entry 1' should be a list, such as [one, another]; it is 'rose'"),
        ("[rose, fell, led]", "'opposites, entry 1' should have at most 2 entries"),
        ("{rose: fell}", "'opposites, entry 1' should be a list, such as [one, another]; it is a list of settings"),
    ],
)
def test_what_is_no_pair_is_named_with_its_line(tmp_path: Path, pair: str, says: str) -> None:
    """A word that is not listed as a claim, or a pair of one or three."""
    text = f"claims:\n  rose: [rose]\n  fell: [fell]\nopposites:\n  - {pair}\n"
    with pytest.raises(ContentError) as caught:
        read_lexicon(with_claims(tmp_path, text))
    assert str(caught.value).startswith(f"content/claims.yaml:5: {says}")


def test_the_bundled_list_has_opposites(tmp_path: Path) -> None:
    """Rose and fell are there, at the least."""
    assert ("rose", "fell") in read_lexicon(bundled_root() / "content").opposites
