"""What a county wrote after the first comma of a source was its note: letters never printed it, and go on so.

A comma within a title or brackets divides nothing.
The log keeps what was approved, in one piece. Going back puts both together again.
"""

from django.db import migrations

_COMMA, _OPENS, _CLOSES = "，", "《（〔", "》）〕"


def divide(apps, schema_editor):
    values = apps.get_model("rulebook", "Parameter").objects
    for pk, source in values.filter(source__contains=_COMMA).values_list("pk", "source"):
        basis, note = _divided(source)
        if basis.strip() and note.strip():
            values.filter(pk=pk).update(source=basis.strip(), note=note.strip())


def _divided(source):
    depth = 0
    for place, sign in enumerate(source):
        depth += (sign in _OPENS) - (sign in _CLOSES)
        if sign == _COMMA and depth <= 0:
            return source[:place], source[place + 1 :]
    return source, ""


def join(apps, schema_editor):
    values = apps.get_model("rulebook", "Parameter").objects
    for pk, source, note in values.exclude(note="").values_list("pk", "source", "note"):
        values.filter(pk=pk).update(source=f"{source}{_COMMA}{note}"[:200], note="")


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0002_parameter_note")]

    operations = [migrations.RunPython(divide, join, elidable=True)]
