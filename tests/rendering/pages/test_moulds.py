"""What a template puts around sentences is poured once, where that can be seen to be enough."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.model import Imprint, Piece, Post, Sentence
from generator.rendering.environment import environment, pour
from generator.rendering.pages.digest import X, post_text
from generator.rendering.pages.moulds import moulded

PLAIN = '{{ post.sentences | map(attribute="text") | join(" ") }}{% if post.link %} {{ post.link }}{% endif %} {{ imprint.risk }}'
SLY = [
    "{{ post.sentences | length }}",
    "{% for sentence in post.sentences %}{{ sentence.text | upper }}{% endfor %}",
    '{{ post.sentences | map(attribute="text") | join(" ") | upper }}',
    '{{ post["link"] }}',
    "{{ post.link | length }}",
    '{% if imprint.title == "Title" %}yes{% endif %}',
    "{{ imprint.risk ~ post.link }}",
    "{% set risk = imprint.risk %}{{ risk | upper }}",
    "{% filter upper %}{{ post.link }}{% endfilter %}",
    "{% macro loud(text) %}{{ text | upper }}{% endmacro %}{{ loud(post.link) }}",
    "{% for each in [post] %}{{ each.tags }}{% endfor %}",
    "{{ imprint.notes }}",
]


def imprint(risk: str) -> Imprint:
    return Imprint("Title", "By a desk", "PLACE", "https://example.com/{date}/", "By a program.", risk, "Read on.")


def post(*texts: str, link: str = "") -> Post:
    return Post(tuple(Sentence((Piece(text, text, text),), "f", "f.md:1") for text in texts), ("#one",), link)


class Pourer:
    """Pours a template, and counts how often it was asked to."""

    def __init__(self, folder: Path, text: str) -> None:
        (folder / "x.txt.j2").write_text(text)
        self.env = environment((folder,))
        self.times = 0

    def pour(self, posts: Sequence[Post], imprint: Imprint) -> str:
        self.times += 1
        return pour(self.env, "x.txt.j2", post=posts[0], imprint=imprint, simulated=False)

    def moulded(self, of: Post, imprint: Imprint) -> str:
        return moulded(self.env, "x.txt.j2", (of,), imprint, False, self.pour)


POSTS = [
    (post("One.", "Two."), imprint("Beware.")),
    (post("Three.", "Four."), imprint("Take care.")),
    (post("Three.", "Four.", link="https://example.com/a"), imprint("Take care.")),
    (post("Five."), imprint("")),
    (post("Six."), imprint("")),
]


def test_a_plain_template_is_poured_once_for_every_shape(tmp_path: Path) -> None:
    """Sentences, links and the imprint's words take the places of marks; three shapes are poured three times."""
    pourer = Pourer(tmp_path, PLAIN)
    found = [pourer.moulded(*given) for given in POSTS]
    assert pourer.times == 3
    assert found == [pourer.pour([given], words) for given, words in POSTS]
    assert found[2] == "Three. Four. https://example.com/a Take care."


@pytest.mark.parametrize("text", SLY)
def test_a_template_that_looks_at_its_words_is_poured_each_time(tmp_path: Path, text: str) -> None:
    """Whatever a template counts, compares or changes, the text is that of a true pouring."""
    pourer = Pourer(tmp_path, text)
    found = [pourer.moulded(*given) for given in POSTS]
    assert pourer.times == len(POSTS)
    assert found == [pourer.pour([given], words) for given, words in POSTS]


def test_the_bundled_posts_are_plain(project_root: Path) -> None:
    """Every post of the bundled publication is poured from moulds."""
    env = environment((project_root / "templates",))
    for name in ("x.txt.j2", "linkedin.txt.j2", "facebook.txt.j2"):
        calls = []

        def count(posts: Sequence[Post], words: Imprint, name: str = name, calls: list[int] = calls) -> str:
            calls.append(1)
            return pour(env, name, post=posts[0], imprint=words, simulated=False)

        for given, words in POSTS[:2]:
            moulded(env, name, (given,), words, False, count)
        assert len(calls) == 1


@pytest.mark.parametrize(
    "fault",
    ["{% if %}", "{% include 'nowhere.j2' %}", "{% include none %}", "{{ '\\ud800' }}", "{{ x | shout }}", "{% for"],
)
def test_a_faulty_template_of_a_post_is_told_by_name(tmp_path: Path, fault: str) -> None:
    """The look at how plain it is does not stumble over what pouring it then tells."""
    (tmp_path / "x.txt.j2").write_text(fault, encoding="utf-8")
    with pytest.raises(ContentError, match=r"(x\.txt|nowhere)\.j2"):
        post_text(post("One.", link="https://l"), X, imprint("No advice."), environment([tmp_path]))
