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
            name='Applicant',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('klass', models.CharField(choices=[('nat', '自然人'), ('com', '商业企业'), ('res', '科研机构'), ('ngo', '社会公益组织'), ('law', '法律服务机构'), ('oth', '其他')], max_length=3, verbose_name='申请人类别')),
                ('ciphertext', models.BinaryField(verbose_name='身份信息密文')),
                ('key_id', models.CharField(blank=True, max_length=20, verbose_name='密钥编号')),
                ('alg', models.CharField(blank=True, max_length=20, verbose_name='算法')),
                ('digest', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='身份摘要')),
                ('purged_on', models.DateField(blank=True, null=True, verbose_name='身份信息销毁日期')),
            ],
            options={
                'verbose_name': '申请人',
                'constraints': [models.CheckConstraint(condition=models.Q(('klass__in', ['nat', 'com', 'res', 'ngo', 'law', 'oth'])), name='applicant_of_six_classes'), models.CheckConstraint(condition=models.Q(models.Q(('purged_on', None), models.Q(('ciphertext', b''), _negated=True), models.Q(('key_id', ''), _negated=True), models.Q(('alg', ''), _negated=True), models.Q(('digest', ''), _negated=True)), models.Q(('alg', ''), ('ciphertext', b''), ('digest', ''), ('key_id', ''), ('purged_on__isnull', False)), _connector='OR'), name='applicant_sealed_or_purged')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('number', models.CharField(max_length=60, verbose_name='受理编号')),
                ('url_key', models.CharField(max_length=8, unique=True, verbose_name='网址键')),
                ('kind', models.CharField(choices=[('request', '政府信息公开申请'), ('correction', '政府信息更正申请')], max_length=12, verbose_name='种类')),
                ('channel', models.CharField(max_length=20, verbose_name='申请渠道')),
                ('submitted_at', models.DateTimeField(verbose_name='提交时间')),
                ('klass', models.CharField(choices=[('nat', '自然人'), ('com', '商业企业'), ('res', '科研机构'), ('ngo', '社会公益组织'), ('law', '法律服务机构'), ('oth', '其他')], max_length=3, verbose_name='申请人类别')),
                ('received_on', models.DateField(verbose_name='收到日期')),
                ('state', models.CharField(choices=[('handling', '办理中'), ('correcting', '待补正'), ('consulting', '征求意见中'), ('paying', '待缴费'), ('decided', '已作出处理决定'), ('served', '已送达')], max_length=12, verbose_name='状态')),
                ('outcome', models.CharField(blank=True, max_length=30, verbose_name='处理结果')),
                ('row', models.CharField(blank=True, max_length=5, verbose_name='年报行')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='决定日期')),
                ('served_on', models.DateField(blank=True, null=True, verbose_name='送达日期')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='agencies.agency', verbose_name='受理机关')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='foi.applicant', verbose_name='申请人')),
            ],
            options={
                'verbose_name': '申请案件',
                'indexes': [models.Index(fields=['kind', 'received_on', 'klass', 'decided_on', 'agency'], name='case_by_receipt'), models.Index(fields=['kind', 'decided_on', 'row', 'klass', 'agency'], name='case_by_decision'), models.Index(fields=['-received_on', '-id'], name='case_newest_first')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'number'), name='case_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on', None), ('outcome', ''), ('row', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('row', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='case_decided_whole'), models.CheckConstraint(condition=models.Q(('decided_on', None), ('decided_on__gte', models.F('received_on')), _connector='OR'), name='case_decided_after_receipt')],
            },
        ),
        migrations.CreateModel(
            name='CaseEvent',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('seq', models.PositiveIntegerField(verbose_name='序号')),
                ('kind', models.CharField(max_length=30, verbose_name='事件')),
                ('on', models.DateField(verbose_name='发生日期')),
                ('at', models.DateTimeField(verbose_name='记录时间')),
                ('by_uid', models.UUIDField(verbose_name='记录人编号')),
                ('by_name', models.CharField(max_length=100, verbose_name='记录人')),
                ('payload_text', models.TextField(verbose_name='内容')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='foi.case', verbose_name='案件')),
            ],
            options={
                'verbose_name': '案件事件',
                'ordering': ['case', 'seq'],
                'constraints': [models.UniqueConstraint(fields=('case', 'seq'), name='case_event_one_per_seq')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('rev', '行政复议'), ('dir', '未经复议直接起诉'), ('aft', '复议后起诉')], max_length=3, verbose_name='种类')),
                ('number', models.CharField(max_length=80, verbose_name='案号')),
                ('filed_on', models.DateField(db_index=True, verbose_name='受理日期')),
                ('result', models.CharField(blank=True, choices=[('m', '结果维持'), ('c', '结果纠正'), ('o', '其他结果')], max_length=1, verbose_name='结果')),
                ('concluded_on', models.DateField(blank=True, null=True, verbose_name='审结日期')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='foi.case', verbose_name='案件')),
            ],
            options={
                'verbose_name': '复议诉讼',
                'constraints': [models.UniqueConstraint(fields=('kind', 'number'), name='dispute_entered_once'), models.CheckConstraint(condition=models.Q(models.Q(('concluded_on', None), ('result', '')), models.Q(models.Q(('result', ''), _negated=True), ('concluded_on__isnull', False)), _connector='OR'), name='dispute_concluded_whole')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('outcome', models.CharField(max_length=30, verbose_name='处理结果')),
                ('vocabulary_version', models.CharField(max_length=20, verbose_name='结果词表版本')),
                ('decided_on', models.DateField(verbose_name='决定日期')),
                ('grounds_text', models.TextField(verbose_name='理由与依据')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='foi.case', verbose_name='案件')),
            ],
            options={
                'verbose_name': '答复',
            },
        ),
        migrations.CreateModel(
            name='SearchRecord',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('system', models.CharField(max_length=100, verbose_name='检索系统或场所')),
                ('scope', models.CharField(max_length=200, verbose_name='检索范围')),
                ('terms', models.CharField(max_length=200, verbose_name='检索词')),
                ('result', models.CharField(max_length=200, verbose_name='检索结果')),
                ('searched_on', models.DateField(verbose_name='检索日期')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='searches', to='foi.case', verbose_name='案件')),
                ('searched_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='检索人')),
            ],
            options={
                'verbose_name': '检索记录',
            },
        ),
    ]
