"""List a built site's files in the order in which they go up, with one digest of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator.errors import DeliveryError
from generator.files import read_bytes

LARGEST = 100_000_000
OURS = ".commentary-"
"""Begins the names of files that the builder of a site keeps beside it for itself; they are not part of it."""
_PAGES = (".html", ".xml", ".json", ".txt")


@dataclass(frozen=True, slots=True)
class Public:
    """A built site: every file by its path, what articles need first, home page and feeds last."""

    folder: Path
    digests: Mapping[str, str]
    """SHA-256 of each file."""

    @property
    def digest(self) -> str:
        """One digest over the whole site."""
        return sha256("".join(f"{path}\0{one}\n" for path, one in sorted(self.digests.items())).encode()).hexdigest()

    def read(self, path: str) -> bytes:
        """A file's content; raises `DeliveryError` if it is not the one that was digested."""
        content = read_bytes(self.folder / path, self.folder, LARGEST)
        if sha256(content).hexdigest() != self.digests[path]:
            raise DeliveryError(f"{self.folder / path}: changed while it was delivered. Deliver again.")
        return content

    def sha1(self, path: str) -> str:
        """The digest that some services go by."""
        return sha1(self.read(path)).hexdigest()

    def page(self, address: str) -> str:
        """The file at an address, wherever in its host the site begins; empty where the site has none."""
        steps = [step for step in unquote(urlsplit(address).path).split("/") if step]
        for start in range(len(steps) + 1):
            path = "/".join(steps[start:])
            for name in (path, f"{path}/index.html".lstrip("/"), f"{path}.html"):
                if name in self.digests and (start == 0 or start < len(steps)):
                    return name
        return ""


def read_public(folder: Path) -> Public:
    """The site in `folder`; raises `DeliveryError` where there is none, or a link or device is among its files."""
    if not folder.is_dir():
        raise DeliveryError(f"{folder}: there is no such folder. 'commentary site' builds the site.")
    found: dict[str, str] = {}
    try:
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                continue
            if path.name.startswith(OURS):
                continue
            name = path.relative_to(folder).as_posix()
            if not name.isprintable():
                raise DeliveryError(f"{folder}: a file's name holds what cannot be printed. Rename it: {name!r}.")
            found[name] = sha256(read_bytes(path, folder, LARGEST)).hexdigest()
    except OSError as error:
        raise DeliveryError(f"{folder}: a file cannot be read ({error.strerror}).") from error
    if not any(name.endswith(".html") for name in found):
        raise DeliveryError(f"{folder}: holds no page. 'commentary site' builds the site.")
    return Public(folder, {path: found[path] for path in sorted(found, key=_turn)})


def _turn(name: str) -> tuple[int, bool, bool, str]:
    """Deep before shallow, so articles before lists; at one depth pictures before pages; the home page last of all."""
    path = PurePosixPath(name)
    return -len(path.parts), path.suffix in _PAGES, path.name == "index.html", name
