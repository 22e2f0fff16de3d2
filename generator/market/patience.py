"""The factor in `COMMENTARY_PATIENCE` by which every wait on a supplier is made longer or shorter."""

from __future__ import annotations

import os

from generator.errors import DataError


def patience() -> float:
    """The factor, 1 unless the variable says otherwise. Raises `DataError` if it is not a number above zero."""
    text = os.environ.get("COMMENTARY_PATIENCE") or "1"
    try:
        factor = float(text)
    except ValueError:
        factor = 0.0
    if not 0.0 < factor < 1e6:
        raise DataError(f"COMMENTARY_PATIENCE is '{text}'. Set it to a number above zero, or not at all.")
    return factor
