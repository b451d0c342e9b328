"""A column is its address; its name and its owner, like every dated fact, store only since when they hold."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.law.duties import ARTICLE_20, ARTICLE_21
from gongkai.law.fields import FIELDS
from gongkai.law.platform import Freshness as LawFreshness
from gongkai.law.platform import Section as LawSection
from gongkai.law.publishing import CHANNELS, MOST_DAYS, LimitKind, TimeLimit

DEEPEST = 4
DUTIES = {duty.code: duty for duty in (*ARTICLE_20, *ARTICLE_21)}
_RUNNING = [kind.value for kind in LimitKind if kind.runs]


class Audience(models.TextChoices):
    """公开对象."""

    ALL = "all", "全社会"
    PARTICULAR = "particular", "特定群体"


class Manner(models.TextChoices):
    """公开方式."""

    ACTIVE = "active", "主动公开"
    REQUEST = "request", "依申请公开"


class Level(models.TextChoices):
    """公开层级."""

    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"
    VILLAGE = "village", "村级"


class Template(models.TextChoices):
    """How the column's page shows what is in it."""

    LIST = "list", "标题列表"
    TABLE = "table", "表格"
    PAGE = "page", "一篇正文"


SECTIONS = [(section.value, section.label) for section in LawSection]
FRESHNESS = [(one.value, one.label) for one in LawFreshness]
LIMITS = [(kind.value, kind.label) for kind in LimitKind]
FIELD_CHOICES = [(field.code, field.title) for field in FIELDS.values()]
CHANNEL_CHOICES = [(channel.code, channel.title) for channel in CHANNELS.values()]


def validate_channels(codes: object) -> None:
    """Refuse anything but a list of known channels, each once."""
    if (
        not isinstance(codes, list)
        or not all(isinstance(code, str) and code in CHANNELS for code in codes)
        or len(set(codes)) < len(codes)
    ):
        raise ValidationError("公开渠道请从标准目录列出的十三种里选，每种至多一次。")


def validate_duty(code: str) -> None:
    """Refuse an item that Arts 20 and 21 do not have."""
    if code not in DUTIES:
        raise ValidationError("条例第二十条、第二十一条没有这一项，请从清单里选。")


