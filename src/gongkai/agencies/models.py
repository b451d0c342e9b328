"""An agency is its code; its name, like every dated fact, stores only since when it holds."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from gongkai.audit.identity import Identified
from gongkai.people.models import Person
from gongkai.text.credit_code import problem_of


class Level(models.TextChoices):
    """What an agency is in the county: decides the report's due date and the checks that apply."""

    COUNTY = "county", "县级人民政府"
    OFFICE = "office", "县政府办公室"
    BUREAU = "bureau", "县政府部门"
    TOWNSHIP = "township", "乡镇人民政府（街道办事处）"
    INSTITUTION = "institution", "其他单位"


class Kind(models.TextChoices):
    """Why an agency answers for information of its own."""

    ORGAN = "organ", "行政机关"
    AUTHORISED = "authorised", "法律、法规授权的组织（第五十四条）"
    BRANCH = "branch", "以自己名义履职的派出机构（第十条）"
    INTERNAL = "internal", "以自己名义履职的内设机构（第十条）"


class Role(models.TextChoices):
    """What a person may do in an agency."""

    OPENNESS_OFFICER = "openness_officer", "政务公开办"
    INFORMATION_OFFICER = "information_officer", "信息员"
    FIRST_REVIEWER = "first_reviewer", "初审"
    SECOND_REVIEWER = "second_reviewer", "复审"
    FINAL_REVIEWER = "final_reviewer", "终审"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查"
    LEGALITY_REVIEWER = "legality_reviewer", "法制"
    CASE_OFFICER = "case_officer", "承办"
    RETURN_FILLER = "return_filler", "报送"
    RETURN_APPROVER = "return_approver", "报送审核"
    LEADER = "leader", "负责人"
    INSPECTOR = "inspector", "督查"
    AUDITOR = "auditor", "审计"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员"
    AUDIT_ADMINISTRATOR = "audit_administrator", "审计管理员"


ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)
"""三员: they keep the installation, one person each, and see no content of cases or drafts."""


def validate_credit_code(code: str) -> None:
    """Refuse a credit code whose check character is wrong (GB 32100)."""
    if why := problem_of(code):
        raise ValidationError(why)


class Agency(Identified):
    """A body that answers for its own information. `rolls_up`: counted in the county's report."""

    code = models.CharField(
        "机关代码",
        max_length=9,
        unique=True,
        validators=[
            RegexValidator(r"^[0-9A-Za-z-]{1,9}\Z", "机关代码至多 9 位，只用数字、字母和连字符。")
        ],
    )
    credit_code = models.CharField(
        "统一社会信用代码", max_length=18, unique=True, validators=[validate_credit_code]
    )
    level = models.CharField("层级", max_length=12, choices=Level.choices)
    kind = models.CharField("性质", max_length=10, choices=Kind.choices, default=Kind.ORGAN)
    rolls_up = models.BooleanField("计入县级年报", default=True)

    class Meta:
        verbose_name = "机关"
        verbose_name_plural = "机关"

    def __str__(self) -> str:
        return self.code


