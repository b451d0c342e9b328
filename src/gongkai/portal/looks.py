"""The ways a page may look. A page is the same for everybody; the browser's cookie picks one small
style sheet, so that pages can be files and shared by caches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COOKIE = "look"
KEPT_FOR = 365 * 24 * 3600
"""Seconds a choice is remembered."""

_SHEETS = Path(__file__).parent / "static" / "portal" / "look"
# What follows "back=" verbatim: an address of this site, never "//host" nor "/\\host".
_BACK = re.compile(r"back=(/(?![/\\])[!-~]*)", re.ASCII)


@dataclass(frozen=True)
class Look:
    """A look: the name in the cookie and of its style sheet, and what it is called."""

    name: str
    title: str


STANDARD = Look("standard", "标准")
LOOKS = (Look("elder", "长辈版"), Look("contrast", "高对比"), Look("grey", "灰度"), STANDARD)
_NAMES = frozenset(look.name for look in LOOKS)


def is_look(name: str) -> bool:
    """Whether there is a look of that name."""
    return name in _NAMES


def chosen(cookie: str | None, default: str) -> str:
    """Return the look of a visitor with this cookie; *default* for none and for nonsense."""
    return cookie if cookie is not None and is_look(cookie) else default


@cache
def sheet(name: str) -> bytes:
    """Return the style sheet of the look *name*."""
    return (_SHEETS / f"{name}.css").read_bytes()


def back_to(query: str) -> str:
    """Return the address of this site after ``back=`` in the raw *query*, or the front page.

    The address stands there as it is, its own query included: the web server's rule reads it the
    same way and cannot decode percent signs.
    """
    found = _BACK.fullmatch(query)
    return found[1] if found else "/"
