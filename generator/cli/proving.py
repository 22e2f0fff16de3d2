"""Proving what was written, by us or by others: verify, factcheck, replay, canary."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.cli.group import GOES_ON, main
from generator.cli.options import (
    PRICES,
    PROJECT,
    SCHEDULER,
    SESSION,
    echo,
    echo_json,
    no_collector,
    notify,
    progress,
    settings_of,
)
from generator.cli.types import Session
from generator.errors import NotSettledError
from generator.lines import factcheck_lines


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@PRICES
@click.option(
    "--table", type=click.Path(path_type=Path), help="The table of readers that 'batch' wrote the issue from."
)
@click.option("--no-reprint", is_flag=True, help="Do not print the edition again; let the second reader read it alone.")
@PROJECT
def verify(folder: Path, no_reprint: bool, table: Path | None, **given: Any) -> None:
    """Prove a finished edition in FOLDER: print it again and compare, then hold each claim against the raw closes.

    Prices come from the source that its ledger names; prices of the publisher's own need --data.
    """
    from generator.verbs.verify import verify_edition

    answers = verify_edition(folder, settings_of(**given), given["source"], reprint=not no_reprint, table=table)
    notify(answers.notices)
    for answer in answers.faults:
        click.echo(str(answer))
    false = sum(answer.verdict == "does not hold" for answer in answers.faults)
    held, uncovered = answers.claims - len(answers.faults), len(answers.faults) - false
    click.echo(f"{answers.claims:,} claims: {held:,} hold, {false} do not hold, {uncovered} are not covered", err=True)
    if answers.faults:
        sys.exit(1)


@main.command("factcheck")
@click.argument("file")
@SESSION
@PRICES
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the article in colour, an HTML page."
)
@PROJECT
def factcheck_command(file: str, as_json: bool, report: Path | None, **given: Any) -> None:
    """Check an article in FILE (- for standard input) of anybody's: each claim that is understood, against prices.

    Plain text, Markdown or HTML. The session is the article's own date, or --session. Exit code 1: a claim does not
    hold.
    """
    with no_collector():
        from generator.factcheck.report import report_page
        from generator.verbs.factcheck import factcheck

        found = factcheck(settings_of(**given), file)
    if report:
        report.write_text(report_page(found), encoding="utf-8")
    if as_json:
        echo_json(found.record)
    else:
        for line in factcheck_lines(found):
            click.echo(line)
    if found.counts["does not hold"]:
        sys.exit(1)


@main.command()
@click.argument("edition", default="session")
@click.option("--from", "first", type=Session(), help="The first session (default: the first of the prices).")
@click.option("--to", "last", type=Session(), help="The last session (default: the last that prices are held of).")
@PRICES
@click.option("--verify", is_flag=True, help="Have the second reader check every claim of every edition.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes (default: one for each core).")
@SCHEDULER
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "mail"]),
    multiple=True,
    help="Make the HTML page, or the newsletter, as well.",
)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the report, an HTML page.")
@click.option("--json", "data_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the report as JSON.")
@PROJECT
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
    with progress("editions") as advance:
        summary = replay(settings_of(edition=edition, formats=formats, **given), span, advance)
    if report:
        write_file(report, report_page(summary))
    if data_file:
        write_file(data_file, summary_json(summary))
    echo(summary_lines(summary))
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