class AgencyName(Identified):
    """What an agency is called from a day on, its short name and its 代字 in document numbers."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="names", verbose_name="机关")
    name = models.CharField("名称", max_length=100)
    short = models.CharField("简称", max_length=30)
    mark = models.CharField("机关代字", max_length=12)
    since = models.DateField("启用日期")

    class Meta:
        verbose_name = "机关名称"
        constraints = [
            models.UniqueConstraint(fields=["agency", "since"], name="agency_name_one_per_day")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_after_the_end(self.agency, self.since)
        others = AgencyName.objects.filter(agency=self.agency)
        last = others.exclude(pk=self.pk).order_by("since").last()
        if last is not None and last.since >= self.since:
            raise ValidationError(
                {
                    "since": f"{last.since} 已启用名称“{last.name}”，新名称的启用日期应在其后："
                    "以前签发的文件用的是当时的名称，不能改写。"
                }
            )


class Subordination(Identified):
    """Under which agency another one stands from a day on; no *parent*: under none."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="subordinations", verbose_name="机关"
    )
    parent = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级"
    )
    since = models.DateField("起始日期")

    class Meta:
        verbose_name = "隶属"
        constraints = [
            models.UniqueConstraint(fields=["agency", "since"], name="subordination_one_per_day"),
            models.CheckConstraint(
                # A comparison with NULL is unknown, and a CHECK lets the unknown pass.
                condition=~models.Q(agency=models.F("parent")),
                name="subordination_between_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} < {self.parent}"


class AgencyContact(Identified):
    """What the law has every agency make known of itself, from a day on.

    条例第二十条第二项 (functions, address, hours, contact, head) and 第十二条 (its 信息公开工作机构).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="contacts", verbose_name="机关")
    since = models.DateField("启用日期")
    duties = models.TextField("机关职能", max_length=4000)
    head = models.CharField("负责人姓名", max_length=50)
    office = models.CharField("信息公开工作机构", max_length=100)
    address = models.CharField("办公地址", max_length=200)
    hours = models.CharField("办公时间", max_length=200)
    telephone = models.CharField("联系电话", max_length=60)
    fax = models.CharField("传真号码", max_length=60, blank=True)
    online = models.URLField("互联网联系方式", max_length=200, blank=True)
    email = models.EmailField("电子邮箱", blank=True)

    class Meta:
        verbose_name = "机构信息"
        constraints = [
            models.UniqueConstraint(fields=["agency", "since"], name="agency_contact_one_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.since}"

    def clean(self) -> None:
        refuse_after_the_end(self.agency, self.since)


class AgencyEnding(Identified):
    """The first day on which an agency is no more (撤销、并入). Its names, works and addresses stay."""

    agency = models.OneToOneField(
        Agency, models.PROTECT, related_name="ending", verbose_name="机关"
    )
    on = models.DateField("撤销日期")
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "机关撤销"
        constraints = [
            models.CheckConstraint(condition=~models.Q(basis=""), name="agency_ending_has_basis")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.on}"


def refuse_after_the_end(agency: Agency, on: date | None) -> None:
    """Raise ``ValidationError`` when *agency* is no more on *on*."""
    ending = AgencyEnding.objects.filter(agency=agency).first()
    if ending is not None and on is not None and on >= ending.on:
        raise ValidationError(
            f"这个机关自 {ending.on} 起已撤销，此后的名称、任职和申请都不能再登记在它名下；"
            "请到承接其职能的机关办理。"
        )


class Succession(Identified):
    """Functions that moved from one agency to another on a day (机构改革)."""

    source = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="原机关")
    target = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="承接机关")
    on = models.DateField("承接日期")
    scope = models.CharField("承接职能", max_length=200)

    class Meta:
        verbose_name = "职能承接"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="succession_between_two"
            ),
            models.UniqueConstraint(
                fields=["source", "target", "on"], name="succession_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Membership(Identified):
    """A role held in an agency from a day on, until the day it ended.

    A deputy (代理) holds it in somebody's place and only until a day fixed beforehand.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name="人员"
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="memberships", verbose_name="机关"
    )
    role = models.CharField("角色", max_length=24, choices=Role.choices)
    since = models.DateField("任职日期")
    ended = models.DateField("免职日期", null=True, blank=True)
    in_place_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代理谁的职务"
    )

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency", "role", "since"], name="membership_one_per_day"
            ),
            models.CheckConstraint(
                condition=models.Q(ended=None) | models.Q(ended__gte=models.F("since")),
                name="membership_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(in_place_of=None)
                | models.Q(ended__isnull=False) & ~models.Q(in_place_of=models.F("person")),
                name="membership_deputy_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"

    def clean(self) -> None:
        last_day = self.ended - timedelta(days=1) if self.ended else date.max
        refuse_after_the_end(self.agency, last_day)
