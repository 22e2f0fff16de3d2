"""Fragment files into fragments."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.editorial.fragments import gather_fragments, read_fragment, read_fragments, with_horizon
from generator.editorial.universe import read_universe
from generator.errors import ContentError
from generator.model import Fragment, Tone
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


CASES = """---
case: up
when: small_return_1d > 0
---
- It rose.

# post
- Up.

---
case: down
when: small_return_1d <= 0
topic: falls
order: [large, for]
asserts: {fell: small_return_1d < 0}
---
- It fell.
  And more.
- It fell [if small_return_1d < -3] by much.
"""


def cases(tmp_path: Path, text: str) -> tuple[list[Fragment], list[str]]:
    path = tmp_path / "swing.md"
    path.write_text(text, encoding="utf-8")
    found, faults = gather_fragments(path, "content/session/large/swing.md")
    return found, [str(fault) for fault in faults]


def test_a_file_may_hold_several_cases(tmp_path: Path) -> None:
    """Each with settings and wordings of its own, and a key that ends in its name; the file's name is their topic."""
    (up, down), faults = cases(tmp_path, CASES)
    assert faults == []
    assert (up.key, down.key) == ("session/large/swing/up", "session/large/swing/down")
    assert (up.slot, up.path) == (down.slot, down.path) == ("large", "content/session/large/swing.md")
    assert (up.topic, down.topic) == ("swing", "falls")
    assert (list(up.parts), list(down.parts)) == (["body", "post"], ["body"])
    assert (up.order, down.order) == ((), ("large", "for"))


def test_a_case_knows_its_lines(tmp_path: Path) -> None:
    """Rules, assertions and wordings are told by the lines of the file, not of the case."""
    (up, down), _ = cases(tmp_path, CASES)
    assert (up.when_line, down.when_line, down.assert_lines) == (3, 12, {"fell": 15})
    assert [variant.line for variant in (*up.parts["body"], *up.parts["post"], *down.parts["body"])] == [5, 8, 17, 19]
    assert [line.source for line in down.parts["body"][1].lines] == [
        "content/session/large/swing.md:19",
        "content/session/large/swing.md:19.1",
    ]


def test_a_single_case_may_be_named_or_not(tmp_path: Path) -> None:
    """Without a name its key is the file's; its topic is then what the settings say, if anything."""
    (named,), _ = cases(tmp_path, CASES.partition("\n---\ncase: down")[0])
    (plain,), _ = cases(tmp_path, "---\nwhen: small_return_1d > 0\n---\n- It rose.\n")
    assert (named.key, named.topic) == ("session/large/swing/up", "")
    assert (plain.key, plain.topic) == ("session/large/swing", "")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("case: down\n", "", "swing.md:11: a file of several cases names each one: `case: broad`."),
        ("case: down", "case: up", "swing.md:11: two cases of one file have the same name under `case`."),
        ("case: down", "case: Down!", "swing.md:11: 'case' is a word or two in small letters"),
        ("case: down\n", "case: down\nwen: x\n", "swing.md:12: 'wen' is not a setting of a fragment."),
        ("case: down", "case: [down", "is not valid YAML"),
        ("order: [large, for]", "order: []", "swing.md:14: 'order' should have at least 1 entr"),
        (
            "asserts: {fell: small_return_1d < 0}\n---",
            "asserts: {fell: small_return_1d < 0}",
            "swing.md:10: should begin",
        ),
        ("# post\n- Up.\n", "# post\n", "swing.md:5: part 'post' has no sentence."),
    ],
)
def test_a_fault_in_a_case_is_told_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    """And it hides no other case of the file."""
    assert old in CASES
    found, faults = cases(tmp_path, CASES.replace(old, new))
    assert any(says in fault for fault in faults), faults
    assert all(fault.startswith("content/session/large/swing.md:") for fault in faults)
    assert says.endswith("should begin") or "session/large/swing/up" in {one.key for one in found}


def test_cases_take_the_place_of_their_kind(tmp_path: Path) -> None:
    """A kind that borrows a folder tells its cases under the folder's own name."""
    path = tmp_path / "month" / "large" / "swing.md"
    path.parent.mkdir(parents=True)
    path.write_text(CASES, encoding="utf-8")
    found, _ = read_fragments(tmp_path, "session", ["month/large"])
    assert [(one.key, one.slot) for one in found] == [
        ("month/large/swing/up", "month/large"),
        ("month/large/swing/down", "month/large"),
    ]


NAMES = st.sampled_from(["up", "down", "half-day", "x2"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=1, max_size=5))
def test_every_case_is_read_or_told(tmp_path: Path, names: list[str]) -> None:
    """Of cases with one name the first is read, and each other is a fault where its settings begin."""
    written = [f"---\ncase: {name}\n---\n- Words of case {number}.\n" for number, name in enumerate(names)]
    found, faults = cases(tmp_path, "".join(written))
    assert [one.key.rpartition("/")[2] for one in found] == list(dict.fromkeys(names))
    assert [one.parts["body"][0].plain[0] for one in found] == [
        f"Words of case {names.index(name)}." for name in dict.fromkeys(names)
    ]
    again = [number for number, name in enumerate(names) if name in names[:number]]
    places = [f"content/session/large/swing.md:{4 * number + 2}" for number in again]
    assert [fault.partition(": ")[0] for fault in faults] == places
