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
            name='Chain',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(blank=True, choices=[('news', '政务动态'), ('notice', '通知公告'), ('meeting', '政府会议'), ('policy', '政策文件'), ('interpretation', '政策解读'), ('response', '回应关切'), ('relay', '转载上级信息'), ('report', '信息公开年报'), ('budget', '预算决算'), ('personnel', '人事信息'), ('statistics', '统计数据'), ('service_guide', '办事指南'), ('publicity', '公示')], max_length=16, verbose_name='文档种类')),
                ('since', models.DateField(verbose_name='启用日期')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '审核流程',
                'constraints': [models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='chain_has_basis')],
            },
        ),
        migrations.CreateModel(
            name='Lending',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('lends', models.BooleanField(verbose_name='出借审核人')),
                ('since', models.DateField(verbose_name='启用日期')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '审核人出借',
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('sha256', models.CharField(max_length=64, verbose_name='哈希')),
                ('stages', models.PositiveSmallIntegerField(verbose_name='审核级数')),
                ('sealed_at', models.DateTimeField(verbose_name='签封时间')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='documents.edition', verbose_name='版本')),
            ],
            options={
                'verbose_name': '签封',
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('n', models.PositiveSmallIntegerField(verbose_name='第几级')),
                ('kind', models.CharField(choices=[('secrecy', '保密审查'), ('first', '初审'), ('second', '复审'), ('final', '终审'), ('legality', '合法性审核')], max_length=10, verbose_name='审核环节')),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='review.chain', verbose_name='审核流程')),
            ],
            options={
                'verbose_name': '审核环节',
                'ordering': ['chain', 'n'],
                'constraints': [models.UniqueConstraint(fields=('chain', 'n'), name='stage_numbered_once'), models.UniqueConstraint(fields=('chain', 'kind'), name='stage_of_a_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('at', models.DateTimeField(verbose_name='送审时间')),
                ('state', models.CharField(choices=[('open', '审核中'), ('sealed', '已签封'), ('rejected', '已退回'), ('withdrawn', '已撤回')], default='open', max_length=10, verbose_name='状态')),
                ('passed', models.PositiveSmallIntegerField(default=0, verbose_name='已通过几级')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='办结时间')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='撤回理由')),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='review.chain', verbose_name='审核流程')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='documents.document', verbose_name='文档')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='submission', to='documents.edition', verbose_name='版本')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='送审人')),
            ],
            options={
                'verbose_name': '送审',
                'indexes': [models.Index(fields=['state', 'passed'], name='submission_whose_turn')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('document',), name='submission_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='submission_open_or_ended'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_reason', '')), _connector='OR'), name='submission_withdrawn_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('stage', models.CharField(choices=[('secrecy', '保密审查'), ('first', '初审'), ('second', '复审'), ('final', '终审'), ('legality', '合法性审核')], max_length=10, verbose_name='审核环节')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='批准人')),
                ('lender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='出借机关')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='借用的审核人')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='review.submission', verbose_name='送审')),
            ],
            options={
                'verbose_name': '借用审核人',
                'constraints': [models.UniqueConstraint(fields=('submission', 'stage', 'reviewer'), name='loan_of_a_reviewer_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='loan_has_reason'), models.CheckConstraint(condition=models.Q(('reviewer', models.F('approved_by')), _negated=True), name='loan_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('stage', models.CharField(choices=[('secrecy', '保密审查'), ('first', '初审'), ('second', '复审'), ('final', '终审'), ('legality', '合法性审核')], max_length=10, verbose_name='审核环节')),
                ('verdict', models.CharField(choices=[('approve', '通过'), ('reject', '退回')], max_length=8, verbose_name='意见')),
                ('approved_stage', models.CharField(blank=True, choices=[('secrecy', '保密审查'), ('first', '初审'), ('second', '复审'), ('final', '终审'), ('legality', '合法性审核')], max_length=10, null=True, verbose_name='通过的环节')),
                ('edition_sha256', models.CharField(max_length=64, verbose_name='所审字节的哈希')),
                ('reason', models.CharField(blank=True, max_length=1000, verbose_name='理由')),
                ('paragraph', models.PositiveIntegerField(blank=True, null=True, verbose_name='第几段')),
                ('device', models.CharField(blank=True, max_length=64, verbose_name='设备的哈希')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('approver_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='通过人')),
                ('author_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='作者')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='documents.edition', verbose_name='版本')),
                ('loan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='review.loan', verbose_name='借用')),
                ('reviewer_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='审核人')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='review.submission', verbose_name='送审')),
            ],
            options={
                'verbose_name': '审核意见',
                'constraints': [models.CheckConstraint(condition=models.Q(('reviewer_person', models.F('author_person')), _negated=True), name='verdict_not_by_the_author'), models.UniqueConstraint(fields=('edition', 'approver_person'), name='verdict_one_stage_a_person'), models.UniqueConstraint(fields=('edition', 'approved_stage'), name='verdict_stage_approved_once'), models.CheckConstraint(condition=models.Q(models.Q(('approved_stage', models.F('stage')), ('approved_stage__isnull', False), ('approver_person', models.F('reviewer_person')), ('approver_person__isnull', False), ('verdict', 'approve')), models.Q(('approved_stage', None), ('approver_person', None), ('verdict', 'reject'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='verdict_approved_by_its_reviewer')],
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('urgent', '紧急发布'), ('imported', '历史数据补录')], max_length=12, verbose_name='种类')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('due', models.DateField(blank=True, null=True, verbose_name='补审期限')),
                ('approver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='批准人')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='waiver', to='documents.edition', verbose_name='版本')),
            ],
            options={
                'verbose_name': '免审记录',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='waiver_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'urgent'), _negated=True), ('due__isnull', False), _connector='OR'), name='waiver_urgent_until_a_day')],
            },
        ),
    ]
