"""An address as a QR code (GB/T 18284), for whoever holds the printed page: the same bytes each time, in less than a millisecond.

With version, mask and length fixed, every module of a code is an exclusive or of bits of the text. So the code of an
address is that of another one of equal length, with what each bit that differs turns over: no code is encoded anew
for each of a hundred thousand pages that differ in their last letters only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import segno

_TAIL = 9
"""Letters at the end in which the addresses of items differ: the key and a slash."""
_BITS = 7
_MASK = 4
_BLANK = "0"


@dataclass(frozen=True)
class Drawing:
    """A code as a line to be drawn one module wide; *size* is its width in modules, without the quiet zone."""

    size: int
    path: str


def drawing(address: str) -> Drawing:
    """Return the code of *address*, an ASCII one. Raises ``ValueError`` for another."""
    if not address.isascii():
        raise ValueError(address)
    head, tail = address[:-_TAIL], address[-_TAIL:]
    size, modules = _encoded(head + _BLANK * len(tail))
    for place, letter in enumerate(tail, start=len(head)):
        differs = ord(letter) ^ ord(_BLANK)
        for bit in range(_BITS):
            if differs >> bit & 1:
                modules ^= _turned(len(address), place, bit)
    return Drawing(size, _path(f"{modules:0{size * size}b}", size))


@lru_cache(maxsize=1_024)
def _turned(length: int, place: int, bit: int) -> int:
    """Which modules a bit of the letter at *place* turns over, in the code of any text of *length* letters."""
    blanks = _BLANK * length
    other = blanks[:place] + chr(ord(_BLANK) ^ 1 << bit) + blanks[place + 1 :]
    return _encoded(other)[1] ^ _encoded(blanks)[1]


@lru_cache(maxsize=1_024)
def _encoded(text: str) -> tuple[int, int]:
    code = segno.make(
        text, error="l", boost_error=False, micro=False, mask=_MASK, mode="byte", encoding="latin1"
    )
    bits = "".join("1" if dark else "0" for row in code.matrix for dark in row)
    return len(code.matrix), int(bits, 2)


def _path(bits: str, size: int) -> str:
    pieces = []
    for y in range(size):
        at = 0
        for n, run in enumerate(re.finditer("1+", bits[y * size : (y + 1) * size])):
            start = f"m{run.start() - at} 0" if n else f"M{run.start()} {y}.5"
            pieces.append(f"{start}h{run.end() - run.start()}")
            at = run.end()
    return "".join(pieces)
