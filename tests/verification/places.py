"""Where a pattern stands in what a reader sees of a product."""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache


def places(name: str, text: str, pattern: str, hidden: re.Pattern[str]) -> list[re.Match[str]]:
    """Each place that does not begin within what a page has and nobody sees."""
    spans = _spans(text, hidden) if name.endswith(".html") else []
    return [one for one in re.finditer(pattern, text) if not _within(spans, one.start())]


@lru_cache(maxsize=16)
def _spans(text: str, hidden: re.Pattern[str]) -> list[tuple[int, int]]:
    return [found.span() for found in hidden.finditer(text)]


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    last = bisect(spans, (at + 1,)) - 1
    return last >= 0 and at < spans[last][1]
