import django.db.models.deletion
import gongkai.audit.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('documents', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='发文字号')),
                ('category', models.CharField(choices=[('rule', '规章'), ('norm', '行政规范性文件'), ('other', '其他文件')], max_length=8, verbose_name='类别')),
                ('written_on', models.DateField(verbose_name='成文日期')),
                ('published_on', models.DateField(verbose_name='发布日期')),
                ('in_force_on', models.DateField(verbose_name='施行日期')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('early_reason', models.CharField(blank=True, max_length=200, verbose_name='施行早于成文的理由')),
                ('external', models.BooleanField(verbose_name='涉及公民、法人或其他组织')),
                ('general', models.BooleanField(verbose_name='普遍约束力')),
                ('repeatable', models.BooleanField(verbose_name='反复适用')),
                ('rights_affecting', models.BooleanField(verbose_name='影响权利义务')),
                ('judged_on', models.DateField(verbose_name='认定日期')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='policy', to='documents.document', verbose_name='文档')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='起草单位')),
                ('judged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='认定人')),
            ],
            options={
                'verbose_name': '政策文件',
                'indexes': [models.Index(fields=['category', 'written_on'], name='policy_by_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(('in_force_on__gte', models.F('written_on')), models.Q(('early_reason', ''), _negated=True), _connector='OR'), name='policy_in_force_after_written'), models.CheckConstraint(condition=models.Q(models.Q(('category', 'norm'), _negated=True), models.Q(('external', True), ('general', True), ('repeatable', True), ('rights_affecting', True)), _connector='OR'), name='policy_norm_passes_four_tests')],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('repeals', '废止'), ('declares_invalid', '宣布失效'), ('expires', '有效期届满失效'), ('amends', '修改'), ('suspends_clause', '停止执行部分条款')], max_length=16, verbose_name='关系')),
                ('clause', models.CharField(blank=True, max_length=60, verbose_name='条款')),
                ('effective_on', models.DateField(db_index=True, verbose_name='生效日期')),
                ('decided_on', models.DateField(verbose_name='决定日期')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('campaign', models.CharField(blank=True, max_length=60, verbose_name='清理批次')),
                ('terminal_key', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts_on', to='policies.policy', verbose_name='依据文件')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acted_on', to='policies.policy', verbose_name='对象文件')),
            ],
            options={
                'verbose_name': '文件关系',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('source', models.F('target')), _negated=True), ('source', None), _connector='OR'), name='relation_between_two'), models.UniqueConstraint(fields=('target', 'terminal_key'), name='relation_one_exit'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['repeals', 'declares_invalid', 'expires']), ('terminal_key', 1), ('terminal_key__isnull', False)), models.Q(('kind__in', ['amends', 'suspends_clause']), ('terminal_key', None)), _connector='OR'), name='relation_exit_is_terminal')],
            },
        ),
        migrations.CreateModel(
            name='StockAdjustment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('category', models.CharField(choices=[('rule', '规章'), ('norm', '行政规范性文件'), ('other', '其他文件')], max_length=8, verbose_name='类别')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('delta', models.IntegerField(verbose_name='调整件数')),
                ('reason', models.CharField(max_length=300, verbose_name='原因')),
                ('decided_on', models.DateField(verbose_name='决定日期')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='决定人')),
            ],
            options={
                'verbose_name': '存量调整',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('delta', 0), _negated=True), models.Q(('reason', ''), _negated=True)), name='adjustment_explained')],
            },
        ),
    ]
