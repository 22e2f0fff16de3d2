"""Secrets from the environment, or from a file that only its owner can read; never from content, never printed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from generator.errors import DeliveryError
from generator.files import read_text
from generator.model import Delivery, Service

VARIABLE = "COMMENTARY_SECRETS"
"""Names the file of secrets."""
_LINE = re.compile(r"(?:export )?(COMMENTARY_[A-Z0-9_]+)=(.*)")


def default_file() -> Path:
    """Where secrets are looked for if no variable names a file."""
    from platformdirs import user_config_path

    return user_config_path("commentary") / "secrets"


def read_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """Every secret by its variable, the environment's own first. Raises `DeliveryError` for a file others can read."""
    named = environment.get(VARIABLE)
    path = Path(named) if named else default_file()
    found = _from_file(path) if named or path.exists() else {}
    return {**found, **{name: value for name, value in environment.items() if name.startswith("COMMENTARY_")}}


def _from_file(path: Path) -> dict[str, str]:
    try:
        status = path.stat()
        if stat.S_IMODE(status.st_mode) & 0o077:
            mode = f"{stat.S_IMODE(status.st_mode):o}"
            raise DeliveryError(f"{path}: others can read it (mode {mode}). Run 'chmod 600 {path}'.")
        if status.st_uid != os.geteuid():
            raise DeliveryError(f"{path}: belongs to somebody else. Secrets are read from a file of your own.")
        text = read_text(path, largest=100_000)
    except OSError as error:
        raise DeliveryError(f"{path}: the file of secrets cannot be read ({error.strerror}).") from error
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not (match := _LINE.fullmatch(line.strip())):
            raise DeliveryError(f"{path}:{number}: should be a line such as COMMENTARY_BLUESKY_PASSWORD=….")
        found[match[1]] = match[2].strip().strip("\"'")
    return found


def secrets_of(service: Service, secrets: Mapping[str, str]) -> dict[str, str]:
    """A service's secrets by their names; those that are missing are left out."""
    names = (*service.required, *service.optional)
    found = {name: secrets.get(service.variable(name), "").strip() for name in names}
    return {name: value for name, value in found.items() if value}


SOON = timedelta(days=7)


def ended(deliveries: Sequence[Delivery], today: date) -> Iterator[str]:
    """A line for each token that has ended, where its end is known from the settings."""
    for delivery in deliveries:
        end = delivery.settings.get("token_ends")
        if end and end < today:
            variable = delivery.service.variable("token")
            yield f"{delivery.service.name}: its token ended on {end}. Get another, set {variable} and 'token_ends'."


def ending(deliveries: Sequence[Delivery], today: date) -> Iterator[str]:
    """A line for each token that ends within a week."""
    for delivery in deliveries:
        end = delivery.settings.get("token_ends")
        if end and today <= end < today + SOON:
            yield f"{delivery.service.name}: its token ends on {end}. Get another before then."


def missing(deliveries: Sequence[Delivery], secrets: Mapping[str, str]) -> Iterator[str]:
    """A line for each secret that a delivery needs and that is not there, or is no secret."""
    for delivery in deliveries:
        service = delivery.service
        held = secrets_of(service, secrets)
        for name in service.required:
            if name not in held:
                yield f"{service.name}: {service.variable(name)} is not set. docs/delivering.md says where to get it."
        for name, value in held.items():
            if not value.isascii() or not value.isprintable():
                yield f"{service.name}: {service.variable(name)} holds a character that no key has. Copy it again."
