"""Canonical bytes of a value (RFC 8785) and their SHA-256: what seals, chains and freezes are over.

A hash is always taken over bytes that are kept, never over a JSON column: PostgreSQL's ``jsonb``
reorders keys and SQLite turns numbers into floats. Floats are refused for the same reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

import rfc8785

Plain: TypeAlias = "bool | int | str | Sequence[Plain] | Mapping[str, Plain] | None"


def canonical_bytes(value: Plain) -> bytes:
    """Return the one byte string RFC 8785 gives *value*.

    Raises ``TypeError`` for a float: its text form is not stable between databases.
    """
    _refuse_floats(value)
    return rfc8785.dumps(cast("dict[str, object]", value))  # type: ignore[arg-type]  # stubs know no Sequence


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of *data* as 64 lower-case hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()


def from_canonical(data: bytes) -> Plain:
    """Read canonical bytes back into plain values."""
    return cast("Plain", json.loads(data))


def _refuse_floats(value: Plain) -> None:
    if isinstance(value, float):
        raise TypeError("规范字节中不允许浮点数；金额请用整数分，其他小数请用字符串。")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            _refuse_floats(item)
