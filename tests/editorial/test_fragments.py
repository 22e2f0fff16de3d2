"""Fragment files into fragments."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editorial.fragments import read_fragment, with_horizon
from generator.editorial.universe import read_universe
from generator.errors import ContentError
from generator.model import Tone
from generator.project import bundled_root

GOOD = """---
when: small_return_1d > 0
weight: 1.5
topic: day
tone: opportunity
asserts:
  rose: small_return_1d > 0
---
# heading
- A better day

# body
- {{ small }} {{ small_return_1d | moved }}, which is *good*.
  It goes on.
- Another.
"""


def read(tmp_path: Path, text: str):
    path = tmp_path / "x.md"
    path.write_text(text, encoding="utf-8")
    return read_fragment(path, "content/session/large/x.md")


def test_a_file_is_a_situation(tmp_path: Path) -> None:
    """The settings above, the wordings of each part below; the folder names the slot."""
    fragment = read(tmp_path, GOOD)
    assert (fragment.slot, fragment.weight, fragment.tone) == ("large", 1.5, Tone.OPPORTUNITY)
    assert list(fragment.parts) == ["heading", "body"]
    assert len(fragment.parts["body"]) == 2


def test_a_placeholder_is_taken_apart_and_markdown_turned_to_html_once(tmp_path: Path) -> None:
    """Literals stand between placeholders, in plain text, Markdown and HTML."""
    variant = read(tmp_path, GOOD).parts["body"][0]
    assert variant.figures == {"small", "small_return_1d"}
    assert variant.markdown[-1] == ", which is *good*. It goes on."
    assert variant.html[-1] == ", which is <em>good</em>. It goes on."
    assert variant.plain[-1] == ", which is good. It goes on."


def test_a_sentence_knows_its_line(tmp_path: Path) -> None:
    """A wording is named by the line on which its bullet begins."""
    first, second = read(tmp_path, GOOD).parts["body"]
    assert (first.source, second.source) == ("content/session/large/x.md:13", "content/session/large/x.md:15")


def test_markup_in_a_sentence_cannot_become_a_tag(tmp_path: Path) -> None:
    """HTML typed into a sentence is shown as it stands, never run."""
    text = GOOD.replace("- Another.", "- A <script>alert(1)</script> day.")
    assert "<script>" not in "".join(read(tmp_path, text).parts["body"][1].html)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("---\nwhen", "when"), "x.md:1: should begin with a block of settings"),
        (("weight: 1.5", "weight: heavy"), "x.md:3: 'weight' should be a number; it is 'heavy'"),
        (
            ("tone: opportunity", "tone: happy"),
            "x.md:5: 'tone' should be one of opportunity, caution, neutral; it is 'happy'",
        ),
        (("topic: day", "topick: day"), "x.md:4: 'topick' is not a setting of a fragment. Did you mean 'topic'?"),
        (("topic: day", "topic: [day"), "is not valid YAML"),
        (("- Another.", "Another."), "x.md:15: a sentence begins with `- `"),
        (("# heading\n- A better day\n", "# heading\n"), "part 'heading' has no sentence"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """Each fault in a file says the file, the line, and what is wrong."""
    with pytest.raises(ContentError) as caught:
        read(tmp_path, GOOD.replace(*change))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("placeholder", "says"),
    [
        ("{{ small", "cannot be read"),
        ("{% if x %}a{% endif %}", "only {{ … }}"),
        ("{{ small + 1 }}", "a name, or a list of names"),
    ],
)
def test_only_names_and_filters_may_stand_in_a_placeholder(tmp_path: Path, placeholder: str, says: str) -> None:
    """Logic belongs under `when`; a placeholder holds names and filters."""
    fragment = read(tmp_path, GOOD.replace("Another.", placeholder))
    with pytest.raises(ContentError, match=r"x\.md:15") as caught:
        _ = fragment.parts["body"]
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("when: small_return > 0", "when: small_return_mtd > 0"),
        ("when: small_minus_sp500 < 0 and sectors_up >= 6", "when: small_minus_sp500_mtd < 0 and sectors_up_mtd >= 6"),
        (
            "- Up {{ small_return | size }} after {{ small_return_1d }}.",
            "- Up {{ small_return_mtd | size }} after {{ small_return_1d }}.",
        ),
        ("when: small_minus_sp500_since_wider > 5", "when: small_minus_sp500_since_wider > 5"),
        ("- A return, smallest_return and my_small_return.", "- A return, smallest_return and my_small_return."),
    ],
)
def test_a_figure_without_a_span_takes_the_kinds(written: str, read: str) -> None:
    """One situation serves the daily and the monthly article; what names its span keeps it."""
    spell = with_horizon(read_universe(bundled_root() / "content"), "mtd")
    assert spell(written) == read
