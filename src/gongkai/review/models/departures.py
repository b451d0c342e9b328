"""What departs from the ordinary way and is therefore recorded and counted: waivers and loans."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.documents.models import Edition
from gongkai.people.models import Person
from gongkai.review.models.chains import StageKind
from gongkai.review.models.judging import Submission


class WaiverKind(models.TextChoices):
    """Why an edition was published without a complete chain of approvals."""

    URGENT = "urgent", "紧急发布"
    IMPORTED = "imported", "历史数据补录"


class Waiver(Identified):
    """The recorded exception: who let an edition out without a seal, why, and until when it is made good."""

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="waiver", verbose_name="版本"
    )
    kind = models.CharField("种类", max_length=12, choices=WaiverKind.choices)
    approver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批准人")
    reason = models.CharField("理由", max_length=300)
    due = models.DateField("补审期限", null=True, blank=True)

    class Meta:
        verbose_name = "免审记录"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="waiver_has_reason"),
            models.CheckConstraint(
                condition=~models.Q(kind="urgent") | models.Q(due__isnull=False),
                name="waiver_urgent_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Lending(Identified):
    """Whether, from *since* on, an agency lends its reviewers to agencies that have too few."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    lends = models.BooleanField("出借审核人")
    since = models.DateField("启用日期")

    class Meta:
        verbose_name = "审核人出借"

    def __str__(self) -> str:
        return f"{self.agency} {self.since}"


class Loan(Identified):
    """One reviewer lent for one stage of one submission, by whom approved and why."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="loans", verbose_name="送审"
    )
    stage = models.CharField("审核环节", max_length=10, choices=StageKind.choices)
    reviewer = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="借用的审核人"
    )
    lender = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="出借机关")
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批准人")
    reason = models.CharField("理由", max_length=300)
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        verbose_name = "借用审核人"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "stage", "reviewer"], name="loan_of_a_reviewer_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="loan_has_reason"),
            models.CheckConstraint(
                condition=~models.Q(reviewer=models.F("approved_by")), name="loan_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lender} → {self.submission}"
