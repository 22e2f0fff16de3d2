"""Alter a finished edition in some 1,600 ways, verify each, and tell kind by kind what was caught.

Nothing is left to chance: places are taken at even distances. Whoever alters a file also puts its digest in the
manifest right, but where the folder itself is altered, so that what is measured is whether the alteration is *seen*.
`make alterations` runs them all, each with the edition printed again and without; ARGS="charts --each 20 -v" runs some
kinds, twenty alterations of each, and names what was missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from . import alter_folder, alter_mail, alter_page, alter_paper, alter_text
from .alter_text import TEXTS
from .trial import HEAD, Kinds, line, total, trial

__all__ = ["KINDS", "TEXTS"]
KINDS: Kinds = alter_text.KINDS | alter_page.KINDS | alter_mail.KINDS | alter_paper.KINDS | alter_folder.KINDS


def main(arguments: Sequence[str]) -> int:
    """All kinds, or those asked for; the exit code is 1 where more than one in a hundred is missed."""
    from .finished import case

    parser = argparse.ArgumentParser(prog="make alterations", description=main.__doc__)
    parser.add_argument("kinds", nargs="*", help="words in the names of the kinds wanted")
    parser.add_argument("--each", type=int, help="at most so many alterations of each kind")
    parser.add_argument("-v", dest="verbose", action="store_true", help="name what was missed")
    asked = parser.parse_args(arguments)
    edition, outcomes = case(), []
    print(HEAD)
    for name, made in KINDS.items():
        if not asked.kinds or any(part in name for part in asked.kinds):
            outcomes.append(trial(edition, {name: made}, asked.each)[name])
            print(line(name, outcomes[-1]), flush=True)
            for what in outcomes[-1].alone if asked.verbose else ():
                print(f"    {'missed' if what in outcomes[-1].missed else 'missed by the reader alone'}: {what!r}")
    whole = total(outcomes)
    print(line("all", whole))
    print(f"{'':<59} {len(whole.missed) / whole.tried:>7.2%} {len(whole.alone) / whole.tried:>20.2%}")
    return int(len(whole.missed) * 100 > whole.tried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
