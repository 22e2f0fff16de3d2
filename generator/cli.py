"""Options in, one verb called, its result echoed; the only room that talks to a terminal."""

from __future__ import annotations

import errno
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import click

from generator.errors import CommentaryError, NotSettledError, ProjectError
from generator.lines import (
    coverage_lines,
    definition_lines,
    delivery_lines,
    explanation_lines,
    factcheck_lines,
    fetch_lines,
    figure_lines,
    left_out,
    legible,
    preview_lines,
    revision_lines,
    score_lines,
    site_lines,
    source_lines,
    status_lines,
)

STOPPED = 130
"""What a shell expects of a command that Ctrl-C has stopped."""
GOES_ON = "generator.goes_on"
"""Where in a context a command leaves what to say when it is stopped."""
HAPPENED = "generator.happened"
"""The same, in place of the words that nothing has changed."""


class Session(click.ParamType[date]):
    """A date as it is written: 2024-07-11."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; anything else is a fault in usage."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a date. Write it as 2024-07-11.", param, ctx)


class SessionHeld(Session):
    """A date, or `latest`: the last session that prices are held of."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or the earliest there is for `latest`, which `_settings` knows."""
        return _LATEST if value == "latest" else super().convert(value, param, ctx)


_LATEST = date.min


class Hour(click.ParamType[time]):
    """An hour and minute as they are written: 23:30."""

    name = "hh:mm"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """The time of day; anything else is a fault in usage."""
        if isinstance(value, time):
            return value
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            self.fail(f"'{value}' is not an hour and minute. Write them as 23:30.", param, ctx)
        return time.fromisoformat(value)


class Vouched(click.ParamType[tuple[str, date]]):
    """A symbol and a day as they are written: ^RUT:2024-07-11."""

    name = "symbol:date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, date]:
        """The two; anything else is a fault in usage."""
        if isinstance(value, tuple):
            return value
        symbol, _, day = value.rpartition(":")
        try:
            return symbol, date.fromisoformat(day)
        except ValueError:
            self.fail(f"'{value}' is not a symbol and a date. Write them as ^RUT:2024-07-11.", param, ctx)


class Moment(click.ParamType[datetime]):
    """A moment as it is written: 2024-07-11T21:30, in UTC unless it says otherwise."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The end of the minute, or the very moment where seconds are given; anything else is a fault in usage."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a moment. Write it as 2024-07-11T21:30, in UTC.", param, ctx)
        if moment.year < 1970:
            self.fail(f"'{value}' is before anything was fetched. Write it as 2024-07-11T21:30, in UTC.", param, ctx)
        if re.fullmatch(r".{10}T\d\d:\d\d(Z|[+-].*)?", value):
            moment += timedelta(minutes=1, microseconds=-1)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Commentary(click.Group):
    """Turns errors into one message and an exit code; no traceback reaches a user."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours, a full disk or a stop goes to stderr and sets the exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except CommentaryError as error:
            message = legible(str(error))
            lead = "error: " if "\n" not in message else f"{message.count(chr(10)) + 1} faults:\n"
            click.echo(f"{lead}{message}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            said = ctx.meta.get(HAPPENED, "nothing that was published has changed.")
            click.echo(f"stopped: {said}{ctx.meta.get(GOES_ON, '')}", err=True)
            ctx.exit(STOPPED)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has had enough
                raise
            where = f"{error.filename}: " if error.filename else "the output cannot be written: "
            click.echo(f"error: {where}{error.strerror or error}.", err=True)
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - what is left unwritten is not tried again at the end
            ctx.exit(1)


def _options(*decorators: Callable[..., Any]) -> Callable[..., Any]:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


_PROJECT = click.option(
    "--project",
    type=click.Path(path_type=Path),
    help="The publication's folder (default: the nearest, then the bundled one).",
)
_SESSION = click.option(
    "--session",
    type=SessionHeld(),
    help="The trading session, or 'latest' for the last one held (default: the last completed one).",
)
_STORE = click.option(
    "--store",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that fetched prices are kept in (default: COMMENTARY_STORE, or among your own data).",
)
_SCHEDULER = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Let the workers of this Dask scheduler do it, such as tcp://10.0.0.5:8786, in place of this machine.",
)
_PRICES = _options(
    click.option(
        "--source",
        type=click.Choice(["yahoo", "csv", "sample"]),
        help="Where prices come from (default: csv with --data, else yahoo).",
    ),
    click.option("--data", type=click.Path(path_type=Path), help="A folder that holds prices/<Yahoo symbol>.csv."),
    _STORE,
    click.option(
        "--as-known",
        type=Moment(),
        help="Read stored prices as they were known at this moment, such as 2024-07-11T21:30 (UTC).",
    ),
    click.option(
        "--accept",
        type=Vouched(),
        multiple=True,
        help="Believe the move of SYMBOL:DATE, however large it is (repeat it for several).",
    ),
)


