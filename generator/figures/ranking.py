"""The order of a group's members by printed return, on every session at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.figures.horizons import RowNumbers
from generator.model import Column


@dataclass(frozen=True, slots=True)
class Ranking:
    """A group's order on each session; arrays hold one row per member, one column per session."""

    printed: Column
    places: RowNumbers
    """Each member's place, 1 for the best; tied members share a place."""
    order: RowNumbers
    """Members from best to worst, absent ones last; tied members keep the group's order."""
    present: RowNumbers
    """Count of members with a return, per session."""

    def member(self, place: int, least: int, alone: bool = True) -> RowNumbers:
        """The member in a place (0 the best, -1 the worst), or -1 on sessions with fewer than `least` members.

        If `alone`, also -1 if another member has the same printed return: naming one of the two may be wrong.
        """
        row = np.where(place < 0, self.present + place, place)
        who = np.take_along_axis(self.order, np.maximum(row, 0)[None, :], axis=0)[0]
        shared = self.printed == np.take_along_axis(self.printed, who[None, :], axis=0)
        return np.where((self.present >= least) & ~(alone & (shared.sum(axis=0) > 1)), who, -1)


def rank(printed: Column) -> Ranking:
    """The order of the members (rows) on every session (columns)."""
    present = ~np.isnan(printed)
    count = present.sum(axis=0)
    places = np.stack([(printed > one).sum(axis=0) + 1 for one in printed])
    tied_before = np.stack([(printed[:index] == one).sum(axis=0) for index, one in enumerate(printed)])
    absent_before = np.cumsum(~present, axis=0) - 1
    position = np.where(present, places - 1 + tied_before, count + absent_before)
    order = np.empty_like(position)
    np.put_along_axis(order, position, np.arange(len(printed))[:, None], axis=0)
    return Ranking(printed, places, order, count)


def taken(matrix: Column, members: RowNumbers) -> Column:
    """From a matrix with one row per member, each session's value for the member given; -1 is absent."""
    values = np.take_along_axis(matrix, np.maximum(members, 0)[None, :], axis=0)[0]
    return np.where(members >= 0, values, np.nan)
