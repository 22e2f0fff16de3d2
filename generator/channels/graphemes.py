"""Count a post as Bluesky, Mastodon and Threads do: by what a reader sees as one character."""

from __future__ import annotations

import re

LINK = 23
"""What any link counts on Mastodon, whatever its length."""
BYTES = 10
"""The bytes that Bluesky allows for each character: 3,000 for 300."""

_ADDRESS = re.compile(r"https?://\S+")
# One code point each, none of which joins with another: most posts are made of these, and need no library.
_SINGLE = re.compile(r"[\n -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u201f\u2026\u20ac\u2212]*")


def grapheme_count(text: str) -> int:
    """How many characters a reader sees: a letter with its accents is one, and so is an emoji of several signs."""
    return len(text) if _SINGLE.fullmatch(text) else len(_graphemes(text))


def bluesky_length(text: str) -> int:
    """Characters, or a tenth of the bytes where that is more: one number for limits of 300 and of 3,000."""
    return max(grapheme_count(text), -(-len(text.encode()) // BYTES))


def mastodon_length(text: str) -> int:
    """Characters, a link counted as 23."""
    rest, links = _ADDRESS.subn("", text)
    return grapheme_count(rest) + LINK * links


def threads_length(text: str) -> int:
    """Characters as Unicode numbers them, an emoji counted as its bytes."""
    if _SINGLE.fullmatch(text):
        return len(text)
    return sum(len(one.encode()) if _is_emoji(one) else len(one) for one in _graphemes(text))


def _graphemes(text: str) -> list[str]:
    import regex  # imported here: few posts need it

    found: list[str] = regex.findall(r"\X", text)
    return found


def _is_emoji(grapheme: str) -> bool:
    import regex

    shown = r"\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}|[0-9#*]\uFE0F?\u20E3"
    return regex.search(shown, grapheme) is not None
