"""Licences and penalties as rows of public registers. A row is corrected or taken down; it never disappears."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class Register(models.TextChoices):
    LICENCE = "licence", "行政许可"
    PENALTY = "penalty", "行政处罚"


class SubjectKind(models.TextChoices):
    """行政相对人类别 of the national standard."""

    LEGAL = "legal", "法人及非法人组织"
    BUSINESS = "business", "个体工商户"
    PERSON = "person", "自然人"


class Removal(models.TextChoices):
    """Why a row is shown no longer."""

    REPAIRED = "repaired", "信用修复"
    REVOKED = "revoked", "决定被变更、撤销"
    EXPIRED = "expired", "公示期满"
    MISTAKEN = "mistaken", "误登"


class Import(Identified):
    """A file that was read and shown; its rows enter the register when it is confirmed.

    *rows* holds what would be published, so no natural person's name. The file itself is not kept.
    """

    class State(models.TextChoices):
        STAGED = "staged", "待确认"
        CONFIRMED = "confirmed", "已导入"
        DISCARDED = "discarded", "已放弃"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="决定机关")
    register = models.CharField("种类", max_length=8, choices=Register.choices)
    sha256 = models.CharField("文件哈希", max_length=64)
    rows = models.BinaryField("读到的行")
    notes = models.TextField("没有读取的", blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.STAGED)
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="导入人")
    at = models.DateTimeField("读取时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    entered = models.PositiveIntegerField("新增行数", default=0)
    corrected = models.PositiveIntegerField("更正行数", default=0)

    class Meta:
        verbose_name = "双公示导入"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="confirmed", confirmed_at__isnull=False)
                | ~models.Q(state="confirmed") & models.Q(confirmed_at=None),
                name="register_import_confirmed_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_register_display()} {self.at}"


class Entry(Identified):
    """One decision. *key* is its 文书号, folded; *number* as it is written.

    *county_n* and *agency_n* are its places in the public pages, counted from the oldest, for ever.
    """

    register = models.CharField("种类", max_length=8, choices=Register.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="决定机关")
    key = models.CharField("折叠的文书号", max_length=200)
    number = models.CharField("文书号", max_length=200)
    title = models.CharField("决定文书名称", max_length=200, blank=True)
    subject = models.CharField("行政相对人名称", max_length=200)
    subject_kind = models.CharField("行政相对人类别", max_length=8, choices=SubjectKind.choices)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    category = models.CharField("类别", max_length=200)
    offence = models.CharField("违法行为类型", max_length=200, blank=True)
    matter = models.TextField("许可内容、违法事实")
    basis = models.TextField("依据", blank=True)
    result = models.TextField("处罚内容", blank=True)
    certificate = models.CharField("证照名称", max_length=200, blank=True)
    certificate_no = models.CharField("证照编号", max_length=200, blank=True)
    fine = models.BigIntegerField("罚款金额（分）", null=True, blank=True)
    confiscated = models.BigIntegerField("没收金额（分）", null=True, blank=True)
    decided_on = models.DateField("决定日期")
    valid_from = models.DateField("有效期自", null=True, blank=True)
    until = models.DateField("有效期至、公示截止期", null=True, blank=True)
    remark = models.TextField("备注", blank=True)
    county_n = models.PositiveIntegerField("全县第几条")
    agency_n = models.PositiveIntegerField("本机关第几条")
    revision = models.PositiveIntegerField("第几次改动", default=1)
    entered_at = models.DateTimeField("公示时间")
    removal = models.CharField("撤下", max_length=10, choices=Removal.choices, blank=True)
    removed_at = models.DateTimeField("撤下时间", null=True, blank=True)

    class Meta:
        verbose_name = "双公示信息"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "agency", "key"], name="register_entry_numbered_once"
            ),
            models.UniqueConstraint(fields=["register", "county_n"], name="register_county_place"),
            models.UniqueConstraint(
                fields=["register", "agency", "agency_n"], name="register_agency_place"
            ),
            models.CheckConstraint(
                condition=models.Q(removal="", removed_at=None)
                | ~models.Q(removal="") & models.Q(removed_at__isnull=False),
                name="register_entry_removed_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(subject_kind="person") | models.Q(credit_code=""),
                name="register_person_without_code",
            ),
            models.CheckConstraint(
                condition=models.Q(subject_kind="person") | ~models.Q(credit_code=""),
                name="register_organisation_with_code",
            ),
        ]
        indexes = [
            models.Index(fields=["register", "agency", "decided_on"], name="register_by_day"),
            models.Index(fields=["until"], name="register_by_until"),
        ]

    def __str__(self) -> str:
        return self.number


class Change(Identified):
    """What was done to a row after it was entered: corrected, or taken down; with the reason.

    *before* is what it said until then (canonical bytes). *on* is the day of the act that made it
    necessary, where there is one: the decision that revokes, the repair.
    """

    class Kind(models.TextChoices):
        CORRECTED = "corrected", "更正"
        REMOVED = "removed", "撤下"

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="changes", verbose_name="双公示信息"
    )
    revision = models.PositiveIntegerField("第几次改动")
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    removal = models.CharField("撤下原因", max_length=10, choices=Removal.choices, blank=True)
    reason = models.CharField("理由", max_length=300)
    on = models.DateField("事由发生日期", null=True, blank=True)
    before = models.BinaryField("改动前")
    at = models.DateTimeField("时间")
    by_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    imported = models.ForeignKey(
        Import, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="导入"
    )

    class Meta:
        verbose_name = "双公示改动"
        constraints = [
            models.UniqueConstraint(fields=["entry", "revision"], name="register_change_once"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="register_change_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} #{self.revision}"


class Places(models.Model):
    """How many places of a register's pages are taken: of the county (no agency), and of each agency."""

    register = models.CharField("种类", max_length=8, choices=Register.choices)
    code = models.CharField("机关代码", max_length=9, blank=True)
    last = models.PositiveIntegerField("已有条数", default=0)

    class Meta:
        verbose_name = "双公示条数"
        constraints = [
            models.UniqueConstraint(fields=["register", "code"], name="register_places_once")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.code} {self.last}"
