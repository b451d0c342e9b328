import django.db.models.deletion
import gongkai.audit.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('foi', '0002_submission'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchrecord',
            name='custodians',
            field=models.CharField(blank=True, max_length=200, verbose_name='保管部门或人员'),
        ),
        migrations.AlterField(
            model_name='case',
            name='state',
            field=models.CharField(choices=[('handling', '办理中'), ('correcting', '待补正'), ('paying', '待缴费'), ('signing', '待签发'), ('decided', '已作出处理决定'), ('served', '已送达')], max_length=12, verbose_name='状态'),
        ),
        migrations.CreateModel(
            name='ReplyDraft',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('outcome', models.CharField(max_length=30, verbose_name='处理结果')),
                ('content_text', models.TextField(verbose_name='拟稿内容')),
                ('sha256', models.CharField(max_length=64, verbose_name='内容校验值')),
                ('drafted_on', models.DateField(verbose_name='拟稿日期')),
                ('state', models.CharField(choices=[('open', '待签'), ('taken_back', '撤回'), ('sent_back', '退回'), ('signed', '已签发')], default='open', max_length=12, verbose_name='状态')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='退回理由')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='foi.case', verbose_name='案件')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='拟稿人')),
            ],
            options={
                'verbose_name': '答复拟稿',
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('secrecy', '保密审查'), ('legality', '合法性审核'), ('head', '签发')], max_length=10, verbose_name='种类')),
                ('sha256', models.CharField(max_length=64, verbose_name='内容校验值')),
                ('signed_at', models.DateTimeField(verbose_name='签署时间')),
                ('opinion', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='foi.replydraft', verbose_name='拟稿')),
                ('drafter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='拟稿人')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='签署人')),
            ],
            options={
                'verbose_name': '签署',
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('task', models.CharField(max_length=500, verbose_name='交办事项')),
                ('due_on', models.DateField(verbose_name='内部期限')),
                ('assigned_on', models.DateField(verbose_name='交办日期')),
                ('chased', models.PositiveIntegerField(default=0, verbose_name='催办次数')),
                ('chased_on', models.DateField(blank=True, null=True, verbose_name='最近催办日期')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='交回日期')),
                ('nil', models.BooleanField(blank=True, null=True, verbose_name='没有相关信息')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='办理情况')),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='交办人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='foi.case', verbose_name='案件')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='交办人员')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='交回人')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='交办单位')),
            ],
            options={
                'verbose_name': '交办',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('unit', None)), models.Q(('person', None), ('unit__isnull', False)), _connector='OR'), name='assignment_to_unit_or_person'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('nil', None), ('returned_by', None), ('returned_on', None)), models.Q(('nil__isnull', False), ('returned_by__isnull', False), ('returned_on__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='assignment_returned_whole')],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('whom', models.CharField(choices=[('third_party', '征求第三方意见'), ('co_maker', '征求共同制作机关意见'), ('other_organ', '征求其他机关意见'), ('opinion', '征求意见')], max_length=12, verbose_name='征求谁的意见')),
                ('event_key', models.CharField(blank=True, max_length=36, verbose_name='事件中的编号')),
                ('organ', models.CharField(blank=True, max_length=100, verbose_name='机关名称')),
                ('ciphertext', models.BinaryField(default=b'', verbose_name='对方身份密文')),
                ('key_id', models.CharField(blank=True, max_length=20, verbose_name='密钥编号')),
                ('alg', models.CharField(blank=True, max_length=20, verbose_name='算法')),
                ('asked_on', models.DateField(verbose_name='发出日期')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='对方收到日期')),
                ('proof', models.CharField(blank=True, max_length=200, verbose_name='收到的凭证')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='答复日期')),
                ('consents', models.BooleanField(blank=True, null=True, verbose_name='同意公开')),
                ('opinion_ciphertext', models.BinaryField(default=b'', verbose_name='意见密文')),
                ('opinion_key_id', models.CharField(blank=True, max_length=20, verbose_name='意见密钥编号')),
                ('opinion_alg', models.CharField(blank=True, max_length=20, verbose_name='意见算法')),
                ('silent_on', models.DateField(blank=True, null=True, verbose_name='登记逾期未答复的日期')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='foi.case', verbose_name='案件')),
            ],
            options={
                'verbose_name': '征求意见',
                'constraints': [models.CheckConstraint(condition=models.Q(('answered_on', None), ('silent_on', None), _connector='OR'), name='consultation_answered_or_silent'), models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('consents', None)), models.Q(('answered_on__isnull', False), ('consents__isnull', False)), _connector='OR'), name='consultation_answer_says_which'), models.CheckConstraint(condition=models.Q(('received_on', None), ('received_on__gte', models.F('asked_on')), _connector='OR'), name='consultation_received_after_asked')],
            },
        ),
        migrations.CreateModel(
            name='CorrectionNotice',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('items_text', models.TextField(max_length=2000, verbose_name='补正事项')),
                ('days', models.PositiveIntegerField(verbose_name='补正期限（工作日）')),
                ('asked_on', models.DateField(verbose_name='告知日期')),
                ('arrived_on', models.DateField(blank=True, null=True, verbose_name='送达日期')),
                ('proof', models.CharField(blank=True, max_length=200, verbose_name='送达凭证')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='correction_notice', to='foi.case', verbose_name='案件')),
            ],
            options={
                'verbose_name': '补正告知',
                'constraints': [models.CheckConstraint(condition=models.Q(('arrived_on', None), models.Q(('arrived_on__gte', models.F('asked_on')), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='correction_notice_arrived_with_proof')],
            },
        ),
        migrations.CreateModel(
            name='ExtensionProposal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('days', models.PositiveIntegerField(verbose_name='延长天数（工作日）')),
                ('reason', models.CharField(max_length=500, verbose_name='延长理由')),
                ('proposed_on', models.DateField(verbose_name='提请日期')),
                ('told_on', models.DateField(blank=True, null=True, verbose_name='告知申请人日期')),
                ('declined_reason', models.CharField(blank=True, max_length=500, verbose_name='不批准的理由')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_proposals', to='foi.case', verbose_name='案件')),
                ('judged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='批准人')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='提请人')),
            ],
            options={
                'verbose_name': '延期提请',
                'constraints': [models.UniqueConstraint(condition=models.Q(('judged_by', None)), fields=('case',), name='extension_one_waiting'), models.CheckConstraint(condition=models.Q(('judged_by', None), models.Q(('judged_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='extension_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('declined_reason', ''), ('judged_by', None), ('told_on', None)), models.Q(('declined_reason', ''), ('judged_by__isnull', False), ('told_on__isnull', False)), models.Q(('judged_by__isnull', False), ('told_on', None), models.Q(('declined_reason', ''), _negated=True)), _connector='OR'), name='extension_judged_whole')],
            },
        ),
        migrations.CreateModel(
            name='ReasonDemand',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('found', models.CharField(max_length=500, verbose_name='数量、频次情况')),
                ('asked_on', models.DateField(verbose_name='告知日期')),
                ('judged_on', models.DateField(blank=True, null=True, verbose_name='审查日期')),
                ('accepted', models.BooleanField(blank=True, null=True, verbose_name='理由合理')),
                ('finding', models.CharField(blank=True, max_length=500, verbose_name='审查意见')),
                ('delayed_until', models.DateField(blank=True, null=True, verbose_name='延迟答复至')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reason_demand', to='foi.case', verbose_name='案件')),
            ],
            options={
                'verbose_name': '说明理由',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('accepted', None), ('finding', ''), ('judged_on', None)), models.Q(('accepted__isnull', False), ('judged_on__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='reason_judged_whole'), models.CheckConstraint(condition=models.Q(('delayed_until', None), ('accepted', True), _connector='OR'), name='reason_delayed_when_accepted')],
            },
        ),
        migrations.AddConstraint(
            model_name='replydraft',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('case',), name='draft_one_open'),
        ),
        migrations.AddConstraint(
            model_name='replydraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent_back'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='draft_sent_back_says_why'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('draft', 'kind'), name='signature_each_once'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('draft', 'signed_by'), name='signature_one_a_person'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('signed_by', models.F('drafter')), _negated=True), name='signature_not_by_the_drafter'),
        ),
    ]
