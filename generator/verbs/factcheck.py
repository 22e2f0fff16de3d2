"""Check somebody else's article: what each sentence claims, as far as it was understood, held against prices."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.errors import DataError, SessionError
from generator.factcheck.checker import Checker
from generator.factcheck.dating import dated
from generator.factcheck.document import LARGEST, Article, read_article
from generator.factcheck.report import Report
from generator.loading import load_past, open_publication
from generator.model import Market, Publication, Settings
from generator.verification.figures.columns import SqlColumns
from generator.verification.figures.prices import PriceTable

STANDARD_INPUT = "-"


def factcheck(settings: Settings, file: str) -> Report:
    """The report on the article in `file` (`-`: standard input), over the prices that `settings` name.

    The session is that of `settings`, or the article's own date; raises `SessionError` where neither names one, and
    `DataError` for an article that cannot be read.
    """
    name = "standard input" if file == STANDARD_INPUT else file
    article = read_article(_text(file, name), name)
    publication = open_publication(settings)
    market = load_past(replace(settings, session=None, latest=False), publication)
    checker = checker_of(publication, market)
    session, where = _session(settings, article, name, checker.columns.prices.days)
    passages = checker.check(article, session)
    return Report(name, session, where, passages, article.rows, market.simulated)


def checker_of(publication: Publication, market: Market) -> Checker:
    """The checker over a market's raw prices."""
    about = (publication.facts, publication.calendars, publication.readings)
    return Checker(publication, SqlColumns(PriceTable(market), publication.universe, *about))


def _text(file: str, name: str) -> str:
    """The article's characters; one byte more than the largest is enough to refuse it."""
    most = 4 * LARGEST + 1
    try:
        if file == STANDARD_INPUT:
            content = sys.stdin.buffer.read(most)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(most)
    except OSError as error:
        raise DataError(
            f"{name}: cannot be read ({error.strerror}). Name a file, or '-' for standard input."
        ) from error
    if len(content) == most:
        raise DataError(f"{name}: is larger than {most // 1_000_000} MB. Give the article alone.")
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError as error:
        raise DataError(
            f"{name}: is not UTF-8 text (byte {error.start + 1}). Save it as plain text, Markdown or HTML."
        ) from error


def _session(settings: Settings, article: Article, name: str, days: list[date]) -> tuple[date, str]:
    """The session that the article is about, and where that comes from."""
    asked, where = settings.session, "--session"
    if settings.latest:
        return days[-1], "--session latest"
    if asked is None:
        asked, where = dated(article), "the article's date"
    if asked is None:
        raise SessionError(
            f"{name}: names no date of its own. Say which session it is about: add --session {days[-1]}."
        )
    held = [day for day in days if day <= asked]
    if not held or (asked > days[-1]):
        reach = f"prices are held from {days[0]} to {days[-1]}"
        raise SessionError(f"{name}: is about {asked}, and {reach}. Give prices that reach it, or another --session.")
    if settings.session is not None and held[-1] != asked:
        raise SessionError(f"{asked} is no trading session. The last before it is {held[-1]}.")
    return held[-1], where
