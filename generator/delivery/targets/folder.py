"""A folder that a server serves: each file takes its place in one step, articles first, lists and feeds last."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from generator.delivery.message import Receipt
from generator.delivery.targets.public import LARGEST, Public
from generator.delivery.targets.target import Target
from generator.errors import DeliveryError, RefusedError
from generator.files import read_bytes

MANIFEST = ".commentary-deployed.json"
_STAGED = ".commentary-staged-"


class FolderTarget(Target):
    """Copies what is new, and removes what an earlier deployment of ours put there and the site has no more."""

    @property
    def place(self) -> Path:
        """Where the site goes."""
        return Path(self.setting("path")).expanduser()

    def check(self) -> None:
        """The folder has to be there, or be one that can be made, and must not hold the site that is copied."""
        place = self.place.resolve()
        nearest = next(folder for folder in (place, *place.parents) if folder.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            raise RefusedError(f"{nearest}: cannot be written to")

    def deploy(self, public: Public) -> Receipt:
        """Copy the files in the site's order, then remove what is gone."""
        place, source = self.place.resolve(), public.folder.resolve()
        if place == source or place in source.parents or source in place.parents:
            raise RefusedError(f"{place} and {source} lie in one another; name a folder of its own under 'path'")
        try:
            place.mkdir(parents=True, exist_ok=True)
            for left in place.rglob(f"{_STAGED}*"):
                left.unlink()
            earlier = _earlier(place)
            _list(place, {*earlier, *public.digests})  # before anything is put, so that a kill leaves nothing unlisted
            put = sum(_put(place, path, public) for path in public.digests)
            gone = [path for path in earlier if path not in public.digests]
            for path in gone:
                _remove(place, path)
            _list(place, public.digests)
        except OSError as error:
            raise RefusedError(f"{error.filename or place}: cannot be written ({error.strerror})") from error
        except DeliveryError as error:
            raise RefusedError(str(error)) from error
        return Receipt(public.digest, str(place), f"{put} of {len(public.digests)} files put, {len(gone)} removed")


def _list(place: Path, paths: Collection[str]) -> None:
    """Put down which files of the place are ours."""
    _write(place / MANIFEST, json.dumps(sorted(paths), ensure_ascii=False).encode())


def _earlier(place: Path) -> list[str]:
    try:
        listed = json.loads(read_bytes(place / MANIFEST, place, LARGEST))
    except (OSError, ValueError, RecursionError):
        return []
    return [str(path) for path in listed] if isinstance(listed, list) else []


def _put(place: Path, path: str, public: Public) -> bool:
    """Whether the file had to be copied."""
    target = place / path
    try:
        if sha256(read_bytes(target, place, LARGEST)).hexdigest() == public.digests[path]:
            return False
    except OSError:  # it is not there, or is no file of ours
        pass
    _write(target, public.read(path))
    return True


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, staged = tempfile.mkstemp(prefix=_STAGED, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(staged).chmod(0o644)
        Path(staged).replace(target)
    except BaseException:
        Path(staged).unlink(missing_ok=True)
        raise


def _remove(place: Path, path: str) -> None:
    """Remove a file of an earlier site, and the folders that are empty without it."""
    target = place / path
    if ".." in Path(path).parts or Path(path).is_absolute() or not target.is_file():
        return
    target.unlink()
    for folder in target.parents:
        if folder == place or any(folder.iterdir()):
            return
        folder.rmdir()
