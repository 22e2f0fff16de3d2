"""A plan written down: paragraph by paragraph, each line with its source, no wording twice in a row."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import Role, Sentence, TextBlock
from generator.narrative.composing.composition import compose
from generator.narrative.newsroom import Newsroom
from generator.narrative.planning import plan

from ..conftest import Room

PARTS = ("headline", "standfirst", "lead", "bottom line", "post")
SIDES = {
    "for/a": "---\ntone: opportunity\ntopic: a\n---\n- One of the sides.\n- Some of the sides.\n- All of the sides.\n",
    "against/b": "---\ntone: caution\ntopic: b\n---\n- The other side.\n- A further side.\n- Yet a side.\n",
}


def story(tone: str = "neutral", more: str = "", **words: tuple[str, ...]) -> str:
    """A story with three wordings of each part, unless others are given, and `more` settings."""
    bullets = {part: words.get(part.replace(" ", "_")) or (f"A {part}.", f"B {part}.", f"C {part}.") for part in PARTS}
    text = "".join(f"# {part}\n" + "".join(f"- {one}\n" for one in found) for part, found in bullets.items())
    return f"---\ntone: {tone}\n{more}---\n{text}"


def block(made: Newsroom, role: Role, row: int = 0) -> TextBlock:
    return next(one for one in compose(plan(made.at(row))) if one.role is role)


def texts(found: TextBlock) -> list[list[str]]:
    return [[line.text for line in lines] for lines in found.paragraphs]


def test_a_paragraph_has_its_lines_of_today_each_with_its_source(newsroom: Room) -> None:
    """By that the second reader finds the words again."""
    words = "It closed. [if small_return_1d > 0] By day. [else] By night. [end] So it was."
    made = newsroom(
        {"angle/a": story(), "large/x": f"---\ntopic: x\n---\n- {words}\n", **SIDES}, small_return_1d=[1.0, -1.0]
    )
    for row, (middle, place) in enumerate((("By day.", 1), ("By night.", 2))):
        found = block(made, Role.SECTION, row)
        assert texts(found) == [["It closed.", middle, "So it was."]]
        sources = [line.source.rpartition(":")[2] for line in found.paragraphs[0]]
        assert sources == ["4", f"4.{place}", "4.3"]


def test_a_paragraph_may_begin_with_a_line_that_may_be_left_out(newsroom: Room) -> None:
    """Nothing stands before it, then."""
    words = "[if small_return_1d > 0] By day. [else] By night."
    made = newsroom(
        {"angle/a": story(), "large/x": f"---\ntopic: x\n---\n- {words}\n", **SIDES}, small_return_1d=[1.0, -1.0]
    )
    assert [texts(block(made, Role.SECTION, row)) for row in (0, 1)] == [[["By day."]], [["By night."]]]


def test_a_paragraph_without_any_line_today_is_none(newsroom: Room) -> None:
    """Another wording of it speaks."""
    words = ("[if small_return_1d > 5] By day.", "Never used here.", "By night.")
    text = "---\ntopic: x\n---\n" + "".join(f"- {one}\n" for one in words)
    made = newsroom({"angle/a": story(), "large/x": text, **SIDES}, small_return_1d=[1.0])
    assert texts(block(made, Role.SECTION)) == [["By night."]]


def test_a_passage_that_has_no_line_for_today_is_not_chosen(newsroom: Room) -> None:
    """Where all its words may be left out, others speak, and no heading stands above nothing."""
    empty = "---\ntopic: {0}\nweight: {1}\n---\n- [if small_return_1d > 5] By day.\n"
    made = newsroom({"angle/a": story(), "large/x": empty.format("x", 9), **SIDES}, small_return_1d=[1.0])
    assert [one.part for one in compose(plan(made.at(0))) if one.role is Role.SECTION] == ["for", "against"]
    other = "---\ntopic: y\n---\n- So it was.\n"
    texts_of = {"angle/a": story(), "large/x": empty.format("x", 9), "large/y": other, **SIDES}
    assert texts(block(newsroom(texts_of, small_return_1d=[1.0]), Role.SECTION)) == [["So it was."]]


@pytest.mark.parametrize("part", PARTS)
def test_a_story_without_a_line_for_today_does_not_lead(newsroom: Room, part: str) -> None:
    """Be it the headline or the short form: a story is told whole or not at all."""
    empty = story(**{part.replace(" ", "_"): ("[if small_return_1d > 5] By day.",) * 3})
    stories = {"angle/a": empty.replace("---\n", "---\nweight: 9\n", 1), "angle/b": story()}
    made = newsroom({**stories, **SIDES}, small_return_1d=[1.0])
    assert plan(made.at(0)).angle.fragment.key == "session/angle/b"


@pytest.mark.parametrize(
    ("tone", "line"), [("opportunity", "As it should."), ("caution", "Against it."), ("neutral", "Beside it.")]
)
def test_a_passage_says_how_it_bears_on_the_story(newsroom: Room, tone: str, line: str) -> None:
    """One passage serves a good story, a bad one and any other."""
    words = "It closed. [if supports] As it should. [if against] Against it. [if context] Beside it."
    large = f"---\ntopic: x\ntone: opportunity\n---\n- {words}\n"
    made = newsroom({"angle/a": story(tone), "large/x": large, **SIDES}, small_return_1d=[1.0])
    assert texts(block(made, Role.SECTION)) == [["It closed.", line]]


TAKEN_UP = (
    "[if after a and small_return_1d > 0] Right after it. [elif told a] Some way after it. [else] Out of the blue. "
    "[end] [if untold a] Not before. [end] So it was."
)


@pytest.mark.parametrize(
    ("first", "between", "move", "line"),
    [
        ("finds: [a]", "topic: y", 1.0, "Right after it."),
        ("finds: [a, c]", "topic: y", -1.0, "Some way after it."),
        ("finds: [a]", "finds: [b]", 1.0, "Some way after it."),
        ("finds: [c]", "finds: [b]", 1.0, "Out of the blue."),
        ("topic: x", "topic: y", 1.0, "Out of the blue."),
    ],
)
def test_a_passage_takes_up_what_stands_above_it(
    newsroom: Room, first: str, between: str, move: float, line: str
) -> None:
    """What the story or a passage finds is known to all that stands below it, and `after` it to the next that finds."""
    sides = {
        "for/a": f"---\ntone: opportunity\n{between}\n---\n- One of the sides.\n- Some of the sides.\n- All of the sides.\n",
        "against/b": f"---\ntone: caution\n---\n- {TAKEN_UP}\n",
    }
    large = f"---\n{first}\n---\n- It closed.\n"
    made = newsroom({"angle/a": story(), "large/x": large, **sides}, small_return_1d=[move])
    new = ["Not before."] if line == "Out of the blue." else []
    assert texts(compose(plan(made.at(0)))[-2]) == [[line, *new, "So it was."]]


def test_a_story_is_taken_up_by_what_it_finds(newsroom: Room) -> None:
    """In the sections below its lead."""
    large = "---\n---\n- [if after a] It bears that out. [else] It closed.\n"
    made = newsroom({"angle/a": story(more="finds: [a]\n"), "large/x": large, **SIDES}, small_return_1d=[1.0])
    assert texts(block(made, Role.SECTION)) == [["It bears that out."]]


def test_a_figure_already_said_is_taken_up_without_it(newsroom: Room) -> None:
    """The line in its place stands there alone where the figure was said, and nowhere else."""
    large = "---\n---\n- It closed. [if small_return_1d > 0] It rose {{ small_return_1d | size }}. [again] It rose.\n"
    lead = ("It made {{ small_return_1d | size }}.",) * 3
    for told, line in (((), "It rose 1%."), (lead, "It rose.")):
        made = newsroom({"angle/a": story(lead=told), "large/x": large, **SIDES}, small_return_1d=[1.0])
        assert texts(block(made, Role.SECTION)) == [["It closed.", line]]
    made = newsroom({"angle/a": story(lead=lead), "large/x": large, **SIDES}, small_return_1d=[-1.0])
    assert texts(block(made, Role.SECTION)) == [["It closed."]]


def test_names_take_turns_through_a_paragraph(newsroom: Room) -> None:
    """A line knows what the one before it called the index."""
    words = "{{ small }} closed. [if small_return_1d > 0] Now {{ small }} stands still."
    made = newsroom({"angle/a": story(), "large/x": f"---\ntopic: x\n---\n- {words}\n", **SIDES}, small_return_1d=[1.0])
    assert texts(block(made, Role.SECTION)) == [
        ["The Russell 2000 Index closed.", "Now the Russell 2000 stands still."]
    ]


def test_a_story_is_told_in_paragraphs_as_well(newsroom: Room) -> None:
    """Its lead may have lines of its own."""
    lead = ("It closed. [if small_return_1d > 0] By day.",) * 3
    made = newsroom({"angle/a": story(lead=lead), **SIDES}, small_return_1d=[1.0])
    assert texts(block(made, Role.LEAD)) == [["It closed.", "By day."]]


def test_what_proves_the_story_follows_its_bottom_line(newsroom: Room) -> None:
    """One passage of the part `bottom line`, the most newsworthy, in the paragraph of the story's own words; it has no heading."""
    tests = {f"test/{name}": f"---\nweight: {weight}\n---\n- Watch {name}.\n" for name, weight in (("a", 1), ("b", 9))}
    made = newsroom({"angle/a": story(), **tests, **SIDES}, small_return_1d=[1.0])
    found = block(made, Role.BOTTOM_LINE)
    assert texts(found) == [["A bottom line.", "Watch b."]]
    assert found.heading is None


