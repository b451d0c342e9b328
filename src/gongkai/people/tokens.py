"""Values that are shown once and known afterwards by their hash only."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

_LETTERS = (
    "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: they are read aloud and copied by hand
)
_GROUPS, _GROUP = 4, 4
"""Sixteen letters of thirty-one are 79 bits: a plain hash of them cannot be searched."""


def new_token() -> str:
    """Return a fresh token for an address: 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is stored of a token or a session's key."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_recovery_code() -> str:
    """Return a code a person can write down, such as ``k7mq-29xt-pd4w-hc8e``."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def recovery_digest(code: str, account_uid: UUID) -> str:
    """Return what is stored of a recovery code, however it was spaced and capitalised."""
    letters = "".join(letter for letter in code.lower() if letter in _LETTERS)
    return digest_of(f"{account_uid}:{letters}")


def tries_key(kind: str, value: str) -> str:
    """Return the keyed hash under which tries at *value* are counted."""
    return salted_hmac(f"tries:{kind}", value, algorithm="sha256").hexdigest()
