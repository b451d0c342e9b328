"""Identity numbers that nobody can have: region 000000 does not exist, the checksum is right."""

from __future__ import annotations

_REGION = "000000"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def id_number(n: int) -> str:
    """Return the *n*-th invented eighteen-character number (GB 11643: ISO 7064 MOD 11-2)."""
    body = f"{_REGION}19800101{n:03d}"
    return body + _CHECK[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]
