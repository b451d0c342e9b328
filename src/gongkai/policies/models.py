"""Policy, relation, stock adjustment. Four dates are four names: 成文 发布 施行 失效."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.documents.models import Document
from gongkai.people.models import Person

TERMINAL = 1
"""The one value a terminal relation carries, so that the database allows a document one exit."""


class Category(models.TextChoices):
    """The rows of report table 二（一）."""

    RULE = "rule", "规章"
    NORM = "norm", "行政规范性文件"
    OTHER = "other", "其他文件"


class RelationKind(models.TextChoices):
    """What one document, or a decision, does to another from a day on."""

    REPEALS = "repeals", "废止"
    DECLARES_INVALID = "declares_invalid", "宣布失效"
    EXPIRES = "expires", "有效期届满失效"
    AMENDS = "amends", "修改"
    SUSPENDS_CLAUSE = "suspends_clause", "停止执行部分条款"


EXITS = (RelationKind.REPEALS, RelationKind.DECLARES_INVALID, RelationKind.EXPIRES)


class Policy(Identified):
    """A document of effect: its number, its dates, and the fourfold test that makes it normative."""

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="policy", verbose_name="文档"
    )
    number = models.CharField("发文字号", max_length=60, unique=True)
    category = models.CharField("类别", max_length=8, choices=Category.choices)
    drafted_by = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="起草单位"
    )
    written_on = models.DateField("成文日期")
    published_on = models.DateField("发布日期")
    in_force_on = models.DateField("施行日期")
    expires_on = models.DateField("有效期至", null=True, blank=True)
    early_reason = models.CharField("施行早于成文的理由", max_length=200, blank=True)
    external = models.BooleanField("涉及公民、法人或其他组织")
    general = models.BooleanField("普遍约束力")
    repeatable = models.BooleanField("反复适用")
    rights_affecting = models.BooleanField("影响权利义务")
    judged_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="认定人")
    judged_on = models.DateField("认定日期")

    class Meta:
        verbose_name = "政策文件"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_force_on__gte=models.F("written_on"))
                | ~models.Q(early_reason=""),
                name="policy_in_force_after_written",
            ),
            models.CheckConstraint(
                condition=~models.Q(category="norm")
                | models.Q(external=True, general=True, repeatable=True, rights_affecting=True),
                name="policy_norm_passes_four_tests",
            ),
        ]
        indexes = [models.Index(fields=["category", "written_on"], name="policy_by_year")]

    def __str__(self) -> str:
        return self.number


class Relation(Identified):
    """What happened to *target* on *effective_on*, by *source* or by a decision named in *basis*."""

    kind = models.CharField("关系", max_length=16, choices=RelationKind.choices)
    source = models.ForeignKey(
        Policy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts_on",
        verbose_name="依据文件",
    )
    target = models.ForeignKey(
        Policy, models.PROTECT, related_name="acted_on", verbose_name="对象文件"
    )
    clause = models.CharField("条款", max_length=60, blank=True)
    effective_on = models.DateField("生效日期", db_index=True)
    decided_on = models.DateField("决定日期")
    basis = models.CharField("依据", max_length=200)
    campaign = models.CharField("清理批次", max_length=60, blank=True)
    terminal_key = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "文件关系"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")) | models.Q(source=None),
                name="relation_between_two",
            ),
            models.UniqueConstraint(fields=["target", "terminal_key"], name="relation_one_exit"),
            models.CheckConstraint(
                # A comparison with NULL is unknown, and a CHECK lets the unknown pass.
                condition=models.Q(
                    kind__in=["repeals", "declares_invalid", "expires"],
                    terminal_key__isnull=False,
                    terminal_key=TERMINAL,
                )
                | models.Q(kind__in=["amends", "suspends_clause"], terminal_key=None),
                name="relation_exit_is_terminal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}"


class StockAdjustment(Identified):
    """A difference between the counted stock and the one last year's report printed, with its reason."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    category = models.CharField("类别", max_length=8, choices=Category.choices)
    year = models.PositiveSmallIntegerField("年度")
    delta = models.IntegerField("调整件数")
    reason = models.CharField("原因", max_length=300)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="决定人")
    decided_on = models.DateField("决定日期")

    class Meta:
        verbose_name = "存量调整"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(delta=0) & ~models.Q(reason=""), name="adjustment_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.delta:+d}"
