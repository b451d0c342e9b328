import django.db.models.deletion
import gongkai.audit.clock
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
            name='Blob',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='哈希')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('kind', models.CharField(max_length=100, verbose_name='类型')),
            ],
            options={
                'verbose_name': '文件',
            },
        ),
        migrations.CreateModel(
            name='FileText',
            fields=[
                ('blob', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='said', serialize=False, to='documents.blob', verbose_name='文件')),
                ('compressed', models.BinaryField(verbose_name='文字（压缩）')),
                ('notes', models.TextField(blank=True, verbose_name='给上传人的提示')),
            ],
            options={
                'verbose_name': '文件中的文字',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('news', '政务动态'), ('notice', '通知公告'), ('meeting', '政府会议'), ('policy', '政策文件'), ('interpretation', '政策解读'), ('response', '回应关切'), ('relay', '转载上级信息'), ('report', '信息公开年报'), ('budget', '预算决算'), ('personnel', '人事信息'), ('statistics', '统计数据'), ('service_guide', '办事指南'), ('publicity', '公示')], max_length=16, verbose_name='种类')),
                ('disclosure', models.CharField(choices=[('public', '主动公开'), ('on_request', '依申请公开'), ('withheld', '不予公开')], max_length=12, verbose_name='公开属性')),
                ('disclosure_reason', models.CharField(blank=True, max_length=300, verbose_name='不公开理由')),
                ('art20', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='条例第二十条第几项')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('index_no', models.CharField(max_length=20, unique=True, verbose_name='索引号')),
                ('url_key', models.CharField(max_length=8, unique=True, verbose_name='网址键')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='agencies.agency', verbose_name='公开机关')),
                ('drafter_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafted_documents', to='agencies.agency', verbose_name='起草机关')),
            ],
            options={
                'verbose_name': '文档',
                'indexes': [models.Index(fields=['agency', 'year'], name='document_by_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(('disclosure', 'public'), models.Q(('disclosure_reason', ''), _negated=True), _connector='OR'), name='document_withheld_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('n', models.PositiveIntegerField(verbose_name='版次')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('canonical', models.BinaryField(verbose_name='规范字节')),
                ('sha256', models.CharField(max_length=64, verbose_name='哈希')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='封存时间')),
                ('discarded_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='第几次保存')),
                ('saved_at', models.DateTimeField(default=gongkai.audit.clock.now, verbose_name='保存时间')),
                ('author_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='作者')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='documents.document', verbose_name='文档')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='保存人')),
            ],
            options={
                'verbose_name': '版本',
                'constraints': [models.UniqueConstraint(fields=('document', 'n'), name='edition_numbered_once'), models.UniqueConstraint(condition=models.Q(('closed_at', None), ('discarded_at', None)), fields=('document',), name='edition_one_open'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('discarded_at', None), _connector='OR'), name='edition_closed_or_discarded')],
            },
        ),
        migrations.CreateModel(
            name='DraftLock',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('since', models.DateTimeField(verbose_name='开始编辑')),
                ('refreshed_at', models.DateTimeField(verbose_name='最近保存')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='编辑人')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lock', to='documents.edition', verbose_name='版本')),
            ],
            options={
                'verbose_name': '编辑锁',
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='文件名')),
                ('role', models.CharField(choices=[('attachment', '附件'), ('image', '图片')], max_length=10, verbose_name='用途')),
                ('label', models.CharField(max_length=200, verbose_name='说明')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('detached_at', models.DateTimeField(blank=True, null=True, verbose_name='取下时间')),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='documents.blob', verbose_name='文件')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='documents.edition', verbose_name='版本')),
            ],
            options={
                'verbose_name': '附件',
                'constraints': [models.UniqueConstraint(condition=models.Q(('detached_at', None)), fields=('edition', 'name'), name='attachment_named_once'), models.UniqueConstraint(fields=('edition', 'order'), name='attachment_ordered_once')],
            },
        ),
        migrations.CreateModel(
            name='Withholding',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('ground', models.CharField(choices=[('ND1', '依法确定为国家秘密（条例第十四条）'), ('ND2', '法律、行政法规禁止公开（条例第十四条）'), ('ND3', '危及国家安全、公共安全、经济安全、社会稳定（条例第十四条）'), ('ND4', '涉及商业秘密、个人隐私等，公开会损害第三方合法权益（条例第十五条）'), ('ND5', '内部事务信息（人事管理、后勤管理、内部工作流程）（条例第十六条第一款）'), ('ND6', '过程性信息（讨论记录、过程稿、磋商信函、请示报告）（条例第十六条第二款）'), ('ND7', '行政执法案卷信息（条例第十六条第二款）'), ('ND8', '行政查询事项（法律、行政法规对获取有特别规定）（条例第三十六条第（七）项）')], max_length=4, verbose_name='不予公开的理由')),
                ('since', models.DateField(verbose_name='起始日期')),
                ('review_due', models.DateField(verbose_name='下次评估日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='转为公开的日期')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='决定人')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withholdings', to='documents.document', verbose_name='文档')),
            ],
            options={
                'verbose_name': '不予公开登记',
                'indexes': [models.Index(fields=['review_due'], name='withholding_by_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('document',), name='withholding_one_running')],
            },
        ),
        migrations.CreateModel(
            name='Reassessment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('result', models.CharField(choices=[('keep', '继续不予公开'), ('publish', '转为主动公开')], max_length=8, verbose_name='结论')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('on', models.DateField(verbose_name='评估日期')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='评估人')),
                ('withholding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reassessments', to='documents.withholding', verbose_name='登记')),
            ],
            options={
                'verbose_name': '不予公开评估',
            },
        ),
    ]
