import django.db.models.deletion
import gongkai.audit.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('people', '0001_initial'),
        ('review', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListingHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing', models.CharField(max_length=50, unique=True, verbose_name='列表')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='已有条数')),
                ('updated_at', models.DateTimeField(blank=True, null=True, verbose_name='最近更新')),
            ],
            options={
                'verbose_name': '列表条数',
            },
        ),
        migrations.CreateModel(
            name='Rebuild',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('fingerprint', models.CharField(max_length=64, verbose_name='页框指纹')),
                ('pages', models.PositiveIntegerField(verbose_name='页数')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '页框更新',
            },
        ),
        migrations.CreateModel(
            name='WrittenPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200, unique=True, verbose_name='路径')),
                ('kind', models.CharField(max_length=20, verbose_name='页面种类')),
                ('key', models.CharField(max_length=160, verbose_name='页面键')),
                ('sha256', models.CharField(max_length=64, verbose_name='哈希')),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('written_at', models.DateTimeField(verbose_name='写入时间')),
            ],
            options={
                'verbose_name': '已写页面',
            },
        ),
        migrations.CreateModel(
            name='PageJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='页面种类')),
                ('key', models.CharField(max_length=160, verbose_name='页面键')),
                ('token', models.UUIDField(verbose_name='凭据')),
                ('turn', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('asked_at', models.DateTimeField(verbose_name='提出时间')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='已试次数')),
                ('fault', models.CharField(blank=True, max_length=300, verbose_name='上次没有写成的原因')),
            ],
            options={
                'verbose_name': '待写页面',
                'indexes': [models.Index(fields=['turn', 'id'], name='page_due_order')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='page_due_once')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('published_at', models.DateTimeField(db_index=True, verbose_name='发布时间')),
                ('seq', models.PositiveIntegerField(verbose_name='第几次发布')),
                ('live', models.BooleanField(default=True, null=True, verbose_name='在线')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='documents.document', verbose_name='文档')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='documents.edition', verbose_name='版本')),
                ('seal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='review.seal', verbose_name='签封')),
                ('waiver', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='review.waiver', verbose_name='免审记录')),
            ],
            options={
                'verbose_name': '发布',
                'constraints': [models.UniqueConstraint(fields=('document', 'live'), name='publication_one_live'), models.UniqueConstraint(fields=('document', 'seq'), name='publication_numbered_once'), models.CheckConstraint(condition=models.Q(('live', True), ('live', None), _connector='OR'), name='publication_live_or_ended'), models.CheckConstraint(condition=models.Q(models.Q(('seal', None), ('waiver__isnull', False)), models.Q(('seal__isnull', False), ('waiver', None)), _connector='OR'), name='publication_sealed_or_waived')],
            },
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('superseded', '由新版本代替'), ('withdrawn', '撤下')], max_length=12, verbose_name='种类')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='办理人')),
                ('publication', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='publication.publication', verbose_name='发布')),
            ],
            options={
                'verbose_name': '发布的结束',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ending_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Redirect',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('path', models.CharField(max_length=180, unique=True, verbose_name='旧网址')),
                ('target', models.CharField(max_length=180, verbose_name='新网址')),
                ('kind', models.CharField(choices=[('moved', '改址'), ('merged', '并入'), ('legacy', '旧网站的网址')], max_length=8, verbose_name='种类')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='办理人')),
            ],
            options={
                'verbose_name': '网址转向',
                'constraints': [models.CheckConstraint(condition=models.Q(('path', models.F('target')), _negated=True), name='redirect_leads_elsewhere'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='redirect_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('headline', models.CharField(max_length=40, verbose_name='标题')),
                ('text', models.CharField(max_length=120, verbose_name='说明')),
                ('begins_at', models.DateTimeField(verbose_name='开始时间')),
                ('ends_at', models.DateTimeField(verbose_name='结束时间')),
                ('raised_at', models.DateTimeField(verbose_name='发布时间')),
                ('lowered_at', models.DateTimeField(blank=True, null=True, verbose_name='提前结束时间')),
                ('lowered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='结束人')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='发布人')),
            ],
            options={
                'verbose_name': '紧急公告',
                'constraints': [models.CheckConstraint(condition=models.Q(('begins_at__lt', models.F('ends_at'))), name='alert_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('lowered_at', None), ('lowered_by', None)), models.Q(('lowered_at__isnull', False), ('lowered_by__isnull', False)), _connector='OR'), name='alert_lowered_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Expunging',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('proposed_at', models.DateTimeField(verbose_name='提出时间')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='批准时间')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='批准人')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='expunging', to='documents.document', verbose_name='文档')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='提出人')),
            ],
            options={
                'verbose_name': '彻底删除',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('basis', ''), _negated=True)), name='expunging_explained'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), models.Q(('approved_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='expunging_two_persons')],
            },
        ),
        migrations.CreateModel(
            name='Listed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing', models.CharField(max_length=50, verbose_name='列表')),
                ('ordinal', models.PositiveIntegerField(verbose_name='第几条')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='documents.document', verbose_name='文档')),
            ],
            options={
                'verbose_name': '列表中的位置',
                'constraints': [models.UniqueConstraint(fields=('listing', 'ordinal'), name='listed_place_once'), models.UniqueConstraint(fields=('document', 'listing'), name='listed_document_once')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('due_at', models.DateTimeField(verbose_name='计划发布时间')),
                ('made_at', models.DateTimeField(verbose_name='安排时间')),
                ('pending', models.BooleanField(default=True, null=True, verbose_name='等待中')),
                ('ending', models.CharField(blank=True, choices=[('published', '已发布'), ('moved', '改期'), ('cancelled', '取消')], max_length=10, verbose_name='结果')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='改期或取消的理由')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('fault', models.CharField(blank=True, max_length=300, verbose_name='到时没有发布的原因')),
                ('by_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='安排人')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='documents.edition', verbose_name='版本')),
            ],
            options={
                'verbose_name': '计划发布',
                'indexes': [models.Index(condition=models.Q(('pending', True)), fields=['due_at'], name='plan_by_due')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'pending'), name='plan_one_pending'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ending', ''), ('pending', True)), models.Q(('ended_at__isnull', False), ('pending', None), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='plan_pending_or_ended'), models.CheckConstraint(condition=models.Q(models.Q(('ending__in', ('moved', 'cancelled')), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='plan_changed_with_reason')],
            },
        ),
    ]
