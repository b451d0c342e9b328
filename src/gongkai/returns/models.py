"""One figure of one agency and period, filed by one person and accepted by another."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class Item(models.TextChoices):
    """What units report. The fee is in 分, everything else is a count of decisions."""

    LICENCE = "licence", "行政许可处理决定数量"
    PENALTY = "penalty", "行政处罚处理决定数量"
    COERCION = "coercion", "行政强制处理决定数量"
    FEE = "fee", "行政事业性收费金额"


class State(models.TextChoices):
    FILED = "filed", "已报送"
    SENT_BACK = "sent_back", "已退回"
    ACCEPTED = "accepted", "已接收"
    WITHDRAWN = "withdrawn", "已撤回"


class Return(Identified):
    """A unit's signed figure. A correction is a new revision; the accepted one with the highest counts."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="returns", verbose_name="报送单位"
    )
    period = models.PositiveSmallIntegerField("年度")
    item = models.CharField("指标", max_length=10, choices=Item.choices)
    revision = models.PositiveSmallIntegerField("第几稿")
    value_int = models.BigIntegerField("数值", null=True, blank=True)
    absent_reason = models.CharField("无数据理由", max_length=200, blank=True)
    source = models.CharField("数据来源", max_length=200)
    filler = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="填报人")
    filed_at = models.DateTimeField("报送时间")
    approver = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接收人"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices)
    sent_back_reason = models.CharField("退回理由", max_length=300, blank=True)
    sha256 = models.CharField("哈希", max_length=64)

    class Meta:
        verbose_name = "单位报送"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "period", "item", "revision"], name="return_revised_once"
            ),
            models.CheckConstraint(
                condition=models.Q(approver=None) | ~models.Q(filler=models.F("approver")),
                name="return_two_persons",
            ),
            models.CheckConstraint(
                # A comparison with NULL is unknown, and a CHECK lets the unknown pass.
                condition=models.Q(value_int__isnull=False, value_int__gte=0)
                | models.Q(value_int=None) & ~models.Q(absent_reason=""),
                name="return_missing_is_not_zero",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["filed", "withdrawn"], approver=None)
                | models.Q(state__in=["accepted", "sent_back"], approver__isnull=False),
                name="return_judged_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.get_item_display()}"
