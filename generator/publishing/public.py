"""Writes a folder of pages piece by piece: only what has changed, each file whole or not at all.

A manifest beside the pages says what each was made from. Before a page is written its line in it is emptied, and filled
again once all are written; so a killed run leaves every page old or new, and the next run finds which to make.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from os.path import isfile
from pathlib import Path

import orjson

from generator.errors import OutputError
from generator.locking import alone_in

MANIFEST = ".commentary-site.json"
FORMAT = 1
STAGED = ".commentary-new-"
"""Prefix of a file in the making."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file: the digest of all it is made from, and what makes it.

    One that stands elsewhere already is named by its place. It gets a second name where the system can give it one, and
    is copied where it cannot: nothing of ours changes a file where it stands, so under both names it stays what it was.
    """

    made_from: str
    make: Callable[[], bytes | str] | str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a folder of pages."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


@contextmanager
def public_folder(public: Path, what: str) -> Iterator[dict[str, str]]:
    """While this lasts no other build is at work in the folder; gives what its pages were made from.

    `what` names the kind of folder: a site, or the posts of another program.
    """
    try:
        public.mkdir(parents=True, exist_ok=True)
        with alone_in(public):
            yield _read_manifest(public, what)
    except OSError as error:
        reason = error.strerror or str(error)
        told = f"{error.filename or public}: cannot be written ({reason}). Every page that stood there is whole."
        raise OutputError(told) from error


def bring_up_to_date(
    public: Path, what: str, made: Mapping[str, str], outputs: Mapping[str, Output], kept: frozenset[str] = frozenset()
) -> Outcome:
    """Write the outputs that are new or made from something else, in their order, and remove what is none any more.

    `kept` names pages that cannot be made anew and stay as they are. Raises `OutputError` where a file stands in the
    way that no build made.
    """
    due = [path for path, one in outputs.items() if made.get(path) != one.made_from or not isfile(f"{public}/{path}")]
    _require_free(public, [path for path in due if path not in made])
    gone = sorted(path for path in made if path not in outputs and path not in kept)
    left = {path: digest for path, digest in made.items() if path in outputs or path in kept}
    if due or gone:
        # Those to be written are ours from now on, made from nothing that is known until they stand.
        _write_manifest(public, what, {**made, **dict.fromkeys(due, "")})
        folders: set[str] = set()
        for path in due:
            folder, _, name = f"{public}/{path}".rpartition("/")
            if folder not in folders:
                _make(folder)
                folders.add(folder)
            _write(folder, name, outputs[path])
        for path in gone:
            _remove(public, path)
        _write_manifest(public, what, {**left, **{path: outputs[path].made_from for path in due}})
    return Outcome(tuple(due), tuple(gone), len(left) - len([path for path in due if path in left]))


def _require_free(public: Path, paths: Iterable[str]) -> None:
    """Raise `OutputError` if there is a file that no build made where one of ours is to stand."""
    there = set(os.listdir(public))
    for path in paths:
        if path.partition("/")[0] in there and os.path.lexists(f"{public}/{path}"):
            raise OutputError(
                f"{public / path}: is there already, and was not made by this command. "
                f"Move it away, or choose another folder; nothing was changed."
            )


def _make(folder: str) -> None:
    """Make the folder, and those that it lies in, where they are not there."""
    try:
        os.mkdir(folder)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError:
        pass


def write_file(target: Path | str, content: bytes | str) -> None:
    """Put the content in the place of `target` in one step."""
    folder, name = os.path.split(target)
    folder = folder or os.curdir
    _make(folder)
    _put(folder, name, partial(_fill, content.encode() if isinstance(content, str) else content))


def _write(folder: str, name: str, output: Output) -> None:
    """Put an output in its place, in a folder that is there."""
    if isinstance(output.make, str):
        place_file(output.make, folder, name)
    else:
        content = output.make()
        _put(folder, name, partial(_fill, content.encode() if isinstance(content, str) else content))


def place_file(source: str, folder: str, name: str) -> None:
    """Give a file a second name in a folder that is there; where that cannot be, put a copy there."""
    if not stat.S_ISREG(os.lstat(source).st_mode):  # a link may lead anywhere
        raise OSError(errno.EINVAL, "it is not a regular file", source)
    try:
        os.link(source, f"{folder}/{name}")
    except FileNotFoundError:
        raise
    except OSError:  # another stands there; or another disk, another owner, a system without links
        _put(folder, name, partial(shutil.copyfile, source))


def _put(folder: str, name: str, fill: Callable[[str], object]) -> None:
    """Have a new file filled, and put it in the place of the one called `name`."""
    staged = f"{folder}/{STAGED}{name}"
    try:
        fill(staged)
        os.replace(staged, f"{folder}/{name}")
    except BaseException:
        with suppress(OSError):
            os.unlink(staged)
        raise


def _fill(content: bytes, staged: str) -> None:
    # By hand: a site of a thousand issues has four thousand files, and what Python lays around one costs as much as it.
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.close(handle)


def _remove(public: Path, path: str) -> None:
    """Remove a file of ours, and the folders that it leaves empty."""
    target = public / path
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == public:
            return
        try:
            folder.rmdir()
        except OSError:
            return


def _read_manifest(public: Path, what: str) -> dict[str, str]:
    path = public / MANIFEST
    try:
        kept = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        kept = None
    if not isinstance(kept, dict) or kept.get("format") != FORMAT or not isinstance(kept.get("files"), dict):
        raise OutputError(f"{path}: cannot be read. Remove the folder {public} and build it again.")
    if kept.get("what") != what:
        raise OutputError(f"{public}: holds a {kept.get('what')}, and no {what}. Choose another folder with --public.")
    files: dict[str, str] = kept["files"]
    for name in files:
        if os.path.isabs(name) or ".." in name.split("/"):
            raise OutputError(f"{path}: names a file outside its folder ('{name}'). Remove it and build again.")
    return files


def _write_manifest(public: Path, what: str, files: Mapping[str, str]) -> None:
    held = {"format": FORMAT, "what": what, "files": dict(sorted(files.items()))}
    write_file(public / MANIFEST, orjson.dumps(held, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
