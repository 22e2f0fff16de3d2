"""Finds characters that cannot be seen or that change how text is read: direction marks, zero-width marks, controls."""

from __future__ import annotations

import re

from generator.verification.figures.answers import Answers

_UNSEEN = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U0010ffff]"
)


def check_marks(answers: Answers, name: str, text: str, standing: frozenset[str]) -> None:
    """Report every such character in a product that the publication's own standing text does not have."""
    for one in sorted(set(_UNSEEN.findall(text))):
        if not any(one in phrase for phrase in standing):
            at = text.index(one)
            shown = f"{text[max(at - 24, 0) : at]}[U+{ord(one):04X}]{text[at + 1 : at + 25]}".replace("\n", " ")
            answers.uncovered(name, shown, "a character that is not seen, or that turns what is read")
