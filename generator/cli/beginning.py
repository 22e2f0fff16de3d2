"""Setting up: a publication of one's own, and completion in a shell."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.group import main


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
