"""An edition is closed (封存) when it goes to review; a seal (签封) is what the reviewers give."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _drop_the_guard_of_before(_: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on = " ON documents_edition" if schema_editor.connection.vendor == "postgresql" else ""
    for operation in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS documents_edition_sealed_{operation}{on}")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        # The one of today is installed after every migrate.
        migrations.RunPython(_drop_the_guard_of_before, migrations.RunPython.noop),
        migrations.RenameField("edition", "sealed_at", "closed_at"),
        migrations.AlterField(
            "edition",
            "closed_at",
            models.DateTimeField(blank=True, null=True, verbose_name="封存时间"),
        ),
    ]
