"""Turn results of verbs into JSON, and an error into the status that a browser is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from pathlib import PurePath
from typing import Any

import orjson
from starlette.responses import Response

from generator.errors import (
    CommentaryError,
    ContentError,
    DataError,
    DeliveryError,
    NotSettledError,
    ProjectError,
    SessionError,
    SettingsError,
    StaleError,
)

_STATUS: tuple[tuple[type[CommentaryError], int], ...] = (
    (StaleError, 409),
    (NotSettledError, 503),
    (SettingsError, 400),
    (ContentError, 422),
    (SessionError, 422),
    (ProjectError, 422),
    (DeliveryError, 422),
    (DataError, 422),
)


def plain(value: object) -> object:
    """What `orjson` does not know by itself."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return value._asdict()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    raise TypeError(type(value).__name__)


def answer(value: Any, status: int = 200) -> Response:
    """The value as JSON."""
    content = orjson.dumps(value, default=plain)
    return Response(content, status, media_type="application/json")


def refusal(error: CommentaryError) -> Response:
    """What went wrong, in the words of the command line."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    faults = [{"where": one.where, "message": one.message} for one in getattr(error, "faults", ())]
    return answer({"error": str(error), "faults": faults}, status)
