"""Every object that passes between rooms, all frozen: prices, figures, fragments, sentences, pages.

Read this file first. A room takes some of these and returns others; none of them reaches out to a
file, a clock or a network. Arrays are numpy, one element per trading session, oldest first.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.model.calendar import Calendar, Counting, DayRule, Event, Plan
    from generator.model.channels import Channel, Closing, Counts, PostFile, Takes
    from generator.model.charts import Bar, BarChart, Cell, Inset, Line, LineChart, Table
    from generator.model.choices import CHOSEN, Choices, Passage, Wording
    from generator.model.decisions import DECISION, RECESSION, Decision, Measured, Peak, Step
    from generator.model.deliveries import SERVICES, Deliveries, Delivery, Service, Stage
    from generator.model.document import (
        Article,
        BarsBlock,
        Block,
        InsetBlock,
        LinesBlock,
        NotesBlock,
        PictureBlock,
        Role,
        SourcesBlock,
        TableBlock,
        TextBlock,
        TextRole,
        spoken,
    )
    from generator.model.figures import NOTED, Catalogue, Fact, FigureDefinition, Figures, PriceInput
    from generator.model.fragments import Bearing, Call, Condition, Fragment, Link, Slot, Tone, Variant
    from generator.model.issue import Digest, Envelope, Issue, Page, Post, Weighed, Written
    from generator.model.kinds import Appears, Draw, Outline, OutlinePart, Picture, SmallTable
    from generator.model.lexicon import (
        Calling,
        Definition,
        Direction,
        Dispute,
        Lexicon,
        Mean,
        Recency,
        Runs,
        Scope,
        Senses,
        SpanWords,
        Still,
        Supposition,
        Verb,
        Whole,
    )
    from generator.model.masthead import Imprint, Newsletter
    from generator.model.prices import Bars, Column, Days, Flags, Market, Observations, Omission
    from generator.model.publication import Publication, Reading, Signal
    from generator.model.releases import Every, Make, Release
    from generator.model.run import SOURCES, Settings
    from generator.model.sentences import Claim, Piece, Sentence
    from generator.model.site import Change, Correction, Entry, SiteSettings
    from generator.model.trial import THEN, Judged, Trial
    from generator.model.units import Basis, Unit
    from generator.model.universe import WATCH, Group, Kind, Segment, Universe

__all__ = [
    "CHOSEN",
    "DECISION",
    "NOTED",
    "RECESSION",
    "SERVICES",
    "SOURCES",
    "THEN",
    "WATCH",
    "Appears",
    "Article",
    "Bar",
    "BarChart",
    "Bars",
    "BarsBlock",
    "Basis",
    "Bearing",
    "Block",
    "Calendar",
    "Call",
    "Calling",
    "Catalogue",
    "Cell",
    "Change",
    "Channel",
    "Choices",
    "Claim",
    "Closing",
    "Column",
    "Condition",
    "Correction",
    "Counting",
    "Counts",
    "DayRule",
    "Days",
    "Decision",
    "Definition",
    "Deliveries",
    "Delivery",
    "Digest",
    "Direction",
    "Dispute",
    "Draw",
    "Entry",
    "Envelope",
    "Event",
    "Every",
    "Fact",
    "FigureDefinition",
    "Figures",
    "Flags",
    "Fragment",
    "Group",
    "Imprint",
    "Inset",
    "InsetBlock",
    "Issue",
    "Judged",
    "Kind",
    "Lexicon",
    "Line",
    "LineChart",
    "LinesBlock",
    "Link",
    "Make",
    "Market",
    "Mean",
    "Measured",
    "Newsletter",
    "NotesBlock",
    "Observations",
    "Omission",
    "Outline",
    "OutlinePart",
    "Page",
    "Passage",
    "Peak",
    "Picture",
    "PictureBlock",
    "Piece",
    "Plan",
    "Post",
    "PostFile",
    "PriceInput",
    "Publication",
    "Reading",
    "Recency",
    "Release",
    "Role",
    "Runs",
    "Scope",
    "Segment",
    "Senses",
    "Sentence",
    "Service",
    "Settings",
    "Signal",
    "SiteSettings",
    "Slot",
    "SmallTable",
    "SourcesBlock",
    "SpanWords",
    "Stage",
    "Step",
    "Still",
    "Supposition",
    "Table",
    "TableBlock",
    "Takes",
    "TextBlock",
    "TextRole",
    "Tone",
    "Trial",
    "Unit",
    "Universe",
    "Variant",
    "Verb",
    "Weighed",
    "Whole",
    "Wording",
    "Written",
    "spoken",
]

_FILES = (
    "site",
    "masthead",
    "run",
    "trial",
    "channels",
    "choices",
    "decisions",
    "deliveries",
    "units",
    "releases",
    "universe",
    "prices",
    "figures",
    "calendar",
    "fragments",
    "sentences",
    "kinds",
    "lexicon",
    "publication",
    "charts",
    "document",
    "issue",
)
"""Where the names stand, what loads least first: to load them all takes as long as half of a small command."""


def __getattr__(name: str) -> Any:
    """The object of that name, whose file is loaded when it is first asked for."""
    if name in __all__:
        for file in _FILES:
            module = import_module(f"generator.model.{file}")
            if hasattr(module, name):
                globals()[name] = getattr(module, name)
                return globals()[name]
    raise AttributeError(f"module 'generator.model' has no attribute '{name}'")
