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
            name='Entry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('register', models.CharField(choices=[('licence', '行政许可'), ('penalty', '行政处罚')], max_length=8, verbose_name='种类')),
                ('key', models.CharField(max_length=200, verbose_name='折叠的文书号')),
                ('number', models.CharField(max_length=200, verbose_name='文书号')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='决定文书名称')),
                ('subject', models.CharField(max_length=200, verbose_name='行政相对人名称')),
                ('subject_kind', models.CharField(choices=[('legal', '法人及非法人组织'), ('business', '个体工商户'), ('person', '自然人')], max_length=8, verbose_name='行政相对人类别')),
                ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('category', models.CharField(max_length=200, verbose_name='类别')),
                ('offence', models.CharField(blank=True, max_length=200, verbose_name='违法行为类型')),
                ('matter', models.TextField(verbose_name='许可内容、违法事实')),
                ('basis', models.TextField(blank=True, verbose_name='依据')),
                ('result', models.TextField(blank=True, verbose_name='处罚内容')),
                ('certificate', models.CharField(blank=True, max_length=200, verbose_name='证照名称')),
                ('certificate_no', models.CharField(blank=True, max_length=200, verbose_name='证照编号')),
                ('fine', models.BigIntegerField(blank=True, null=True, verbose_name='罚款金额（分）')),
                ('confiscated', models.BigIntegerField(blank=True, null=True, verbose_name='没收金额（分）')),
                ('decided_on', models.DateField(verbose_name='决定日期')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='有效期自')),
                ('until', models.DateField(blank=True, null=True, verbose_name='有效期至、公示截止期')),
                ('remark', models.TextField(blank=True, verbose_name='备注')),
                ('county_n', models.PositiveIntegerField(verbose_name='全县第几条')),
                ('agency_n', models.PositiveIntegerField(verbose_name='本机关第几条')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='第几次改动')),
                ('entered_at', models.DateTimeField(verbose_name='公示时间')),
                ('removal', models.CharField(blank=True, choices=[('repaired', '信用修复'), ('revoked', '决定被变更、撤销'), ('expired', '公示期满'), ('mistaken', '误登')], max_length=10, verbose_name='撤下')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='撤下时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='决定机关')),
            ],
            options={
                'verbose_name': '双公示信息',
                'indexes': [models.Index(fields=['register', 'agency', 'decided_on'], name='register_by_day'), models.Index(fields=['until'], name='register_by_until')],
                'constraints': [models.UniqueConstraint(fields=('register', 'agency', 'key'), name='register_entry_numbered_once'), models.UniqueConstraint(fields=('register', 'county_n'), name='register_county_place'), models.UniqueConstraint(fields=('register', 'agency', 'agency_n'), name='register_agency_place'), models.CheckConstraint(condition=models.Q(models.Q(('removal', ''), ('removed_at', None)), models.Q(models.Q(('removal', ''), _negated=True), ('removed_at__isnull', False)), _connector='OR'), name='register_entry_removed_at'), models.CheckConstraint(condition=models.Q(models.Q(('subject_kind', 'person'), _negated=True), ('credit_code', ''), _connector='OR'), name='register_person_without_code'), models.CheckConstraint(condition=models.Q(('subject_kind', 'person'), models.Q(('credit_code', ''), _negated=True), _connector='OR'), name='register_organisation_with_code')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('register', models.CharField(choices=[('licence', '行政许可'), ('penalty', '行政处罚')], max_length=8, verbose_name='种类')),
                ('sha256', models.CharField(max_length=64, verbose_name='文件哈希')),
                ('rows', models.BinaryField(verbose_name='读到的行')),
                ('notes', models.TextField(blank=True, verbose_name='没有读取的')),
                ('state', models.CharField(choices=[('staged', '待确认'), ('confirmed', '已导入'), ('discarded', '已放弃')], default='staged', max_length=10, verbose_name='状态')),
                ('at', models.DateTimeField(verbose_name='读取时间')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('entered', models.PositiveIntegerField(default=0, verbose_name='新增行数')),
                ('corrected', models.PositiveIntegerField(default=0, verbose_name='更正行数')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='决定机关')),
                ('by_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='导入人')),
            ],
            options={
                'verbose_name': '双公示导入',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('state', 'confirmed')), models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_at', None)), _connector='OR'), name='register_import_confirmed_at')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('revision', models.PositiveIntegerField(verbose_name='第几次改动')),
                ('kind', models.CharField(choices=[('corrected', '更正'), ('removed', '撤下')], max_length=10, verbose_name='种类')),
                ('removal', models.CharField(blank=True, choices=[('repaired', '信用修复'), ('revoked', '决定被变更、撤销'), ('expired', '公示期满'), ('mistaken', '误登')], max_length=10, verbose_name='撤下原因')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('on', models.DateField(blank=True, null=True, verbose_name='事由发生日期')),
                ('before', models.BinaryField(verbose_name='改动前')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='办理人')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='registers.entry', verbose_name='双公示信息')),
                ('imported', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registers.import', verbose_name='导入')),
            ],
            options={
                'verbose_name': '双公示改动',
                'constraints': [models.UniqueConstraint(fields=('entry', 'revision'), name='register_change_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='register_change_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Places',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(choices=[('licence', '行政许可'), ('penalty', '行政处罚')], max_length=8, verbose_name='种类')),
                ('code', models.CharField(blank=True, max_length=9, verbose_name='机关代码')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='已有条数')),
            ],
            options={
                'verbose_name': '双公示条数',
                'constraints': [models.UniqueConstraint(fields=('register', 'code'), name='register_places_once')],
            },
        ),
    ]
