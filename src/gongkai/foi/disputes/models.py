"""What happened in a dispute, and the case a decision orders to be answered again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.audit.identity import Identified
from gongkai.foi.models import Case, Dispute


class DisputeStep(Identified):
    """One thing that happened in a dispute. Appended, never changed.

    *arrived_on* is the day the decision or judgment reached the agency, *paper* its 文号: never a name.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "受理"
        RESPONDED = "responded", "提交答复（答辩）和证据"
        HEARING = "hearing", "听取意见、听证或者开庭"
        EXTENDED = "extended", "复议机关延长审理期限"
        DECIDED = "decided", "作出决定或者裁判"
        WITHDRAWN = "withdrawn", "申请人撤回"

    dispute = models.ForeignKey(
        Dispute, models.PROTECT, related_name="steps", verbose_name="复议诉讼"
    )
    kind = models.CharField("事项", max_length=10, choices=Kind.choices)
    on = models.DateField("日期")
    arrived_on = models.DateField("收到文书日期", null=True, blank=True)
    paper = models.CharField("文书文号", max_length=80, blank=True)
    result = models.CharField("结果", max_length=1, choices=Dispute.Result.choices, blank=True)
    at = models.DateTimeField("记录时间")
    by_uid = models.UUIDField("记录人编号")
    by_name = models.CharField("记录人", max_length=100)

    class Meta:
        verbose_name = "复议诉讼经过"
        ordering = ["dispute", "on", "pk"]
        constraints = [
            # Two officers at once: one of them loses here. A hearing may be held more than once.
            models.UniqueConstraint(
                fields=["dispute", "kind"],
                condition=~Q(kind="hearing"),
                name="dispute_step_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute} {self.kind}"


class Redo(Identified):
    """The case opened because a decision orders the request to be answered again.

    *until*: the last day the decision itself names, where it does.
    """

    dispute = models.OneToOneField(
        Dispute, models.PROTECT, related_name="redo", verbose_name="复议诉讼"
    )
    case = models.OneToOneField(
        Case, models.PROTECT, related_name="redo_of", verbose_name="重新答复的案件"
    )
    until = models.DateField("文书写明的最后一日", null=True, blank=True)

    class Meta:
        verbose_name = "责令重作"

    def __str__(self) -> str:
        return f"{self.dispute} → {self.case}"
