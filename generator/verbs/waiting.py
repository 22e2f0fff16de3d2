"""Writes an edition as soon as its prices have settled: one try after another, until an hour of the evening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from time import sleep

from generator.errors import CommentaryError, NotSettledError
from generator.loading import open_publication
from generator.market.patience import patience
from generator.market.sessions import NEW_YORK, is_session, present
from generator.model import Appears, Settings, Written
from generator.verbs.write import write_edition

_PAUSE = 300.0
"""Seconds between two tries of an evening."""


def write_waiting(settings: Settings, until: time, tell: Callable[[str], None]) -> Written:
    """The same, tried again as long as waiting helps, until this hour in New York today.

    Without a session that was asked for it is today's, if the exchange trades today. `tell` is given a line for each
    try that came to nothing. What the last try met is raised.
    """
    deadline = datetime.combine(present().astimezone(NEW_YORK).date(), until, NEW_YORK)
    asked = _tonight(settings)
    while True:
        try:
            return write_edition(asked)
        except CommentaryError as error:
            pause = timedelta(seconds=_PAUSE * patience())
            if error.exit_code != NotSettledError.exit_code or present() + pause > deadline:
                raise
            tell(f"{present():%Y-%m-%dT%H:%M:%SZ} {error} Trying again in {pause.total_seconds():.0f} seconds.")
        sleep(pause.total_seconds())


def _tonight(settings: Settings) -> Settings:
    """The settings with today's session, where each session has an issue of this kind and today is one."""
    today = present().astimezone(NEW_YORK).date()
    if settings.session or settings.latest or settings.as_known or not is_session(today):
        return settings
    appears = open_publication(settings).outlines[settings.edition].appears
    return replace(settings, session=today) if appears is Appears.SESSION else settings
