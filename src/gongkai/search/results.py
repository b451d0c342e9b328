"""What a search answers: the same values from either database and from the snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from gongkai.search.excerpts import Piece

PAGE_SIZE = 20
MOST_PAGES = 50


@dataclass(frozen=True)
class Filters:
    """What results must be besides; None lets everything through. Both days belong to the span."""

    agency_id: int | None = None
    kind: str | None = None
    column: str | None = None
    year: int | None = None
    effect: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Facets:
    """How many of the results are of which agency, kind, year and column. One may be in several columns."""

    agencies: Mapping[int, int]
    kinds: Mapping[str, int]
    years: Mapping[int, int]
    columns: Mapping[str, int]


@dataclass(frozen=True)
class Hit:
    """One result, with the words that were looked for marked in its title and in an excerpt of its text."""

    key: UUID
    title: str
    marked_title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    agency_id: int
    kind: str
    columns: tuple[str, ...]
    year: int
    published_on: date
    number: str
    effect: str
    url: str


@dataclass(frozen=True)
class Results:
    """*total* is exact and counts every page. *facets* is None where none were asked for.

    *as_of* is the day of the snapshot that was asked, or None when it was the database.
    """

    total: int
    page: int
    hits: tuple[Hit, ...]
    facets: Facets | None = None
    as_of: date | None = field(default=None)

    @property
    def pages(self) -> int:
        """How many pages can be turned to."""
        return min(MOST_PAGES, -(-self.total // PAGE_SIZE))
