"""`make faults`: every fault played on an evening, and what came of each, as a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import Queue

from tests.faults.cases import CASES
from tests.faults.evening import ROOT, Case, Result, run
from tests.servers.nursery import Nursery

PRELOAD = ("generator.verbs.writing", "generator.verbs.fetch", "generator.market.yahoo.source")


def row(case: Case, result: Result) -> str:
    """One line of the table."""
    omitted = ", ".join(result.omitted[:4]) + (
        f" and {len(result.omitted) - 4} more" if len(result.omitted) > 4 else ""
    )
    return (
        f"{case.name:<52} {case.symbol:<8} {result.status:<13} {result.exit_code:>4}  "
        f"{'yes' if result.edition else 'no':<7} {result.requests:>8} {result.seconds:>7.1f}  {omitted or '-'}"
    )


def results(cases: tuple[Case, ...] = CASES, at_once: int = 2) -> Iterator[tuple[Case, Result]]:
    """Each case with what came of it, in order."""
    with ExitStack() as nurseries:
        free: Queue[Nursery] = Queue()
        for _ in range(at_once):
            free.put(nurseries.enter_context(Nursery(ROOT, PRELOAD)))

        def played(case: Case) -> Result:
            nursery = free.get()
            try:
                return run(case, nursery)
            finally:
                free.put(nursery)

        with ThreadPoolExecutor(at_once) as pool:
            yield from zip(cases, pool.map(played, cases), strict=True)


def main() -> int:
    """Prints the table; 1 if any fault did what it must not."""
    chosen = tuple(case for case in CASES if all(word in case.name for word in sys.argv[1:] if word != "-v"))
    print(f"{'fault':<52} {'on':<8} {'status':<13} exit  edition requests seconds  omitted")
    wrong = 0
    for case, result in results(chosen):
        print(row(case, result), flush=True)
        wrong += bool(result.wrong)
        for fault in result.wrong[:5]:
            print(f"    WRONG: {fault}")
        if result.wrong or "-v" in sys.argv:
            print("    " + result.said.replace("\n", "\n    "))
    print(
        f"{len(chosen)} faults, {wrong} of them with something wrong in an edition or an outcome that was not expected"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
