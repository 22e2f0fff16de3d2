"""The library's public verbs: write an edition, check a publication, print figures, explain a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.errors import CommentaryError
    from generator.inspection import check_publication, explanation, figure_rows
    from generator.model import Settings, Written
    from generator.pipeline import write_edition

__all__ = ["CommentaryError", "Settings", "Written", "check_publication", "explanation", "figure_rows", "write_edition"]

_HOMES = {
    "CommentaryError": "errors",
    "Settings": "model",
    "Written": "model",
    "check_publication": "inspection",
    "explanation": "inspection",
    "figure_rows": "inspection",
    "write_edition": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `commentary --help` need not load pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module 'generator' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"generator.{_HOMES[name]}"), name)
