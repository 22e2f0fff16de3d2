"""The command line: each command calls one verb and prints what it returned. Nothing else talks to a terminal."""

from generator.cli import beginning, content, proving, publishing, writing
from generator.cli.group import main

__all__ = ["main"]

COMMANDS = (writing, content, proving, publishing, beginning)
"""The files whose commands `main` has: each adds its own when it is read."""
