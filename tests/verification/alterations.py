"""Alter a finished edition in some 1,600 ways, verify each, and tell kind by kind what was caught.

Nothing is left to chance: places are taken at even distances. Whoever alters a file also puts its digest in the
manifest right, but where the folder itself is altered, so that what is measured is whether the alteration is *seen*.
`make alterations` runs them all, each with the edition printed again and without (ARGS="charts -v" runs some, and
names what was missed).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from . import alter_folder, alter_page, alter_paper, alter_text
from .alter_text import TEXTS
from .trial import HEAD, Kinds, line, total, trial

__all__ = ["KINDS", "TEXTS"]
KINDS: Kinds = alter_text.KINDS | alter_page.KINDS | alter_paper.KINDS | alter_folder.KINDS


def main(arguments: Sequence[str]) -> int:
    """All kinds, or those whose names hold one of the arguments; `-v` names what was missed."""
    from .finished import case

    wanted = [part for part in arguments if part != "-v"]
    edition, outcomes = case(), []
    print(HEAD)
    for name, made in KINDS.items():
        if not wanted or any(part in name for part in wanted):
            outcomes.append(trial(edition, {name: made})[name])
            print(line(name, outcomes[-1]), flush=True)
            for what in outcomes[-1].alone if "-v" in arguments else ():
                print(f"    {'missed' if what in outcomes[-1].missed else 'missed by the reader alone'}: {what!r}")
    whole = total(outcomes)
    print(line("all", whole))
    print(f"{'':<59} {len(whole.missed) / whole.tried:>7.2%} {len(whole.alone) / whole.tried:>20.2%}")
    return int(len(whole.missed) * 100 > whole.tried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
