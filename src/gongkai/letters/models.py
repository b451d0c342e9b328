"""The county's own wording of letters, by two people, and the 文号 that letters bear."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class State(models.TextChoices):
    """Where a wording stands. Only what is approved is ever printed."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "未批准"
    TAKEN_BACK = "taken_back", "已收回"


class Wording(Identified):
    """The blocks of one letter from a day on, until a later one of the same letter.

    Never changed once proposed: a better text is another version. *taken_back*: approved, and stopped
    before its first day.
    """

    code = models.CharField("文书代码", max_length=3)
    version = models.PositiveIntegerField("版本")
    since = models.DateField("启用日期")
    blocks_text = models.TextField("各块文字")
    sha256 = models.CharField("哈希", max_length=64)
    note = models.CharField("改了什么、为什么", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.PROPOSED.value
    )
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    approver = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="停止人"
    )
    reason = models.CharField("不批准或者收回的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "文书文字"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="wording_version_once"),
            models.UniqueConstraint(
                fields=["code", "since"],
                condition=models.Q(state__in=["proposed", "approved"]),
                name="wording_one_per_day",
            ),
            models.CheckConstraint(
                condition=models.Q(approver=None) | ~models.Q(approver=models.F("author")),
                name="wording_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="proposed", approver=None, decided_at=None, ended_by=None, reason=""
                )
                | models.Q(
                    state="approved",
                    approver__isnull=False,
                    decided_at__isnull=False,
                    ended_by=None,
                )
                | models.Q(state="rejected", approver=None, ended_by__isnull=False)
                & ~models.Q(reason="")
                | models.Q(state="taken_back", approver__isnull=False, ended_by__isnull=False)
                & ~models.Q(reason=""),
                name="wording_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} 第 {self.version} 版"


class LetterNumber(Identified):
    """The 文号 taken for one letter of something (*subject_uid*). Written once."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    code = models.CharField("文书代码", max_length=3)
    subject_uid = models.UUIDField("用于")
    number = models.CharField("文号", max_length=40)
    numbered_on = models.DateField("编号日期")

    class Meta:
        verbose_name = "文书编号"
        constraints = [
            models.UniqueConstraint(fields=["subject_uid", "code"], name="letter_numbered_once"),
            models.UniqueConstraint(fields=["agency", "number"], name="letter_number_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Forum(Identified):
    """Where one complains against what an agency decided, from a day on: review organ, court, address online.

    Without an *agency*: against every agency that has none of its own. Of one day the row written last holds.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    since = models.DateField("启用日期")
    review_organ = models.CharField("复议机关", max_length=100)
    court = models.CharField("管辖法院", max_length=100)
    online = models.URLField("在线申请行政复议的网址", max_length=200, blank=True)

    class Meta:
        verbose_name = "复议机关和法院"

    def __str__(self) -> str:
        return f"{self.review_organ}、{self.court}"
