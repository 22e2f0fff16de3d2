"""Faults that need no prices: each kind planted in a small publication, and named with file and line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.narrative.checks.likeness import likeness_faults
from generator.narrative.checks.proofreading import legible, proofread

from ..conftest import Room, fragment
from ..planted import SAYS, said_by_history, said_of_words, situation, with_lexicon

FIGURES = {"small_return_1d": [1.0], "sp500_return_1d": [1.0], "small_level": [2000.0], "small_rank": [1.0]}


def words(newsroom: Room, *bullets: str, asserts: str = "") -> list[str]:
    """What is said of one situation of `large` with these wordings; its bullets begin on line 5, or 7 with assertions."""
    bullets = (*bullets, *SAYS[len(bullets) :])
    return said_of_words(newsroom({"large/x": situation("", asserts, bullets)}, **FIGURES))


def test_plain_words_are_clean(newsroom: Room) -> None:
    """A situation that claims nothing and repeats nothing has no fault."""
    assert words(newsroom) == []


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("The index rose.", "'rose' is a claim: list 'rose' under asserts with the rule that makes it true."),
        ("It rose by 5%.", "'5%' is a number that no figure stands behind; quote a figure, a fact or a term."),
        ("For {{ small_rank | counted('5-day week') }}.", "'5-day' is a number that no figure stands behind"),
        ("It stands at {{ smal_level }}.", "'smal_level' is not a figure."),
        ("It stands at {{ small_level | bright }}.", "'bright' is not a filter here"),
        ("Next: {{ [small_level, sp500_level] | due }}.", "'small_level | due': the filter is for dates to come"),
        ("It made {{ small_return_1d }}.", "'small_return_1d' has a sign: show it with moved"),
        ("It stands at {{ small_level", "a placeholder cannot be read"),
        ("It stood the the same.", "has a doubled word or a stray space."),
        ("It stood the same", "a sentence ends with a full stop."),
        (
            "Over a year it led, and over three months it lagged over three months.",
            "says 'over three months' twice in one sentence.",
        ),
    ],
)
def test_a_fault_in_a_wording_is_named_with_its_line(newsroom: Room, sentence: str, says: str) -> None:
    """Claims without proof, digits without a figure, unknown names and slips of the pen."""
    assert any(
        message.startswith(f"content/session/large/x.md:6: {says}") for message in words(newsroom, SAYS[0], sentence)
    )


@pytest.mark.parametrize(("joined", "headed", "faults"), [(True, True, 1), (True, False, 0), (False, True, 0)])
def test_no_passage_heads_the_other_side(newsroom: Room, joined: bool, headed: bool, faults: int) -> None:
    """Where the second side is joined to the first, a heading of a passage's own would stand above both."""
    heading = "# heading\n- A head.\n- Another.\n\n" if headed else ""
    text = f"---\ntone: opportunity\n---\n{heading}# body\n" + "".join(f"- {one}\n" for one in SAYS)
    made = newsroom({"for/a": text}, **FIGURES)
    parts = [replace(part, joined=joined and part.key == "against") for part in made.outline.parts]
    sides = sorted((part for part in parts if part.key in ("for", "against")), key=lambda part: part.key == "against")
    outline = replace(made.outline, parts=tuple(sides))
    publication = replace(made.publication, outlines={made.edition: outline})
    found = proofread(publication, made.edition, made.figures.catalogue)
    assert sum("speaks for the other side" in fault.message for fault in found) == faults


def test_a_claim_is_proved_under_its_own_name_or_the_form_that_is_used(newsroom: Room) -> None:
    """`rose` vouches for every inflection of it; so does the very form; a line may vouch for several words."""
    for vouched, sentence in (
        ("rose", "The index gained."),
        ("gained", "The index gained."),
        ("led, rose", "The index gained and led."),
    ):
        assert words(newsroom, sentence, asserts=f"{vouched}: small_return_1d > 0") == []


def test_every_claim_word_of_a_sentence_is_named(newsroom: Room) -> None:
    """Two claims of one kind in one wording are two faults."""
    found = words(newsroom, "Small caps rose, and then they gained on every side.")
    assert [message.split("'")[1] for message in found] == ["every", "rose", "gained"]


def test_half_and_most_are_claims(newsroom: Room) -> None:
    """Quantifiers need their proof too."""
    lexicon = {"claims": {"most": ("most", "majority"), "half": ("half",)}}
    made = newsroom(
        {"large/x": situation("", "", ("Half of them did so.", "Most of them did so.", SAYS[0]))}, **FIGURES
    )
    assert [message.split("'")[1] for message in said_of_words(with_lexicon(made, **lexicon))] == ["half", "most"]


def test_an_assertion_that_names_no_figure_proves_nothing(newsroom: Room) -> None:
    """`rose: true` would let any claim through."""
    for rule in ("true", "1 == 1"):
        found = words(newsroom, "The index rose.", asserts=f"rose: {rule}")
        assert found == [
            "content/session/large/x.md:5: the claim 'rose' rests on no figure; write the rule that makes it true."
        ]


