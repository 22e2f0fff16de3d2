"""Whether a number as it was written is a value: to its last place, or as `about`, `nearly` and `more than` allow."""

from __future__ import annotations

from generator.factcheck.reading.numbers import Number

_HAIR = 1e-7


def fits(number: Number, about: str, value: float) -> bool:
    """Whether the number, without its sign, may be said of the value, in the number's own unit."""
    size, said = abs(value), number.size
    half = number.step / 2 + _HAIR
    near = max(half, 0.04 * said)
    match about:
        case "about":
            return abs(size - said) <= max(half, 0.06 * said)
        case "nearly":
            return -max(0.12 * said, half) <= size - said <= min(half, near)
        case "over":
            return -_HAIR <= size - said <= max(0.35 * said, number.step)
        case "under":
            return -max(0.35 * said, number.step) <= size - said <= _HAIR
    return abs(size - said) <= half


def percent(value: float) -> str:
    """`+0.76%`."""
    return f"{value * 100:+.2f}%".replace("+0.00%", "0.00%").replace("-0.00%", "0.00%")


def level(value: float) -> str:
    """`2,718.77`."""
    return f"{value:,.2f}"
