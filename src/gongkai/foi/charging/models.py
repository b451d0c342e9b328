"""On what an agency charges, what one applicant was asked to pay, and what came in. Money is integer 分."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.foi.models import Applicant, Case
from gongkai.law.fees import yuan
from gongkai.people.models import Person


class Basis(models.TextChoices):
    """The two bases. An agency uses one of them in a year (国办函〔2020〕109号)."""

    ITEM = "item", "按件计收"
    PAGE = "page", "按量计收"


class ChargingBasis(Identified):
    """That an agency charges, and on which basis, from a day on. Without one it charges nothing."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="charging_bases", verbose_name="机关"
    )
    basis = models.CharField("收费方式", max_length=4, choices=Basis.choices)
    year = models.PositiveIntegerField("年度")
    since = models.DateField("起始日期")
    source = models.CharField("依据", max_length=200)
    chosen_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="选定人")

    class Meta:
        verbose_name = "收费方式"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="charging_one_basis_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.since} {self.get_basis_display()}"


class FeeNotice(Identified):
    """What was asked for one request, with what it was computed from.

    *quantity* is the how manieth request of the applicant in *month*, or the pages to be given. *counted*
    names the requests or the file that were counted. It runs from the day it arrived (*arrived_on*).
    """

    class State(models.TextChoices):
        OPEN = "open", "待缴纳"
        PAID = "paid", "已缴清"
        CANCELLED = "cancelled", "已撤销"

    case = models.ForeignKey(Case, models.PROTECT, related_name="fee_notices", verbose_name="案件")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="受理机关")
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, related_name="+", verbose_name="申请人"
    )
    basis = models.CharField("收费方式", max_length=4, choices=Basis.choices)
    month = models.DateField("计件的自然月", null=True, blank=True)
    quantity = models.PositiveIntegerField("第几件或者页数")
    counted = models.TextField("计算所依据的记录")
    fen = models.PositiveIntegerField("金额（分）")
    source = models.CharField("依据和标准", max_length=400)
    pay_how = models.CharField("缴纳方式", max_length=200)
    asked_on = models.DateField("通知日期")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="通知人")
    arrived_on = models.DateField("申请人收到日期", null=True, blank=True)
    proof = models.CharField("收到的凭证", max_length=200, blank=True)
    paid_fen = models.PositiveIntegerField("已缴（分）", default=0)
    refunded_fen = models.PositiveIntegerField("已退（分）", default=0)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    ended_on = models.DateField("缴清或者撤销日期", null=True, blank=True)
    reason = models.CharField("撤销理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "收费通知"
        constraints = [
            # Two officers at once, or a second notice: refused here.
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state="cancelled"), name="fee_one_notice_a_case"
            ),
            # Nobody is asked twice for the same place in a month.
            models.UniqueConstraint(
                fields=["agency", "applicant", "month", "quantity"],
                condition=Q(basis="item") & ~Q(state="cancelled"),
                name="fee_one_notice_a_place",
            ),
            models.CheckConstraint(
                condition=Q(basis="item", month__isnull=False) | Q(basis="page", month=None),
                name="fee_month_of_items_only",
            ),
            models.CheckConstraint(
                condition=Q(fen__gt=0, paid_fen__lte=F("fen"), refunded_fen__lte=F("paid_fen")),
                name="fee_never_beyond_what_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None, reason="")
                | Q(state="paid", ended_on__isnull=False, reason="", paid_fen=F("fen"))
                | Q(state="cancelled", ended_on__isnull=False) & ~Q(reason=""),
                name="fee_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on=None) | Q(arrived_on__gte=F("asked_on")) & ~Q(proof=""),
                name="fee_notice_arrived_with_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 收费通知"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def held(self) -> int:
        """What was paid and not given back, in 分."""
        return self.paid_fen - self.refunded_fen

    @property
    def money(self) -> str:
        """What was asked, in 元."""
        return yuan(self.fen)

    @property
    def paid_money(self) -> str:
        """What was paid, in 元."""
        return yuan(self.paid_fen)

    @property
    def missing_money(self) -> str:
        """What is still to be paid, in 元."""
        return yuan(self.missing)

    @property
    def missing(self) -> int:
        """What is still to be paid, in 分."""
        return self.fen - self.paid_fen


class FeeEntry(Identified):
    """Money that came in or went back, with the number of its receipt (财政票据). Appended, never changed."""

    class Kind(models.TextChoices):
        PAID = "paid", "缴费"
        REFUNDED = "refunded", "退费"

    notice = models.ForeignKey(
        FeeNotice, models.PROTECT, related_name="entries", verbose_name="收费通知"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    fen = models.PositiveIntegerField("金额（分）")
    receipt = models.CharField("票据号码", max_length=40)
    on = models.DateField("日期")
    reason = models.CharField("退费理由", max_length=500, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "缴费和退费"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "kind", "receipt"], name="fee_entry_one_a_receipt"
            ),
            models.CheckConstraint(condition=Q(fen__gt=0), name="fee_entry_of_some_money"),
            models.CheckConstraint(
                condition=Q(kind="paid", reason="") | Q(kind="refunded") & ~Q(reason=""),
                name="fee_refund_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.get_kind_display()}"

    @property
    def money(self) -> str:
        """The amount in 元."""
        return yuan(self.fen)
