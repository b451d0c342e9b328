"""Notices, parameters and numbers, each with its source; dated values store only a start."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class HolidayNotice(Identified):
    """A State Council notice on one year's holidays, as imported and approved by a person."""

    year = models.PositiveSmallIntegerField("年份")
    number = models.CharField("文号", max_length=60)
    body = models.BinaryField("通知数据")
    sha256 = models.CharField("哈希", max_length=64)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批准人")
    approved_at = models.DateTimeField("批准时间")

    class Meta:
        verbose_name = "放假通知"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Parameter(Identified):
    """A county's own value of a rule that the law leaves open, from a day on."""

    key = models.CharField("参数", max_length=60)
    scope = models.CharField("适用范围", max_length=60, default="county")
    value_text = models.CharField("取值", max_length=200)
    since = models.DateField("启用日期")
    source = models.CharField("依据", max_length=200)
    certainty = models.CharField("可靠程度", max_length=2)

    class Meta:
        verbose_name = "参数"
        constraints = [
            models.UniqueConstraint(fields=["key", "scope", "since"], name="parameter_one_per_day"),
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
