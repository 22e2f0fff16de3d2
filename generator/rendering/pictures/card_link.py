"""The card as pages point to it, for those who only link to it: to draw one takes much more."""

from __future__ import annotations

from dataclasses import dataclass

CARD_FILE = "card.png"
WIDTH, HEIGHT = 1200, 628
"""What X shows uncropped; the other networks show the same shape."""


@dataclass(frozen=True, slots=True)
class CardLink:
    """The card as a page points to it."""

    address: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT
