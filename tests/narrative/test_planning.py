"""Who speaks: the angle, the sections, the two sides."""

from __future__ import annotations

import pytest

from generator.model import Role
from generator.narrative.composing.composition import compose
from generator.narrative.planning import Plan, plan

from .conftest import Room
from .planted import said_of_words

ANGLE = "# headline\n- {h}\n# standfirst\n- A standfirst.\n# lead\n- It {{{{ small_return_1d | moved }}}}.\n# bottom line\n- So.\n# post\n- P.\n"
SIDES = {
    "for/a": "---\ntone: opportunity\ntopic: a\n---\n- One two three four five six seven eight nine ten.\n",
    "against/b": "---\ntone: caution\ntopic: b\n---\n- Ten nine eight seven six five four three two one.\n",
}


def angle(headline: str, when: str = "", weight: float = 1.0) -> str:
    return f"---\nwhen: {when}\nweight: {weight}\n---\n" + ANGLE.format(h=headline)


def test_the_rarest_true_situation_sets_the_angle(newsroom: Room) -> None:
    """Of two rules that hold, the one that held on fewer sessions before leads."""
    texts = {
        "angle/common": angle("Common", "small_return_1d > 0"),
        "angle/rare": angle("Rare", "small_return_1d > 4"),
        **SIDES,
    }
    made = newsroom(texts, small_return_1d=[1.0] * 50 + [5.0])
    assert compose(plan(made.at(50)))[0].sentences[0].text == "Rare"


def test_weight_can_outdo_rarity(newsroom: Room) -> None:
    """An editor's weight multiplies the surprise."""
    texts = {
        "angle/common": angle("Common", "small_return_1d > 0.5", 9.0),
        "angle/rare": angle("Rare", "small_return_1d > 4"),
        **SIDES,
    }
    made = newsroom(texts, small_return_1d=[1.0, 0.1] * 25 + [5.0])
    assert compose(plan(made.at(50)))[0].sentences[0].text == "Common"


def test_a_figure_already_said_makes_a_sentence_give_way(newsroom: Room) -> None:
    """The lead has said the day's move; a section's wording that would repeat it is passed over for one that does not."""
    large = "---\ntopic: x\n---\n- Again {{ small_return_1d | moved }}.\n- Nothing.\n- It closed at {{ small_level }}.\n- Nothing else.\n"
    made = newsroom({"angle/a": angle("A"), "large/x": large, **SIDES}, small_return_1d=[1.0], small_level=[2000.0])
    section = next(block for block in compose(plan(made.at(0))) if block.part == "large")
    assert section.paragraphs[0][0].text == "It closed at 2,000.00."


def test_equal_amounts_of_one_segment_count_as_one_figure(newsroom: Room) -> None:
    """On the first session of a month the month's move is the day's: it is not said again under its other name."""
    large = "---\ntopic: x\n---\n- This month it {{ small_return_mtd | moved }}.\n"
    made = newsroom({"angle/a": angle("A"), "large/x": large, **SIDES}, small_return_1d=[1.0], small_return_mtd=[1.0])
    assert "large" not in plan(made.at(0)).parts


def test_a_topic_is_told_once(newsroom: Room) -> None:
    """Two situations of one topic do not both speak."""
    texts = {f"large/{name}": f"---\ntopic: same\n---\n- Words of {name}.\n" for name in ("p", "q")}
    made = newsroom({"angle/a": angle("A"), **texts, **SIDES}, words=(400, 500), small_return_1d=[1.0])
    assert len(plan(made.at(0)).parts["large"]) == 1


def test_the_two_sides_are_chosen_for_like_length(newsroom: Room) -> None:
    """Where one side's best sentence is long, the other side answers with as many words."""
    long = "---\ntone: opportunity\ntopic: c\nweight: 5\nwhen: small_return_1d > 0\n---\n- " + "word " * 30 + "end.\n"
    more = "---\ntone: caution\ntopic: d\n---\n- " + "other " * 18 + "end.\n"
    texts = {"angle/a": angle("A"), "for/long": long, "against/more": more, **SIDES}
    planned = plan(newsroom(texts, small_return_1d=[1.0]).at(0))
    lengths = [
        sum(planned.tonight.length(chosen.variants[0]) for chosen in planned.parts[key]) for key in ("for", "against")
    ]
    assert min(lengths) >= 0.75 * max(lengths)


ANSWER = "Ten nine eight seven six five four [if {rule}] three two one. [else] two one zero."


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("after high", "against/answer"),
        ("told high and small_return_1d > 0", "against/answer"),
        ("after high and small_return_1d < 0", "against/rarer"),  # it would not be said
        ("after low", "against/rarer"),  # what another passage finds
    ],
)
def test_of_two_second_sides_the_one_that_answers_the_first_counts_for_more(
    newsroom: Room, rule: str, key: str
) -> None:
    case = "---\nwhen: small_return_1d > 0\ntone: {tone}\n{more}\n---\n- {words}\n"
    texts = {
        "angle/a": angle("A"),
        "for/near": SIDES["for/a"].replace("topic: a", "finds: [high]"),
        "large/deep": "---\nfinds: [low]\nwhen: small_return_1d > 9\n---\n- It is deep.\n",
        "against/rarer": case.format(
            tone="caution", more="weight: 1.1", words=ANSWER.format(rule="small_return_1d > 0")
        ),
        "against/answer": case.format(tone="caution", more="weight: 1.0", words=ANSWER.format(rule=rule)),
    }
    made = newsroom(texts, small_return_1d=[-1.0] * 20 + [1.0])
    assert [one.fragment.key for one in plan(made.at(20)).parts["against"]][:1] == [f"session/{key}"]


