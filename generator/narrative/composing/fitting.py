"""The day's messages in; posts that fit each network out: whole sentences, news first, then both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.model import Digest, Post, Sentence, Tone, Variant
from generator.narrative.composing.composition import Prose
from generator.narrative.language.openings import opening
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Candidate, Said, Tonight
from generator.narrative.planning import Plan
from generator.narrative.writing.referents import borrows_span

Measure = Callable[[Post], int]
"""A post's length by its network's own count, tags and link included."""


@dataclass(frozen=True, slots=True)
class Network:
    """One network's measure and limits."""

    measure: Measure
    limit: int
    """The most a post may count."""
    fold: int
    """What is seen before a reader asks for more."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence fit for a post, with what it states."""

    sentence: Sentence
    said: Said
    barred: Said


def fit_digest(
    plan: Plan,
    prose: Prose,
    networks: Mapping[str, Network],
    link: str,
    cashtags: Sequence[str],
    hashtags: Sequence[str],
) -> Digest:
    """The posts that go with an article. `networks` has `x`, `linkedin` and `facebook`; cashtags are for X alone."""
    tags = [*cashtags[:1], *hashtags[:1]]
    news = _message(plan.tonight, plan.angle, plan.angle_variants["post"])
    balance = _sides(plan)
    points = [_of(plan.tonight, sentence) for sentence in prose.takeaways]
    first = _opposite_first(news, balance)
    borrows = partial(borrows_span, plan.tonight.newsroom.publication)
    x = fill(Post((), tuple(tags), link), [news, *first], networks["x"], networks["x"].limit, borrows)
    return Digest(
        x=x,
        thread=_thread([news, *points, *balance], networks["x"], link, tags, borrows),
        linkedin=fill(
            Post((), tuple(hashtags[:3]), link),
            [news, *points[:3], *balance],
            networks["linkedin"],
            networks["linkedin"].limit,
            borrows,
        ),
        facebook=fill(
            Post((), (), link),
            [news, *first[:1], *points[:2]],
            networks["facebook"],
            networks["facebook"].fold,
            borrows,
        ),
        alt_text="",
    )


Borrows = Callable[[Sentence | None, Sentence], bool]
"""Whether a sentence would be read with the span of time of the one before it."""


def fill(
    post: Post, messages: Sequence[Message], network: Network, limit: int, borrows: Borrows = lambda before, one: False
) -> Post:
    """The post with as many whole messages as fit, in their order.

    One that repeats a figure gives way, and one whose day would be read as the year of the sentence before it.
    """
    said: Said = 0
    last = ""
    for message in messages:
        start = opening(message.sentence.text)
        before = post.sentences[-1] if post.sentences else None
        if message.barred & said or start == last or borrows(before, message.sentence):
            continue
        longer = Post((*post.sentences, message.sentence), post.tags, post.link)
        if network.measure(longer) <= limit or not post.sentences:
            post, last = longer, start
            said |= message.said
    return post


def _thread(
    messages: Sequence[Message], network: Network, link: str, tags: Sequence[str], borrows: Borrows
) -> tuple[Post, ...]:
    """One post after another, each filled in turn; tags close the first, the link closes the last."""
    posts: list[Post] = []
    said: Said = 0
    for message in messages:
        if message.barred & said:
            continue
        said |= message.said
        alone = Post((message.sentence,), tuple(tags) if not posts else ())
        if len(posts) > 1 and not borrows(posts[-1].sentences[-1], message.sentence):
            longer = Post((*posts[-1].sentences, message.sentence), posts[-1].tags)
            if network.measure(longer) <= network.limit * 0.8:
                posts[-1] = longer
                continue
        posts.append(alone)
    closing = Post(posts[-1].sentences, posts[-1].tags, link)
    if network.measure(closing) <= network.limit:
        return (*posts[:-1], closing)
    return (*posts, Post((), (), link))


def _message(tonight: Tonight, candidate: Candidate, variants: Sequence[Variant]) -> Message:
    voice = Voice(tonight.row, Register.BRIEF)
    made = tonight.realiser.sentence(candidate.fragment, variants[0], candidate.past, voice)
    assert made is not None  # planning has seen that every figure of it is there
    return Message(made, tonight.said(variants[0]), tonight.barred(variants[0]))


def _of(tonight: Tonight, sentence: Sentence) -> Message:
    """A takeaway as a message."""
    names = {piece.claim.name for piece in sentence.pieces if piece.claim and piece.claim.kind == "figure"}
    stated = tonight.stated(names)
    return Message(sentence, stated, stated)


def _sides(plan: Plan) -> list[Message]:
    """The short forms of what the article says for and against, for posts."""
    found = []
    for key in plan.tonight.newsroom.outline.balance:
        for chosen in plan.parts.get(key, ()):
            variants = plan.tonight.wordings(chosen.candidate, "post")
            if variants:
                found.append(_message(plan.tonight, chosen.candidate, variants))
                break
    return found


def _opposite_first(news: Message, balance: Sequence[Message]) -> list[Message]:
    """The side that the news does not take comes first."""
    against = Tone.CAUTION if news.sentence.tone is not Tone.CAUTION else Tone.OPPORTUNITY
    return sorted(balance, key=lambda message: message.sentence.tone is not against)
