"""Parts of an invented universe."""

from __future__ import annotations

from generator.model import Kind, Segment


def segment(key: str, kind: Kind, price: str | None = None, total: str | None = None) -> Segment:
    """A segment with names that do not matter to the market."""
    return Segment(key, kind, price, total, names=(key,), short=key, headline=key)