def test_what_would_repeat_a_figure_of_the_bottom_line_is_passed_over(newsroom: Room) -> None:
    """The next one speaks."""
    angle = story(bottom_line=("It made {{ small_return_1d | size }}.",) * 3)
    tests = {
        "test/a": "---\nweight: 9\n---\n- Watch {{ small_return_1d | size }}.\n",
        "test/b": "---\n---\n- Watch the day.\n",
    }
    made = newsroom({"angle/a": angle, **tests, **SIDES}, small_return_1d=[1.0])
    assert texts(block(made, Role.BOTTOM_LINE))[0][1:] == ["Watch the day."]


LARGE = "---\ntopic: x\nweight: {weight}\n{rule}---\n# body\n- A body.\n# post\n- {post}\n"


def standfirst(newsroom: Room, lead: str = "A lead.", more: str = "", **given: str) -> str:
    """What stands below the headline on a day with one passage, whose rule holds on one day of sixteen."""
    text = LARGE.format(**({"weight": "2", "rule": "when: small_return_1d > 1\n", "post": "A short form."} | given))
    moves = [0.5] * 15 + [1.5]
    made = newsroom({"angle/a": story(lead=(lead,) * 3, more=more), "large/x": text, **SIDES}, small_return_1d=moves)
    return block(made, Role.STANDFIRST, 15).sentences[0].text


