"""Text and query brought to one form before they are compared: what a reader takes for the same is the same.

What folds:

* width, ligatures, circled and superscript forms, compatibility ideographs and the radicals a PDF gives
  for characters (Unicode NFKC): ``２０２４`` is ``2024``, ``⼟`` is ``土``, ``㎡`` is ``m2``;
* case (Unicode case folding): ``PM`` is ``pm``;
* the brackets of a 文号: ``〔〕［］[]（）()【】`` are all ``()``;
* white space and control characters: gone beside a Han character or a mark, one blank between two
  letters or digits of other scripts, where it parts words. A phrase broken over lines, or spaced out
  around a year, is found;
* what cannot be seen: zero-width characters, soft hyphens, byte order marks, directions, variation
  selectors. Half a surrogate pair, which no database stores, goes as well.

What stays: every other mark (``，`` is ``,`` by its width, ``。`` and ``《`` stay), 第 in a 文号, leading
zeros, traditional characters, characters of private use, accents.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

BARRIER = "\x1f"
"""Stands between texts that must not run into one another. No folded text and no query contains it."""

_BLANK = " "
_BRACKETS = str.maketrans(dict.fromkeys("〔［[（【", "(") | dict.fromkeys("〕］]）】", ")"))
_UNSEEN = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F),
        *(0x2065, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000)),
    )
)
_HAN = (
    (0x2E80, 0x2FFF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3040, 0x30FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xE000, 0xF8FF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF), (0xF0000, 0x10FFFF),
)  # fmt: skip
"""Written without blanks: Han, kana, and private use, where rare Han characters are kept."""


def fold(text: str) -> str:
    """Return *text* in the one form. ``fold(fold(text)) == fold(text)``."""
    folded = _once(text)
    # Taking a blank or a mark out may bring together what Unicode composes: again until it is still.
    while (again := _once(folded)) != folded:
        folded = again
    return folded


def _once(text: str) -> str:
    seen = text.translate(_SEEN)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    return _closed_up(plain.translate(_BRACKETS))


def _closed_up(text: str) -> str:
    """Leave a blank only where it parts two words of a script that is written with blanks."""
    pieces = text.split()
    found: list[str] = []
    for piece in pieces:
        if found and _is_spaced(found[-1][-1]) and _is_spaced(piece[0]):
            found.append(_BLANK)
        found.append(piece)
    return "".join(found)


@lru_cache(maxsize=1 << 15)
def _is_spaced(char: str) -> bool:
    code = ord(char)
    return char.isalnum() and not any(first <= code <= last for first, last in _HAN)


class _Seen(dict[int, int | None]):
    """A table for ``str.translate`` that fills itself: None for what is not seen, a blank for control."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        seen: int | None = code
        if code in _UNSEEN or category in ("Cf", "Cs"):
            seen = None
        elif category == "Cc":
            seen = ord(_BLANK)
        self[code] = seen
        return seen


_SEEN = _Seen()
