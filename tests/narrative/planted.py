"""A small publication with one fault planted in it, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Lexicon
from generator.narrative.checks.proof import check_against_history
from generator.narrative.checks.proofreading import proofread
from generator.narrative.newsroom import Newsroom

SAYS = (
    "The session brought small companies about what it brought everyone.\n",
    "What happened to the large happened to the small in equal measure.\n",
    "Neither side of the market had anything to show the other.\n",
)


def situation(when: str = "", asserts: str = "", bullets: tuple[str, ...] = SAYS, topic: str = "") -> str:
    """A fragment's text: rule on line 2, assertions from line 5, wordings from the line after `---`."""
    words = "".join(f"- {bullet.strip()}\n" for bullet in bullets)
    claims = f"asserts:\n  {asserts}\n" if asserts else ""
    return f"---\nwhen: {when}\ntopic: '{topic}'\n{claims}---\n{words}"


def with_lexicon(made: Newsroom, **changes: object) -> Newsroom:
    """The same newsroom with other lists of words."""
    lexicon: Lexicon = replace(made.publication.lexicon, **changes)
    return replace(made, publication=replace(made.publication, lexicon=lexicon))


def said_of_words(made: Newsroom) -> list[str]:
    """What proofreading says of it, without prices."""
    return [str(fault) for fault in proofread(made.publication, made.edition, made.figures.catalogue)]


def said_by_history(made: Newsroom) -> list[str]:
    """What history says of it."""
    return [str(fault) for fault in check_against_history(made)]
