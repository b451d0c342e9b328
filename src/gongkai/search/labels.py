"""What an entry is filtered by, as names with values: each database writes them into its index in its own way."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.search.results import Filters

COLUMN_MARK = "|"
"""Between the columns of an entry as they are stored, and at both ends."""
Label = tuple[str, object]


def labels_of(agency_id: int, kind: str, columns: str, year: int, effect: str) -> Iterator[Label]:
    """Yield what an entry is filtered by, its day excepted; *columns* as they are stored."""
    yield "agency", agency_id
    yield "kind", kind
    yield "year", year
    yield "effect", effect
    for column in split_columns(columns):
        yield "column", column


def wanted_by(filters: Filters) -> Iterator[Label]:
    """Yield what a result must be, its day excepted."""
    for name, value in (
        ("agency", filters.agency_id),
        ("kind", filters.kind),
        ("year", filters.year),
        ("effect", filters.effect),
        ("column", filters.column),
    ):
        if value is not None:
            yield name, value


def split_columns(columns: str) -> Iterator[str]:
    """Yield the columns of an entry one by one."""
    return filter(None, columns.split(COLUMN_MARK))
