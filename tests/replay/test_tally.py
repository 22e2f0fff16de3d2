"""What is counted of one edition."""

from __future__ import annotations

import orjson
import pytest

from generator.assembly import Desk, make_edition
from generator.loading import load_prices, open_publication
from generator.model import Settings
from generator.products import formats, make_texts
from generator.replay.tally import Slots, Tally, counted
from generator.replay.telling import blanked


@pytest.fixture(scope="module")
def desk(small: Settings) -> Desk:
    publication = open_publication(small)
    return Desk.over(publication, "session", load_prices(small, publication))


def test_the_counts_of_an_edition(desk: Desk) -> None:
    """Words, figures, sentences, speakers and post lengths are those of the edition itself."""
    edition = make_edition(desk)
    texts = make_texts(edition, desk.templates, formats(edition.channels, text=True))
    slots = Slots.of(desk.newsroom.outline, desk.publication.fragments["session"])
    tally, said = counted(edition, texts, slots)
    prose = [one for part, one in edition.article.spoken() if not part.endswith("heading")]
    assert tally.words == sum(len(blanked(one.text).split()) for one in prose)
    assert tally.figures == sum(
        piece.claim is not None and piece.claim.kind in ("figure", "fact", "rule")
        for one in prose
        for piece in one.pieces
    )
    assert set(said) == set(tally.sentences)
    assert set(tally.spoke) == {item.fragment for item in edition.weighed if item.outcome == "spoke"}
    assert len(tally.lengths["x-thread.txt"]) == len(edition.digest.posts["x-thread"]) > 1
    assert 0 < tally.lengths["x.txt"][0] <= 280
    assert Tally.read(orjson.loads(orjson.dumps(tally))) == tally


def test_a_slot_falls_back_or_stays_empty(desk: Desk) -> None:
    """A slot fell back where a fragment without `when` spoke for it, and is empty where none spoke."""
    edition = make_edition(desk)
    slots = Slots.of(desk.newsroom.outline, desk.publication.fragments["session"])
    speaking = {item.slot for item in edition.weighed if item.outcome == "spoke"}
    held_back = Slots((*slots.names, "nowhere"), frozenset({edition.article.angle}))
    tally, _ = counted(edition, {}, held_back)
    assert tally.fallbacks == ("angle",)
    assert set(tally.empty) == {"nowhere", *slots.names} - speaking
    assert tally.lengths == {}
