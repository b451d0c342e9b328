import django.core.validators
import django.db.models.deletion
import gongkai.audit.identity
import gongkai.columns.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Column',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('slug', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(?:-[a-z0-9]+)*\\Z', '网址名只用小写字母、数字和中间的连字符，例如 budget-2024。')], verbose_name='网址名')),
                ('depth', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4, '栏目至多 4 层：层次再深，群众就找不到了。')], verbose_name='层次')),
                ('section', models.CharField(choices=[('policy', '政策'), ('guide', '政府信息公开指南'), ('institutions', '政府信息公开制度'), ('statutory', '法定主动公开内容'), ('annual', '政府信息公开年报'), ('special', '专栏'), ('site', '网站其他栏目')], max_length=16, verbose_name='所在板块')),
                ('basis', models.CharField(max_length=300, verbose_name='设立依据')),
                ('duty', models.CharField(blank=True, max_length=8, validators=[gongkai.columns.models.validate_duty], verbose_name='条例第二十条、第二十一条事项')),
                ('field', models.CharField(blank=True, choices=[('land-planning', '国土空间规划'), ('major-projects', '重大建设项目'), ('public-trading', '公共资源交易'), ('finance', '财政预决算'), ('work-safety', '安全生产'), ('taxation', '税收管理'), ('land-compensation', '征地补偿'), ('house-expropriation', '国有土地上房屋征收'), ('affordable-housing', '保障性住房'), ('rural-housing', '农村危房改造'), ('environment', '生态环境'), ('culture', '公共文化服务'), ('legal-services', '公共法律服务'), ('poverty-relief', '扶贫'), ('disaster-relief', '救灾'), ('food-drug', '食品药品监管'), ('urban-enforcement', '城市综合执法'), ('employment', '就业'), ('social-insurance', '社会保险'), ('social-assistance', '社会救助'), ('elderly-care', '养老服务'), ('household-registration', '户籍管理'), ('farm-subsidies', '涉农补贴'), ('compulsory-education', '义务教育'), ('health', '卫生健康'), ('municipal-services', '市政服务')], max_length=30, verbose_name='试点领域')),
                ('limit_kind', models.CharField(choices=[('working_day', '工作日'), ('natural_day', '自然日'), ('immediate', '及时公开'), ('real_time', '实时公开'), ('permanent', '永久公开')], max_length=12, verbose_name='公开时限')),
                ('limit_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3660)], verbose_name='时限天数')),
                ('freshness', models.CharField(choices=[('news', '动态、要闻类'), ('notice', '通知公告、政策文件类'), ('own', '按本栏目的更新周期')], max_length=8, verbose_name='更新检查')),
                ('rhythm_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3660)], verbose_name='更新周期（天）')),
                ('channels', models.JSONField(default=list, validators=[gongkai.columns.models.validate_channels], verbose_name='公开渠道和载体')),
                ('audience', models.CharField(choices=[('all', '全社会'), ('particular', '特定群体')], max_length=12, verbose_name='公开对象')),
                ('manner', models.CharField(choices=[('active', '主动公开'), ('request', '依申请公开')], max_length=8, verbose_name='公开方式')),
                ('level', models.CharField(choices=[('county', '县级'), ('township', '乡级'), ('village', '村级')], max_length=10, verbose_name='公开层级')),
                ('template', models.CharField(choices=[('list', '标题列表'), ('table', '表格'), ('page', '一篇正文')], max_length=8, verbose_name='页面样式')),
                ('opened', models.DateField(verbose_name='开设日期')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='columns.column', verbose_name='上级栏目')),
            ],
            options={
                'verbose_name': '栏目',
                'constraints': [models.CheckConstraint(condition=models.Q(('duty', ''), ('field', ''), _connector='OR'), name='column_one_kind_of_duty'), models.CheckConstraint(condition=models.Q(models.Q(('limit_days__isnull', False), ('limit_kind__in', ['working_day', 'natural_day'])), models.Q(models.Q(('limit_kind__in', ['working_day', 'natural_day']), _negated=True), ('limit_days', None)), _connector='OR'), name='column_days_where_the_limit_runs'), models.CheckConstraint(condition=models.Q(models.Q(('depth', 1), ('parent', None)), models.Q(('depth__gt', 1), ('parent__isnull', False)), _connector='OR'), name='column_depth_of_its_place'), models.CheckConstraint(condition=models.Q(('depth__lte', 4)), name='column_not_too_deep'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='column_has_a_basis')],
            },
        ),
        migrations.CreateModel(
            name='CatalogueItem',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('field', models.CharField(choices=[('land-planning', '国土空间规划'), ('major-projects', '重大建设项目'), ('public-trading', '公共资源交易'), ('finance', '财政预决算'), ('work-safety', '安全生产'), ('taxation', '税收管理'), ('land-compensation', '征地补偿'), ('house-expropriation', '国有土地上房屋征收'), ('affordable-housing', '保障性住房'), ('rural-housing', '农村危房改造'), ('environment', '生态环境'), ('culture', '公共文化服务'), ('legal-services', '公共法律服务'), ('poverty-relief', '扶贫'), ('disaster-relief', '救灾'), ('food-drug', '食品药品监管'), ('urban-enforcement', '城市综合执法'), ('employment', '就业'), ('social-insurance', '社会保险'), ('social-assistance', '社会救助'), ('elderly-care', '养老服务'), ('household-registration', '户籍管理'), ('farm-subsidies', '涉农补贴'), ('compulsory-education', '义务教育'), ('health', '卫生健康'), ('municipal-services', '市政服务')], max_length=30, verbose_name='试点领域')),
                ('item1', models.CharField(max_length=100, verbose_name='一级事项')),
                ('item2', models.CharField(blank=True, max_length=100, verbose_name='二级事项')),
                ('content', models.TextField(max_length=2000, verbose_name='公开内容（要素）')),
                ('basis', models.TextField(max_length=1000, verbose_name='公开依据')),
                ('limit_text', models.CharField(max_length=200, verbose_name='公开时限')),
                ('channels', models.JSONField(default=list, validators=[gongkai.columns.models.validate_channels], verbose_name='公开渠道和载体')),
                ('to_all', models.BooleanField(default=False, verbose_name='全社会')),
                ('to_particular', models.BooleanField(default=False, verbose_name='特定群体')),
                ('particular', models.CharField(blank=True, max_length=200, verbose_name='特定群体说明')),
                ('active', models.BooleanField(default=False, verbose_name='主动')),
                ('on_request', models.BooleanField(default=False, verbose_name='依申请公开')),
                ('at_county', models.BooleanField(default=False, verbose_name='县级')),
                ('at_township', models.BooleanField(default=False, verbose_name='乡级')),
                ('at_village', models.BooleanField(default=False, verbose_name='村级')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='catalogue_items', to='agencies.agency', verbose_name='公开主体')),
                ('column', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='columns.column', verbose_name='对应栏目')),
            ],
            options={
                'verbose_name': '标准目录事项',
                'constraints': [models.UniqueConstraint(fields=('field', 'item1', 'item2', 'agency'), name='catalogue_item_once'), models.CheckConstraint(condition=models.Q(('to_all', True), ('to_particular', True), _connector='OR'), name='catalogue_item_for_somebody'), models.CheckConstraint(condition=models.Q(('active', True), ('on_request', True), _connector='OR'), name='catalogue_item_in_some_manner'), models.CheckConstraint(condition=models.Q(('at_county', True), ('at_township', True), ('at_village', True), _connector='OR'), name='catalogue_item_at_some_level')],
            },
        ),
        migrations.CreateModel(
            name='ColumnEnding',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('on', models.DateField(verbose_name='停用日期')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('column', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='columns.column', verbose_name='栏目')),
                ('moved_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='columns.column', verbose_name='改在哪个栏目公开')),
            ],
            options={
                'verbose_name': '栏目停用',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='column_ending_has_reason'), models.CheckConstraint(condition=models.Q(('column', models.F('moved_to')), _negated=True), name='column_ending_moves_elsewhere')],
            },
        ),
        migrations.CreateModel(
            name='ColumnName',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('name', models.CharField(max_length=60, verbose_name='栏目名称')),
                ('since', models.DateField(verbose_name='启用日期')),
                ('column', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='columns.column', verbose_name='栏目')),
            ],
            options={
                'verbose_name': '栏目名称',
                'constraints': [models.UniqueConstraint(fields=('column', 'since'), name='column_name_one_per_day')],
            },
        ),
        migrations.CreateModel(
            name='ColumnOwner',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=gongkai.audit.identity.new_uid, editable=False, unique=True)),
                ('since', models.DateField(verbose_name='起始日期')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='column_duties', to='agencies.agency', verbose_name='责任机关')),
                ('column', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owners', to='columns.column', verbose_name='栏目')),
            ],
            options={
                'verbose_name': '栏目责任',
                'constraints': [models.UniqueConstraint(fields=('column', 'since'), name='column_owner_one_per_day')],
            },
        ),
    ]
