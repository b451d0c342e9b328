import django.db.models.deletion
import gongkai.audit.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MoveList',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('body', models.BinaryField(verbose_name='变动清单')),
                ('sha256', models.CharField(max_length=64, verbose_name='哈希')),
                ('count', models.PositiveIntegerField(verbose_name='变动的期限数')),
            ],
            options={
                'verbose_name': '变动清单',
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(max_length=30, verbose_name='编号种类')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='已用至')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '编号序列',
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind', 'year'), name='series_once')],
            },
        ),
        migrations.CreateModel(
            name='NumberUse',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('n', models.PositiveIntegerField(verbose_name='号')),
                ('subject_uid', models.UUIDField(verbose_name='用于')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='rulebook.numberseries', verbose_name='编号序列')),
            ],
            options={
                'verbose_name': '编号使用',
                'constraints': [models.UniqueConstraint(fields=('series', 'n'), name='number_used_once'), models.CheckConstraint(condition=models.Q(('n__gte', 1)), name='number_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Parameter',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('state', models.CharField(choices=[('proposed', '待批准'), ('approved', '已批准'), ('rejected', '未批准')], default='proposed', max_length=8, verbose_name='状态')),
                ('proposed_at', models.DateTimeField(null=True, verbose_name='提出时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='批准时间')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='不批准的理由')),
                ('key', models.CharField(max_length=60, verbose_name='参数')),
                ('scope', models.CharField(default='county', max_length=60, verbose_name='适用范围')),
                ('value_text', models.CharField(max_length=200, verbose_name='取值')),
                ('since', models.DateField(verbose_name='启用日期')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
                ('certainty', models.CharField(max_length=2, verbose_name='可靠程度')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='批准人')),
                ('moves', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebook.movelist', verbose_name='变动清单')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='提出人')),
            ],
            options={
                'verbose_name': '参数',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('proposed_by', None), ('state', 'approved')), models.Q(('decided_at', None), ('decided_by', None), ('state', 'proposed')), models.Q(('decided_at__isnull', False), ('state__in', ['approved', 'rejected']), ('decided_by__isnull', False)), _connector='OR'), name='parameter_decided_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('proposed_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='parameter_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='parameter_rejected_with_reason'), models.UniqueConstraint(condition=models.Q(('state', 'rejected'), _negated=True), fields=('key', 'scope', 'since'), name='parameter_one_per_day')],
            },
        ),
        migrations.CreateModel(
            name='HolidayNotice',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('state', models.CharField(choices=[('proposed', '待批准'), ('approved', '已批准'), ('rejected', '未批准')], default='proposed', max_length=8, verbose_name='状态')),
                ('proposed_at', models.DateTimeField(null=True, verbose_name='提出时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='批准时间')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='不批准的理由')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('number', models.CharField(max_length=60, verbose_name='文号')),
                ('body', models.BinaryField(verbose_name='通知数据')),
                ('sha256', models.CharField(max_length=64, verbose_name='哈希')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='批准人')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='提出人')),
                ('moves', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebook.movelist', verbose_name='变动清单')),
            ],
            options={
                'verbose_name': '放假通知',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('proposed_by', None), ('state', 'approved')), models.Q(('decided_at', None), ('decided_by', None), ('state', 'proposed')), models.Q(('decided_at__isnull', False), ('state__in', ['approved', 'rejected']), ('decided_by__isnull', False)), _connector='OR'), name='holidaynotice_decided_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('proposed_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='holidaynotice_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='holidaynotice_rejected_with_reason'), models.UniqueConstraint(condition=models.Q(('state', 'rejected'), _negated=True), fields=('year', 'number'), name='notice_once')],
            },
        ),
    ]
