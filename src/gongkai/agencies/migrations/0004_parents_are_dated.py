"""Each agency's parent becomes a dated fact, holding since the agency's first name.

A migration of its own: PostgreSQL alters no table with rows of the same transaction still unchecked.
"""

from django.db import migrations
from django.db.models import Min

from gongkai.audit.identity import new_uid


def date_parents(apps, schema_editor):
    agencies = apps.get_model('agencies', 'Agency').objects.exclude(parent=None)
    subordination = apps.get_model('agencies', 'Subordination')
    subordination.objects.bulk_create(
        subordination(uid=new_uid(), agency=agency, parent_id=agency.parent_id, since=agency.began)
        for agency in agencies.annotate(began=Min('names__since'))
        if agency.began is not None
    )


def undate_parents(apps, schema_editor):
    agencies = apps.get_model('agencies', 'Agency').objects
    for row in apps.get_model('agencies', 'Subordination').objects.order_by('since'):
        agencies.filter(pk=row.agency_id).update(parent=row.parent_id)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_endings_and_contacts'),
    ]

    operations = [
        migrations.RunPython(date_parents, undate_parents),
    ]