def _settings(**given: Any) -> Any:
    from generator.model import Settings

    if given.get("session") == _LATEST:
        given |= {"session": None, "latest": True}
    source = given.pop("source", None) or ("csv" if given.get("data") else "yahoo")
    if source != "yahoo" and (given.get("offline") or given.get("as_known")):
        raise click.UsageError("--offline and --as-known read stored prices, which are Yahoo's.")
    return Settings(source=source, **{key: value for key, value in given.items() if value not in (None, ())})


@click.group(cls=Commentary, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="market-commentary-generator")
def main() -> None:
    """Write market commentary from prices, by rule. Every number on the page is proved in its ledger."""


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the collector of reference cycles: a run that ends in two seconds would spend a sixth of them on it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@main.command()
@click.argument("edition", default="session")
@_SESSION
@_PRICES
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="PRODUCT",
    help="Only this product: markdown, html, pdf, or a channel, such as x (repeat it for several).",
)
@click.option("--output", type=click.Path(path_type=Path), help="Where editions go (default: output).")
@click.option(
    "--note",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What an outlet or a person said of a session: kept in the publication, told in the article.",
)
@click.option("--if-new", is_flag=True, help="Write nothing if the session's issue is there already: exit code 4.")
@click.option(
    "--wait-until",
    type=Hour(),
    help="Try again until this hour in New York, such as 23:30, as long as waiting helps; by default today's session.",
)
@click.option("--offline", is_flag=True, help="Ask nobody: read the price store alone, and say how old it is.")
@_PROJECT
@click.option("--verbose", is_flag=True, help="Show what each stage did and how long it took.")
def write(edition: str, verbose: bool, wait_until: time | None, **given: Any) -> None:
    """Write one EDITION (default: session) to output/<date>/<edition>/."""
    with _no_collector():
        from generator.verbs.write import write_edition, write_waiting

        settings = _settings(edition=edition, **given)
        if wait_until:
            written = write_waiting(settings, wait_until, lambda line: click.echo(legible(line), err=True))
        else:
            written = write_edition(settings)
    if verbose:
        for stage, seconds, did in written.stages:
            click.echo(f"{stage:<18} {seconds:6.2f} s  {did}", err=True)
    for line in left_out(written.omissions, in_full=verbose):
        click.echo(line, err=True)
    for notice in written.notices:
        click.echo(legible(notice), err=True)
    click.echo(written.folder)


