"""What came in and is not a request yet: the submission, the proofs of its receipt, its files.

Everything the applicant wrote is ciphertext, also what is asked for: people put their names into it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.files.kinds import TITLES
from gongkai.law.receipt import LABELS


class State(models.TextChoices):
    """Where a submission stands. Only the first two are still waiting for something."""

    WAITING = "waiting", "待双方确认"
    UNREACHABLE = "unreachable", "联系不上申请人"
    REGISTERED = "registered", "已登记为申请"
    REFUSED = "refused", "不作为申请登记"
    WITHDRAWN = "withdrawn", "申请人撤回"


OPEN_STATES = (State.WAITING.value, State.UNREACHABLE.value)


class Submission(Identified):
    """One form or letter as it arrived. It becomes a request when its receipt is proved (条例第三十一条).

    From then on the identity is the request's applicant's and is not kept here a second time. *through_agent*:
    somebody acts for the applicant; who that is lies in the sealed identity.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="submissions", verbose_name="受理机关"
    )
    number = models.CharField("收件编号", max_length=9, unique=True)
    form_digest = models.CharField("表单摘要", max_length=64, unique=True)
    kind = models.CharField("种类", max_length=12)
    channel = models.CharField(
        "申请渠道",
        max_length=20,
        choices=[(channel.value, label) for channel, label in LABELS.items()],
    )
    klass = models.CharField("申请人类别", max_length=3)
    submitted_at = models.DateTimeField("收件时间")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.WAITING)
    revision = models.PositiveIntegerField("版本", default=0)
    through_agent = models.BooleanField("由代理人提出", default=False)
    # Proofs that are days on paper (条例第三十一条第一、二项).
    handed_on = models.DateField("当面提交日期", null=True, blank=True)
    signed_on = models.DateField("签收日期", null=True, blank=True)
    arrived_on = models.DateField("实际到达日期", null=True, blank=True)
    to_office = models.BooleanField("寄给工作机构", default=True)
    read_back_at = models.DateTimeField("口述记录向申请人宣读的时间", null=True, blank=True)
    # What is asked, sealed.
    content = models.BinaryField("申请内容密文")
    content_key = models.CharField("内容密钥编号", max_length=20, blank=True)
    content_alg = models.CharField("内容算法", max_length=20, blank=True)
    # Who asks, sealed; empty once it is the case's applicant's, was taken back or was destroyed
    identity = models.BinaryField("身份信息密文", blank=True)
    identity_key = models.CharField("身份密钥编号", max_length=20, blank=True)
    identity_alg = models.CharField("身份算法", max_length=20, blank=True)
    digest = models.CharField("身份摘要", max_length=64, db_index=True, blank=True)
    case = models.OneToOneField(
        "foi.Case",
        models.PROTECT,
        related_name="submission",
        null=True,
        blank=True,
        verbose_name="案件",
    )

    class Meta:
        verbose_name = "收件"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.REGISTERED, case__isnull=False)
                | ~Q(state=State.REGISTERED) & Q(case=None),
                name="submission_registered_with_its_case",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.UNREACHABLE, State.REFUSED])
                | Q(identity=b"", digest=""),
                name="submission_identity_only_while_needed",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-submitted_at"], name="intake_list")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the confirmation of one side or both."""
        return self.state in OPEN_STATES


class StepKind(models.TextChoices):
    """What happened to a submission."""

    SENT = "sent", "收件"
    AMENDED = "amended", "申请人修改"
    WITHDRAWN = "withdrawn", "申请人撤回"
    OFFICE_CONFIRMED = "office_confirmed", "受理机构确认收到"
    APPLICANT_CONFIRMED = "applicant_confirmed", "申请人确认"
    UNREACHABLE = "unreachable", "联系不上申请人"
    FILE_ADDED = "file_added", "补入材料"
    REFUSED = "refused", "不作为申请登记"
    REGISTERED = "registered", "登记为申请"


ONCE = (
    StepKind.SENT.value,
    StepKind.WITHDRAWN.value,
    StepKind.OFFICE_CONFIRMED.value,
    StepKind.APPLICANT_CONFIRMED.value,
    StepKind.REFUSED.value,
    StepKind.REGISTERED.value,
)


class SubmissionStep(Identified):
    """One thing that happened, with its instant: the proof a day of receipt rests on. Appended only."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="steps", verbose_name="收件"
    )
    kind = models.CharField("事项", max_length=20, choices=StepKind.choices)
    how = models.CharField("方式", max_length=20, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    by_uid = models.UUIDField("记录人编号")
    by_name = models.CharField("记录人", max_length=100)

    class Meta:
        verbose_name = "收件经过"
        ordering = ["submission", "at", "pk"]
        constraints = [
            # Two officers at once: one of them loses here.
            models.UniqueConstraint(
                fields=["submission", "kind"],
                condition=Q(kind__in=ONCE),
                name="submission_step_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.kind}"


class FileRole(models.TextChoices):
    """What a file is there for."""

    ATTACHMENT = "attachment", "申请附件"
    AUTHORITY = "authority", "授权委托书"
    SIGNED = "signed", "签字的登记表或者来信扫描件"
    PROOF = "proof", "签收、送达或者邮寄凭证"


class SubmissionFile(Identified):
    """A file of a submission, name and bytes sealed together. Emptied when it is destroyed."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="files", verbose_name="收件"
    )
    role = models.CharField("用途", max_length=12, choices=FileRole.choices)
    kind = models.CharField(
        "格式", max_length=8, choices=[(kind.value, title) for kind, title in TITLES.items()]
    )
    size = models.PositiveIntegerField("字节数")
    added_at = models.DateTimeField("加入时间")
    ciphertext = models.BinaryField("文件密文")
    key_id = models.CharField("密钥编号", max_length=20, blank=True)
    alg = models.CharField("算法", max_length=20, blank=True)

    class Meta:
        verbose_name = "收件材料"
        ordering = ["submission", "pk"]

    def __str__(self) -> str:
        return self.get_role_display()
