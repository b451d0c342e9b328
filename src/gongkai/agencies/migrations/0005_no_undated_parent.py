from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_parents_are_dated'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='agency',
            name='parent',
        ),
    ]
