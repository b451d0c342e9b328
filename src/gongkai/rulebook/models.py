"""Notices, parameters and numbers, each with its source; dated values store only a start.

A notice and a county's own value change what is lawful for everybody, so each is proposed by one
person and approved by another; only what is approved counts.
"""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class State(models.TextChoices):
    """Where a proposed change stands. What is not approved changes nothing."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "未批准"


class MoveList(Identified):
    """Which days and limits an approved change moved, from when to when, as canonical bytes."""

    body = models.BinaryField("变动清单")
    sha256 = models.CharField("哈希", max_length=64)
    count = models.PositiveIntegerField("变动的期限数")

    class Meta:
        verbose_name = "变动清单"

    def __str__(self) -> str:
        return self.sha256


class Proposal(Identified):
    """A change one person proposes and another decides on.

    Rows from before two people were asked for have nobody in *proposed_by*, and are approved.
    """

    state = models.CharField(
        "状态", max_length=8, choices=State.choices, default=State.PROPOSED.value
    )
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间", null=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    reason = models.CharField("不批准的理由", max_length=200, blank=True)
    moves = models.OneToOneField(
        MoveList,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="变动清单",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proposed_by=None, state="approved")
                | models.Q(state="proposed", decided_by=None, decided_at=None)
                | models.Q(state__in=["approved", "rejected"], decided_at__isnull=False)
                & models.Q(decided_by__isnull=False),
                name="%(class)s_decided_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | models.Q(proposed_by=None)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="%(class)s_two_persons",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="rejected") | ~models.Q(reason=""),
                name="%(class)s_rejected_with_reason",
            ),
        ]


class HolidayNotice(Proposal):
    """A State Council notice on one year's holidays, byte by byte as it was proposed."""

    year = models.PositiveSmallIntegerField("年份")
    number = models.CharField("文号", max_length=60)
    body = models.BinaryField("通知数据")
    sha256 = models.CharField("哈希", max_length=64)

    class Meta(Proposal.Meta):
        abstract = False
        verbose_name = "放假通知"
        constraints = [
            *Proposal.Meta.constraints,
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=~models.Q(state="rejected"),
                name="notice_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Parameter(Proposal):
    """A county's own value of a rule that the law leaves open, from a day on.

    *source* is printed in letters as it stands; *note* is for whoever works by it.
    """

    key = models.CharField("参数", max_length=60)
    scope = models.CharField("适用范围", max_length=60, default="county")
    value_text = models.CharField("取值", max_length=200)
    since = models.DateField("启用日期")
    source = models.CharField("依据", max_length=200)
    note = models.CharField("说明", max_length=200, blank=True)
    certainty = models.CharField("可靠程度", max_length=2)

    class Meta(Proposal.Meta):
        abstract = False
        verbose_name = "参数"
        constraints = [
            *Proposal.Meta.constraints,
            models.UniqueConstraint(
                fields=["key", "scope", "since"],
                condition=~models.Q(state="rejected"),
                name="parameter_one_per_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value_text}"


class NumberSeries(Identified):
    """A gap-free series of numbers of one agency, kind and year; `last` is the number taken last."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("编号种类", max_length=30)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用至", default=0)

    class Meta:
        verbose_name = "编号序列"
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "year"], name="series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class NumberUse(Identified):
    """One number of a series: for which row it was taken, or why it was voided."""

    series = models.ForeignKey(
        NumberSeries, models.PROTECT, related_name="uses", verbose_name="编号序列"
    )
    n = models.PositiveIntegerField("号")
    subject_uid = models.UUIDField("用于")
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "编号使用"
        constraints = [
            models.UniqueConstraint(fields=["series", "n"], name="number_used_once"),
            models.CheckConstraint(condition=models.Q(n__gte=1), name="number_from_one"),
        ]

    def __str__(self) -> str:
        return str(self.n)
