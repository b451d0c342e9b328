"""Applicant, case, events, reply, search record, dispute."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person

CLASSES = [
    ("nat", "自然人"),
    ("com", "商业企业"),
    ("res", "科研机构"),
    ("ngo", "社会公益组织"),
    ("law", "法律服务机构"),
    ("oth", "其他"),
]


class CaseKind(models.TextChoices):
    """Requests are counted in table 3; corrections (Art 41) and answers given again are not (parameters)."""

    REQUEST = "request", "政府信息公开申请"
    CORRECTION = "correction", "政府信息更正申请"
    REDO = "redo", "责令重作的重新答复"


class State(models.TextChoices):
    """The main states of a case; everything finer is a record the guards read."""

    HANDLING = "handling", "办理中"
    CORRECTING = "correcting", "待补正"
    PAYING = "paying", "待缴费"
    SIGNING = "signing", "待签发"
    DECIDED = "decided", "已作出处理决定"
    SERVED = "served", "已送达"


class Applicant(Identified):
    """Who asked. Identity is ciphertext; *digest* (keyed) tells the same applicant without reading it.

    From *purged_on* both are empty: the identity was kept as long as it may be (个人信息保护法第十九条).
    """

    klass = models.CharField("申请人类别", max_length=3, choices=CLASSES)
    ciphertext = models.BinaryField("身份信息密文")
    key_id = models.CharField("密钥编号", max_length=20, blank=True)
    alg = models.CharField("算法", max_length=20, blank=True)
    digest = models.CharField("身份摘要", max_length=64, db_index=True, blank=True)
    purged_on = models.DateField("身份信息销毁日期", null=True, blank=True)

    class Meta:
        verbose_name = "申请人"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(klass__in=[key for key, _ in CLASSES]),
                name="applicant_of_six_classes",
            ),
            models.CheckConstraint(
                condition=models.Q(purged_on=None)
                & ~models.Q(ciphertext=b"")
                & ~models.Q(key_id="")
                & ~models.Q(alg="")
                & ~models.Q(digest="")
                | models.Q(purged_on__isnull=False, ciphertext=b"", key_id="", alg="", digest=""),
                name="applicant_sealed_or_purged",
            ),
        ]

    def __str__(self) -> str:
        return self.get_klass_display()


class Case(Identified):
    """One request. The columns under *projected* are written by the fold of its events and by nothing else."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="cases", verbose_name="受理机关"
    )
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, related_name="cases", verbose_name="申请人"
    )
    number = models.CharField("受理编号", max_length=60)
    url_key = models.CharField("网址键", max_length=8, unique=True)
    kind = models.CharField("种类", max_length=12, choices=CaseKind.choices)
    channel = models.CharField("申请渠道", max_length=20)
    submitted_at = models.DateTimeField("提交时间")
    # projected
    klass = models.CharField("申请人类别", max_length=3, choices=CLASSES)
    received_on = models.DateField("收到日期")
    state = models.CharField("状态", max_length=12, choices=State.choices)
    outcome = models.CharField("处理结果", max_length=30, blank=True)
    row = models.CharField("年报行", max_length=5, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)

    class Meta:
        verbose_name = "申请案件"
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="case_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="", row="", decided_on=None)
                | ~models.Q(outcome="") & ~models.Q(row="") & models.Q(decided_on__isnull=False),
                name="case_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on=None)
                | models.Q(decided_on__gte=models.F("received_on")),
                name="case_decided_after_receipt",
            ),
        ]
        indexes = [
            # The four counts of table 3 are answered from these two without touching the rows.
            models.Index(
                fields=["kind", "received_on", "klass", "decided_on", "agency"],
                name="case_by_receipt",
            ),
            models.Index(
                fields=["kind", "decided_on", "row", "klass", "agency"], name="case_by_decision"
            ),
            # The staff list shows the newest first, whatever it is narrowed to.
            models.Index(fields=["-received_on", "-id"], name="case_newest_first"),
            # What is decided and not yet served is asked for every morning, among all that ever was.
            models.Index(
                fields=["agency", "decided_on"],
                condition=models.Q(state="decided"),
                name="case_unserved",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(Identified):
    """Something that happened to a case on a day. Appended, never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", verbose_name="案件")
    seq = models.PositiveIntegerField("序号")
    kind = models.CharField("事件", max_length=30)
    on = models.DateField("发生日期")
    at = models.DateTimeField("记录时间")
    by_uid = models.UUIDField("记录人编号")
    by_name = models.CharField("记录人", max_length=100)
    payload_text = models.TextField("内容")

    class Meta:
        verbose_name = "案件事件"
        ordering = ["case", "seq"]
        constraints = [
            # Two officers at once: one of them loses here.
            models.UniqueConstraint(fields=["case", "seq"], name="case_event_one_per_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"


class SearchRecord(Identified):
    """Where and how information was looked for; without one, 不存在 cannot be answered (条例第三十六条第四项)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="searches", verbose_name="案件")
    system = models.CharField("检索系统或场所", max_length=100)
    scope = models.CharField("检索范围", max_length=200)
    terms = models.CharField("检索词", max_length=200)
    result = models.CharField("检索结果", max_length=200)
    custodians = models.CharField("保管部门或人员", max_length=200, blank=True)
    searched_on = models.DateField("检索日期")
    searched_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="检索人")

    class Meta:
        verbose_name = "检索记录"

    def __str__(self) -> str:
        return f"{self.case} {self.system}"


