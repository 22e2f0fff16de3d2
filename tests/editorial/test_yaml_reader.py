"""YAML texts into values with lines; however wrong, a fault and never a crash."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.editorial.document import Document
from generator.editorial.yaml_reader import DEEPEST, parse
from generator.errors import ContentError
from generator.project import bundled_root


def read(text: str) -> Document:
    return parse(text, "content/x.yaml")


def faults(text: str) -> list[str]:
    """The faults of a text, whether it can be read or not."""
    try:
        return [str(fault) for fault in read(text).faults]
    except ContentError as error:
        return [str(fault) for fault in error.faults]


def test_every_value_has_its_line() -> None:
    """A place is the line of the key; what is missing has the line of what should hold it."""
    document = read("a:\n  - {b: 1}\n  - c: 2\n    d: 2024-07-11\n")
    assert document.values == {"a": [{"b": 1}, {"c": 2, "d": date(2024, 7, 11)}]}
    assert [document.line(*path) for path in [("a",), ("a", 0, "b"), ("a", 1, "d"), ("a", 1, "missing")]] == [
        1,
        2,
        4,
        3,
    ]


def test_settings_taken_in_from_elsewhere_keep_their_lines() -> None:
    """`<<: *name` gives what it names, except what is given anew."""
    document = read("one: &one\n  a: 1\n  b: 2\nother:\n  <<: *one\n  b: 3\n")
    assert document.values["other"] == {"a": 1, "b": 3}
    assert (document.line("other", "a"), document.line("other", "b")) == (2, 6)


@pytest.mark.parametrize(
    "name",
    [
        "publication.yaml",
        "universe.yaml",
        "lexicon.yaml",
        "claims.yaml",
        "sources/fed-funds.yaml",
        "kinds/session.yaml",
    ],
)
def test_the_bundled_files_read_as_any_yaml_reader_has_them(name: str) -> None:
    """The same values as the library's own loader gives."""
    text = (bundled_root() / "content" / name).read_text(encoding="utf-8")
    assert parse(text, name).values == yaml.safe_load(text)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{here}: &{here} [{', '.join([f'*{before}'] * 10)}]\n" for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "counting what aliases"),
        ("a: &a [*a]", "stands inside what it is the name of"),
        ("a: &a {b: *a}", "stands inside what it is the name of"),
        ("a: *b", "is the name of nothing above"),
        ("a: " + "[" * 100_000, f"more than {DEEPEST} deep"),
        ("a: " + "{b: " * 100_000, f"more than {DEEPEST} deep"),
        ("- " * 100_000, f"more than {DEEPEST} deep"),
        ("\n".join(" " * n + "a:" for n in range(2_000)), f"more than {DEEPEST} deep"),
        ("? [a]\n: 1", "a key is a word, not a list"),
        ("[a]: 1", "a key is a word, not a list"),
        ("a: 2024-02-30", "'2024-02-30' is not a date that can be read"),
        ("a: 2024-02-03 10:00:00", "give the day alone"),
        ("a: " + "9" * 5_000, "is not a number that can be read"),
        ('a: "\\ue000"', "U+E000 cannot be printed"),
        ('a: "\\ud800"', "x.yaml:1: "),
        ('a: "\\0"', "U+0000 cannot be printed"),
        ('a: "\\u202e"', "U+202E cannot be printed"),
        ("a: {{ b }}", "a key is a word, not a list"),
        ('a: "{{ b }}"', "means something to templates"),
        ("a: 1\na: 2", "x.yaml:2: 'a' is given twice"),
        ("a: !!python/object:os.system x", "is a tag"),
        ("a: !!set {b}", "is a tag"),
        ("a: !!binary x", "is a tag"),
        ("a: 1\n---\nb: 2", "x.yaml:2: a second document begins here"),
        ("a: [1\nb: 2", "is not valid YAML"),
        ("<<: 5", "takes in another list of settings"),
        ("<<: [1]", "takes in another list of settings"),
        ("just words", "should be a list of `key: value` lines"),
        ("- a", "should be a list of `key: value` lines"),
        ("a: \t- x\n\tb: 1", "is not valid YAML"),
    ],
)
def test_a_wrong_text_is_one_clear_fault(text: str, says: str) -> None:
    """Bombs, circles, brackets without end, dates that are none: told with their line, in no time."""
    found = faults(text)
    assert len(found) == 1, found
    assert says in found[0]
    assert found[0].startswith("content/x.yaml:")


def test_faults_of_values_do_not_hide_each_other() -> None:
    """Two bad dates and a key given twice are three faults."""
    assert len(faults("a: 2024-02-30\nb: 2024-13-01\nb: 1\n")) == 3


@given(st.text(alphabet="ab01 :-[]{}&*!?|>'\"#%@,.\n\t<=~", max_size=60))
def test_any_text_at_all_is_read_or_is_a_fault(text: str) -> None:
    """Whatever signs a text is made of."""
    faults(text)