def test_the_greatest_news_stands_below_the_headline_in_its_short_form(newsroom: Room) -> None:
    """It adds to the story, which says itself again otherwise."""
    assert standfirst(newsroom) == "A short form."


@pytest.mark.parametrize(
    "given", [{"weight": "0.1"}, {"rule": ""}, {"post": "It made {{ small_return_1d | size }}."}], ids=str
)
def test_the_story_has_its_own_standfirst_where_nothing_adds_to_it(newsroom: Room, given: dict[str, str]) -> None:
    """Neither what is little news nor what says the lead's figure once more takes its place."""
    lead = "It moved {{ small_return_1d | size }}."
    assert standfirst(newsroom, lead, **given).endswith("standfirst.")


def test_a_story_may_keep_its_own_standfirst(newsroom: Room) -> None:
    """`standfirst: own` is for a story whose thesis needs its next sentence."""
    assert standfirst(newsroom, more="standfirst: own\n").endswith("standfirst.")


def with_nut_graf(*wordings: str, more: str = "") -> str:
    return story(more=more) + "# nut graf\n" + "".join(f"- {one}\n" for one in wordings)


def test_a_nut_graf_is_the_paragraph_below_the_lead(newsroom: Room) -> None:
    """It comes before what the lead takes from its folder, which shares its paragraph where it is short."""
    lead = "---\ntopic: x\n---\n- A size.\n"
    made = newsroom({"angle/a": with_nut_graf("The point."), "lead/x": lead, **SIDES}, small_return_1d=[1.0])
    assert texts(block(made, Role.LEAD)) == [["A lead."], ["The point.", "A size."]]


def test_what_the_nut_graf_says_no_passage_says_again(newsroom: Room) -> None:
    """Neither its figures nor the topics that the story covers."""
    given = {
        "angle/a": with_nut_graf("It made {{ small_return_1d | size }}.", more="covers: [x]\n"),
        "large/x": "---\ntopic: x\n---\n- A topic.\n",
        "large/y": "---\ntopic: y\n---\n- It gained {{ small_return_1d | size }}.\n",
        **SIDES,
    }
    made = plan(newsroom(given, small_return_1d=[1.0]).at(0))
    assert "large" not in made.parts
    assert made.outcomes["session/large/x"] == "its topic, x, was already told"


def test_what_a_passage_covers_no_other_tells(newsroom: Room) -> None:
    """A picture of the day in one paragraph, in place of one on each of its subjects."""
    given = {
        "angle/a": story(),
        "large/picture": "---\nweight: 30\ntopic: picture\ncovers: [x, y]\nwhen: small_return_1d > 0\n---\n- A picture.\n",
        "large/x": "---\ntopic: x\n---\n- A topic.\n",
        "large/z": "---\ntopic: z\n---\n- Another topic.\n",
        **SIDES,
    }
    made = plan(newsroom(given, small_return_1d=[-1.0, 1.0]).at(1))
    assert made.outcomes["session/large/picture"] == "spoke"
    assert made.outcomes["session/large/x"] == "its topic, x, was already told"


