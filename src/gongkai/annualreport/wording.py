"""Comparing Chinese labels as a reader does: blanks, width and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_YEAR_IN_BRACKETS = re.compile(r"[（(]\s*\d{4}\s*年?\s*[）)]")
_ENUMERATOR = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*")
_IGNORED = frozenset("PZSC")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` without width, blanks, punctuation and a bracketed year; for comparison only."""
    plain = unicodedata.normalize("NFKC", _YEAR_IN_BRACKETS.sub("", text))
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in _IGNORED)


@lru_cache(maxsize=4096)
def fold_unnumbered(text: str) -> str:
    """`fold` without a leading 一、, （一） or 1. ."""
    return fold(_ENUMERATOR.sub("", unicodedata.normalize("NFKC", text).strip()))


def squeeze(text: str) -> str:
    """Return `text` without any white space."""
    return "".join(text.split())
