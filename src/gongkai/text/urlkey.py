"""Short public keys in Crockford base32: eight characters a citizen can read out on the telephone."""

from __future__ import annotations

from uuid import UUID

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
KEY_LENGTH = 8


def url_key(uid: UUID) -> str:
    """Return the eight-character key of *uid*, taken from its random tail (40 bits).

    Two rows may draw the same key once in about a million rows; the database's unique index refuses
    the second one, and the caller draws a new uid.
    """
    tail = uid.int
    characters = []
    for _ in range(KEY_LENGTH):
        tail, digit = divmod(tail, len(_ALPHABET))
        characters.append(_ALPHABET[digit])
    return "".join(reversed(characters))
