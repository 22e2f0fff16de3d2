"""From a session to a plan: the story of the day, and which passages speak in which part."""

from generator.narrative.planning.openings import THIN, usable
from generator.narrative.planning.planned import (
    ANGLE_PARTS,
    BOTTOM_LINE,
    LEAD,
    NUT_GRAF,
    SAID_BY_ANGLE,
    TAKEAWAYS,
    Chosen,
    Plan,
    said_by,
)
from generator.narrative.planning.planner import plan, trial_told
from generator.narrative.planning.story import told_as, untold

__all__ = [
    "ANGLE_PARTS",
    "BOTTOM_LINE",
    "LEAD",
    "NUT_GRAF",
    "SAID_BY_ANGLE",
    "TAKEAWAYS",
    "THIN",
    "Chosen",
    "Plan",
    "plan",
    "said_by",
    "told_as",
    "trial_told",
    "untold",
    "usable",
]
