"""The command `commentary` itself: errors become one message and an exit code, and no traceback reaches a user."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from typing import Any

import click

from generator.errors import CommentaryError
from generator.lines import legible

# Python looks through all that is left before it ends, a quarter of a second after an issue; the system takes it back.
atexit.register(gc.freeze)

STOPPED = 130
"""What a shell expects of a command that Ctrl-C has stopped."""
GOES_ON = "generator.goes_on"
"""Where in a context a command leaves what to say when it is stopped."""
HAPPENED = "generator.happened"
"""The same, in place of the words that nothing has changed."""


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


@click.group(cls=Commentary, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="market-commentary-generator")
def main() -> None:
    """Write market commentary from prices, by rule. Every number on the page is proved in its ledger."""
