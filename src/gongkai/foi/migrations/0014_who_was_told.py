"""Consultations of which the applicant was told one by one: each remembers its letter. Going back forgets it."""

from django.db import migrations

_TOLD = "D07"


def remember(apps, schema_editor):
    consultations = apps.get_model("foi", "Consultation").objects
    letters = apps.get_model("foi", "IssuedLetter").objects.filter(code=_TOLD)
    for pk, subject in letters.values_list("pk", "subject_uid").iterator(500):
        consultations.filter(uid=subject).update(told_in=pk)


class Migration(migrations.Migration):
    dependencies = [("foi", "0013_told_in")]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop, elidable=True)]
