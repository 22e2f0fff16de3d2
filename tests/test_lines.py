"""What a terminal shows of what a command returned."""

from __future__ import annotations

from datetime import UTC, date, datetime

from generator.lines import (
    coverage_lines,
    explanation_lines,
    fetch_lines,
    figure_lines,
    left_out,
    legible,
    revision_lines,
)
from generator.market.source import Status
from generator.market.store.revised import Revision
from generator.market.store.series import SERIES
from generator.model import Omission, Weighed
from generator.narrative.checks.coverage import Gap
from generator.verbs.explain import Considered, Explanation, Part
from generator.verbs.fetch import Fared, Outcome
from generator.verbs.figures import FigureRow
from generator.verbs.revisions import Restated, Restatements

DAY = date(2024, 7, 11)
EVENING = datetime(2024, 7, 11, 21, 30, tzinfo=UTC)


def test_messages_hold_nothing_that_a_terminal_would_obey() -> None:
    """Control characters are shown as what they are, and no line goes on for ever."""
    assert legible("one\x1b[31m\ntwo\x07") == "one\ufffd[31m\ntwo\ufffd"
    assert len(legible("x" * 30_000_000)) == 2000


def test_symbols_that_lack_for_one_reason_are_one_line() -> None:
    """In full each has its own, and what had not begun is told as well."""
    lacking = [Omission(symbol, "no prices are held of it: there is no file") for symbol in ("A", "B", "C", "D")]
    omissions = [*lacking, Omission("E", begins=date(2026, 1, 5))]
    assert list(left_out(omissions, in_full=False)) == [
        "left out: 4 symbols, A, B, C among them (no prices are held of it); --verbose names all"
    ]
    assert list(left_out(omissions, in_full=True))[-1] == "left out: E (begins on 2026-01-05)"


def fared(symbol: str, status: Status = Status.OK, reason: str = "", rescaled: tuple[str, ...] = ()) -> Fared:
    return Fared(symbol, status, reason, None if reason else DAY, new=1, restated=0, rescaled=rescaled)


def test_a_fetch_is_a_table_in_which_many_that_nobody_answered_are_one_line() -> None:
    """Three have a line each; a fourth makes one line of them all, where the first of them would stand."""
    down = [fared(symbol, Status.NETWORK, "down") for symbol in ("KRE", "XBI", "SMH", "IWC")]
    slow = [fared("QQQ", Status.RATE_LIMITED, "a pause is asked for")]
    symbols = (fared("^RUT"), *down, fared("IWM", rescaled=("split",)), *slow)
    assert list(fetch_lines(Outcome(symbols, 2, 7, DAY, EVENING, (), None))) == [
        "symbol  status        last held      new  restated  why",
        "^RUT  ok            2024-07-11       1         0",
        "4 of 7, KRE among them: network (down)",
        "IWM   ok            2024-07-11       1         0  rescaled (split)",
        "QQQ   rate_limited  -                1         0  a pause is asked for",
        "2 of 7 symbols are ready for 2024-07-11; stored 2024-07-11 21:30 UTC",
    ]


def test_a_restatement_has_the_editions_that_quoted_it_below() -> None:
    """A series has a value where a symbol has a field; editions that could not be read come first."""
    close = Revision("yahoo", "^RUT", DAY, "close", 2000.0, 2001.5, EVENING, "", "")
    value = Revision(SERIES, "DFF", DAY, "close", 5.33, 5.34, EVENING, "", "")
    found = (Restated(close, ("2024-07-11/session",)), Restated(value, ()))
    assert list(revision_lines(Restatements(None, found, ("edition.json: is not a ledger",)))) == [
        "passed over: edition.json: is not a ledger",
        "2024-07-11 21:30 UTC  ^RUT close of 2024-07-11: 2,000.0000 is now 2,001.5000",
        "    quoted by 2024-07-11/session",
        "2024-07-11 21:30 UTC  DFF value of 2024-07-11: 5.3300 is now 5.3400",
        "    quoted by no edition",
    ]


def test_that_nothing_was_restated_is_said() -> None:
    """And since when."""
    assert list(revision_lines(Restatements(None, (), ()))) == ["nothing was restated"]
    assert list(revision_lines(Restatements(DAY, (), ()))) == ["nothing was restated since 2024-07-11"]


def test_figures_stand_in_columns() -> None:
    """The name, the text to the right, unit, basis and window; then the symbols, each once."""
    inputs = [{"symbol": "^RUT", "session": day} for day in ("2024-07-10", "2024-07-11")]
    row = FigureRow("small_x", "x of small", "x of closes", "percent", "price return", 0.0123, 1.23, inputs)
    assert list(figure_lines([row])) == [
        "small_x            1.23  percent            price return     2024-07-10 to 2024-07-11  ^RUT: x of small"
    ]


def test_coverage_is_a_line_per_part_with_kinds_of_day_below_it() -> None:
    """The share is of the sessions there could be an edition of."""
    gap = Gap("large", 4, 3, 0, (("Russell 2000 edged up, S&P 500 rose", 2, "2024-07-10"),))
    assert list(coverage_lines([gap])) == [
        "large: no news of its own on 3 of 4 sessions (75.0%); last resort 3, empty 0",
        "       2  Russell 2000 edged up, S&P 500 rose; last on 2024-07-10",
    ]


def test_who_spoke_has_an_asterisk() -> None:
    """Below it how rare it is, how near its rule is to flipping, and what followed."""
    spoke = Weighed("session/lead/up", "lead", True, 3.94, 536, DAY, "spoke")
    silent = Weighed("session/lead/down", "lead", False, 6.0, 0, None, "its rule does not hold")
    considered = (
        Considered(spoke, ("small_return_1d > 0: 1.2, clear by 1.2",), ("one week later, up after 2 of 3",)),
        Considered(silent, ("small_return_1d < 0: 1.2, short by 1.2",), ()),
    )
    lines = list(explanation_lines(Explanation("session", DAY, "session/angle/up", (Part("lead", considered),))))
    assert lines == [
        "session of 2024-07-11: the angle is session/angle/up",
        "",
        "lead",
        "  * session/lead/up: spoke",
        "      3.9 bits, held 536 times before, last on 2024-07-11",
        "      small_return_1d > 0: 1.2, clear by 1.2",
        "      one week later, up after 2 of 3",
        "    session/lead/down: its rule does not hold",
        "      6.0 bits, held 0 times before",
        "      small_return_1d < 0: 1.2, short by 1.2",
    ]
