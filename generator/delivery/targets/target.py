"""A place that a site is put: each kind of place is a subclass. Putting it there twice is the same as once."""

from __future__ import annotations

import os
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.delivery.message import Receipt
from generator.delivery.outbox import Clock
from generator.delivery.targets.public import Public
from generator.delivery.wire import Wire
from generator.errors import RefusedError, UnsureError
from generator.model import Delivery

LONGEST = 1_800
"""Seconds that another program may take."""


@dataclass(slots=True)
class Target(ABC):
    """A place for the site, as the publication sets it."""

    delivery: Delivery
    secrets: Mapping[str, str]
    wire: Wire
    clock: Clock
    cache: Path
    """A folder for what is kept from one deployment to the next."""

    def setting(self, name: str) -> Any:
        """A setting of the publication's."""
        return self.delivery.settings[name]

    def check(self) -> None:  # noqa: B027
        """Raise `RefusedError` if the place cannot be written to, where that can be known; nothing changes by it."""

    @abstractmethod
    def deploy(self, public: Public) -> Receipt:
        """Put the site there. Raises `RefusedError` or `UnsureError`; it may be done again either way."""

    def run(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        given: bytes = b"",
        folder: Path | None = None,
    ) -> bytes:
        """What another program printed. It is given our secrets by its environment alone, and asks nobody."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("COMMENTARY_")}
        try:
            ran = subprocess.run(
                list(command), env={**own, **(environment or {})}, input=given, capture_output=True, timeout=LONGEST,
                check=False, cwd=folder,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise RefusedError(f"the program '{command[0]}' is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise UnsureError(f"'{command[0]}' did not end within {LONGEST // 60} minutes") from error
        except OSError as error:
            raise RefusedError(f"'{command[0]}' could not be run ({error.strerror})") from error
        if ran.returncode:
            said = self.wire.scrubbed((ran.stderr or ran.stdout).decode("utf-8", "replace").strip())
            raise RefusedError(f"'{command[0]}' ended with {ran.returncode}: {said}", later=True)
        return ran.stdout