def test_who_was_passed_over_is_told_why(newsroom: Room) -> None:
    """Each fragment has an outcome: spoke, or the reason it did not."""
    texts = {"angle/a": angle("A"), "large/no": "---\nwhen: small_return_1d < 0\ntopic: n\n---\n- No.\n", **SIDES}
    made = newsroom(texts, small_return_1d=[1.0])
    outcomes = {item.fragment: item.outcome for item in made.at(0).weigh(plan(made.at(0)).outcomes, every=True)}
    assert outcomes["session/angle/a"] == "spoke"
    assert outcomes["session/large/no"] == "its rule does not hold"


def sections(planned: Plan) -> list[str]:
    """The keys of the article's sections, as they stand on the page."""
    return [block.part for block in compose(planned) if block.role is Role.SECTION]


def ordered(order: str) -> str:
    return angle("A").replace("weight: 1.0", f"weight: 1.0\norder: {order}")


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("[]", ["large", "for", "against"]),
        ("[against]", ["against", "large", "for"]),
        ("[against, for]", ["against", "for", "large"]),
        ("[for, against, large]", ["for", "against", "large"]),
        ("[takeaways, for]", ["for", "large", "against"]),
    ],
)
def test_a_story_may_put_sections_in_an_order_of_its_own(newsroom: Room, order: str, found: list[str]) -> None:
    """Those that it names come first; the others follow as the kind has them."""
    story = ordered(order) if order != "[]" else angle("A")
    made = newsroom({"angle/a": story, "large/x": "---\ntopic: x\n---\n- Words.\n", **SIDES}, small_return_1d=[1.0])
    assert sections(plan(made.at(0))) == found


def test_an_order_leaves_a_silent_section_out(newsroom: Room) -> None:
    """A section that has nothing to say is not there, wherever the story would have it."""
    made = newsroom({"angle/a": ordered("[large, against]"), **SIDES}, small_return_1d=[1.0])
    assert sections(plan(made.at(0))) == ["against", "for"]


def test_a_section_that_is_put_in_order_and_is_none_is_a_fault(newsroom: Room) -> None:
    """With the name that was probably meant."""
    made = newsroom({"angle/a": ordered("[agianst]"), **SIDES}, small_return_1d=[1.0])
    message = "'agianst', put in order, is no part of this kind of article. Did you mean 'against'?"
    assert f"content/session/angle/a.md:1: {message}" in said_of_words(made)


def test_a_topic_that_is_covered_and_is_none_is_a_fault(newsroom: Room) -> None:
    """With the one that was probably meant."""
    covers = angle("A").replace("weight: 1.0", "covers: [agianst]")
    made = newsroom(
        {"angle/a": covers, "large/x": "---\ntopic: against\n---\n- Words.\n", **SIDES}, small_return_1d=[1.0]
    )
    message = "'agianst', covered, is the topic of no passage of this kind of article. Did you mean 'against'?"
    assert f"content/session/angle/a.md:1: {message}" in said_of_words(made)


def test_an_empty_section_is_filled_before_another_grows(newsroom: Room) -> None:
    """Where there is room for one more passage, the section without any takes it, be the other's ever so rare."""
    rare = "---\nwhen: small_return_1d > 4\nweight: 9\ntopic: {0}\n---\n- Rare words of {0}.\n"
    texts = {f"large/{name}": rare.format(name) for name in ("p", "q")}
    texts["lead/dull"] = "---\ntopic: dull\n---\n- Dull words.\n"
    made = newsroom({"angle/a": angle("A"), **texts, **SIDES}, words=(0, 40), small_return_1d=[1.0] * 50 + [5.0])
    parts = plan(made.at(50)).parts
    assert [chosen.fragment.key for chosen in parts["lead"]] == ["session/lead/dull"]
    assert len(parts["large"]) == 2


def test_what_a_paragraph_says_today_is_counted_with_its_lines(newsroom: Room) -> None:
    """A figure of a line that stands is said, and one of a line that does not is still to be had."""
    large = (
        "---\ntopic: x\n---\n- So. [if small_return_1d > 0] It closed at {{ small_level }}. [else] "
        "Others closed at {{ sp500_level }}.\n"
    )
    made = newsroom(
        {"angle/a": angle("A"), "large/x": large, **SIDES},
        small_return_1d=[1.0, -1.0], small_level=[2000.0] * 2, sp500_level=[5000.0] * 2,
    )  # fmt: skip
    for row, (told, kept) in enumerate((("small_level", "sp500_level"), ("sp500_level", "small_level"))):
        planned = plan(made.at(row))
        assert planned.said & planned.tonight.statements.stated([told])
        assert not planned.said & planned.tonight.statements.stated([kept])
        assert planned.counted["session/large/x", "body"] == planned.tonight.statements.stated([told])


def test_a_passage_gives_way_whose_standing_lines_repeat_a_figure(newsroom: Room) -> None:
    """A line that always stands binds its paragraph as the first one does; one that may be left out does not."""
    standing = "---\ntopic: {0}\n---\n- So. [if small_level > 0] Indeed. [end] It {{{{ small_return_1d | moved }}}}.\n"
    loose = "---\ntopic: {0}\n---\n- So. [if small_level > 0] It {{{{ small_return_1d | moved }}}}.\n"
    texts = {"large/p": standing.format("p"), "large/q": loose.format("q")}
    made = newsroom({"angle/a": angle("A"), **texts, **SIDES}, small_return_1d=[1.0], small_level=[2000.0])
    blocks = {block.part: block for block in compose(plan(made.at(0)))}
    assert [[line.text for line in lines] for lines in blocks["large"].paragraphs] == [["So."]]
