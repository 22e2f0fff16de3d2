"""The options that several commands share, and the settings that they come to."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.types import LATEST, Moment, SessionHeld, Vouched
from generator.lines import legible

if TYPE_CHECKING:
    from generator.model import Settings


def options(*decorators: Callable[..., Any]) -> Callable[..., Any]:
    """Several options as one decorator."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


PROJECT = click.option(
    "--project",
    type=click.Path(path_type=Path),
    help="The publication's folder (default: the nearest, then the bundled one).",
)
SESSION = click.option(
    "--session",
    type=SessionHeld(),
    help="The trading session, or 'latest' for the last one held (default: the last completed one).",
)
STORE = click.option(
    "--store",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that fetched prices are kept in (default: COMMENTARYSTORE, or among your own data).",
)
SCHEDULER = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Let the workers of this Dask scheduler do it, such as tcp://10.0.0.5:8786, in place of this machine.",
)
PRICES = options(
    click.option(
        "--source",
        type=click.Choice(["yahoo", "csv", "sample"]),
        help="Where prices come from (default: csv with --data, else yahoo).",
    ),
    click.option("--data", type=click.Path(path_type=Path), help="A folder that holds prices/<Yahoo symbol>.csv."),
    STORE,
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


def settings_of(**given: Any) -> Settings:
    """The settings that these options come to; raises `click.UsageError`."""
    from generator.model import Settings

    if given.get("session") == LATEST:
        given |= {"session": None, "latest": True}
    source = given.pop("source", None) or ("csv" if given.get("data") else "yahoo")
    if source != "yahoo" and (given.get("offline") or given.get("as_known")):
        raise click.UsageError("--offline and --as-known read stored prices, which are Yahoo's.")
    return Settings(source=source, **{key: value for key, value in given.items() if value not in (None, ())})


@contextmanager
def no_collector() -> Iterator[None]:
    """Turn the garbage collector off: it costs a sixth of a run that ends in two seconds."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, moved by calling what this gives with how many are done, and of how many."""
    with click.progressbar(length=1, label=label, show_pos=True, file=sys.stderr) as bar:

        def advance(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield advance


def notify(notices: Iterable[str]) -> None:
    """A line on stderr for each message to the user."""
    for notice in notices:
        click.echo(legible(notice), err=True)


def echo(lines: Iterable[str]) -> None:
    """Each line on stdout."""
    for line in lines:
        click.echo(line)


def echo_json(records: Any, default: Callable[[Any], Any] | None = None) -> None:
    """The same answer, for a program to read; `default` turns what JSON does not know into what it does."""
    click.echo(json.dumps(records, ensure_ascii=False, indent=1, default=default))
