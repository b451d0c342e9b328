"""A notice or a parameter is proposed by one person and approved by another.

What is there already was entered by one person and stays in force: it is approved, with nobody in
*proposed_by*.
"""

import django.db.models.deletion
import gongkai.audit.identity
from django.db import migrations, models


def person(verbose_name, **options):
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="people.person",
        verbose_name=verbose_name,
        **options,
    )


STATES = [("proposed", "待批准"), ("approved", "已批准"), ("rejected", "未批准")]


def fields(model_name):
    """The columns of a proposal; rows there are become approved ones, new ones start proposed."""
    state = {"choices": STATES, "max_length": 8, "verbose_name": "状态"}
    return [
        migrations.AddField(
            model_name, "state", models.CharField(default="approved", **state)
        ),
        migrations.AlterField(
            model_name, "state", models.CharField(default="proposed", **state)
        ),
        migrations.AddField(model_name, "proposed_by", person("提出人")),
        migrations.AddField(
            model_name, "proposed_at", models.DateTimeField(null=True, verbose_name="提出时间")
        ),
        migrations.AddField(
            model_name,
            "reason",
            models.CharField(blank=True, max_length=200, verbose_name="不批准的理由"),
        ),
        migrations.AddField(
            model_name,
            "moves",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="rulebook.movelist",
                verbose_name="变动清单",
            ),
        ),
    ]


def constraints(model_name):
    whole = (
        models.Q(proposed_by=None, state="approved")
        | models.Q(state="proposed", decided_by=None, decided_at=None)
        | models.Q(state__in=["approved", "rejected"], decided_at__isnull=False)
        & models.Q(decided_by__isnull=False)
    )
    two = (
        ~models.Q(state="approved")
        | models.Q(proposed_by=None)
        | ~models.Q(decided_by=models.F("proposed_by"))
    )
    reason = ~models.Q(state="rejected") | ~models.Q(reason="")
    return [
        migrations.AddConstraint(
            model_name,
            models.CheckConstraint(condition=condition, name=f"{model_name}_{name}"),
        )
        for name, condition in (
            ("decided_whole", whole),
            ("two_persons", two),
            ("rejected_with_reason", reason),
        )
    ]


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MoveList",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "uid",
                    models.UUIDField(
                        default=gongkai.audit.identity.new_uid, editable=False, unique=True
                    ),
                ),
                ("body", models.BinaryField(verbose_name="变动清单")),
                ("sha256", models.CharField(max_length=64, verbose_name="哈希")),
                ("count", models.PositiveIntegerField(verbose_name="变动的期限数")),
            ],
            options={"verbose_name": "变动清单"},
        ),
        migrations.RemoveConstraint("holidaynotice", "notice_once"),
        migrations.RemoveConstraint("parameter", "parameter_one_per_day"),
        migrations.RenameField("holidaynotice", "approved_by", "decided_by"),
        migrations.RenameField("holidaynotice", "approved_at", "decided_at"),
        migrations.AlterField("holidaynotice", "decided_by", person("批准人", blank=True)),
        migrations.AlterField(
            "holidaynotice",
            "decided_at",
            models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
        ),
        migrations.AddField("parameter", "decided_by", person("批准人", blank=True)),
        migrations.AddField(
            "parameter",
            "decided_at",
            models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
        ),
        *fields("holidaynotice"),
        *fields("parameter"),
        *constraints("holidaynotice"),
        *constraints("parameter"),
        migrations.AddConstraint(
            "holidaynotice",
            models.UniqueConstraint(
                condition=~models.Q(state="rejected"),
                fields=["year", "number"],
                name="notice_once",
            ),
        ),
        migrations.AddConstraint(
            "parameter",
            models.UniqueConstraint(
                condition=~models.Q(state="rejected"),
                fields=["key", "scope", "since"],
                name="parameter_one_per_day",
            ),
        ),
    ]
