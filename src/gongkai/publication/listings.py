"""Which public lists a document stands in. A list's name is the part of its address after the slash."""

from __future__ import annotations

from gongkai.documents.models import Document

ALL = "n"
_COLUMN = "c/"
FULL = 50
"""Entries of one page of the archive: once full, it changes only when one of them does."""


def of_agency(code: str) -> str:
    """Return the name of an agency's own list."""
    return f"o/{code}"


def listings_of(document: Document) -> tuple[str, ...]:
    """Return the lists *document* stands in: everything, and its agency's own."""
    return (ALL, of_agency(document.agency.code))


def columns_of(document: Document) -> tuple[str, ...]:
    """Return the slugs of the columns *document* stands in."""
    return tuple(
        listing.removeprefix(_COLUMN)
        for listing in listings_of(document)
        if listing.startswith(_COLUMN)
    )


def page_of(ordinal: int) -> int:
    """Return the archive page, from 1, on which the place *ordinal* is."""
    return (ordinal - 1) // FULL + 1
