"""Which price series a segment's returns are made of, and the one basis on which segments may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.errors import MixedBasisError
from generator.model import Basis, Kind, Segment, Universe

EQUITY_LIKE = frozenset({Kind.INDEX, Kind.FUND, Kind.STOCK, Kind.BASKET, Kind.CURRENCY, Kind.CRYPTO, Kind.COMMODITY})
PAYS_DIVIDENDS = frozenset({Kind.FUND, Kind.STOCK})
IN_DOLLARS = frozenset({Kind.FUND, Kind.STOCK, Kind.CRYPTO, Kind.COMMODITY})


@dataclass(frozen=True, slots=True)
class Series:
    """One price column of one symbol, and the basis of the returns made of it."""

    symbol: str
    field: str
    basis: Basis

    @property
    def close(self) -> str:
        """What a formula calls this series."""
        return "close" if self.field == "close" else "dividend-adjusted close"


def price_series(segment: Segment) -> Series | None:
    """The plain closes, which give price returns."""
    return Series(segment.price, "close", Basis.PRICE) if segment.price else None


def total_series(segment: Segment) -> Series | None:
    """The closes adjusted for dividends, which give total returns."""
    return Series(segment.total, "adj_close", Basis.TOTAL) if segment.total else None


def own_series(segment: Segment) -> Series | None:
    """The series a segment's figures are made of: dividends count for funds and stocks, not for indices."""
    if segment.kind in (Kind.YIELD, Kind.VOLATILITY):
        return Series(segment.price, "close", Basis.NONE) if segment.price else None
    if segment.kind in PAYS_DIVIDENDS:
        return total_series(segment) or price_series(segment)
    return price_series(segment) or total_series(segment)


def members_of(keys: Sequence[str], universe: Universe) -> tuple[Segment, ...]:
    """The segments behind these keys; empty if one is unknown or has no returns, so that no figure is made."""
    found = tuple(universe.segments[key] for key in keys if key in universe.segments)
    whole = len(found) == len(keys) and all(has_returns(segment, universe) for segment in found)
    return found if whole else ()


def has_returns(segment: Segment, universe: Universe) -> bool:
    """Whether a segment has returns at all: a series of closes, or for a basket members that have one."""
    if segment.kind is Kind.BASKET:
        inside = [universe.segments.get(key) for key in segment.members]
        return bool(inside) and all(
            one is not None and one.kind is not Kind.BASKET and own_series(one) for one in inside
        )
    return segment.kind in EQUITY_LIKE and own_series(segment) is not None


def symbols_of(segment: Segment, basis: Basis, universe: Universe) -> tuple[str, ...]:
    """The symbols read for a segment's return on `basis`."""
    if segment.kind is Kind.BASKET:
        return tuple(
            symbol for key in segment.members for symbol in symbols_of(universe.segments[key], basis, universe)
        )
    series = total_series(segment) if basis is Basis.TOTAL else price_series(segment)
    return (series.symbol,) if series else ()


def own_basis(segment: Segment, universe: Universe) -> Basis:
    """The basis of `<segment>_return_<horizon>`."""
    if segment.kind is Kind.BASKET:
        return common_basis(segment.key, members_of(segment.members, universe), universe)
    series = own_series(segment)
    return series.basis if series else Basis.NONE


def common_basis(name: str, segments: Iterable[Segment], universe: Universe) -> Basis:
    """The basis on which these segments can be compared: price if that is every segment's own, else total.

    Raises `MixedBasisError`, naming the figure and the segment that has no total return.
    """
    own = {segment.key: own_basis(segment, universe) for segment in segments}
    if set(own.values()) == {Basis.PRICE}:
        return Basis.PRICE
    lacking = [key for key, basis in own.items() if basis is not Basis.TOTAL and not universe.segments[key].total]
    if not lacking:
        return Basis.TOTAL
    total = next(key for key, basis in own.items() if basis is Basis.TOTAL)
    raise MixedBasisError(
        f"'{name}' would set the price return of '{lacking[0]}' beside the total return of '{total}'. "
        f"Give '{lacking[0]}' a `total` symbol in the universe, or compare it with a price index."
    )


def comparable(segments: Sequence[Segment], universe: Universe) -> bool:
    """Whether these segments all have returns, on a basis that they share."""
    if not segments or not all(has_returns(segment, universe) for segment in segments):
        return False
    try:
        common_basis("", segments, universe)
    except MixedBasisError:
        return False
    return True


def return_name(segment: Segment, basis: Basis, horizon: str, universe: Universe) -> str:
    """The figure that is this segment's return on `basis`: `small_total_return_1d`."""
    own = own_basis(segment, universe) is basis
    return f"{segment.key}_return_{horizon}" if own else f"{segment.key}_total_return_{horizon}"
