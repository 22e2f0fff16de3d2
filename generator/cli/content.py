"""What the content says and may name: check, figures, sources, scores, explain, preview."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from generator.cli.group import main
from generator.cli.options import PRICES, PROJECT, SESSION, echo, echo_json, notify, settings_of
from generator.cli.types import Session
from generator.lines import (
    coverage_lines,
    definition_lines,
    explanation_lines,
    figure_lines,
    legible,
    preview_lines,
    score_lines,
    source_lines,
)


@main.command()
@SESSION
@PRICES
@click.option("--coverage", is_flag=True, help="Report the days on which no situation brings a part news, instead.")
@PROJECT
def check(coverage: bool, **given: Any) -> None:
    """List every fault in content/ and templates/; with prices (--data or --source), try every claim on history."""
    from generator.verbs.check import check_publication, gaps, reminders_of

    prices = given["source"] is not None or given["data"] is not None
    if coverage:
        if not prices:
            raise click.UsageError("--coverage needs prices: --data DIR or --source.")
        echo(coverage_lines(gaps(settings_of(**given))))
        return
    told = partial(click.echo, err=True) if prices else lambda stage: None
    faults = check_publication(settings_of(**given), prices, told)
    for fault in faults:
        click.echo(str(fault))
    notify(reminders_of(settings_of(**given)))
    click.echo(f"{len(faults)} fault{'' if len(faults) == 1 else 's'}", err=True)
    if faults:
        sys.exit(1)


@main.command()
@click.argument("names", nargs=-1)
@SESSION
@PRICES
@click.option("--all", "every", is_flag=True, help="List every figure there is, without values; no prices are read.")
@click.option("--search", metavar="TEXT", help="List the figures whose name or description has all these words.")
@click.option("--markdown", is_flag=True, help="Print the catalogue of all figures as a page, docs/figures.md.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@PROJECT
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

    settings = settings_of(**given)
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
        echo_json([record(one) for one in found])
    else:
        echo(definition_lines(found))


def _figures(names: tuple[str, ...], as_json: bool, given: dict[str, Any]) -> None:
    from generator.verbs.figures import figure_rows

    rows = figure_rows(settings_of(**given), names)
    if as_json:
        echo_json([row.record for row in rows])
        return
    echo(figure_lines(rows))


@main.command()
@click.option("--session", type=Session(), help="The trading session (default: the last completed one).")
@click.option("--archive", type=click.Path(path_type=Path), help="Tell where the issues in this folder cite each.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
@PROJECT
def sources(archive: Path | None, as_json: bool, **given: Any) -> None:
    """List what may be cited on a session, by key: facts that hold, and the calendar's days, last and next."""
    from generator.verbs.sources import sources as all_sources

    found = all_sources(settings_of(**given), archive)
    if as_json:
        echo_json([one.record for one in found.found])
        return
    echo(map(legible, source_lines(found)))


@main.command()
@click.argument("edition", default="session", metavar="KIND")
@PRICES
@click.option("--from", "first", type=Session(), help="The first session (default: the first of the prices).")
@click.option("--to", "last", type=Session(), help="The last session (default: the last that prices are held of).")
@click.option("--archive", type=click.Path(path_type=Path), help="Score the tests that issues here were saved with.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@PROJECT
def scores(first: date | None, last: date | None, archive: Path | None, as_json: bool, **given: Any) -> None:
    """List what each issue of KIND said would prove it wrong, and how that came out."""
    from generator.verbs.scores import scores as all_scores

    found = all_scores(settings_of(**given), first, last, archive)
    if as_json:
        echo_json([one.record for one in found.found])
        return
    echo(map(legible, score_lines(found)))


@main.command()
@click.argument("slot", required=False)
@click.option("--edition", default="session", show_default=True)
@SESSION
@PRICES
@PROJECT
def explain(slot: str | None, **given: Any) -> None:
    """Who spoke, who was passed over and why, and how far each rule was from flipping."""
    from generator.verbs.explain import explanation

    echo(explanation_lines(explanation(settings_of(**given), slot)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--days", type=click.IntRange(min=1), default=5, show_default=True, help="On how many sessions.")
@click.option("--edition", default="session", show_default=True)
@SESSION
@PRICES
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead.")
@PROJECT
def preview(file: Path, days: int, as_json: bool, **given: Any) -> None:
    """Every wording of a fragment's FILE, filled in, on the last sessions on which its rule held."""
    from generator.verbs.preview import preview as previewed

    found = previewed(settings_of(**given), file, days)
    if as_json:
        echo_json([one.record for one in found], default=str)
        return
    echo(preview_lines(found))
