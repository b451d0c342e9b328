"""Which addresses a text may point to."""

from __future__ import annotations

import re

SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]+"
)
_IN_A_PICTURES_NAME = r"\w（）()-"
_FILE = re.compile(rf"files/[0-9a-f]{{8}}-[{_IN_A_PICTURES_NAME}][{_IN_A_PICTURES_NAME}.]*")
_NOT_IN_A_NAME = re.compile(rf"[^{_IN_A_PICTURES_NAME}.]+")


def link_target(href: str) -> str:
    """Return the address a link may have, or an empty string.

    Other programs' schemes, other machines' folders and places inside the pasted page are no targets.
    """
    target = _UNSEEN.sub("", href)
    scheme = _SCHEME.match(target)
    if "\\" in target or target.startswith("#"):
        return ""
    if scheme:
        return target if scheme[1].lower() in SCHEMES else ""
    return f"https:{target}" if target.startswith("//") else target


def file_address(sha256: str, name: str) -> str:
    """Return the address of one of an item's files, relative to the item: other bytes have another one."""
    return f"files/{sha256[:8]}-{name}"


def own_file(src: str) -> str:
    """Return the address of one of the item's own files that *src* is, or an empty string."""
    address = src.strip()
    return address if _FILE.fullmatch(address) else ""


def picture_name(name: str) -> str:
    """Return *name* with nothing in it that an address would have to spell in another way."""
    return _NOT_IN_A_NAME.sub("-", name).lstrip(".")
