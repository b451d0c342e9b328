"""How values were sealed before keys had ids: they say key ``1``, whichever key that was.

Kept only for reading; ``gongkai keys rotate`` brings such values under the current key.
"""

from __future__ import annotations

import hashlib
import hmac

from gongkai.vault.ring import Key

KEY_ID = "1"


def sealing_key(key: Key) -> bytes:
    """Return what sealed values of key ``1``, if *key* was that key."""
    return _derived(key, b"encrypt")


def digest(text: str, key: Key) -> str:
    """Return the digest values of key ``1`` carry, if *key* was that key."""
    return hmac.new(_derived(key, b"digest"), text.encode(), hashlib.sha256).hexdigest()


def _derived(key: Key, purpose: bytes) -> bytes:
    return hmac.new(key.secret.encode(), purpose, hashlib.sha256).digest()
