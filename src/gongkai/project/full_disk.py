"""How a full disk shows, whoever runs into it: the system by a number, the databases by their words."""

from __future__ import annotations

from errno import EDQUOT, EFBIG, ENOSPC

_NUMBERS = frozenset({ENOSPC, EDQUOT, EFBIG})
_WORDS = ("disk is full", "No space", "I/O error")


def is_full(fault: BaseException | str | None) -> bool:
    """Whether *fault*, an error of the system or of a database or what it says, tells of a full disk."""
    if isinstance(fault, OSError):
        return fault.errno in _NUMBERS
    return any(words in str(fault) for words in _WORDS)
