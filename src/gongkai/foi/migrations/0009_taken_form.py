from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import gongkai.audit.identity


class Migration(migrations.Migration):
    dependencies = [("foi", "0008_letters_of_steps")]

    operations = [
        migrations.CreateModel(
            name="TakenForm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "uid",
                    models.UUIDField(
                        default=gongkai.audit.identity.new_uid, editable=False, unique=True
                    ),
                ),
                ("form_key", models.CharField("表单编号", max_length=32, unique=True)),
                ("step", models.CharField("步骤", max_length=30)),
                ("at", models.DateTimeField("提交时间")),
                ("by_uid", models.UUIDField("提交人编号")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foi.case",
                        verbose_name="案件",
                    ),
                ),
            ],
            options={"verbose_name": "已提交的表单"},
        ),
    ]
