"""Attempts to serve a letter, and the papers that prove them. A failed attempt stays."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.audit.identity import Identified
from gongkai.files.kinds import TITLES
from gongkai.foi.issuing.models import IssuedLetter
from gongkai.foi.models import Case
from gongkai.law.service import MEANS
from gongkai.people.models import Person


class What(models.TextChoices):
    """What is served: the decision, a notice of the procedure, a letter to whoever is asked for an opinion.

    The words of ``served_as`` in the table of letters, where it is said what follows from each.
    """

    DECISION = "decision", "答复"
    CORRECTION = "correction", "补正告知书"
    EXTENSION = "extension", "延期答复告知书"
    REASON = "reason", "说明理由告知书"
    DELAY = "delay", "延迟答复告知书"
    FEE = "fee", "收费通知书"
    ENQUIRY = "enquiry", "征求意见书"
    OVERRIDING = "overriding", "决定公开告知第三方书"


TO_OTHERS = (What.ENQUIRY, What.OVERRIDING)
"""What goes to somebody else than the applicant, who neither sees nor confirms it."""


class Result(models.TextChoices):
    """What came of an attempt."""

    WAITING = "waiting", "等待结果"
    DELIVERED = "delivered", "已送达"
    FAILED = "failed", "没有送到"
    REFUSED = "refused", "拒收"
    RETURNED = "returned", "退回"


FAILURES = (Result.FAILED.value, Result.REFUSED.value, Result.RETURNED.value)


_GOING = Q(result__in=[Result.WAITING.value, Result.DELIVERED.value])


class ServiceAttempt(Identified):
    """One try to serve one letter. *ended_on* is what its slip says: the day it arrived, or came to nothing.

    The day that counts as served is derived from it (:mod:`gongkai.law.service`) and stored nowhere but in
    the event of the case. *letter*: what it carried, with the hash of its PDF as it went out; none where
    the letter was written elsewhere. *asked*: whose opinion is asked, where it goes to them and not to the
    applicant. Who signed lies sealed in a :class:`ServicePaper`.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="service_attempts", verbose_name="案件"
    )
    what = models.CharField("送达什么", max_length=12, choices=What.choices)
    asked = models.ForeignKey(
        "foi.Consultation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name="征求意见",
    )
    means = models.CharField(
        "送达方式",
        max_length=12,
        choices=[(means.value, way.title) for means, way in MEANS.items()],
    )
    sent_on = models.DateField("发出日期")
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="发出人")
    letter = models.ForeignKey(
        IssuedLetter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name="文书",
    )
    letter_sha256 = models.CharField("文书校验值", max_length=64, blank=True)
    tracking = models.CharField("邮件号码", max_length=40, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    result = models.CharField("结果", max_length=10, choices=Result.choices, default=Result.WAITING)
    ended_on = models.DateField("送到或者未送到的日期", null=True, blank=True)
    proof = models.CharField("凭证", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = "送达"
        constraints = [
            # Two officers at once: one of them loses here.
            models.UniqueConstraint(
                fields=["case", "what"],
                condition=_GOING & Q(asked=None),
                name="service_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["asked", "what"],
                condition=_GOING & Q(asked__isnull=False),
                name="service_one_at_a_time_to_each",
            ),
            models.CheckConstraint(
                condition=Q(asked=None) & ~Q(what__in=TO_OTHERS)
                | Q(asked__isnull=False, what__in=TO_OTHERS),
                name="service_to_others_says_whom",
            ),
            models.CheckConstraint(
                condition=Q(result=Result.WAITING, ended_on=None, proof="")
                | ~Q(result=Result.WAITING) & Q(ended_on__isnull=False) & ~Q(proof=""),
                name="service_ended_with_proof",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("sent_on")),
                name="service_ended_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(letter=None, letter_sha256="")
                | Q(letter__isnull=False) & ~Q(letter_sha256=""),
                name="service_letter_by_its_hash",
            ),
            models.CheckConstraint(
                condition=~Q(means="post") | ~Q(tracking=""), name="service_by_post_has_its_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_what_display()}送达"

    @property
    def waiting(self) -> bool:
        return self.result == Result.WAITING


class PaperKind(models.TextChoices):
    """What a sealed paper of an attempt is."""

    SCAN = "scan", "凭证扫描件"
    NAMES = "names", "签收人、见证人"


class ServicePaper(Identified):
    """The slip that proves an attempt, or the names on it: sealed, for both name people.

    Emptied when the identity of the applicant is destroyed.
    """

    attempt = models.ForeignKey(
        ServiceAttempt, models.PROTECT, related_name="papers", verbose_name="送达"
    )
    kind = models.CharField("种类", max_length=8, choices=PaperKind.choices)
    format = models.CharField(
        "格式",
        max_length=8,
        blank=True,
        choices=[(kind.value, title) for kind, title in TITLES.items()],
    )
    added_at = models.DateTimeField("加入时间")
    ciphertext = models.BinaryField("送达凭证密文")
    key_id = models.CharField("密钥编号", max_length=20, blank=True)
    alg = models.CharField("算法", max_length=20, blank=True)

    class Meta:
        verbose_name = "送达凭证"
        constraints = [
            models.UniqueConstraint(fields=["attempt", "kind"], name="service_paper_each_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
