"""How much two requests resemble one another, and the sketch by which those that may are found among many.

A request is the set of its character pairs (the pairs of the search, :mod:`gongkai.text.bigrams`), taken inside
the pieces between the little words. Two requests resemble one another by the share of pairs they have in common
(Jaccard). A sketch keeps for each of 48 orders of all pairs which one comes first (min-hashing): two sets agree
there as often as they resemble one another. Two places of the sketch make a *band*; whoever shares a band with
a request may be like it, and is then compared for certain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from gongkai.foi.receiving.pieces import pieces
from gongkai.text.bigrams import numbers
from gongkai.text.folding import fold

VERSION = 1
"""Raised when pairs, sketch or bands change: what was made by an earlier version is made anew."""
ALIKE = 0.4
"""From here on a person is asked whether two requests are the same. How it was chosen: the tests beside it."""
ROWS, BANDS = 2, 24
_PRIME = (1 << 61) - 1
_PAIRS_BELOW = 1 << 42


def shingles(text: str) -> frozenset[int]:
    """Return the pairs of *text* after folding: width, case and white space make no difference."""
    return frozenset(
        number for piece in pieces(fold(text)) for number in numbers(piece) if number < _PAIRS_BELOW
    )


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of pairs two requests have in common, 0 to 1. Nothing resembles nothing."""
    return len(one & other) / len(one | other) if one and other else 0.0


def bands(asked: frozenset[int]) -> tuple[str, ...]:
    """Return the bands of a request, each with its place; none for one too short to have a pair."""
    if not asked:
        return ()
    mixed = [_mixed(shingle) for shingle in asked]
    firsts = [min((a * one + b) % _PRIME for one in mixed) for a, b in _orders()]
    return tuple(
        f"{VERSION}/{n}/{_joined(firsts[n * ROWS : (n + 1) * ROWS])}" for n in range(BANDS)
    )


def _joined(places: Sequence[int]) -> str:
    return "-".join(map(str, places))


def _mixed(shingle: int) -> int:
    """Spread a pair over all numbers: code points lie close together."""
    return _number(shingle.to_bytes(8))


@lru_cache(maxsize=1)
def _orders() -> tuple[tuple[int, int], ...]:
    """The orders, the same on every machine and in every year."""
    return tuple(
        (_number(b"a%d" % n) % (_PRIME - 1) + 1, _number(b"b%d" % n) % _PRIME)
        for n in range(ROWS * BANDS)
    )


def _number(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())