@main.command()
@click.argument("table", type=click.Path(path_type=Path))
@_SESSION
@_PRICES
@click.option(
    "--format", "formats", multiple=True, metavar="PRODUCT", help="Only this product (repeat it for several)."
)
@click.option("--output", type=click.Path(path_type=Path), help="Where issues go (default: output).")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes (default: one for each core).")
@_SCHEDULER
@click.option("--offline", is_flag=True, help="Ask nobody: read the price store alone.")
@_PROJECT
def batch(table: Path, jobs: int | None, scheduler: str | None, **given: Any) -> None:
    """Write an issue for each reader in TABLE, a CSV file, to output/NAME/<date>/<kind>/.

    Columns: name, and if wanted title, byline, url, holdings (segments or symbols: the rows of the table of moves),
    kind, and project (a publication with a universe of its own). A row that cannot be is told and left out.
    """
    from generator.verbs.batch import write_batch

    with click.progressbar(length=1, label="issues", show_pos=True, file=sys.stderr) as bar:

        def advance(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        batched = write_batch(_settings(**given), table, jobs, scheduler, advance)
    for notice in batched.notices:
        click.echo(legible(notice), err=True)
    for fault in batched.refused:
        click.echo(legible(str(fault)), err=True)
    refused = len(batched.refused)
    click.echo(f"{batched.written:,} issues in {batched.folder}; {refused:,} row{'' if refused == 1 else 's'} refused")
    if batched.refused:
        sys.exit(1)


@main.command()
@click.option("--output", type=click.Path(path_type=Path), help="Where issues are (default: output).")
@click.option("--public", type=click.Path(path_type=Path), help="Where the site goes (default: public).")
@click.option(
    "--for",
    "program",
    type=click.Choice(["hugo", "jekyll", "pelican", "quarto", "ghost"]),
    help="Write posts for this program, to public-PROGRAM, in place of a site.",
)
@click.option("--serve", is_flag=True, help="Show it on this machine, and build it again when something changes.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where --serve shows it.")
@_PROJECT
def site(public: Path | None, program: str | None, serve: bool, port: int, **given: Any) -> None:
    """Build a site from the archive of issues, or bring it up to date: pages, feeds, maps and search."""
    from generator.verbs.site import SITE, build_site, serve_site

    if serve and program:
        raise click.UsageError("--serve shows a site; posts for another program are shown by that.")
    if serve:
        serve_site(_settings(**given), public, port, _tell_built, lambda line: click.echo(legible(line)), Event())
        return
    with _no_collector():
        built = build_site(_settings(**given), public, program or SITE)
    _tell_built(built)
    click.echo(built.folder)


def _tell_built(built: Any) -> None:
    for line in site_lines(built):
        click.echo(legible(line), err=True)


@main.command("fetch")
@_STORE
@_PROJECT
def fetch_command(**given: Any) -> None:
    """Bring the price store up to date, and print how each symbol fared."""
    from generator.verbs.fetch import fetch

    with click.progressbar(length=1, label="symbols", show_pos=True, file=sys.stderr) as bar:

        def advance(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        outcome = fetch(_settings(**given), advance)
    for notice in outcome.notices:
        click.echo(notice, err=True)
    for line in fetch_lines(outcome):
        click.echo(line)
    if outcome.refusal:
        raise outcome.refusal


@main.command()
@click.option("--since", type=Session(), help="Only what was noticed on this day or later.")
@click.option("--output", type=click.Path(path_type=Path), help="Where editions are (default: output).")
@_STORE
@_PROJECT
def revisions(since: date | None, **given: Any) -> None:
    """List what the supplier restated, and which editions in output quoted the old value."""
    from generator.verbs.revisions import restatements

    for line in revision_lines(restatements(_settings(**given), since)):
        click.echo(line)


@main.command()
@click.argument("names", nargs=-1)
@_SESSION
@_PRICES
@click.option("--all", "every", is_flag=True, help="List every figure there is, without values; no prices are read.")
@click.option("--search", metavar="TEXT", help="List the figures whose name or description has all these words.")
@click.option("--markdown", is_flag=True, help="Print the catalogue of all figures as a page, docs/figures.md.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@_PROJECT
def figures(
    names: tuple[str, ...], every: bool, search: str | None, markdown: bool, as_json: bool, **given: Any
) -> None:  # fmt: skip
    """Print figures with unit, basis, window and inputs; with no NAME, those the content quotes.

    With --search and prices (--data or --source), those it finds are printed with their values.
    """
    if sum([bool(names), every, search is not None, markdown]) > 1:
        raise click.UsageError("Give names, or one of --all, --search and --markdown.")
    if markdown or every or search is not None:
        _catalogue(search, markdown, as_json, given)
        return
    _figures(names, as_json, given)


def _catalogue(search: str | None, markdown: bool, as_json: bool, given: dict[str, Any]) -> None:
    """What figures there are, or for a search over prices, what they come to."""
    from generator.verbs.catalogue import catalogue_page, known_figures, matching, record

    settings = _settings(**given)
    if markdown:
        from generator.loading import open_publication

        click.echo(catalogue_page(open_publication(settings).universe), nl=False)
        return
    found = matching(known_figures(settings), search or "")
    if search is not None and not found:
        click.echo(f"no figure has all these words: {search}", err=True)
        sys.exit(1)
    if search is not None and (given["source"] or given["data"]):
        _figures(tuple(one.name for one in found), as_json, given)
    elif as_json:
        click.echo(json.dumps([record(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for line in definition_lines(found):
            click.echo(line)


def _figures(names: tuple[str, ...], as_json: bool, given: dict[str, Any]) -> None:
    from generator.verbs.figures import figure_rows

    rows = figure_rows(_settings(**given), names)
    if as_json:
        click.echo(json.dumps([row.record for row in rows], ensure_ascii=False, indent=1))
        return
    for line in figure_lines(rows):
        click.echo(line)


@main.command()
@click.option("--session", type=Session(), help="The trading session (default: the last completed one).")
@click.option("--archive", type=click.Path(path_type=Path), help="Tell where the issues in this folder cite each.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
@_PROJECT
def sources(archive: Path | None, as_json: bool, **given: Any) -> None:
    """List what may be cited on a session, by key: facts that hold, and the calendar's days, last and next."""
    from generator.verbs.sources import sources as all_sources

    found = all_sources(_settings(**given), archive)
    if as_json:
        click.echo(json.dumps([one.record for one in found.found], ensure_ascii=False, indent=1))
        return
    for line in source_lines(found):
        click.echo(legible(line))


@main.command()
@click.argument("edition", default="session", metavar="KIND")
@_PRICES
@click.option("--from", "first", type=Session(), help="The first session (default: the first of the prices).")
@click.option("--to", "last", type=Session(), help="The last session (default: the last that prices are held of).")
@click.option("--archive", type=click.Path(path_type=Path), help="Score the tests that issues here were saved with.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@_PROJECT
def scores(first: date | None, last: date | None, archive: Path | None, as_json: bool, **given: Any) -> None:
    """List what each issue of KIND said would prove it wrong, and how that came out."""
    from generator.verbs.scores import scores as all_scores

    found = all_scores(_settings(**given), first, last, archive)
    if as_json:
        click.echo(json.dumps([one.record for one in found.found], ensure_ascii=False, indent=1))
        return
    for line in score_lines(found):
        click.echo(legible(line))


@main.command()
@_SESSION
@_PRICES
@click.option("--coverage", is_flag=True, help="Report the days on which no situation brings a part news, instead.")
@_PROJECT
def check(coverage: bool, **given: Any) -> None:
    """List every fault in content/ and templates/; with prices (--data or --source), try every claim on history."""
    from generator.verbs.check import check_publication, gaps, reminders_of

    prices = given["source"] is not None or given["data"] is not None
    if coverage:
        if not prices:
            raise click.UsageError("--coverage needs prices: --data DIR or --source.")
        for line in coverage_lines(gaps(_settings(**given))):
            click.echo(line)
        return
    told = partial(click.echo, err=True) if prices else lambda stage: None
    faults = check_publication(_settings(**given), prices, told)
    for fault in faults:
        click.echo(str(fault))
    for reminder in reminders_of(_settings(**given)):
        click.echo(reminder, err=True)
    click.echo(f"{len(faults)} fault{'' if len(faults) == 1 else 's'}", err=True)
    if faults:
        sys.exit(1)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_PRICES
@click.option(
    "--table", type=click.Path(path_type=Path), help="The table of readers that 'batch' wrote the issue from."
)
@click.option("--no-reprint", is_flag=True, help="Do not print the edition again; let the second reader read it alone.")
@_PROJECT
def verify(folder: Path, no_reprint: bool, table: Path | None, **given: Any) -> None:
    """Prove a finished edition in FOLDER: print it again and compare, then hold each claim against the raw closes.

    Prices come from the source that its ledger names; prices of the publisher's own need --data.
    """
    from generator.verbs.verify import verify_edition

    answers = verify_edition(folder, _settings(**given), given["source"], reprint=not no_reprint, table=table)
    for notice in answers.notices:
        click.echo(notice, err=True)
    for answer in answers.faults:
        click.echo(str(answer))
    false = sum(answer.verdict == "does not hold" for answer in answers.faults)
    held, uncovered = answers.claims - len(answers.faults), len(answers.faults) - false
    click.echo(f"{answers.claims:,} claims: {held:,} hold, {false} do not hold, {uncovered} are not covered", err=True)
    if answers.faults:
        sys.exit(1)


@main.command("factcheck")
@click.argument("file")
@_SESSION
@_PRICES
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the article in colour, an HTML page."
)
@_PROJECT
def factcheck_command(file: str, as_json: bool, report: Path | None, **given: Any) -> None:
    """Check an article in FILE (- for standard input) of anybody's: each claim that is understood, against prices.

    Plain text, Markdown or HTML. The session is the article's own date, or --session. Exit code 1: a claim does not
    hold.
    """
    with _no_collector():
        from generator.factcheck.report import report_page
        from generator.verbs.factcheck import factcheck

        found = factcheck(_settings(**given), file)
    if report:
        report.write_text(report_page(found), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(found.record, ensure_ascii=False, indent=1))
    else:
        for line in factcheck_lines(found):
            click.echo(line)
    if found.counts["does not hold"]:
        sys.exit(1)


@main.command()
@click.argument("slot", required=False)
@click.option("--edition", default="session", show_default=True)
@_SESSION
@_PRICES
@_PROJECT
def explain(slot: str | None, **given: Any) -> None:
    """Who spoke, who was passed over and why, and how far each rule was from flipping."""
    from generator.verbs.explain import explanation

    for line in explanation_lines(explanation(_settings(**given), slot)):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--days", type=click.IntRange(min=1), default=5, show_default=True, help="On how many sessions.")
@click.option("--edition", default="session", show_default=True)
@_SESSION
@_PRICES
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead.")
@_PROJECT
def preview(file: Path, days: int, as_json: bool, **given: Any) -> None:
    """Every wording of a fragment's FILE, filled in, on the last sessions on which its rule held."""
    from generator.verbs.preview import preview as previewed

    found = previewed(_settings(**given), file, days)
    if as_json:
        click.echo(json.dumps([one.record for one in found], ensure_ascii=False, indent=1, default=str))
        return
    for line in preview_lines(found):
        click.echo(line)


@main.command()
@click.argument("edition", default="session")
@click.option("--from", "first", type=Session(), help="The first session (default: the first of the prices).")
@click.option("--to", "last", type=Session(), help="The last session (default: the last that prices are held of).")
@_PRICES
@click.option("--verify", is_flag=True, help="Have the second reader check every claim of every edition.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes (default: one for each core).")
@_SCHEDULER
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "mail"]),
    multiple=True,
    help="Make the HTML page, or the newsletter, as well.",
)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the report, an HTML page.")
@click.option("--json", "data_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the report as JSON.")
@_PROJECT
def replay(
    edition: str, first: date | None, last: date | None, verify: bool, jobs: int | None, scheduler: str | None,
    formats: tuple[str, ...], report: Path | None, data_file: Path | None, **given: Any,
) -> None:  # fmt: skip
    """Make every session's EDITION (default: session) in memory, and report on them all.

    Beside the report, FILE.results keeps what is done, so that a replay that was stopped goes on from there.
    """
    from generator.replay.report import report_page, summary_json, summary_lines, write_file
    from generator.replay.run import Span, replay

    beside = report or data_file
    if beside:
        click.get_current_context().meta[GOES_ON] = " Run it again: it goes on from there."
    span = Span(first, last, jobs, verify, scheduler, beside.with_name(f"{beside.name}.results") if beside else None)
    with click.progressbar(length=1, label="editions", show_pos=True, file=sys.stderr) as bar:

        def advance(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        summary = replay(_settings(edition=edition, formats=formats, **given), span, advance)
    if report:
        write_file(report, report_page(summary))
    if data_file:
        write_file(data_file, summary_json(summary))
    for line in summary_lines(summary):
        click.echo(line)
    if summary["errors"] or summary["claims"]["failed"]:
        sys.exit(1)


@main.command()
def canary() -> None:
    """Ask Yahoo Finance for three symbols, and tell whether its answers still have the shape that is relied on.

    Exit code 1: an answer has changed; 3: a symbol could not be asked for, which tells nothing.
    """
    from generator.market.yahoo.canary import sing, versions

    songs = []
    for song in sing():
        songs.append(song)
        click.echo(f"{song.symbol:<8} {song.verdict:<12} {song.summary}")
        for change in song.changes:
            click.echo(f"         {change}")
    click.echo(f"read with {versions()}", err=True)
    if any(song.changes and song.answered for song in songs):
        sys.exit(1)
    if not all(song.answered for song in songs):
        click.echo("Not every symbol could be asked for, so nothing is known of those. Try again later.", err=True)
        sys.exit(NotSettledError.exit_code)


@main.command("deliver")
@click.argument("channels", nargs=-1, metavar="[CHANNEL]...")
@click.option("--live", is_flag=True, help="Do it. Without this, only what would happen is shown.")
@click.option("--kind", "edition", default="session", show_default=True, help="The kind of the issue.")
@click.option("--session", type=Session(), help="The issue's session (default: that of the archive's last issue).")
@click.option("--output", type=click.Path(path_type=Path), help="The archive of issues (default: output).")
@click.option("--public", type=click.Path(path_type=Path), help="The built site (default: as deliveries.yaml says).")
@click.option("--rehearsal", is_flag=True, help="Let the site of a simulated market go into a folder.")
@click.option("--status", is_flag=True, help="List what is known of every message instead.")
@click.option(
    "--resolve",
    nargs=2,
    type=(str, click.Choice(["sent", "retry"])),
    metavar="KEY sent|retry",
    help="Say of a message in doubt that it is out, or that it is not and may be sent again.",
)
@_PROJECT
def deliver_command(
    channels: tuple[str, ...], live: bool, public: Path | None, rehearsal: bool, status: bool,
    resolve: tuple[str, str] | None, **given: Any,
) -> None:  # fmt: skip
    """Deliver an issue on each CHANNEL of content/deliveries.yaml (default: all): site, pages, mail, posts.

    Nothing goes out twice: what happened is kept in outbox.jsonl beside the issues.
    """
    from generator.verbs import deliver as verb

    settings = _settings(source="sample", **given)
    if resolve:
        for line in status_lines([verb.resolve(settings.output, *resolve)]):
            click.echo(line)
        return
    if status:
        records, notices = verb.statuses(settings.output, settings.session)
        for notice in notices:
            click.echo(notice, err=True)
        for line in status_lines(records):
            click.echo(line)
        return
    if live:
        what = "'commentary deliver --status' tells what is out; deliver again to go on."
        click.get_current_context().meta[HAPPENED] = what
    delivered = verb.deliver(settings, verb.Order(channels, live, public, rehearsal))
    for notice in delivered.notices:
        click.echo(legible(notice), err=True)
    for line in delivery_lines(delivered):
        click.echo(line)
    if delivered.exit_code:
        sys.exit(delivered.exit_code)


@main.command()
@click.option("--output", type=click.Path(path_type=Path), help="The archive of issues (default: output).")
@click.option("--public", type=click.Path(path_type=Path), help="The built site (default: as deliveries.yaml says).")
@click.option("--kind", "edition", default="session", show_default=True, help="The kind of issue to be ready for.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Where it is shown.")
@click.option("--open", "open_page", is_flag=True, help="Open it in the browser.")
@click.option("--offline", is_flag=True, help="Ask nobody: read the price store alone.")
@_PRICES
@_PROJECT
def desk(public: Path | None, port: int, open_page: bool, **given: Any) -> None:
    """Show the editor's desk on this machine: write, read, choose, approve and deliver in a browser."""
    settings = _settings(**given)
    try:
        from generator.desk.serving import serve_desk
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        command = "python -m pip install 'market-commentary-generator[desk]'"
        raise ProjectError(f"The desk needs two more packages. Install them: {command}") from error
    serve_desk(settings, public, port, lambda line: click.echo(legible(line)), open_page=open_page)


@main.command("approve")
@click.argument("edition", default="session", metavar="[KIND]")
@click.option("--by", required=True, metavar="NAME", help="Who has read it.")
@click.option("--session", type=Session(), help="The issue's session (default: that of the archive's last issue).")
@click.option("--output", type=click.Path(path_type=Path), help="The archive of issues (default: output).")
def approve_command(by: str, **given: Any) -> None:
    """Approve the issue of a KIND (default: session) as it stands; written again, it has to be approved again.

    'approval: true' in content/deliveries.yaml lets nothing go out that is not approved.
    """
    from generator.verbs.approve import approve

    approval = approve(_settings(source="sample", **given), by)
    click.echo(f"{approval.issue} is approved by {legible(approval.by)}: {approval.digest}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Copy the bundled publication to FOLDER, for a publication of your own."""
    from generator.project import copy_bundled

    click.echo(copy_bundled(folder))


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL; its first lines say where it goes."""
    from click.shell_completion import get_completion_class

    chosen = get_completion_class(shell)
    if chosen is None:
        raise click.UsageError(f"there is no completion for {shell}.")
    click.echo(chosen(main, {}, "commentary", "_COMMENTARY_COMPLETE").source())
