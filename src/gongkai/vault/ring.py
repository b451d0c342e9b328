"""The keys of this installation: one that seals, and older ones that still open."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings

_LABEL = b"gongkai key id\x00"
_LENGTH_OF_ID = 8


@dataclass(frozen=True)
class Key:
    """A secret of the operator. It is known by an id taken from itself, so nobody numbers keys."""

    secret: str

    @property
    def id(self) -> str:
        """Eight hexadecimal characters that tell keys apart and nothing about them."""
        return hashlib.sha256(_LABEL + self.secret.encode()).hexdigest()[:_LENGTH_OF_ID]

    def __repr__(self) -> str:
        return f"Key({self.id})"  # a key in a traceback is a key in a log


@dataclass(frozen=True)
class Ring:
    """The current key, then the older ones, the latest first."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        return self.keys[0]

    @property
    def old(self) -> tuple[Key, ...]:
        return self.keys[1:]

    def named(self, key_id: str) -> Key | None:
        """Return the key known by *key_id*, or None."""
        return next((key for key in self.keys if key.id == key_id), None)


def ring() -> Ring:
    """Return the keys the settings name, each once."""
    secrets = dict.fromkeys((settings.IDENTITY_KEY, *settings.IDENTITY_KEYS_OLD))
    return Ring(tuple(Key(secret) for secret in secrets))
