"""The library's public verbs: write an edition, check a publication, print figures, explain a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.errors import CommentaryError
    from generator.model import Settings, Written
    from generator.verbs.check import check_publication
    from generator.verbs.explain import explanation
    from generator.verbs.figures import figure_rows
    from generator.verbs.write import write_edition

__all__ = ["CommentaryError", "Settings", "Written", "check_publication", "explanation", "figure_rows", "write_edition"]

_HOMES = {
    "CommentaryError": "errors",
    "Settings": "model",
    "Written": "model",
    "check_publication": "verbs.check",
    "explanation": "verbs.explain",
    "figure_rows": "verbs.figures",
    "write_edition": "verbs.write",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `commentary --help` need not load pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module 'generator' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"generator.{_HOMES[name]}"), name)