def test_a_passage_gives_way_to_a_story_that_tells_a_topic_it_covers(newsroom: Room) -> None:
    """It would tell it again."""
    given = {
        "angle/a": with_nut_graf("The point.", more="covers: [x]\n"),
        "large/picture": "---\nweight: 30\ntopic: picture\ncovers: [x]\n---\n- A picture.\n",
        "large/x": "---\ntopic: x\n---\n- A topic.\n",
        **SIDES,
    }
    made = plan(newsroom(given, small_return_1d=[1.0]).at(0))
    assert made.outcomes["session/large/picture"] == "its topic, x, was already told"


def test_a_story_whose_nut_graf_cannot_be_told_gives_way(newsroom: Room) -> None:
    """As one does that has no words for its lead."""
    given = {
        "angle/a": with_nut_graf("Since {{ small_return_1d_highest_since | month }}.", more="weight: 9\n"),
        "angle/b": story(lead=("Another lead.",) * 3),
        **SIDES,
    }
    made = newsroom(given, small_return_1d=[1.0], small_return_1d_highest_since=[float("nan")])
    assert texts(block(made, Role.LEAD)) == [["Another lead."]]


@pytest.mark.parametrize(
    ("first", "second", "paragraphs"), [(14, 14, 1), (40, 14, 1), (14, 40, 1), (40, 40, 2), (14, 60, 2)]
)
def test_a_short_passage_shares_a_paragraph(newsroom: Room, first: int, second: int, paragraphs: int) -> None:
    """One of a sentence or two joins the passage before it, unless that makes the paragraph too long."""
    texts = {
        f"large/{key}": f"---\nwhen: small_return_1d > 0\nweight: 9\ntopic: {key}\n---\n- {key.upper()}{' word' * (words - 1)}.\n"
        for key, words in (("x", first), ("y", second))
    }
    made = newsroom({"angle/a": story(), **texts, **SIDES}, small_return_1d=[-1.0] * 15 + [1.0], words=(900, 900))
    found = next(one for one in compose(plan(made.at(15))) if one.part == "large")
    assert len(found.paragraphs) == paragraphs


def test_a_passage_of_the_lead_is_a_paragraph_below_the_news(newsroom: Room) -> None:
    """It has no heading of its own."""
    made = newsroom({"angle/a": story(), "lead/x": "---\ntopic: x\n---\n- A size.\n", **SIDES}, small_return_1d=[1.0])
    assert texts(block(made, Role.LEAD)) == [["A lead."], ["A size."]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from([-2.0, -1.0, 0.5, 1.0, 2.0]), min_size=2, max_size=8),
    st.integers(3, 6),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_no_wording_speaks_twice_in_a_row(newsroom: Room, moves: list[float], count: int, marked: list[bool]) -> None:
    """Three wordings or more, with lines to follow or without: two successive issues have none in common."""
    bullets = [
        f"- The {number} sort of words. " + (f"[if small_return_1d > {number - 1}] With more.\n" if more else "\n")
        for number, more in zip(range(count), marked, strict=False)
    ]
    made = newsroom(
        {"angle/a": story(), "large/x": "---\ntopic: x\n---\n" + "".join(bullets), **SIDES}, small_return_1d=moves
    )
    issues = [
        {line.source.partition(".md:")[2].partition(".")[0] + line.fragment for _, line in spoken(made, row)}
        for row in range(len(moves))
    ]
    for one, other in itertools.pairwise(issues):
        assert not one & other


def spoken(made: Newsroom, row: int) -> list[tuple[str, Sentence]]:
    """Every line of the issue but the standing headings."""
    return [(found.part, line) for found in compose(plan(made.at(row))) for lines in found.paragraphs for line in lines]


@pytest.mark.parametrize("row", [0, 1])
def test_a_heading_that_the_first_sentence_repeats_gives_way_to_one_whose_turn_it_is_not(
    newsroom: Room, row: int
) -> None:
    """The reader would read the same words twice, one below the other."""
    body = "# body\n- The buying was broad.\n- The buying was broad.\n- The buying was broad.\n"
    text = f"---\ntopic: x\n---\n# heading\n- The buying was broad\n- Nearly every industry rose\n\n{body}"
    made = newsroom({"angle/a": story(), "large/x": text, **SIDES}, small_return_1d=[1.0, 1.0])
    heading = block(made, Role.SECTION, row).heading
    assert heading is not None
    assert heading.text == "Nearly every industry rose"