class Column(Identified):
    """A place where information of one sort appears, and the duty to fill it, whatever is in it yet.

    *slug* is its address for ever: unchangeable, never given again. *depth* is one more than the
    parent's; a trigger holds that, and so no column can stand below itself.
    """

    slug = models.CharField(
        "网址名",
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
                "网址名只用小写字母、数字和中间的连字符，例如 budget-2024。",
            )
        ],
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级栏目",
    )
    depth = models.PositiveSmallIntegerField(
        "层次",
        default=1,
        validators=[
            MinValueValidator(1),
            MaxValueValidator(DEEPEST, f"栏目至多 {DEEPEST} 层：层次再深，群众就找不到了。"),
        ],
    )
    section = models.CharField("所在板块", max_length=16, choices=SECTIONS)
    basis = models.CharField("设立依据", max_length=300)
    duty = models.CharField(
        "条例第二十条、第二十一条事项", max_length=8, blank=True, validators=[validate_duty]
    )
    field = models.CharField("试点领域", max_length=30, blank=True, choices=FIELD_CHOICES)
    limit_kind = models.CharField("公开时限", max_length=12, choices=LIMITS)
    limit_days = models.PositiveSmallIntegerField(
        "时限天数",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    freshness = models.CharField("更新检查", max_length=8, choices=FRESHNESS)
    rhythm_days = models.PositiveSmallIntegerField(
        "更新周期（天）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    channels = models.JSONField("公开渠道和载体", default=list, validators=[validate_channels])
    audience = models.CharField("公开对象", max_length=12, choices=Audience.choices)
    manner = models.CharField("公开方式", max_length=8, choices=Manner.choices)
    level = models.CharField("公开层级", max_length=10, choices=Level.choices)
    template = models.CharField("页面样式", max_length=8, choices=Template.choices)
    opened = models.DateField("开设日期")

    class Meta:
        verbose_name = "栏目"
        constraints = [
            models.CheckConstraint(
                condition=Q(duty="") | Q(field=""), name="column_one_kind_of_duty"
            ),
            models.CheckConstraint(
                condition=Q(limit_kind__in=_RUNNING, limit_days__isnull=False)
                | ~Q(limit_kind__in=_RUNNING) & Q(limit_days=None),
                name="column_days_where_the_limit_runs",
            ),
            models.CheckConstraint(
                condition=Q(parent=None, depth=1) | Q(parent__isnull=False, depth__gt=1),
                name="column_depth_of_its_place",
            ),
            models.CheckConstraint(condition=Q(depth__lte=DEEPEST), name="column_not_too_deep"),
            models.CheckConstraint(condition=~Q(basis=""), name="column_has_a_basis"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def limit(self) -> TimeLimit:
        return TimeLimit(LimitKind(self.limit_kind), self.limit_days)

    @property
    def channel_titles(self) -> list[str]:
        return [CHANNELS[code].title for code in self.channels]

    def clean(self) -> None:
        kind = self.limit_kind
        if kind in _RUNNING and self.limit_days is None:
            raise ValidationError({"limit_days": "按天计算的时限要写明天数。"})
        if kind not in _RUNNING and self.limit_days is not None:
            raise ValidationError({"limit_days": "及时、实时、永久公开的不写天数。"})
        if self.duty and self.field:
            raise ValidationError(
                {"field": "已经选了条例的事项，就不再选试点领域；两样都有的请设两个栏目。"}
            )


class ColumnName(Identified):
    """What a column is called from a day on."""

    column = models.ForeignKey(Column, models.PROTECT, related_name="names", verbose_name="栏目")
    name = models.CharField("栏目名称", max_length=60)
    since = models.DateField("启用日期")

    class Meta:
        verbose_name = "栏目名称"
        constraints = [
            models.UniqueConstraint(fields=["column", "since"], name="column_name_one_per_day")
        ]

    def __str__(self) -> str:
        return self.name


class ColumnOwner(Identified):
    """Which agency answers for a column from a day on (责任机关)."""

    column = models.ForeignKey(Column, models.PROTECT, related_name="owners", verbose_name="栏目")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="column_duties", verbose_name="责任机关"
    )
    since = models.DateField("起始日期")

    class Meta:
        verbose_name = "栏目责任"
        constraints = [
            models.UniqueConstraint(fields=["column", "since"], name="column_owner_one_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.since}"


class ColumnEnding(Identified):
    """The first day on which a column takes nothing more. Its address and what is in it stay."""

    column = models.OneToOneField(
        Column, models.PROTECT, related_name="ending", verbose_name="栏目"
    )
    on = models.DateField("停用日期")
    reason = models.CharField("理由", max_length=200)
    moved_to = models.ForeignKey(
        Column,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="改在哪个栏目公开",
    )

    class Meta:
        verbose_name = "栏目停用"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="column_ending_has_reason"),
            models.CheckConstraint(
                # A comparison with NULL is unknown, and a CHECK lets the unknown pass.
                condition=~Q(column=F("moved_to")),
                name="column_ending_moves_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column} {self.on}"


class CatalogueItem(Identified):
    """One row of a field's standard catalogue (政务公开事项标准目录), as the official table has it.

    *limit_text* keeps the catalogue's own words; what they mean is read by ``law.publishing``.
    """

    field = models.CharField("试点领域", max_length=30, choices=FIELD_CHOICES)
    item1 = models.CharField("一级事项", max_length=100)
    item2 = models.CharField("二级事项", max_length=100, blank=True)
    content = models.TextField("公开内容（要素）", max_length=2000)
    basis = models.TextField("公开依据", max_length=1000)
    limit_text = models.CharField("公开时限", max_length=200)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="catalogue_items", verbose_name="公开主体"
    )
    channels = models.JSONField("公开渠道和载体", default=list, validators=[validate_channels])
    to_all = models.BooleanField("全社会", default=False)
    to_particular = models.BooleanField("特定群体", default=False)
    particular = models.CharField("特定群体说明", max_length=200, blank=True)
    active = models.BooleanField("主动", default=False)
    on_request = models.BooleanField("依申请公开", default=False)
    at_county = models.BooleanField("县级", default=False)
    at_township = models.BooleanField("乡级", default=False)
    at_village = models.BooleanField("村级", default=False)
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="对应栏目"
    )

    class Meta:
        verbose_name = "标准目录事项"
        constraints = [
            models.UniqueConstraint(
                fields=["field", "item1", "item2", "agency"], name="catalogue_item_once"
            ),
            models.CheckConstraint(
                condition=Q(to_all=True) | Q(to_particular=True), name="catalogue_item_for_somebody"
            ),
            models.CheckConstraint(
                condition=Q(active=True) | Q(on_request=True), name="catalogue_item_in_some_manner"
            ),
            models.CheckConstraint(
                condition=Q(at_county=True) | Q(at_township=True) | Q(at_village=True),
                name="catalogue_item_at_some_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item1} {self.item2}".strip()

    @property
    def channel_titles(self) -> list[str]:
        return [CHANNELS[code].title for code in self.channels]
