"""Faults of single fragments, kept from run to run: between two checks an editor has mostly changed one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from generator.caching import digest, fingerprint, kept_each
from generator.errors import Fault
from generator.model import Fragment, Publication


def each_kept(
    publication: Publication, edition: str, faults_of: Callable[[Fragment], Iterable[Fault]]
) -> Iterator[Fault]:
    """The faults of each of the edition's fragments, which depend on it and on the publication without its words.

    Of the other fragments they may depend on the topics alone.
    """
    fragments = publication.fragments[edition]
    by_key = {_known_by(one): one for one in fragments}
    topics = sorted((one.slot, one.topic) for one in fragments)
    of = [fingerprint(replace(publication, fragments={}, choices={})), repr(topics).encode()]

    def read(keys: list[str]) -> dict[str, list[Fault]]:
        return {key: [*faults_of(by_key[key])] for key in keys}

    for faults in kept_each("proofread", f"{publication.root}\n{edition}", of, by_key, read, alone=True).values():
        yield from faults


def _known_by(fragment: Fragment) -> str:
    """What tells a fragment from every other, and from itself as it was: its settings, bullets and their lines."""
    return digest([fingerprint(replace(fragment, parts={})), repr(fragment.parts).encode()]).hex()