@pytest.mark.parametrize(
    "phrase",
    [
        "will",
        "set to",
        "sure to",
        "guaranteed",
        "soaring",
        "unprecedented",
        "must-own",
        "buy now",
        "no downside",
        "can’t lose",
    ],
)
def test_promises_exaggeration_advice_and_one_sidedness_are_named_with_their_line(newsroom: Room, phrase: str) -> None:
    """The house style's list, with its line; an apostrophe may be straight or curved."""
    found = words(newsroom, SAYS[0], f"This is {phrase} more of the same.")
    assert [message.partition("; ")[0] for message in found] == [
        f"content/session/large/x.md:6: '{phrase.replace('’', chr(39))}' promises, exaggerates, advises, "
        "gives a cause, takes one side or says nothing"
    ]


def test_a_listed_word_inside_another_is_let_be(newsroom: Room) -> None:
    """`goodwill` is no promise."""
    assert words(newsroom, "There was goodwill on all sides.", asserts="every: small_level > 0") == []


def test_too_few_wordings(newsroom: Room) -> None:
    """Fewer than three cannot take turns."""
    made = newsroom({"large/x": situation("", "", SAYS[:2])}, **FIGURES)
    assert said_of_words(made) == [
        "content/session/large/x.md:5: part 'body' has 2 wordings; write 3 or more, so that they can take turns."
    ]


TWICE = (
    "Small companies have been here before, and stayed for {{ small_rank | counted('session') }} at {{ small_level }}."
)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (TWICE, "the same sentence stands at content/session/large/x.md:5."),
        (
            TWICE.replace("small_rank", "sp500_rank"),
            "but for its figures and names, the same sentence stands at content/session/large/x.md:5.",
        ),
        (
            TWICE.replace(".", ", which is where they were in the first week of the spring and then at the end of it."),
            None,
        ),
    ],
)
def test_a_wording_that_stands_twice_among_those_that_take_turns(newsroom: Room, other: str, says: str | None) -> None:
    """Figures and names blanked; what goes on quite differently is another wording."""
    texts = {"large/x": situation("", "", (TWICE, other, SAYS[0]))}
    made = with_lexicon(newsroom(texts, **FIGURES, sp500_rank=[1.0]), claims={})
    assert said_of_words(made) == ([f"content/session/large/x.md:6: {says}"] if says else [])


def test_two_passages_may_say_the_same(newsroom: Room) -> None:
    """So may two parts of one passage; only wordings that take turns with each other are there to differ."""
    texts = {"large/x": situation("", "", (TWICE, *SAYS[:2])), "large/y": situation("", "", (TWICE, *SAYS[1:]))}
    texts["large/x"] += "# post\n" + "".join(f"- {words.strip()}\n" for words in (TWICE, *SAYS[:2]))
    assert said_of_words(with_lexicon(newsroom(texts, **FIGURES), claims={})) == []


def test_a_wording_with_one_word_in_twenty_changed_is_nearly_the_same(newsroom: Room) -> None:
    """The place of the other is named, and how many of the words agree."""
    long = (
        "The index has now come to the place where the sellers of last autumn once stood waiting, "
        "and the buyers of this spring have come to meet them there."
    )
    texts = {"large/x": situation("", "", (long, long.replace("autumn", "winter"), SAYS[2]))}
    assert said_of_words(newsroom(texts, **FIGURES)) == [
        "content/session/large/x.md:6: nearly the same sentence stands at content/session/large/x.md:5: "
        "97% of their words agree."
    ]


def test_a_sentence_and_its_opposite_are_two(newsroom: Room) -> None:
    """Gain for loss is a change of what is said; so is the word that a filter prints."""
    bullets = (
        "A good day for small companies, and a better week.",
        "A bad day for small companies, and a worse week.",
        "It was the {{ small_rank | nth_of('kindest') }} day of them.",
        "It was the {{ small_rank | nth_of('hardest') }} day of them.",
    )
    assert said_of_words(newsroom({"large/x": situation("", "", bullets)}, **FIGURES)) == []


def test_what_cannot_be_read_is_left_out_of_the_trial_and_the_rest_is_tried(newsroom: Room) -> None:
    """One file with a misspelt figure does not hide the false claim in another."""
    texts = {
        "large/bad": situation("smal_return_1d > 0"),
        "large/odd": situation("", "", ("It stands at {{ smal_level }}.", *SAYS[:2])),
        "large/open": situation("", "", ("It stands at {{ small_level.", *SAYS[:2])),
        "large/good": situation("small_return_1d > 0", "fell: small_return_1d < 0"),
    }
    made = newsroom(texts, **FIGURES)
    with_rest = type(made).over(
        legible(made.publication, "session", made.figures.catalogue), "session", made.figures.computed
    )
    assert [message.split(": ")[0] for message in said_by_history(with_rest)] == ["content/session/large/good.md:5"]


PLAIN = ("index", "of", "small", "companies", "stood", "where", "it", "had", "been", "that", "day")
plain_words = st.lists(st.sampled_from(PLAIN), min_size=5, max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(one=plain_words, other=plain_words)
def test_likeness_is_of_words_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, one: list[str], other: list[str]
) -> None:
    """Equal sentences are always found; sentences of which more than a tenth differs in length never are."""
    texts = ["So " + " ".join(sentence) + "." for sentence in (one, other)]
    found = likeness_faults(
        [fragment(tmp_path_factory.getbasetemp(), "large/x", f"---\n---\n- {texts[0]}\n- {texts[1]}\n")]
    )
    if one == other:
        assert [str(fault) for fault in found] == [
            "content/session/large/x.md:4: the same sentence stands at content/session/large/x.md:3."
        ]
    if len(one) * 10 > len(other) * 12 or len(other) * 10 > len(one) * 12 or not set(one) & set(other):
        assert found == []
