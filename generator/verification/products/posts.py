"""Checks a network's post to the letter: sentences, tags, link, spacing and length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.model import Channel, Counts, Publication
from generator.verification.figures.answers import Answers
from generator.verification.figures.words import MINUS
from generator.verification.products.answering import check_rest, check_sentences
from generator.verification.products.page import PageText
from generator.verification.sentences.evening import Evening
from generator.verification.sentences.marks import check_marks
from generator.verification.sentences.standing import link_of

DIVIDER = "\n\n---\n\n"
LINK_COUNTS = 23
"""The length that X counts for any link."""
_SINGLE = re.compile("[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""The characters that X counts as one; any other counts as two."""
_TAG = re.compile(r"(?<!\S)[#$]\w+")
_LINK = re.compile(r"https?://\S+")
_NARROW = str.maketrans({MINUS: "-", "\u202f": " ", "\u2009": " ", "\u00a0": " "})
Record = Mapping[str, Any]


def channel_of(publication: Publication, name: str) -> Channel | None:
    """The channel that a file belongs to; None if it belongs to none."""
    return next((one for one in publication.channels if name in [file.path for file in one.files]), None)


def check_post(answers: Answers, name: str, content: str, ledger: Record, evening: Evening) -> None:
    """Check one network's file; a thread's posts are checked one by one."""
    channel = channel_of(evening.publication, name)
    assert channel is not None  # the caller has checked
    records = ledger["products"][name.removesuffix(".txt")]
    posts = dict(_posts(content))
    for part, text in posts.items():
        page = PageText(text)
        said = [record for record in records if record["part"] == part]
        check_sentences(answers, name, page, [(record, record["text"]) for record in said])
        check_rest(answers, name, page, evening, evening.beside_posts(channel))
        _check_setting(answers, name, text, said)
        if count := LENGTHS.get(channel.counts):
            length = count(text)
            allowed = length <= channel.limit
            answers.check(allowed, "post lengths", name, f"{part}: {length}", f"{channel.limit} are allowed")
        else:
            answers.uncovered(name, channel.counts, "the second reader does not count so")
        wanted = tags_of(evening.publication, channel) if part in ("post", "post 1") else []
        found = _TAG.findall(text)
        answers.check(found == wanted, "tags", name, " ".join(found)[:80], f"the tags are {' '.join(wanted) or 'none'}")
    for record in records:
        if record["part"] not in posts:
            answers.false(name, record["text"], f"there is no {record['part']}")
    link = link_of(evening.publication, evening.edition, evening.session)
    links = _LINK.findall(content)
    last = list(posts.values())[-1]
    right = links == [link] and link in last.split("\n")
    answers.check(
        right, "links", name, ", ".join(links)[:80] or "no link", f"its one link is {link}, on a line of its own"
    )
    ends = content.endswith("\n") and not content.endswith("\n\n")
    answers.check(ends, "setting", name, content[-20:].strip(), "it ends with one line end")
    check_marks(answers, name, content, evening.own_words)


def _check_setting(answers: Answers, name: str, text: str, records: list[Record]) -> None:
    """Check that each sentence is on one line, and that there are no extra spaces or blank lines."""
    rest = text
    for record in sorted(records, key=lambda record: -len(record["text"])):
        sentence = record["text"].translate(_NARROW)
        answers.check(
            sentence in rest, "setting", name, sentence[:60], "the sentence is broken, or set with other spaces"
        )
        rest = rest.replace(sentence, "")
    wide = re.search(r"  |\t|\n{3}| \n|\n ", text)
    answers.check(
        not wide, "setting", name, text[wide.start() - 20 : wide.end()] if wide else "", "space to no purpose"
    )


def tags_of(publication: Publication, channel: Channel) -> list[str]:
    """The tags that the channel's post ends with."""
    universe, hashtags = publication.universe, [f"#{tag}" for tag in publication.imprint.hashtags]
    cashtags = [tag for key in universe.core if (tag := universe.segments[key].cashtag)]
    return [*cashtags[: channel.cashtags], *hashtags[: channel.hashtags]]


def x_count(text: str) -> int:
    """The length of a post as X counts it."""
    rest, links = _LINK.subn("", text)
    return LINK_COUNTS * links + sum(1 if _SINGLE.match(one) else 2 for one in rest)


def _posts(content: str) -> Iterator[tuple[str, str]]:
    posts = content.removesuffix("\n").split(DIVIDER)
    yield from ((f"post {number}" if len(posts) > 1 else "post", text) for number, text in enumerate(posts, 1))


def utf16_count(text: str) -> int:
    """The length of a post in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def seen(text: str) -> list[str]:
    """The characters of a text as a reader sees them; a mark or a flag's second half belongs to what is before it."""
    found: list[str] = []
    for one in text:
        last = found[-1] if found else ""
        joins = unicodedata.category(one) in ("Mn", "Mc", "Me") or one == _JOINER or one in _TONES
        emoji = unicodedata.category(one) == "So" and last.endswith(_JOINER)
        flag = one in _FLAG and len(last) == 1 and last in _FLAG
        if last and (joins or emoji or flag) and last not in "\r\n":
            found[-1] += one
        else:
            found.append(one)
    return found


_JOINER = "\u200d"
_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAG = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_PICTURES = re.compile("[\u231a-\u23ff\u25fd-\u27bf\u2b05-\u2b55\U0001f004-\U0001faff]")


def bluesky_count(text: str) -> int:
    """The characters of a post that are seen, or where that is more, one for every ten bytes begun."""
    tens, rest = divmod(len(text.encode()), 10)
    return max(len(seen(text)), tens + (rest > 0))


def mastodon_count(text: str) -> int:
    """The characters of a post that are seen, with 23 for any link."""
    return len(seen(_LINK.sub("~" * LINK_COUNTS, text)))


def threads_count(text: str) -> int:
    """The length of a post in Unicode characters, with its bytes for an emoji."""
    return sum(len(one.encode()) if _PICTURES.search(one) or "\u20e3" in one else len(one) for one in seen(text))


LENGTHS: Mapping[str, Callable[[str], int]] = {
    Counts.X: x_count,
    Counts.UTF16: utf16_count,
    Counts.BLUESKY: bluesky_count,
    Counts.MASTODON: mastodon_count,
    Counts.THREADS: threads_count,
}
