"""Who speaks: the angle, the sections, the two sides."""

from __future__ import annotations

from generator.narrative.composing.composition import compose
from generator.narrative.planning import plan

from .conftest import Room

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


def test_who_was_passed_over_is_told_why(newsroom: Room) -> None:
    """Each fragment has an outcome: spoke, or the reason it did not."""
    texts = {"angle/a": angle("A"), "large/no": "---\nwhen: small_return_1d < 0\ntopic: n\n---\n- No.\n", **SIDES}
    made = newsroom(texts, small_return_1d=[1.0])
    outcomes = {item.fragment: item.outcome for item in made.at(0).weigh(plan(made.at(0)).outcomes, every=True)}
    assert outcomes["session/angle/a"] == "spoke"
    assert outcomes["session/large/no"] == "its rule does not hold"
