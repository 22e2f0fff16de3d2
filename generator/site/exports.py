"""Write posts for another program, and the files that belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256

import orjson

from generator.model import Correction
from generator.publishing.archive import PAPER, read_shelved
from generator.publishing.corrections import by_issue
from generator.publishing.public import Output
from generator.rendering.site.pages import SitePages, modified_at
from generator.rendering.site.posts import Post, Program, post_name
from generator.site.shelf import Known, Shelf


class Export:
    """The posts of one program over one shelf."""

    def __init__(
        self,
        shelf: Shelf,
        program: Program,
        pages: SitePages,
        corrections: Sequence[Correction],
        design: str,
    ) -> None:
        self._shelf, self._program = shelf, program
        self._imprint, self._places, self._env = pages.imprint, pages.places, pages.env
        self._design = design
        self._corrections = by_issue(corrections)

    def outputs(self) -> dict[str, Output]:
        """Every file by its path: for each issue its pictures, then the post that shows them."""
        return dict(pair for one in self._shelf.known if one.whole for pair in self._of(one))

    def kept(self, made: Iterable[str]) -> frozenset[str]:
        """The files of issues that cannot be read any more: they stay."""
        names = [post_name(one.entry) for one in self._shelf.known if not one.whole]
        return frozenset(path for path in made for name in names if f"/{name}/" in path or f"/{name}." in path)

    def _of(self, one: Known) -> Iterator[tuple[str, Output]]:
        told = self._corrections.get(one.key, ())
        name = post_name(one.entry)
        folder = self._program.folder.format(name)
        for picture, digest in one.pictures.items():
            if picture != PAPER:
                yield f"{folder}{picture}", Output(digest, f"{one.place}/{picture}")
        made_from = sha256(orjson.dumps([self._design, one.digest, one.told, told, sorted(one.pictures)])).hexdigest()
        yield self._program.file.format(name), Output(made_from[:32], partial(self._post, one, told))

    def _post(self, one: Known, told: tuple[Correction, ...]) -> str:
        published = self._places.published(one.entry.session)
        post = Post(
            read_shelved(one.shelved).issue,
            one.entry,
            self._imprint,
            self._places,
            published,
            modified_at(published, told),
            told,
            frozenset(one.pictures),
        )
        return self._program.write(post, self._env)
