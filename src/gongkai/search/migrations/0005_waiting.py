"""On PostgreSQL an entry's numbers wait in a list, which searches read too, until a job sorts them in."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.search.places import TABLES


def let_wait(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _set(editor, "RESET (fastupdate)")


def sort_in_at_once(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _set(editor, "SET (fastupdate = off)")


def _set(editor: BaseDatabaseSchemaEditor, option: str) -> None:
    if editor.connection.vendor == "postgresql":
        for tables in TABLES.values():
            editor.execute(f"ALTER INDEX {tables.tokens} {option}")


class Migration(migrations.Migration):
    dependencies = [("search", "0004_array")]
    operations = [migrations.RunPython(let_wait, sort_in_at_once)]
