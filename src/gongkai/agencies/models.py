"""An agency is its code; its name, like every dated fact, stores only since when it holds."""

from __future__ import annotations

from django.db import models

from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class Level(models.TextChoices):
    """What an agency is in the county: decides the report's due date and the checks that apply."""

    COUNTY = "county", "县级人民政府"
    OFFICE = "office", "县政府办公室"
    BUREAU = "bureau", "县政府部门"
    TOWNSHIP = "township", "乡镇人民政府（街道办事处）"
    INSTITUTION = "institution", "其他单位"


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


class Agency(Identified):
    """A body that answers for its own information. `rolls_up`: counted in the county's report."""

    code = models.CharField("机关代码", max_length=9, unique=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    level = models.CharField("层级", max_length=12, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
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
            )
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
