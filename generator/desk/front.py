"""What the desk needs to be up at once: its keys, its events, what is loaded. The verbs come after that."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.desk.hub import Hub, Runs
from generator.model import Settings

if TYPE_CHECKING:
    from generator.desk.office import Office

PARTS = ("content", "prices", "rules", "second reader")
"""What is loaded before the desk can answer everything, in this order."""


class Front:
    """One run of the desk, before and after its office is there."""

    def __init__(self, settings: Settings, public: Path | None = None) -> None:
        self.settings, self.public = settings, public
        self.token, self.files_key = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.hub = Hub()
        self.runs = Runs(self.hub)
        self.standing = dict.fromkeys(PARTS, "waiting")
        self._office: Office | None = None
        self._lock = threading.Lock()

    @property
    def office(self) -> Office:
        """What answers; the first who asks waits until the verbs are loaded."""
        with self._lock:
            if self._office is None:
                from generator.desk.office import Office  # numpy, pandas and all else, after the first page

                self._office = Office(self)
            return self._office

    def load(self) -> None:
        """Load all that is needed to answer quickly; what cannot be loaded is told."""
        self.office.warm.load(self.settings.edition)

    def heard(self, part: str, how: str) -> None:
        """A part is being loaded, is there, or cannot be."""
        self.standing[part] = how
        self.hub.tell("warm", part=part, how=how)

    def state(self) -> dict[str, Any]:
        """What is loaded, what runs, and where the issues' files are shown."""
        return {"warm": self.standing, "run": self.runs.state, "files": f"/files/{self.files_key}/"}
