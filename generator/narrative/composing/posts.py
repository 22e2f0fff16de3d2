"""Fills posts with the day's messages: whole sentences, as many as their network takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from generator.channels.setting import DIVIDER, post_length, post_text
from generator.errors import ContentError, Fault
from generator.model import (
    Channel,
    Digest,
    Post,
    PostFile,
    Publication,
    Role,
    Sentence,
    Takes,
    TextBlock,
    Tone,
    Variant,
)
from generator.narrative.language.openings import opening
from generator.narrative.language.voice import Register, Voice
from generator.narrative.newsroom import Candidate, Said, Tonight
from generator.narrative.planning import Plan, usable
from generator.narrative.writing.referents import borrows_span

Borrows = Callable[[Sentence | None, Sentence], bool]
"""Whether a sentence would be read with the span of time of the one before it."""


@dataclass(frozen=True)
class Message:
    """Sentences fit for a post, with what they state."""

    sentences: tuple[Sentence, ...]
    said: Said
    barred: Said

    @property
    def first(self) -> Sentence:
        """The sentence that it begins with."""
        return self.sentences[0]

    @cached_property
    def ends(self) -> tuple[str, str]:
        """How its first and its last sentence begin."""
        return opening(self.first.text), opening(self.sentences[-1].text)


@dataclass(frozen=True, slots=True)
class Room:
    """How long posts of one channel may be, tags and link included."""

    channel: Channel
    call: str
    simulated: bool
    borrows: Borrows = lambda before, one: False

    def length(self, post: Post) -> int:
        """What the network counts of it."""
        return post_length(post, self.channel, self.call, simulated=self.simulated)


def fit_posts(
    plan: Plan, prose: Sequence[TextBlock], publication: Publication, link: str, *, simulated: bool
) -> Digest:
    """The posts of every channel; raises `ContentError` for one that its network would refuse.

    That is one whose first sentence alone, with tags and link, is more than the network takes.
    """
    messages = messages_of(plan, prose)
    borrows = partial(borrows_span, publication)
    posts: dict[str, tuple[Post, ...]] = {}
    faults: list[Fault] = []
    for channel in publication.channels:
        room = Room(channel, publication.imprint.call_to_action, simulated, borrows)
        tags = tags_of(channel, publication)
        for file in channel.files:
            chosen = [message for what, most in file.messages for message in messages[what][:most]]
            posts[file.key] = _filled(chosen, room, file, tags, link)
            faults += _refused(posts[file.key], room)
    if faults:
        raise ContentError(list(dict.fromkeys(faults)))
    return Digest(posts, alt_text="")


def tags_of(channel: Channel, publication: Publication) -> tuple[str, ...]:
    """What closes the channel's posts: cashtags of the core segments, then the publication's hashtags."""
    universe = publication.universe
    cashtags = [tag for key in universe.core if (tag := universe.segments[key].cashtag)]
    hashtags = [f"#{tag}" for tag in publication.imprint.hashtags]
    return (*cashtags[: channel.cashtags], *hashtags[: channel.hashtags])


def _filled(
    messages: Sequence[Message], room: Room, file: PostFile, tags: tuple[str, ...], link: str
) -> tuple[Post, ...]:
    if file.thread:
        return thread(messages, room, room.channel.limit * file.thread, link, tags)
    return (fill(Post((), tags, link), messages, room),)


def fill(post: Post, messages: Sequence[Message], room: Room) -> Post:
    """The post with as many whole messages as fit, in their order.

    One that repeats a figure gives way, and one whose day would be read as the year of the sentence before it.
    """
    said: Said = 0
    last = ""
    for message in messages:
        start, end = message.ends
        before = post.sentences[-1] if post.sentences else None
        if message.barred & said or start == last or room.borrows(before, message.first):
            continue
        longer = Post((*post.sentences, *message.sentences), post.tags, post.link)
        if room.length(longer) <= room.channel.fills or not post.sentences:
            post, last = longer, end
            said |= message.said
    return post


def thread(
    messages: Sequence[Message], room: Room, filled: float, link: str, tags: tuple[str, ...]
) -> tuple[Post, ...]:
    """One post after another, each filled in turn; tags close the first, the link closes the last."""
    posts: list[Post] = []
    said: Said = 0
    for message in messages:
        if message.barred & said:
            continue
        said |= message.said
        if len(posts) > 1 and not room.borrows(posts[-1].sentences[-1], message.first):
            longer = Post((*posts[-1].sentences, *message.sentences), posts[-1].tags)
            if room.length(longer) <= filled:
                posts[-1] = longer
                continue
        posts.append(Post(message.sentences, tags if not posts else ()))
    closing = Post(posts[-1].sentences, posts[-1].tags, link)
    if room.length(closing) <= room.channel.limit:
        return (*posts[:-1], closing)
    return (*posts, Post((), (), link))


def _refused(posts: Sequence[Post], room: Room) -> Iterator[Fault]:
    """The fault of a post that its network would refuse, or that would be two in its file."""
    channel = room.channel
    for post in posts:
        if (length := room.length(post)) > channel.limit:
            where = post.sentences[0].source if post.sentences else "content/publication.yaml"
            message = f"the post for {channel.name} counts {length:,}, and {channel.limit:,} is the most."
            yield Fault(where, f"{message} Shorten this sentence, the tags, the address or the call to action.")
        if DIVIDER.strip() in map(str.strip, post_text(post, channel, room.call).splitlines()):
            message = f"a post for {channel.name} holds a line '---', which divides posts. Take it out."
            yield Fault("content/publication.yaml", message)


def messages_of(plan: Plan, prose: Sequence[TextBlock]) -> Mapping[Takes, Sequence[Message]]:
    """All that a post may be filled with."""
    news = _message(plan, plan.angle, plan.angle_variants["post"])
    balance = plan.tonight.newsroom.outline.balance
    sides = [message for key in balance for message in _short_forms(plan, key)[:1]]
    takeaways = [lines for block in prose if block.role is Role.TAKEAWAYS for lines in block.paragraphs]
    standfirst = next(block for block in prose if block.role is Role.STANDFIRST).sentences[0]
    sections = [part.key for part in plan.sections(standfirst.fragment) if part.key not in balance]
    points = [message for key in sections for message in _short_forms(plan, key)]
    against = Tone.CAUTION if news.first.tone is not Tone.CAUTION else Tone.OPPORTUNITY
    return {
        Takes.NEWS: [news],
        Takes.POINTS: [*points, *(_of(plan.tonight, lines) for lines in takeaways)],
        Takes.SIDES: sides,
        Takes.OTHER_SIDE: sorted(sides, key=lambda message: message.first.tone is not against),
    }


def _message(plan: Plan, candidate: Candidate, variants: Sequence[Variant]) -> Message:
    tonight, voice = plan.tonight, Voice(plan.tonight.turn, Register.BRIEF)
    lines = plan.lines(candidate, variants[0], 0)
    made = [tonight.realiser.sentence(candidate.fragment, line, candidate.past, voice) for line in lines]
    said = barred = 0
    for line in lines:
        said |= tonight.statements.said(line)
        barred |= tonight.statements.barred(line)
    # Planning has seen that every figure of them is there.
    return Message(tuple(sentence for sentence in made if sentence and sentence.pieces), said, barred)


def _of(tonight: Tonight, lines: tuple[Sentence, ...]) -> Message:
    """A takeaway as a message."""
    pieces = [piece for sentence in lines for piece in sentence.pieces]
    stated = tonight.statements.stated(
        {piece.claim.name for piece in pieces if piece.claim and piece.claim.kind == "figure"}
    )
    return Message(lines, stated, stated)


def _short_forms(plan: Plan, key: str) -> list[Message]:
    """The short forms of what one section of the article says."""
    chosen = [(one.candidate, usable(plan, one.candidate, "post", 0)) for one in plan.parts.get(key, ())]
    return [_message(plan, candidate, variants) for candidate, variants in chosen if variants]
