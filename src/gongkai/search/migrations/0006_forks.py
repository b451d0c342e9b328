"""On PostgreSQL the array of an entry tells which of its pairs fork, so that most long words are counted unread."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.search.actions.beside import index_numbers
from gongkai.search.actions.numbering import number_anew
from gongkai.search.places import TABLES


def number(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    for tables in TABLES.values():
        editor.execute(f"DROP INDEX {tables.tokens}")
        with editor.connection.cursor() as cursor:
            number_anew(cursor, tables)
        index_numbers(tables)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_waiting")]
    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
