"""Writing issues, and the prices they are written from: write, batch, fetch, screen, revisions."""

from __future__ import annotations

import sys
from datetime import date, time
from pathlib import Path
from typing import Any

import click

from generator.cli.group import main
from generator.cli.options import (
    PRICES,
    PROJECT,
    SCHEDULER,
    SESSION,
    STORE,
    echo,
    echo_json,
    no_collector,
    notify,
    progress,
    settings_of,
)
from generator.cli.types import Hour, Session
from generator.lines import fetch_lines, left_out, legible, revision_lines, screen_lines


@main.command()
@click.argument("edition", default="session")
@SESSION
@PRICES
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
@PROJECT
@click.option("--verbose", is_flag=True, help="Show what each stage did and how long it took.")
def write(edition: str, verbose: bool, wait_until: time | None, **given: Any) -> None:
    """Write one EDITION (default: session) to output/<date>/<edition>/."""
    with no_collector():
        settings = settings_of(edition=edition, **given)
        if wait_until:
            from generator.verbs.waiting import write_waiting

            written = write_waiting(settings, wait_until, lambda line: click.echo(legible(line), err=True))
        else:
            from generator.verbs.write import write_edition

            written = write_edition(settings)
    if verbose:
        for stage, seconds, did in written.stages:
            click.echo(f"{stage:<18} {seconds:6.2f} s  {did}", err=True)
    for line in left_out(written.omissions, in_full=verbose):
        click.echo(line, err=True)
    notify(written.notices)
    click.echo(written.folder)


@main.command()
@click.argument("table", type=click.Path(path_type=Path))
@SESSION
@PRICES
@click.option(
    "--format", "formats", multiple=True, metavar="PRODUCT", help="Only this product (repeat it for several)."
)
@click.option("--output", type=click.Path(path_type=Path), help="Where issues go (default: output).")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes (default: one for each core).")
@SCHEDULER
@click.option("--offline", is_flag=True, help="Ask nobody: read the price store alone.")
@PROJECT
def batch(table: Path, jobs: int | None, scheduler: str | None, **given: Any) -> None:
    """Write an issue for each reader in TABLE, a CSV file, to output/NAME/<date>/<kind>/.

    Columns: name, and if wanted title, byline, url, holdings (segments or symbols: the rows of the table of moves),
    kind, and project (a publication with a universe of its own). A row that cannot be is told and left out.
    """
    from generator.verbs.batch import write_batch

    with progress("issues") as advance:
        batched = write_batch(settings_of(**given), table, jobs, scheduler, advance)
    notify(batched.notices)
    for fault in batched.refused:
        click.echo(legible(str(fault)), err=True)
    refused = len(batched.refused)
    click.echo(f"{batched.written:,} issues in {batched.folder}; {refused:,} row{'' if refused == 1 else 's'} refused")
    if batched.refused:
        sys.exit(1)


@main.command("fetch")
@STORE
@PROJECT
def fetch_command(**given: Any) -> None:
    """Bring the price store up to date, and print how each symbol fared."""
    from generator.verbs.fetch import fetch

    with progress("symbols") as advance:
        outcome = fetch(settings_of(**given), advance)
    notify(outcome.notices)
    echo(fetch_lines(outcome))
    if outcome.refusal:
        raise outcome.refusal


@main.command("screen")
@click.option("--most", type=click.IntRange(1, 100), default=20, show_default=True, help="How many companies.")
@click.option("--add", is_flag=True, help="Write those with settled prices under `watch` in content/universe.yaml.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@PROJECT
def screen_command(most: int, add: bool, as_json: bool, **given: Any) -> None:
    """Look for small U.S. companies to name: those that trade most, with prices that can be believed."""
    from generator.verbs.screen import screen

    found = screen(settings_of(**given), most, add=add)
    if as_json:
        echo_json(found.record)
        return
    echo(map(legible, screen_lines(found)))


@main.command()
@click.option("--since", type=Session(), help="Only what was noticed on this day or later.")
@click.option("--output", type=click.Path(path_type=Path), help="Where editions are (default: output).")
@STORE
@PROJECT
def revisions(since: date | None, **given: Any) -> None:
    """List what the supplier restated, and which editions in output quoted the old value."""
    from generator.verbs.revisions import restatements

    echo(revision_lines(restatements(settings_of(**given), since)))
