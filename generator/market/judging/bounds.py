"""Between which bounds a number may be a price at all."""

from __future__ import annotations

from typing import Any

import numpy as np

_SMALLEST, _LARGEST = 1e-6, 1e9


def beyond_bounds(values: Any) -> Any:
    """Whether each value is too small or too large for any price: what is made of such numbers overflows.

    Zero and values below it are another matter, and an absent value is within.
    """
    size = np.abs(values)
    return (size > _LARGEST) | ((size < _SMALLEST) & (size > 0))
