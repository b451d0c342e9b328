"""What the guards of the steps read: consultations, a correction notice, an extension, a demand for reasons,
what was given to a unit. Each row speaks of one matter; what happened to the case is in its events.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.files.kinds import TITLES
from gongkai.foi.models import Case
from gongkai.law.intervals import CONSULTATIONS, LABELS, Kind
from gongkai.people.models import Person

_WHOM = [(kind.value, LABELS[kind]) for kind in CONSULTATIONS]


class Consultation(Identified):
    """One letter asking for an opinion. Several may run at once.

    Who is asked and what was answered are sealed: a third party may be a natural person, and an opinion
    names them. *matter*: which information is asked about, in words that name nobody, as the letter that
    asks says it once that is written. *told_in*: the letter that told the applicant of it. *proof* says what
    shows the receipt (回执、签收单号), never who signed. *event_key* is what the case's events call it: its
    uid; nothing for one asked when only one could run at a time.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="consultations", verbose_name="案件"
    )
    whom = models.CharField("征求谁的意见", max_length=12, choices=_WHOM)
    event_key = models.CharField("事件中的编号", max_length=36, blank=True)
    organ = models.CharField("机关名称", max_length=100, blank=True)
    ciphertext = models.BinaryField("对方身份密文", default=b"")
    key_id = models.CharField("密钥编号", max_length=20, blank=True)
    alg = models.CharField("算法", max_length=20, blank=True)
    matter = models.CharField("涉及的信息", max_length=500, blank=True)
    told_in = models.ForeignKey(
        "foi.IssuedLetter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="告知申请人的文书",
    )
    asked_on = models.DateField("发出日期")
    received_on = models.DateField("对方收到日期", null=True, blank=True)
    proof = models.CharField("收到的凭证", max_length=200, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    consents = models.BooleanField("同意公开", null=True, blank=True)
    opinion_ciphertext = models.BinaryField("意见密文", default=b"")
    opinion_key_id = models.CharField("意见密钥编号", max_length=20, blank=True)
    opinion_alg = models.CharField("意见算法", max_length=20, blank=True)
    silent_on = models.DateField("登记逾期未答复的日期", null=True, blank=True)

    class Meta:
        verbose_name = "征求意见"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(silent_on=None),
                name="consultation_answered_or_silent",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, consents=None)
                | Q(answered_on__isnull=False, consents__isnull=False),
                name="consultation_answer_says_which",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=F("asked_on")),
                name="consultation_received_after_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_whom_display()}"

    @property
    def settled(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.answered_on is not None or self.silent_on is not None

    @property
    def effect(self) -> str:
        """What came of it, in words: the same silence means the opposite for two kinds."""
        if self.answered_on is not None:
            return "同意公开" if self.consents else "不同意公开"
        if self.silent_on is None:
            return "等待答复"
        if self.whom == Kind.CO_MAKER.value:
            return "逾期未答复，视为同意公开（条例第三十四条）"
        return "逾期未答复，由本机关依照条例决定是否公开（条例第三十二条）"


class CorrectionNotice(Identified):
    """What the applicant was asked, once, to correct, and within how many working days (条例第三十条)."""

    case = models.OneToOneField(
        Case, models.PROTECT, related_name="correction_notice", verbose_name="案件"
    )
    items_text = models.TextField("补正事项", max_length=2000)
    days = models.PositiveIntegerField("补正期限（工作日）")
    asked_on = models.DateField("告知日期")
    arrived_on = models.DateField("送达日期", null=True, blank=True)
    proof = models.CharField("送达凭证", max_length=200, blank=True)

    class Meta:
        verbose_name = "补正告知"
        constraints = [
            models.CheckConstraint(
                condition=Q(arrived_on=None) | Q(arrived_on__gte=F("asked_on")) & ~Q(proof=""),
                name="correction_notice_arrived_with_proof",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} 补正"


class ExtensionProposal(Identified):
    """A longer limit asked for by one person and judged by another, who heads the office (条例第三十三条)."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="extension_proposals", verbose_name="案件"
    )
    days = models.PositiveIntegerField("延长天数（工作日）")
    reason = models.CharField("延长理由", max_length=500)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提请人")
    proposed_on = models.DateField("提请日期")
    judged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    told_on = models.DateField("告知申请人日期", null=True, blank=True)
    declined_reason = models.CharField("不批准的理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "延期提请"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(judged_by=None), name="extension_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=F("proposed_by")),
                name="extension_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None, told_on=None, declined_reason="")
                | Q(judged_by__isnull=False, told_on__isnull=False, declined_reason="")
                | Q(judged_by__isnull=False, told_on=None) & ~Q(declined_reason=""),
                name="extension_judged_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 延长 {self.days} 个工作日"


class ReasonDemand(Identified):
    """Why an applicant was asked for reasons, and what came of it (条例第三十五条)."""

    case = models.OneToOneField(
        Case, models.PROTECT, related_name="reason_demand", verbose_name="案件"
    )
    found = models.CharField("数量、频次情况", max_length=500)
    asked_on = models.DateField("告知日期")
    judged_on = models.DateField("审查日期", null=True, blank=True)
    accepted = models.BooleanField("理由合理", null=True, blank=True)
    finding = models.CharField("审查意见", max_length=500, blank=True)
    delayed_until = models.DateField("延迟答复至", null=True, blank=True)

    class Meta:
        verbose_name = "说明理由"
        constraints = [
            models.CheckConstraint(
                condition=Q(judged_on=None, accepted=None, finding="")
                | Q(judged_on__isnull=False, accepted__isnull=False) & ~Q(finding=""),
                name="reason_judged_whole",
            ),
            models.CheckConstraint(
                condition=Q(delayed_until=None) | Q(accepted=True),
                name="reason_delayed_when_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 说明理由"


class Assignment(Identified):
    """What a unit or a person is to find out for a case, until an internal day of the office's own."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments", verbose_name="案件")
    unit = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交办单位"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交办人员"
    )
    task = models.CharField("交办事项", max_length=500)
    due_on = models.DateField("内部期限")
    assigned_on = models.DateField("交办日期")
    assigned_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="交办人")
    chased = models.PositiveIntegerField("催办次数", default=0)
    chased_on = models.DateField("最近催办日期", null=True, blank=True)
    returned_on = models.DateField("交回日期", null=True, blank=True)
    returned_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交回人"
    )
    nil = models.BooleanField("没有相关信息", null=True, blank=True)
    answer = models.CharField("办理情况", max_length=1000, blank=True)

    class Meta:
        verbose_name = "交办"
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, person__isnull=False) | Q(unit__isnull=False, person=None),
                name="assignment_to_unit_or_person",
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None, returned_by=None, nil=None, answer="")
                | Q(returned_on__isnull=False, returned_by__isnull=False, nil__isnull=False)
                & ~Q(answer=""),
                name="assignment_returned_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 交办"


