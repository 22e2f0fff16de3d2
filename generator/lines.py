"""Set what a command returned in lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.factcheck.report import Checked, Report
    from generator.model import FigureDefinition, Omission
    from generator.narrative.checks.coverage import Gap
    from generator.verbs.explain import Considered, Explanation, ReadSession
    from generator.verbs.fetch import Fared, Outcome
    from generator.verbs.figures import FigureRow
    from generator.verbs.preview import Previewed
    from generator.verbs.revisions import Restatements
    from generator.verbs.scores import Scores
    from generator.verbs.screen import Outcome as Screening
    from generator.verbs.site import Built
    from generator.verbs.sources import Sources

_LINE = 2000
"""Characters after which a line of a message is cut."""
_FEW = 3
"""How many symbols of which the same is true have a line each."""


def legible(message: str) -> str:
    """The message with nothing in it that a terminal would obey, and no line of it at any length."""
    lines = ("".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in line) for line in
             message.split("\n"))  # fmt: skip
    return "\n".join(line if len(line) <= _LINE else f"{line[: _LINE - 1]}…" for line in lines)


def left_out(omissions: Iterable[Omission], *, in_full: bool) -> Iterator[str]:
    """A line for each symbol that the edition goes without, and one for many that lack for like reasons.

    What had not begun is told only `in_full`.
    """
    alike: dict[str, list[Omission]] = {}
    for omission in omissions:
        if in_full or not omission.begins:
            kind = omission.reason.partition(":")[0].partition(" (")[0]
            alike.setdefault(f"{omission.symbol} {omission.reason}" if in_full else kind, []).append(omission)
    for kind, those in alike.items():
        if len(those) <= _FEW:
            yield from (legible(f"left out: {one.symbol} ({one.reason})") for one in those)
        else:
            named = ", ".join(one.symbol for one in those[:_FEW])
            yield legible(f"left out: {len(those)} symbols, {named} among them ({kind}); --verbose names all")


def fetch_lines(outcome: Outcome) -> Iterator[str]:
    """A line for each symbol and series: its status, the last day held, what is new and restated, and what is wrong.

    Many of which nothing came, for one reason, are one line.
    """
    width = max((len(one.symbol) for one in outcome.symbols), default=6)
    yield f"{'symbol':<{width}}  {'status':<12}  {'last held':<10}  {'new':>6}  {'restated':>8}  why"
    alike = Counter((one.status, one.reason) for one in outcome.symbols)
    told: set[tuple[str, str]] = set()
    for one in outcome.symbols:
        kind = (one.status, one.reason)
        if not one.unanswered or alike[kind] <= _FEW:
            yield _fared(one, width)
        elif kind not in told:
            told.add(kind)
            of = f"{alike[kind]} of {len(outcome.symbols)}, {one.symbol} among them"
            yield f"{of}: {one.status} ({one.reason})"
    ready = f"{outcome.ready} of {outcome.of} symbols are ready for {outcome.through}"
    yield f"{ready}; stored {outcome.stored:%Y-%m-%d %H:%M} UTC"


def screen_lines(outcome: Screening) -> Iterator[str]:
    """A line for each company, ready to be read; those without believable prices with the reason."""
    yield f"{'symbol':<8}  {'status':<12}  {'value':>8}  {'price':>9}  {'a day':>8}  name"
    for one in outcome.passed:
        size = f"{one.company.value / 1e9:>6.1f}bn  {one.company.price:>9.2f}  {one.company.traded / 1e6:>6.0f}mn"
        why = f": {one.finding.reason}" if one.finding.reason else ", listed already" if one.listed else ""
        yield f"{one.company.symbol:<8}  {one.finding.status:<12}  {size}  {one.company.name} ({one.sector}){why}"
    usable = sum(one.usable for one in outcome.passed)
    yield f"{usable} of {len(outcome.passed)} have settled prices up to {outcome.through}"
    if outcome.added:
        yield f"added to content/universe.yaml: {', '.join(outcome.added)}"
    else:
        yield from (f"  - {outcome.entry(one)}" for one in outcome.passed if one.usable and not one.listed)


def _fared(one: Fared, width: int) -> str:
    why = "; ".join([*([one.reason] if one.reason else []), *(f"rescaled ({cause})" for cause in one.rescaled)])
    counts = f"{one.new:>6}  {one.restated:>8}"
    return f"{one.symbol:<{width}}  {one.status:<12}  {one.last or '-'!s:<10}  {counts}  {why}".rstrip()


def revision_lines(restatements: Restatements) -> Iterator[str]:
    """A line for each price restated, with the editions that quoted the old one below it."""
    yield from (f"passed over: {why}" for why in restatements.passed_over)
    for restated in restatements.found:
        one = restated.revision
        what = f"{one.symbol} {restated.field} of {one.session}: {one.old:,.4f} is now {one.new:,.4f}"
        yield f"{one.seen:%Y-%m-%d %H:%M} UTC  {what}"
        yield f"    quoted by {', '.join(restated.editions) or 'no edition'}"
    if not restatements.found:
        yield "nothing was restated" + (f" since {restatements.since}" if restatements.since else "")


def site_lines(built: Built) -> Iterator[str]:
    """What there is to say of a site that was built: notices, corrections that were found, then counts."""
    yield from built.notices
    for one in built.corrections:
        yield f"{one.issue}: corrected. {one.text}"
    counts = [f"{built.issues:,} issue{'' if built.issues == 1 else 's'}", f"{len(built.written):,} files written"]
    counts += [f"{len(built.removed):,} removed"] if built.removed else []
    yield f"{', '.join(counts)}, {built.unchanged:,} as they were"


def figure_lines(rows: Sequence[FigureRow]) -> Iterator[str]:
    """A line for each figure: name, text, unit, basis, window, and the symbols that it is made of."""
    width = max((len(row.name) for row in rows), default=0)
    for row in rows:
        inputs = ", ".join(dict.fromkeys(item["symbol"] for item in row.inputs))
        heading = f"{row.name:<{width}}  {row.text:>14}  {row.unit:<17}  {row.basis:<15}"
        yield f"{heading}  {row.window:<24}  {inputs}: {row.label}"


def source_lines(found: Sources) -> Iterator[str]:
    """What may be cited, each source with its numbers and words below it, and the issues that cite it."""
    yield from found.notices
    for one in found.found:
        fact = one.fact
        until = f"for {fact.as_of}" if fact.dated in ("entry for", "observation of") else f"until {fact.expires}"
        cited = f"; cited in {', '.join(one.cited)}" if one.cited else ""
        yield f"{fact.key}  {fact.id}  {until}  {fact.source}{cited}"
        if fact.values:
            yield f"    {'; '.join(f'{name}: {value}' for name, value in fact.values.items())}"
    if not found.found:
        yield f"nothing may be cited on {found.session}"


def score_lines(found: Scores) -> Iterator[str]:
    """A line for each test, then how often each was passed."""
    yield from found.notices
    width = max((len(one.name) for one in found.found), default=0)
    for one in found.found:
        when = f" on {one.decided_on}" if one.decided_on else ""
        yield f"{one.set_on}  {one.name:<{width}}  {one.outcome}{when}: whether {one.asked}"
    for name, passed, judged, still, unknown in found.by_test():
        others = f"{f', {still:,} open' if still else ''}{f', {unknown:,} not told' if unknown else ''}"
        yield f"{name}: {passed:,} of {judged:,} passed{others}"
    if not found.found:
        yield "no issue set a test"


def definition_lines(definitions: Sequence[FigureDefinition]) -> Iterator[str]:
    """A line for each figure that there is: name, unit, basis, and what it is."""
    width = max((len(one.name) for one in definitions), default=0)
    yield from (f"{one.name:<{width}}  {one.unit:<17}  {one.basis:<15}  {one.label}" for one in definitions)


def preview_lines(previewed: Iterable[Previewed]) -> Iterator[str]:
    """Rule by rule, the days on which it held and the wordings of each; an asterisk marks those it could have used."""
    for one in previewed:
        yield f"{one.fragment}: held on {one.held:,} of {one.sessions:,} sessions, {one.first} to {one.last}"
        yield f"  when: {one.rule or 'always'}"
        if one.nearest:
            yield f"  it never held; nearest on {one.nearest}:"
            yield from (f"      {words}" for words in one.distances)
        elif not one.held:
            yield "  it never held: on no session was every figure there that it names"
        for day in one.days:
            yield from ("", f"{day.session}  {day.headline}  ({day.story})")
            yield f"  this fragment: {day.outcome}"
            for part, wordings in groupby(day.wordings, key=lambda wording: wording.part):
                yield f"  {part}"
                for wording in wordings:
                    line, text = wording.source.rpartition(":")[2], wording.text or "(a figure is absent, or nothing)"
                    yield f"  {'*' if wording.in_turn else ' '} {line:>4}  {text}"


def coverage_lines(gaps: Iterable[Gap]) -> Iterator[str]:
    """A line per part, and below it the kinds of day that its gap is made of."""
    for gap in gaps:
        yield (
            f"{gap.part}: no news of its own on {gap.short:,} of {gap.sessions:,} sessions "
            f"({gap.short / max(gap.sessions, 1):.1%}); "
            f"last resort {gap.last_resort:,}, empty {gap.empty:,}"
        )
        yield from (f"  {times:>6,}  {kind}; last on {day}" for kind, times, day in gap.kinds)


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """Part by part, a few lines for each fragment; those that spoke have an asterisk."""
    yield f"{explanation.edition} of {explanation.session}: the angle is {explanation.angle}"
    for part in explanation.parts:
        yield from ("", part.name)
        for considered in part.considered:
            yield from _considered(considered)
    if explanation.readings:
        yield from ("", "readings")
    for read in explanation.readings:
        yield from _read(read)


def _read(read: ReadSession) -> Iterator[str]:
    """A reading, and a line for each signal: with an asterisk if it holds, with a question mark if it is not known."""
    yield f"    {read.key}: {read.held} for, {read.missed} against. {read.says}"
    for signal in read.signals:
        mark = {True: "*", False: " ", None: "?"}[signal.holds]
        yield f"      {mark} {signal.key}: {'; '.join(signal.distances)}"


def _considered(considered: Considered) -> Iterator[str]:
    item = considered.standing
    last = f", last on {item.last_time}" if item.last_time else ""
    yield f"  {'*' if considered.spoke else ' '} {item.fragment}: {item.outcome}"
    yield f"      {item.surprisal:.1f} bits, held {item.times_before} times before{last}"
    yield from (f"      {words}" for words in (*considered.distances, *considered.followed))


def factcheck_lines(report: Report, *, in_full: bool = False) -> Iterator[str]:
    """Each sentence that has a verdict with how it was read, and the counts; sentences that hold in one line."""
    for one in report.sentences:
        if one.verdict:
            yield from (legible(line) for line in _checked_lines(one, in_full))
    counted = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items())
    yield f"{report.session}: {counted}"
    if report.rows:
        yield f"{report.rows} rows of tables were not read"


def _checked_lines(one: Checked, in_full: bool) -> Iterator[str]:
    yield f"{one.label.upper() if one.verdict == 'does not hold' else one.label}: {one.text}"
    for claim in one.judged:
        holds = claim.verdict == "holds"
        for reading in claim.readings[: None if claim.verdict == "depends" else 1]:
            yield f"    {claim.verdict}: {reading.words}: {reading.value}"
        if not claim.readings:
            yield f"    {claim.verdict}"
        if claim.nearest and not holds:
            lead = {"does not hold": "instead", "depends": "note"}.get(claim.verdict, "why not")
            yield f"    {lead}: {claim.nearest}"
    if one.unread and (in_full or one.judged):
        yield "    not understood: " + ", ".join(one.text[start:end] for start, end in one.unread)
