"""Which public lists a document stands in. A list's name is the part of its address after the slash."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.documents.models import Document

ALL = "n"
_AGENCY, _COLUMN = "o/", "c/"
FULL = 50
"""Entries of one page of the archive: once full, it changes only when one of them does."""


def of_agency(code: str) -> str:
    """Return the name of an agency's own list."""
    return f"{_AGENCY}{code}"


def agency_of(listing: str) -> str:
    """Return the code of the agency whose own list *listing* is; empty for a list of another sort."""
    return listing.removeprefix(_AGENCY) if listing.startswith(_AGENCY) else ""


def of_column(slug: str) -> str:
    """Return the name of a column's list."""
    return f"{_COLUMN}{slug}"


def column_of(listing: str) -> str:
    """Return the address of the column whose list *listing* is; empty for a list of another sort."""
    return listing.removeprefix(_COLUMN) if listing.startswith(_COLUMN) else ""


def listings_of(document: Document, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the lists *document* stands in: everything, its agency's own, and those of its *columns*."""
    return (ALL, of_agency(document.agency.code), *map(of_column, dict.fromkeys(columns)))


def page_of(ordinal: int) -> int:
    """Return the archive page, from 1, on which the place *ordinal* is."""
    return (ordinal - 1) // FULL + 1
