"""What can be printed: text without invisible signs, the packaged font's characters, fitting widths."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Gongkai Serif SC"
POINTS_IN_MM = 72 / 25.4

_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_NONCHARACTERS = frozenset({"\ufffe", "\uffff"})
_LATIN = r"[\x21-\x7e\u00a1-\u024f]"
_NO_BREAK = r" +(?=[;:,.!?)\]}/])|(?<=[(\[{]) +"  # UAX #14: rules LB13 and LB14
WORD = re.compile(rf"{_LATIN}(?:{_LATIN}|{_NO_BREAK})*")
"""What no line is broken inside of: a Latin word or number, blanks before its punctuation too."""
_PIECES = re.compile(rf"{WORD.pattern}|.")
_DIGIT, _NARROW, _BROAD, _WIDE = 0.58, 0.67, 0.98, 1.0
_BROAD_SIGNS = frozenset("%&@mwABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789.,")


def printable(text: str) -> str:
    """Return `text` as one line without control and format characters, which print nothing.

    Every kind of blank but the ideographic one (U+3000) becomes a plain blank.
    """
    return "".join(_visible(sign) for sign in text)


def _visible(sign: str) -> str:
    if sign in "\t\n\r\v\f":
        return " "
    kind = unicodedata.category(sign)
    if kind in _INVISIBLE or sign in _NONCHARACTERS:
        return ""
    return " " if kind[0] == "Z" and sign != "\u3000" else sign


@lru_cache
def packaged_characters() -> frozenset[str]:
    """Every character of the packaged font, from the list that its builder wrote beside it."""
    return frozenset((FONTS / "characters.txt").read_text(encoding="utf-8")) - {"\n"}


def fitting_size(text: str, width: float, size: float, *, least: float = 5) -> float:
    """Return the largest size in points, at most `size`, at which no word of `text` is wider.

    `width` in millimetres is what the cell leaves for text. Hanzi may be broken anywhere, a number
    or a Latin word nowhere.
    """
    widest = widest_word(text)
    room = width * POINTS_IN_MM
    if widest * size <= room:
        return size
    return max(least, int(room / widest * 2) / 2)


def widest_word(text: str) -> float:
    """The width of the widest piece of `text` that stays on one line, in sizes of its type."""
    return max((width_in_ems(piece) for piece in _PIECES.findall(text)), default=0.0)


def longest_word(width: float, size: float) -> int:
    """How many Latin letters of `size` points surely stand side by side in `width` mm."""
    return max(1, int(width * POINTS_IN_MM / (size * _BROAD)))


def width_in_ems(piece: str) -> float:
    """About how wide `piece` is on one line, in sizes of its type."""
    return sum(map(_width, piece))


def _width(sign: str) -> float:
    if sign in _DIGITS:
        return _DIGIT
    if sign in _BROAD_SIGNS:
        return _BROAD
    return _WIDE if unicodedata.east_asian_width(sign) in "WFA" else _NARROW
