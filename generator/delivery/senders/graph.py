"""Meta's networks: how their errors say whether something may have happened."""

from __future__ import annotations

from generator.delivery.wire import at
from generator.errors import RefusedError, UnsureError

_MAY_HAVE_POSTED = (1, 2)
"""Codes of errors that are called temporary, after which a post may be out all the same."""
_LATER = (4, 17, 32, 613)
_DUPLICATE = 506


def judged(error: RefusedError) -> RefusedError | UnsureError:
    """The error as what it proves."""
    code = at(error.data, "error", "code")
    if code in _MAY_HAVE_POSTED:
        return UnsureError(f"{error} (code {code}, which does not say whether it is out)")
    if code == _DUPLICATE:
        return UnsureError(f"{error} (code {code}: the same words are there already)")
    if code in _LATER:
        return RefusedError(f"{error} (code {code}: too many requests)", later=True, status=error.status)
    return error if code is None else RefusedError(f"{error} (code {code})", status=error.status)
