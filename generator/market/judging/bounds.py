"""The bounds within which a number can be a price at all."""

from __future__ import annotations

from typing import Any

import numpy as np

_SMALLEST, _LARGEST = 1e-6, 1e9


def beyond_bounds(values: Any) -> Any:
    """Whether each value is too small or too large for any price; computing with such numbers would overflow.

    Whether zero and negative values are allowed is checked elsewhere; an absent value is within bounds.
    """
    size = np.abs(values)
    return (size > _LARGEST) | ((size < _SMALLEST) & (size > 0))