class Reply(Identified):
    """The decision on a case, in the vocabulary of its time."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="reply", verbose_name="案件")
    outcome = models.CharField("处理结果", max_length=30)
    vocabulary_version = models.CharField("结果词表版本", max_length=20)
    decided_on = models.DateField("决定日期")
    grounds_text = models.TextField("理由与依据")

    class Meta:
        verbose_name = "答复"

    def __str__(self) -> str:
        return f"{self.case} {self.outcome}"


class Dispute(Identified):
    """A reconsideration or suit over a case; table 4 counts those alive in the year.

    *organ* is who hears it, *copied_on* when the copy of the application came: the answer is due from then.
    *after*: the reconsideration a suit follows. *asked*, what the applicant claims, is sealed: it names people.
    What an old register did not say is empty.
    """

    class Kind(models.TextChoices):
        REVIEW = "rev", "行政复议"
        DIRECT = "dir", "未经复议直接起诉"
        AFTER_REVIEW = "aft", "复议后起诉"

    class Result(models.TextChoices):
        MAINTAINED = "m", "结果维持"
        CORRECTED = "c", "结果纠正"
        OTHER = "o", "其他结果"

    class Procedure(models.TextChoices):
        ORDINARY = "ordinary", "普通程序"
        SIMPLE = "simple", "简易程序"

    case = models.ForeignKey(Case, models.PROTECT, related_name="disputes", verbose_name="案件")
    kind = models.CharField("种类", max_length=3, choices=Kind.choices)
    number = models.CharField("案号", max_length=80)
    filed_on = models.DateField("受理日期", db_index=True)
    result = models.CharField("结果", max_length=1, choices=Result.choices, blank=True)
    concluded_on = models.DateField("审结日期", null=True, blank=True)
    organ = models.CharField("复议机关或者法院", max_length=100, blank=True)
    procedure = models.CharField("程序", max_length=8, choices=Procedure.choices, blank=True)
    copied_on = models.DateField("收到副本日期", null=True, blank=True)
    after = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="suits",
        null=True,
        blank=True,
        verbose_name="此前的复议",
    )
    asked = models.BinaryField("请求事项密文", default=b"", blank=True)
    asked_key = models.CharField("请求事项密钥编号", max_length=20, blank=True)
    asked_alg = models.CharField("请求事项算法", max_length=20, blank=True)

    class Meta:
        verbose_name = "复议诉讼"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="dispute_entered_once"),
            models.CheckConstraint(
                condition=models.Q(result="", concluded_on=None)
                | ~models.Q(result="") & models.Q(concluded_on__isnull=False),
                name="dispute_concluded_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(after=None) | models.Q(kind="aft"),
                name="dispute_after_a_review",
            ),
        ]

    def __str__(self) -> str:
        return self.number


# Django reads the models of a room from this module; these look up to the ones above.
from gongkai.foi.charging import models as charging_models  # noqa: E402, F401
from gongkai.foi.disputes import models as dispute_models  # noqa: E402, F401
from gongkai.foi.handling import models as handling_models  # noqa: E402, F401
from gongkai.foi.issuing import models as issuing_models  # noqa: E402, F401
from gongkai.foi.proactive import models as proactive_models  # noqa: E402, F401
from gongkai.foi.receiving import models as receiving_models  # noqa: E402, F401
from gongkai.foi.resembling import models as resembling_models  # noqa: E402, F401
from gongkai.foi.serving import models as serving_models  # noqa: E402, F401
from gongkai.foi.statistics import models as statistics_models  # noqa: E402, F401
