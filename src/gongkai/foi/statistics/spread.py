"""A list of days in three numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

_NINE_TENTHS = 0.9
_HALF = 0.5


@dataclass(frozen=True)
class Spread:
    """How many there are, the middle one, the one that nine of ten do not exceed, the longest: working days.

    By nearest rank, so that each is a number that occurred; all three are None where nothing did.
    """

    count: int
    median: int | None
    p90: int | None
    longest: int | None


def spread(days: Iterable[int]) -> Spread:
    """Return *days* in three numbers."""
    known = sorted(days)
    if not known:
        return Spread(0, None, None, None)
    return Spread(len(known), _rank(known, _HALF), _rank(known, _NINE_TENTHS), known[-1])


def _rank(known: list[int], share: float) -> int:
    return known[ceil(share * len(known)) - 1]
