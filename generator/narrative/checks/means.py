"""Finds means that are quoted without mentioning a member that moved far against them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from generator.errors import Fault
from generator.model import Column, Flags, Fragment, Mean, Variant
from generator.narrative.checks.backing import behind
from generator.narrative.checks.cases import Rows, first_case
from generator.narrative.checks.scopes import spoken
from generator.narrative.newsroom import Newsroom


def mean_faults(newsroom: Newsroom, fragment: Fragment, variant: Variant, rows: Rows) -> Iterator[Fault]:
    """Wordings about a mean that can be used when a member moved far against it, and that mention no such member."""
    for entry in newsroom.publication.lexicon.means:
        if not _tells(newsroom, entry, fragment, variant):
            continue
        mean, best, worst = (newsroom.figures.printed(name) for name in (entry.mean, entry.best, entry.worst))
        yield from _hidden(newsroom, entry.down, variant, rows, entry, (mean > 0) & (worst <= -entry.large), worst)
        yield from _hidden(newsroom, entry.up, variant, rows, entry, (mean < 0) & (best >= entry.large), best)


def _hidden(
    newsroom: Newsroom, told: tuple[str, ...], variant: Variant, rows: Rows, entry: Mean, against: Flags, size: Column
) -> Iterator[Fault]:
    """A fault if a member moved against the mean and the wording quotes no figure about such members."""
    case = first_case(newsroom, rows, against[rows])
    if case is None or any(fnmatchcase(name, one) for name in variant.figures for one in told):
        return
    yield Fault(
        variant.source,
        f"'{entry.mean}' is told without the member that moved {size[case.row]:+.2f} on {case.day} ({case.share}); "
        f"quote one of {', '.join(told)}, or let the rule leave such days out.",
    )


def _tells(newsroom: Newsroom, entry: Mean, fragment: Fragment, variant: Variant) -> bool:
    """Whether the wording is based on the mean, and quotes it or mentions its group."""
    owner = entry.mean.partition("_return_")[0]
    names = [name for name in behind(fragment, variant) if name == entry.mean or name.startswith(f"{entry.mean}_")]
    said = variant.figures & set(names)
    words = (scope for scope in spoken(newsroom.publication.lexicon, variant).values() if owner in scope.of)
    return bool(names) and (bool(said) or any(words))
