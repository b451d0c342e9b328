"""By what a request is found among those like it, which were found, and what a person said of each.

Fingerprints are an index: they are made of what lies sealed, are destroyed with it, and hold nothing that can be
read or tried without the key. What was found and decided is of the ledger and stays.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.audit.identity import Identified
from gongkai.foi.models import Case
from gongkai.people.models import Person


class Fingerprint(models.Model):
    """That the bands of a request are in the index: of which version of the sketch, under which key."""

    case = models.OneToOneField(
        Case,
        models.PROTECT,
        primary_key=True,
        related_name="fingerprint",
        verbose_name="案件",
    )
    version = models.PositiveSmallIntegerField("算法版本")
    key_id = models.CharField("密钥编号", max_length=20, db_index=True)

    class Meta:
        verbose_name = "申请内容指纹"

    def __str__(self) -> str:
        return f"{self.case} 指纹"


class FingerprintBand(models.Model):
    """One band of a request as a keyed digest: equal for requests of one organ that share the band."""

    fingerprint = models.ForeignKey(
        Fingerprint, models.PROTECT, related_name="bands", db_index=False, verbose_name="指纹"
    )
    token = models.BigIntegerField("带钥摘要")

    class Meta:
        verbose_name = "申请内容指纹段"
        constraints = [
            models.UniqueConstraint(fields=["token", "fingerprint"], name="band_once_a_case"),
        ]
        indexes = [models.Index(fields=["fingerprint"], name="band_of_case")]

    def __str__(self) -> str:
        return f"{self.fingerprint_id} 段"


class Likeness(Identified):
    """Two requests to one organ that may be the same: found when the later was registered.

    *percent*: how much they resemble one another. It says nothing of what to do: a person decides.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="likenesses", verbose_name="后一件申请"
    )
    earlier = models.ForeignKey(
        Case, models.PROTECT, related_name="later_likenesses", verbose_name="前一件申请"
    )
    percent = models.PositiveSmallIntegerField("相似程度（%）")
    found_on = models.DateField("比对日期")

    class Meta:
        verbose_name = "可能相同的申请"
        constraints = [
            models.UniqueConstraint(fields=["case", "earlier"], name="likeness_once_a_pair"),
            models.CheckConstraint(
                condition=~Q(case=F("earlier")), name="likeness_of_two_requests"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="likeness_in_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 与 {self.earlier}"


class Verdict(models.TextChoices):
    """What a person may say of two requests that look the same."""

    REPEATED = "repeated", "重复申请"
    CLOSE = "close", "相近"
    DIFFERENT = "different", "不同"


class LikenessVerdict(Identified):
    """What a person decided, and why. Appended; the last one counts."""

    likeness = models.ForeignKey(
        Likeness, models.PROTECT, related_name="verdicts", verbose_name="可能相同的申请"
    )
    nth = models.PositiveSmallIntegerField("第几次判断")
    verdict = models.CharField("判断", max_length=10, choices=Verdict.choices)
    reason = models.CharField("理由", max_length=500)
    judged_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="判断人")
    judged_at = models.DateTimeField("判断时间")

    class Meta:
        verbose_name = "是否相同的判断"
        ordering = ["likeness", "nth"]
        constraints = [
            # Two officers at once: one of them loses here.
            models.UniqueConstraint(fields=["likeness", "nth"], name="likeness_judged_in_turn"),
            models.CheckConstraint(condition=~Q(reason=""), name="likeness_verdict_says_why"),
            models.CheckConstraint(
                condition=Q(verdict__in=[choice.value for choice in Verdict]),
                name="likeness_verdict_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.likeness} {self.get_verdict_display()}"