class ReturnedFile(Identified):
    """A file a unit gave back with what it found, name and bytes sealed together.

    *title* says in the open what it is, and nobody's name. *enclosure*: what became of it once an officer took
    it over for the applicant. Emptied when it is destroyed.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="files", verbose_name="交办"
    )
    title = models.CharField("文件名称", max_length=100)
    kind = models.CharField(
        "格式", max_length=8, choices=[(kind.value, title) for kind, title in TITLES.items()]
    )
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64)
    added_on = models.DateField("交回日期")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="交回人")
    enclosure = models.OneToOneField(
        "foi.Enclosure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="returned_as",
        verbose_name="给申请人的文件",
    )
    ciphertext = models.BinaryField("文件密文", blank=True)
    key_id = models.CharField("密钥编号", max_length=20, blank=True)
    alg = models.CharField("算法", max_length=20, blank=True)

    class Meta:
        verbose_name = "交回的文件"
        ordering = ["assignment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "sha256"], name="returned_file_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ReplyDraft(Identified):
    """A reply as one person wrote it, with the hash others sign. A changed draft is another row."""

    class State(models.TextChoices):
        OPEN = "open", "待签"
        TAKEN_BACK = "taken_back", "撤回"
        SENT_BACK = "sent_back", "退回"
        SIGNED = "signed", "已签发"

    case = models.ForeignKey(Case, models.PROTECT, related_name="drafts", verbose_name="案件")
    outcome = models.CharField("处理结果", max_length=30)
    content_text = models.TextField("拟稿内容")
    sha256 = models.CharField("内容校验值", max_length=64)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_on = models.DateField("拟稿日期")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN)
    reason = models.CharField("退回理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "答复拟稿"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="open"), name="draft_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent_back") | ~Q(reason=""), name="draft_sent_back_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 拟稿"


class Signature(Identified):
    """One approval of exactly the bytes of a draft, by somebody who did not write it."""

    class Kind(models.TextChoices):
        SECRECY = "secrecy", "保密审查"
        LEGALITY = "legality", "合法性审核"
        HEAD = "head", "签发"

    draft = models.ForeignKey(
        ReplyDraft, models.PROTECT, related_name="signatures", verbose_name="拟稿"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    sha256 = models.CharField("内容校验值", max_length=64)
    drafter = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="拟稿人")
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="签署人")
    signed_at = models.DateTimeField("签署时间")
    opinion = models.CharField("意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "签署"
        constraints = [
            models.UniqueConstraint(fields=["draft", "kind"], name="signature_each_once"),
            models.UniqueConstraint(fields=["draft", "signed_by"], name="signature_one_a_person"),
            models.CheckConstraint(
                condition=~Q(signed_by=F("drafter")), name="signature_not_by_the_drafter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.get_kind_display()}"


class TakenForm(Identified):
    """A form of a step that was sent and taken. The same form sent once more takes no second step."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="案件")
    form_key = models.CharField("表单编号", max_length=32, unique=True)
    step = models.CharField("步骤", max_length=30)
    at = models.DateTimeField("提交时间")
    by_uid = models.UUIDField("提交人编号")

    class Meta:
        verbose_name = "已提交的表单"

    def __str__(self) -> str:
        return f"{self.case} {self.step}"
