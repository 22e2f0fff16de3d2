"""An issue as it was laid out for a site: its page, its text for feeds and its words, poured once and kept.

`write` lays out what it has written, and `site` what nobody has. A file holds a line of JSON, and below it the words,
the page and the text one after the other. What is damaged, or made from anything else than the issue that stands there
now, counts for nothing: the issue is read and poured again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from generator.publishing.archive import STATE
from generator.publishing.public import place_file, write_file
from generator.publishing.words import Published, words_in

FOLDER, PUBLISHED = "laid", "published"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Laid:
    """One issue, laid out."""

    basis: str
    """A digest of what decided, besides the issue, what was found out about it."""
    stamp: tuple[int, ...]
    """The issue's, when it was read."""
    digest: str
    """Of the issue and its ledger."""
    version: str
    """Of its words."""
    entry: list[Any]
    """What lists tell of it."""
    pictures: dict[str, str]
    """The files that stand beside its article, with the digest of each."""
    page_of: str
    """A digest of all that the page and the text are made from."""
    words: bytes
    """As they are kept once they are published."""
    page: bytes
    """The page, with marks where other issues are spoken of."""
    text: bytes
    """The text for feeds."""


def laid_file(output: Path | str, key: str) -> str:
    """Where the issue called `key` is kept as it was laid out."""
    return f"{output}/{STATE}/{FOLDER}/{_name(key)}"


def write_laid(output: Path, key: str, laid: Laid) -> None:
    """Keep the issue as it was laid out."""
    parts = (laid.words, laid.page, laid.text)
    head = {
        **_begins(laid.digest),
        "basis": laid.basis,
        "stamp": laid.stamp,
        "version": laid.version,
        "entry": laid.entry,
        "pictures": laid.pictures,
        "page_of": laid.page_of,
        "sizes": [len(part) for part in parts],
    }
    write_file(laid_file(output, key), b"".join([orjson.dumps(head), b"\n", *parts]))


def read_laid(output: Path | str, key: str) -> Laid | None:
    """The issue as it was laid out; None where it was not, or where the file is not whole."""
    return _read(laid_file(output, key))


def _read(place: str) -> Laid | None:
    try:
        handle = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        content = os.read(handle, os.fstat(handle).st_size)
    except OSError:
        return None
    finally:
        os.close(handle)
    end = content.find(b"\n") + 1
    try:
        head = orjson.loads(content[:end])
        words, page, text = head["sizes"]
        if head["format"] != FORMAT or end + words + page + text != len(content):
            return None
        return Laid(
            head["basis"],
            tuple(head["stamp"]),
            head["issue"],
            head["version"],
            head["entry"],
            head["pictures"],
            head["page_of"],
            content[end : end + words],
            content[end + words : end + words + page],
            content[end + words + page :],
        )
    except (ValueError, KeyError, TypeError):
        return None


def _begins(digest: str) -> dict[str, object]:
    """What a file begins with, so that it need not be read to tell which issue it is of."""
    return {"format": FORMAT, "issue": digest}


# --- as it was published ------------------------------------------------------------------------


class Kept:
    """All issues of an archive as they were laid out when they were published last."""

    def __init__(self, output: Path) -> None:
        self._output, self._folder = output, f"{output}/{STATE}/{PUBLISHED}"
        self._names = _listed(self._folder)
        self._days = any(name[0].isdigit() for name in _listed(f"{output}/{STATE}"))

    def read(self, key: str) -> Published | None:
        """The issue called `key` as it was published; None where that is not known."""
        if _name(key) in self._names:
            laid = _read(f"{self._folder}/{_name(key)}")
            return words_in(laid.words) if laid else None
        if not self._days:
            return None
        try:  # before issues were laid out, their words stood in a folder of their day
            return words_in(Path(f"{self._output}/{STATE}/{key}.json").read_bytes())
        except OSError:
            return None

    def stands(self, key: str, digest: str) -> bool:
        """Whether what was published last is the issue of that digest."""
        if _name(key) not in self._names:
            return False
        head = orjson.dumps(_begins(digest))[:-1]
        try:
            with open(f"{self._folder}/{_name(key)}", "rb", buffering=0) as file:
                return file.read(len(head)) == head
        except OSError:
            return False

    def keep(self, key: str) -> None:
        """Keep the issue as it is laid out now."""
        try:
            place_file(laid_file(self._output, key), self._folder, _name(key))
        except FileNotFoundError:
            os.mkdir(self._folder)
            place_file(laid_file(self._output, key), self._folder, _name(key))


def _listed(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))
    except OSError:
        return frozenset()


def _name(key: str) -> str:
    return key.replace("/", "-")
