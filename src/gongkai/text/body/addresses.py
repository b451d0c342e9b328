"""Which addresses a text may point to."""

from __future__ import annotations

import re

SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]+"
)
_FILE = re.compile(r"(?!/)[^:\\?#<>\"|*]+")


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


def own_file(src: str) -> str:
    """Return the name of one of the item's files that *src* means, or an empty string."""
    name = src.strip()
    inside = _FILE.fullmatch(name) and not _UNSEEN.search(name.replace(" ", ""))
    return name if inside and ".." not in name.split("/") else ""
