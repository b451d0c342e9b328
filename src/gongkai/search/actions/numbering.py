"""Giving what is in PostgreSQL's tables the numbers that are indexed today: for a migration, while nobody works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.search.actions.rows import Indexed, index_postgresql
from gongkai.search.labels import labels_of
from gongkai.search.places import Tables

_BATCH = 500


def number_anew(cursor: Any, tables: Tables) -> None:
    """Number every entry of *tables* anew. Its index is best dropped before: built at once it is faster than grown."""
    after = 0
    while some := _after(cursor, tables, after):
        index_postgresql(
            cursor.executemany,
            tables,
            [
                (key, day, Indexed(title, text, tuple(labels_of(*by))))
                for key, day, title, text, *by in some
            ],
        )
        after = some[-1][0]


def _after(cursor: Any, tables: Tables, key: int) -> Sequence[Any]:
    cursor.execute(
        "SELECT e.id, e.published_on, e.folded_title, b.folded, "  # noqa: S608  # our own names
        "e.agency_id, e.kind, e.columns, e.year, e.effect "
        f"FROM {tables.entry} e JOIN {tables.body} b ON b.entry_id = e.uid WHERE e.id > %s "
        "ORDER BY e.id LIMIT %s",
        [key, _BATCH],
    )
    found: Sequence[Any] = cursor.fetchall()
    return found
