"""On SQLite an index of titles alone, and a word in either index for all that entries are filtered by.

What an index held before is put in anew from the rows beside it, which keep all it is made of: by the code that
indexes today, for an index is derived, and one of yesterday's layout would be of no use to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.search.actions.rows import Indexed, index_sqlite
from gongkai.search.fts import create_indexes
from gongkai.search.labels import labels_of
from gongkai.search.places import TABLES, Tables

_BATCH = 500


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "sqlite":
        return
    for tables in TABLES.values():
        editor.execute(f"DROP TABLE {tables.index}")
        for statement in create_indexes(tables):
            editor.execute(statement)
        with editor.connection.cursor() as cursor:
            rest = _rows(cursor, tables)
            while batch := list(islice(rest, _BATCH)):
                index_sqlite(cursor.executemany, tables, batch)
            for name in (tables.index, tables.titles):
                cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608  # our own names


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        for tables in TABLES.values():
            editor.execute(f"DROP TABLE {tables.titles}")


def _rows(cursor: Any, tables: Tables) -> Iterator[tuple[int, Indexed]]:
    after = 0
    while some := _after(cursor, tables, after):
        yield from (
            (key, Indexed(title, text, tuple(labels_of(*by)))) for key, title, text, *by in some
        )
        after = some[-1][0]


def _after(cursor: Any, tables: Tables, key: int) -> Sequence[Any]:
    cursor.execute(
        "SELECT e.id, e.folded_title, b.folded, e.agency_id, e.kind, e.columns, e.year, e.effect "  # noqa: S608  # 〃
        f"FROM {tables.entry} e JOIN {tables.body} b ON b.entry_id = e.uid WHERE e.id > %s "
        "ORDER BY e.id LIMIT %s",
        [key, _BATCH],
    )
    found: Sequence[Any] = cursor.fetchall()
    return found


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]
    operations = [migrations.RunPython(create, drop)]
