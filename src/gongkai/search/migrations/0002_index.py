"""What each database searches with: an array of pairs under GIN, or an FTS5 table."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

AUDIENCES = ("public", "staff")


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for audience in AUDIENCES:
        for statement in _creating(audience, editor.connection.vendor):
            editor.execute(statement)


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for audience in AUDIENCES:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TABLE search_{audience}_index")
        else:
            editor.execute(f"ALTER TABLE search_{audience}entry DROP COLUMN tokens")


def _creating(audience: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE VIRTUAL TABLE search_{audience}_index "
            "USING fts5(title, text, content='', tokenize='ascii')"
        ]
    table = f"search_{audience}entry"
    return [
        f"ALTER TABLE {table} ADD COLUMN tokens bigint[] NOT NULL",
        # Without a list of what is yet to be filed: it would be read through by every search.
        f"CREATE INDEX search_{audience}_tokens ON {table} USING gin (tokens) WITH (fastupdate = off)",
        # Read to decide on a match: to unpack it would cost more than the room it takes.
        f"ALTER TABLE search_{audience}body ALTER COLUMN folded SET STORAGE EXTERNAL",
    ]


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
