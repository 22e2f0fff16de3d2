"""A publication with its templates, to be made into issues on a machine that holds no file of it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import SettingsError
from generator.model import Publication
from generator.publishing.manifest import code_digest


@dataclass(frozen=True)
class Shipped:
    """The publication, every file of each of its template folders, and the program that it is to be printed with."""

    made: Publication
    templates: Sequence[Mapping[str, bytes]]
    code: str

    @classmethod
    def of(cls, publication: Publication) -> Shipped:
        """The publication as it is sent."""
        return cls(publication, [_files(folder) for folder in publication.templates], code_digest())

    def publication(self) -> Publication:
        """The publication with its templates in folders of this machine, which go when the process ends.

        Raises `SettingsError` where the program is another than the one that sent it, which might print other words.
        """
        if code_digest() != self.code:
            raise SettingsError("a worker runs another version of the program. Install the same one on every machine.")
        place = Path(tempfile.mkdtemp(prefix="commentary-"))
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        folders = []
        for number, files in enumerate(self.templates):
            folder = place / str(number) / "templates"
            for name, content in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            folders.append(folder)
        return replace(self.made, templates=tuple(folders))


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
