"""The public pages a row stands on. Its name, path and bytes are the portal's; which there are is told here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.publication.pages.kinds import PageKind, kind_of
from gongkai.registers.models import Entry
from gongkai.registers.queries import FULL

NEWEST = ("register", "register-csv", "register-json")
"""Kinds of pages with the newest rows of a list; its key is the register, a colon and the agency's code."""
ARCHIVE = ("register-pages", "register-pages-csv", "register-pages-json")
"""Kinds of numbered pages; the key goes on with another colon and the number."""

LEADING = ("organ",)
"""The agency's own page leads to its registers once they have a row; its key is the agency's code."""


def list_key(register: str, code: str) -> str:
    return f"{register}:{code}"


def page_key(register: str, code: str, number: int) -> str:
    return f"{register}:{code}:{number:04d}"


def of_key(key: str) -> tuple[str, str, int | None]:
    """Return register, agency's code and page number (None: the newest) that *key* names."""
    register, code, *number = key.split(":")
    return register, code, int(number[0]) if number else None


def anchor_of(ordinal: int) -> str:
    """Return the fragment of a row's address on a page where it has the place *ordinal*."""
    return f"n{ordinal}"


def page_of(ordinal: int) -> int:
    """Return the page, from 1, on which the place *ordinal* is."""
    return (ordinal - 1) // FULL + 1


def pages_with(entries: Iterable[Entry]) -> Iterator[tuple[PageKind, str]]:
    """Yield every public page that shows, or may show, one of *entries*."""
    lists, numbered, leading = dict[str, None](), dict[str, None](), dict[str, None]()
    for entry in entries:
        if entry.agency_n == 1:
            leading[entry.agency.code] = None
        for code, ordinal in (("", entry.county_n), (entry.agency.code, entry.agency_n)):
            lists[list_key(entry.register, code)] = None
            numbered[page_key(entry.register, code, page_of(ordinal))] = None
    for names, keys in ((NEWEST, lists), (ARCHIVE, numbered), (LEADING, leading)):
        for name in names:
            kind = kind_of(name)
            if kind:
                yield from ((kind, key) for key in keys)
