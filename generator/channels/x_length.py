"""Count a post as X does.

Most posts are plain: letters, marks of Latin script, and links of a plain form. Their count needs three lines, given
here. Everything else (emoji, other scripts, a bare domain such as "example.com") goes to twitter-text, whose import
costs a fifth of a second that a plain post should not pay. The two agree wherever the plain rule applies.
"""

from __future__ import annotations

import pkgutil
import re
import sys
from functools import cache
from types import ModuleType
from typing import Any

X_LINK = 23
"""What any link counts, whatever its length."""

# Domains that end thus are links to X in any form; a link with another ending is left to twitter-text.
_LINK = re.compile(
    r"(?<!\S)https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?:com|org|net|info|news)(?:/[A-Za-z0-9/_-]*)?(?!\S)"
)
# Weight 1 for each of these: U+0000-10FF, 2000-200D, 2010-201F and 2032-2037, less those that may be emoji (# * © ®
# and digits only where U+FE0F or U+20E3 follows, which this class leaves out) and less the marks of direction.
_WEIGHT_ONE = r"\n -~\u00a1-\u00a8\u00aa-\u00ac\u00af-\u024f\u2009\u2010-\u201f\u2032-\u2037"
_WEIGHT_TWO = r"\u2026\u20ac\u2212\u202f"
_PLAIN = re.compile(f"[{_WEIGHT_ONE}{_WEIGHT_TWO}]*")
_TWO = re.compile(f"[{_WEIGHT_TWO}]")
_DOMAIN = re.compile(r"\S[.](?=[^\W\d_]{2})")


def x_length(text: str) -> int:
    """The weighted length of `text` on X, where 280 is the most a post may have."""
    rest, links = _LINK.subn("", text)
    if _PLAIN.fullmatch(rest) and "://" not in rest and not _DOMAIN.search(rest):
        return len(rest) + len(_TWO.findall(rest)) + X_LINK * links
    length: int = _parser()(text).weightedLength
    return length


@cache
def _parser() -> Any:
    """twitter-text's `parse_tweet`.

    It asks pkg_resources for its one data file, and setuptools no longer has that module; a stand-in with the one
    function serves instead (and where an old setuptools has it, saves its import).
    """
    missing = "pkg_resources" not in sys.modules
    if missing:
        sys.modules["pkg_resources"] = _resources()
    try:
        from twitter_text import parse_tweet
    finally:
        if missing:
            del sys.modules["pkg_resources"]
    return parse_tweet


def _resources() -> ModuleType:
    def resource_string(module: str, name: str) -> bytes | None:
        return pkgutil.get_data(module.rpartition(".")[0], name)

    stand_in = ModuleType("pkg_resources")
    stand_in.resource_string = resource_string  # type: ignore[attr-defined]
    return stand_in
