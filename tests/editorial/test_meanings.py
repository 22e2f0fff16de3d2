"""What may stand behind which words, as an editor lists it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.lexicon import read_lexicon
from generator.errors import ContentError
from generator.model import Mean, Recency, Runs, Scope, Still
from generator.project import bundled_root

from .test_lexicon import with_claims

TEXT = """\
scopes:
  banks: {words: [banks], of: [financials]}
  profits: {words: [with profits], of: []}
recency:
  since: {words: [since], sessions: 20, figures: [last_time]}
runs: {words: [in a row], figures: ["*_streak"]}
still: {words: [barely moved], limits: {"*_return_1d": 0.4}}
means:
  mag7_return_1d: {best: b, worst: w, large: 4, up: [u], down: [d]}
bands: [but not]
vague: [clearly]
"""


def test_each_section_is_read(tmp_path: Path) -> None:
    """Words, what may stand behind them, and the line of a scope."""
    lexicon = read_lexicon(with_claims(tmp_path, TEXT))
    assert lexicon.scopes[0] == Scope("banks", ("banks",), ("financials",), line="content/claims.yaml:2")
    assert lexicon.scopes[1].empty
    assert lexicon.recency == (Recency("since", ("since",), sessions=20, figures=("last_time",)),)
    assert lexicon.runs == Runs(("in a row",), ("*_streak",))
    assert lexicon.still == Still(("barely moved",), {"*_return_1d": 0.4})
    assert lexicon.means == (Mean("mag7_return_1d", "b", "w", 4.0, ("u",), ("d",)),)
    assert (lexicon.bands, lexicon.vague) == (("but not",), ("clearly",))


def test_a_publication_may_have_none_of_them(tmp_path: Path) -> None:
    """Then no word is held to anything."""
    assert read_lexicon(with_claims(tmp_path, "claims: {}\n")).scopes == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("scopes: [banks]", "1: 'scopes' should be a list of `name: value` lines"),
        ("scopes:\n  banks: {word: [banks]}", "2: 'word' is not a setting of scope 'banks'. Did you mean 'words'?"),
        ("scopes:\n  banks: {of: [financials]}", "2: scope 'banks' needs 'words'."),
        ("scopes:\n  banks: {words: banks}", "2: 'words' should be a list, such as [one, another]"),
        ("scopes:\n  banks: {words: [1]}", "2: 'words, entry 1' should be text"),
        ("recency:\n  since: {words: [since]}", "2: 'since' needs either 'sessions' or 'months'."),
        (
            "recency:\n  since: {words: [since], sessions: soon}",
            "2: 'sessions' should be a whole number; it is 'soon'.",
        ),
        ("recency:\n  since: {words: [since], months: true}", "2: 'months' should be a whole number; it is true"),
        ("runs: [in a row]", "1: 'runs' should be a list of settings"),
        ("runs: {words: in a row}", "1: 'words' should be a list, such as [one, another]"),
        ("means:\n  x: {best: b}", "2: mean 'x' needs 'worst'."),
        ("means:\n  x: {best: b, worst: w, large: 0, up: [u], down: [d]}", "2: 'large' should be more than 0"),
        ("still:\n  limits: {x: 0}", "2: 'x' should be more than 0"),
        ("bands: but not", "1: 'bands' should be a list, such as [one, another]"),
        ("vague: [3]", "1: 'vague, entry 1' should be text"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """One clear message for each mistake."""
    with pytest.raises(ContentError) as caught:
        read_lexicon(with_claims(tmp_path, f"{text}\n"))
    assert f"content/claims.yaml:{message}" in str(caught.value)


def test_the_bundled_words_are_there() -> None:
    """Regional banks are not banks, and the Nasdaq is not technology."""
    scopes = {word: scope for scope in read_lexicon(bundled_root() / "content").scopes for word in scope.words}
    assert scopes["banks"].of[0] == "financials"
    assert "nasdaq" not in scopes["technology"].of
    assert "biotech" not in scopes["small-cap groups"].of
