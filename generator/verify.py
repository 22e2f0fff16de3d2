"""A finished edition's folder in; the second reader's answer for every claim in it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from generator.errors import DataError
from generator.model import Settings
from generator.pipeline import load_prices, open_publication
from generator.verification.answers import Answers
from generator.verification.extraction import read_pdf
from generator.verification.holdings import WHERE
from generator.verification.products import POSTS
from generator.verification.reader import ALT, ARTICLES, SecondReader


def verify_edition(folder: Path, settings: Settings, source: str | None = None) -> Answers:
    """The answers on the edition in `folder`, recomputed from the prices of `source` (default: as its ledger names it).

    A simulated market is made anew, prices of the publisher's own need `settings.data`; prices that were fetched are
    read from the store as they were known when the edition was written, whatever has been restated since. Raises
    `DataError` for a folder without a ledger, and what loading prices raises.
    """
    ledger = read_ledger(folder)
    key = source or ("csv" if settings.data else ledger["market"]["source"])
    session = date.fromisoformat(ledger["session"])
    known_by = settings.as_known or _fetched_at(ledger, key)
    wanted = replace(settings, edition=ledger["edition"], session=session, source=key, as_known=known_by)
    publication = open_publication(wanted)
    reader = SecondReader(publication, wanted.edition, load_prices(wanted, publication))
    return reader.verify(read_texts(folder), ledger)


def _fetched_at(ledger: Mapping[str, Any], source: str) -> datetime | None:
    """When the edition's prices were fetched; None for a source that fetches nothing, or is not the edition's own."""
    told = ledger["market"].get("fetched_at")
    return datetime.fromisoformat(told) if told and source == ledger["market"]["source"] else None


def read_ledger(folder: Path) -> dict[str, Any]:
    """The ledger of the edition in `folder`; raises `DataError` where there is none."""
    path = folder / WHERE
    try:
        ledger: dict[str, Any] = orjson.loads(path.read_bytes())
        date.fromisoformat(ledger["session"]), ledger["edition"]  # all that is needed here, with the next line
        _fetched_at(ledger, ledger["market"]["source"])
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Name the folder of a finished edition.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: is no ledger. Write the edition again.") from error
    return ledger


def read_texts(folder: Path) -> dict[str, str]:
    """The final text of every product there is, by file name; a PDF as the text in it."""
    texts: dict[str, str] = {}
    for name in (*ARTICLES, *POSTS, ALT):
        path = folder / name
        if path.is_file():
            texts[name] = read_pdf(path.read_bytes()) if name.endswith(".pdf") else path.read_text(encoding="utf-8")
    return texts
