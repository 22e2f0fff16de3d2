"""Verify a finished edition: print it again from its prices and content, then have the second reader read every file.

What the reprint proves, it proves byte for byte; the second reader proves it a second time, by code that shares nothing
with the first, and alone where the edition cannot be printed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from generator.assembly import Desk, make_edition
from generator.editorial.kept import content_files
from generator.editorial.readers import Reader, for_reader, read_readers
from generator.errors import CommentaryError, DataError
from generator.loading import load_prices, open_publication
from generator.model import Market, Publication, Settings
from generator.products import formats_of, make_pages
from generator.publishing.ledger import ledger_text
from generator.publishing.manifest import made_with, manifest
from generator.rendering.paper.press import Press
from generator.rendering.pictures.card_link import CARD_FILE
from generator.verification.figures.answers import Answers
from generator.verification.holdings import WHERE
from generator.verification.products import form
from generator.verification.reader import SecondReader

LARGEST = 64 * 2**20
"""The most bytes that a file of an edition may have."""
Files = dict[str, bytes]


def verify_edition(
    folder: Path, settings: Settings, source: str | None = None, reprint: bool = True, table: Path | None = None
) -> Answers:
    """The answers on the edition in `folder`, recomputed from the prices of `source` (default: as its ledger names it).

    A simulated market is made anew, prices of the publisher's own need `settings.data`; prices that were fetched are
    read from the store as they were known when the edition was written, whatever has been restated since. Unless
    `reprint` is False the edition is printed again first; what could not be is said among the answers' notices.
    Raises `DataError` for a folder without a ledger, and what loading prices raises. `table` is the one of readers that
    a batch wrote the issue from; its folder says whose it is.
    """
    ledger = read_ledger(folder)
    files = read_files(folder)
    key = source or ("csv" if settings.data else ledger["market"]["source"])
    session = date.fromisoformat(ledger["session"])
    known_by = settings.as_known or _fetched_at(ledger, key)
    wanted = replace(settings, edition=ledger["edition"], session=session, source=key, as_known=known_by)
    reader = _reader(folder, ledger["edition"], table) if table else None
    if reader and reader.project:
        wanted = replace(wanted, project=Path(reader.project))
    publication = open_publication(wanted)
    if reader:
        publication = for_reader(publication, reader)
    market = load_prices(wanted, publication)
    again, notices = None, ["not printed again, as asked"]
    if reprint:
        again, notices = print_again(publication, market, ledger, files)
    answers = SecondReader(publication, wanted.edition, market).read(files, ledger, again)
    answers.notices += notices
    return answers


def _reader(folder: Path, kind: str, table: Path) -> Reader:
    """Whose issue of that kind it is."""
    name = folder.absolute().parent.parent.name
    found = next((one for one in read_readers(table)[0] if (one.name, one.kind) == (name, kind)), None)
    if found is None:
        raise DataError(f"{table}: has no row for the '{kind}' of '{name}', whose folder this is.")
    return found


def print_again(
    publication: Publication, market: Market, ledger: Mapping[str, Any], files: Mapping[str, bytes]
) -> tuple[Files | None, list[str]]:
    """The edition's files as the program prints them now, or None; and what could not be printed again, and why.

    Where something differs and the content, the program or the prices have changed since, the files cannot be held
    against each other: no page is called false for words that have been written since.
    """
    formats = formats_of({*files, *(ledger.get("files") or ())}, publication.channels)
    made = made_with(publication)
    try:
        desk = Desk.over(publication, ledger["edition"], market, content_files(publication.root))
        with Press(wanted="pdf" in formats) as press:
            pages, notices = make_pages(make_edition(desk), desk.templates, formats, press, lambda: made)
    except CommentaryError as error:
        return None, [f"not printed again: {error}"]
    again, told = comparable({page.path: page.content for page in pages}, made, files, ledger)
    return again, [*told, *(f"not printed again: {notice}" for notice in notices)]


def comparable(
    again: Files, made: Mapping[str, str], files: Mapping[str, bytes], ledger: Mapping[str, Any]
) -> tuple[Files | None, list[str]]:
    """What was printed again, as far as the files may be held against it; None, and why, where they may not."""
    if all(files.get(name) == content for name, content in again.items()):
        return again, []
    printed = orjson.loads(again[WHERE])
    reasons = [*_changes(ledger.get("made_with"), made), *_other_prices(ledger, printed)]
    if ledger.get("choices") != printed.get("choices"):
        reasons.append("other words have been chosen for it since")
    if _own(ledger) != _own(printed):
        reasons.append("the editor's own sentences for it have changed since")
    if reasons:
        return None, [f"not printed again: {', '.join(reasons)}; the second reader alone has read it"]
    if CARD_FILE in files and CARD_FILE not in again:
        return None, []  # pages name the card that they come with
    if "article.pdf" in files and "article.pdf" not in again:
        again = {**again, "article.pdf": files["article.pdf"]}
        again[WHERE] = ledger_text({**orjson.loads(again[WHERE]), "files": manifest(again)}).encode()
    return again, []


def _own(ledger: Mapping[str, Any]) -> list[Any]:
    """An editor's own sentences in an issue, which stand in a file for that issue alone."""
    return [one for one in ledger["products"]["article"] if one["source"].startswith("content/own/")]


def _changes(then: Mapping[str, str] | None, now: Mapping[str, str]) -> list[str]:
    """What an edition was made with that is another now."""
    if then is None:
        return ["its ledger does not say what it was made with"]
    names = {"program": f"the program is version {now['program']} now", "code": "the program has changed since",
             "content": "content/ has changed since", "universe": "content/universe.yaml has changed since",
             "templates": "templates/ has changed since"}  # fmt: skip
    return [words for key, words in names.items() if then.get(key) != now[key]]


def _other_prices(ledger: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    """Whether the prices held are others than those it was written from."""
    return [] if ledger["market"] == again["market"] else ["its prices are not those that are held now"]


def _fetched_at(ledger: Mapping[str, Any], source: str) -> datetime | None:
    """When the edition's prices were fetched; None for a source that fetches nothing, or is not the edition's own."""
    told = ledger["market"]["fetched_at"]
    return datetime.fromisoformat(told) if told and source == ledger["market"]["source"] else None


def read_ledger(folder: Path) -> dict[str, Any]:
    """The ledger of the edition in `folder`; raises `DataError` where there is none, or none of the right form."""
    path = folder / WHERE
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Name the folder of a finished edition.") from error
    return form.read_ledger(content, str(path))


def read_files(folder: Path) -> Files:
    """Every file in `folder` by its path there; raises `DataError` for a link, a device, or far too large a file."""
    files: Files = {}
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise DataError(f"{path}: is not a regular file. Write the edition again.")
            if path.is_file():
                if path.stat().st_size > LARGEST:
                    raise DataError(f"{path}: is larger than {LARGEST // 2**20} MB. Write the edition again.")
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    except OSError as error:
        raise DataError(f"{folder}: cannot be read ({error.strerror}).") from error
    return files
