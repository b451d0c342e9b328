"""Report, its narrative, freezes with the list behind every cell, errata."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class Report(Identified):
    """The annual report of one agency and year. `released` points at the freeze that is public."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    format = models.CharField("格式", max_length=4)
    contact = models.CharField("联系方式", max_length=120)
    released = models.ForeignKey(
        "Freeze", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公布稿"
    )
    released_on = models.DateField("公布日期", null=True, blank=True)

    class Meta:
        verbose_name = "年度报告"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="report_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(released=None, released_on=None)
                | models.Q(released__isnull=False, released_on__isnull=False),
                name="report_released_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


class Section(Identified):
    """The text of one of the six sections; numbers in it are references to figures, such as ``{t3.new.tot}``."""

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="sections", verbose_name="年度报告"
    )
    n = models.PositiveSmallIntegerField("部分")
    text = models.TextField("正文", blank=True)
    previous_text = models.TextField("上一稿", blank=True)

    class Meta:
        verbose_name = "报告正文"
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["report", "n"], name="section_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.n}"


class Freeze(Identified):
    """A compiled report as bytes. Never changed; a later freeze has the next number."""

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="freezes", verbose_name="年度报告"
    )
    n = models.PositiveSmallIntegerField("第几稿")
    canonical = models.BinaryField("规范字节")
    sha256 = models.CharField("哈希", max_length=64)
    frozen_at = models.DateTimeField("定稿时间")
    frozen_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="定稿人")

    class Meta:
        verbose_name = "定稿"
        constraints = [models.UniqueConstraint(fields=["report", "n"], name="freeze_numbered_once")]

    def __str__(self) -> str:
        return f"{self.report} #{self.n}"


class CellList(Identified):
    """The uids behind one figure of a freeze, sixteen bytes each in rising order, and their hash."""

    freeze = models.ForeignKey(
        Freeze, models.PROTECT, related_name="cell_lists", verbose_name="定稿"
    )
    leaf = models.CharField("数字", max_length=30)
    uids = models.BinaryField("记录编号")
    sha256 = models.CharField("哈希", max_length=64)

    class Meta:
        verbose_name = "数字清单"
        constraints = [models.UniqueConstraint(fields=["freeze", "leaf"], name="cell_list_once")]

    def __str__(self) -> str:
        return self.leaf


class Erratum(Identified):
    """A correction of a released figure, published beside it with its reason (更正说明)."""

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="errata", verbose_name="定稿")
    cell = models.CharField("数字", max_length=30)
    old = models.CharField("原值", max_length=30)
    new = models.CharField("更正为", max_length=30)
    reason = models.CharField("原因", max_length=300)
    noted_on = models.DateField("更正日期")
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="更正人")

    class Meta:
        verbose_name = "更正"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old=models.F("new")) & ~models.Q(reason=""),
                name="erratum_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell}: {self.old} → {self.new}"
