"""Writes one edition: starts the press, which needs a while to load, and only then loads what writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.rendering.paper.press import Press
from generator.stages import Stages, Told

if TYPE_CHECKING:
    from generator.model import Settings, Written


def write_edition(settings: Settings, told: Told | None = None) -> Written:
    """Write `output/<session>/<edition>/` and say where; nothing that stood there changes unless all of it is ready.

    `told` hears of each stage as it begins and as it ends.
    """
    with Press(wanted=not settings.formats or "pdf" in settings.formats) as press:
        from generator.verbs.note import kept_note
        from generator.verbs.writing import write

        with kept_note(settings) as noted:
            return write(noted, press, Stages(told))
