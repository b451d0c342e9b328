"""The bands of a request as keyed digests: whoever holds the database and no key can neither read nor try them.

The organ is part of what is digested, so that equal bands of two organs are not equal in the index.
"""

from __future__ import annotations

from gongkai.agencies.models import Agency
from gongkai.foi.resembling.likeness import bands
from gongkai.vault import cipher

PURPOSE = "foi.request.band"
_HEX = 16
_BITS_OF_A_KEY = 63


def tokens_of(agency: Agency, asked: frozenset[int]) -> list[int]:
    """Return the tokens a request of *agency* is entered under, with the current key."""
    return [_number(cipher.digest(text, purpose=PURPOSE)) for text in _texts(agency, asked)]


def tokens_sought(agency: Agency, asked: frozenset[int]) -> list[int]:
    """Return every token a request like this one may stand under while keys change."""
    return [
        _number(digest)
        for text in _texts(agency, asked)
        for digest in cipher.digests(text, purpose=PURPOSE)
    ]


def _texts(agency: Agency, asked: frozenset[int]) -> list[str]:
    return [f"{agency.uid}/{band}" for band in bands(asked)]


def _number(digest: str) -> int:
    """Return a digest as a positive number a database holds in eight bytes."""
    return int(digest[:_HEX], 16) & ((1 << _BITS_OF_A_KEY) - 1)
