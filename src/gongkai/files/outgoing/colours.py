"""Colours as far as it matters whether one is seen on another."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]
_CLOSE = 24
"""Of 255, in each of red, green and blue: closer than that no reader tells letters from paper."""


def near(one: Colour, other: Colour) -> bool:
    """Whether text of *one* colour on the *other* cannot be read."""
    return all(abs(a - b) <= _CLOSE for a, b in zip(one, other, strict=True))


def of_hex(text: str) -> Colour | None:
    """Return the colour of `RRGGBB` or `AARRGGBB`; None for "auto" and anything else."""
    if not re.fullmatch(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}", text):
        return None
    last = text[-6:]
    return int(last[:2], 16), int(last[2:4], 16), int(last[4:], 16)


def tinted(colour: Colour, tint: float) -> Colour:
    """Return *colour* made lighter (to 1) or darker (to -1), as a workbook says it."""
    if tint < 0:
        parts = [part * (1 + max(tint, -1.0)) for part in colour]
    else:
        parts = [part + (255 - part) * min(tint, 1.0) for part in colour]
    red, green, blue = (round(part) for part in parts)
    return red, green, blue
