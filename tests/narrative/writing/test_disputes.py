"""An issue takes one side of a dispute, and the second reader finds one that took both."""

from __future__ import annotations

from generator.model import Dispute
from generator.narrative.planning import plan
from generator.narrative.writing.disputes import Stand, stands

from ..conftest import Room
from ..planted import SAYS, situation, with_lexicon

CALM = Dispute(("a still market",), ("a restless market",), "it was one or the other")
ANGLE = "---\nwhen:\n---\n" + "\n".join(
    f"# {part}\n- Small caps ended the day at a level, says the {part}.\n"
    for part in ("headline", "standfirst", "lead", "bottom line", "post")
)


def test_what_has_been_said_bars_its_contrary(newsroom: Room) -> None:
    """Of two fragments on two sides the one that comes second gives way; one on the same side does not."""
    texts = {
        "angle/a": ANGLE,
        "large/a": situation("small_rank > 0", "", ("It was a still market for the large.", *SAYS[:2])),
        "for/a": situation("small_rank > 0", "", ("It was a restless market for some.",)).replace(
            "topic: ''", "topic: ''\ntone: opportunity"
        ),
        "against/a": situation("small_rank > 0", "", ("It was a still market for some.",)).replace(
            "topic: ''", "topic: ''\ntone: caution"
        ),
    }
    made = newsroom(texts, small_rank=[1.0, 1.0])
    senses = made.publication.lexicon.senses
    made = with_lexicon(made, senses=type(senses)(disputes=(CALM,)))
    planned = plan(made.at(0))
    said = {key: [chosen.variants[0].plain[0] for chosen in part] for key, part in planned.parts.items()}
    assert said.get("large") == ["It was a still market for the large."]
    assert "for" not in said
    assert said["against"] == ["It was a still market for some."]


def test_a_wording_takes_the_sides_that_its_words_take(newsroom: Room) -> None:
    """By the words alone; one that says neither takes none."""
    made = newsroom({"large/a": situation("", "", ("A still market, and no more.", *SAYS[:2]))}, small_rank=[1.0])
    first, second, *_ = made.publication.fragments["session"][0].parts["body"]
    assert stands((CALM,), first) == (Stand(0, True),)
    assert stands((CALM,), second) == ()
    assert Stand(0, True).other == Stand(0, False)
