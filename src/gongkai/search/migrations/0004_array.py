"""On PostgreSQL the array of an entry tells its title apart, and what it is filtered and dated by.

What stood there before is put in anew from the rows beside it, by the code that indexes today.
"""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.search.actions.numbering import number_anew
from gongkai.search.places import TABLES, Tables

_PAGE = 8160
"""Bytes; the most PostgreSQL allows."""


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    for tables in TABLES.values():
        # One that is built over all rows at once is several times faster than one that grows.
        editor.execute(f"DROP INDEX {tables.tokens}")
        with editor.connection.cursor() as cursor:
            number_anew(cursor, tables)
            _gather_texts(cursor, tables)
        editor.execute(
            f"CREATE INDEX {tables.tokens} ON {tables.entry} USING gin (tokens) WITH (fastupdate = off)"
        )
        editor.execute(f"CREATE INDEX {tables.days} ON {tables.entry} (published_on)")


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        for tables in TABLES.values():
            editor.execute(f"DROP INDEX {tables.days}")


def _gather_texts(cursor: Any, tables: Tables) -> None:
    """Keep texts of up to a page in the row itself: to fetch one from beside it takes seven reads instead of one."""
    cursor.execute(f"ALTER TABLE {tables.body} SET (toast_tuple_target = {_PAGE})")
    cursor.execute(f"UPDATE {tables.body} SET folded = folded || ''")  # noqa: S608  # our own names


class Migration(migrations.Migration):
    dependencies = [("search", "0003_titles")]
    operations = [migrations.RunPython(create, drop)]
