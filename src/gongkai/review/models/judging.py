"""Submission: an edition on its way. Verdict: what one person said of its bytes. Seal: all have approved."""

from __future__ import annotations

from django.db import models

from gongkai.audit.identity import Identified
from gongkai.documents.models import Document, Edition
from gongkai.people.models import Person
from gongkai.review.models.chains import Chain, StageKind


class State(models.TextChoices):
    """Where a submission stands: what its verdicts, its seal or its author have made of it."""

    OPEN = "open", "审核中"
    SEALED = "sealed", "已签封"
    REJECTED = "rejected", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class Word(models.TextChoices):
    APPROVE = "approve", "通过"
    REJECT = "reject", "退回"


class Submission(Identified):
    """One edition handed to its reviewers, once. What is not approved goes on as the next edition.

    *passed*: how many stages of the chain have approved; with *state* it says whose turn it is.
    """

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="submission", verbose_name="版本"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="submissions", verbose_name="文档"
    )
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="+", verbose_name="审核流程")
    submitted_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="送审人"
    )
    at = models.DateTimeField("送审时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    passed = models.PositiveSmallIntegerField("已通过几级", default=0)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "送审"
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(state="open"), name="submission_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at=None)
                | ~models.Q(state="open") & models.Q(ended_at__isnull=False),
                name="submission_open_or_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(state="withdrawn") & ~models.Q(withdrawn_reason="")
                | ~models.Q(state="withdrawn") & models.Q(withdrawn_reason=""),
                name="submission_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "passed"], name="submission_whose_turn")]

    def __str__(self) -> str:
        return f"{self.edition} {self.get_state_display()}"

    @property
    def rejection(self) -> Verdict | None:
        """By which verdict it was sent back, None where it was not."""
        return next((one for one in self.verdicts.all() if one.verdict == Word.REJECT), None)


class Verdict(Identified):
    """What one reviewer said at one stage, signed over the hash of the bytes read. Written once.

    *approver_person* and *approved_stage* repeat the reviewer and the stage of an approval and are null
    otherwise, so that plain unique constraints refuse two stages by one person, and one stage twice.
    *author_person* is copied, so that a plain check refuses a reviewer who wrote the text.
    *device* is a keyed hash of address and device: it tells two verdicts from one desk, and nothing else.
    """

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="verdicts", verbose_name="送审"
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="verdicts", verbose_name="版本"
    )
    stage = models.CharField("审核环节", max_length=10, choices=StageKind.choices)
    verdict = models.CharField("意见", max_length=8, choices=Word.choices)
    reviewer_person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="审核人"
    )
    author_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="作者")
    approver_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="通过人"
    )
    approved_stage = models.CharField(  # noqa: DJ001  # null is what the unique constraint passes over
        "通过的环节", max_length=10, choices=StageKind.choices, null=True, blank=True
    )
    edition_sha256 = models.CharField("所审字节的哈希", max_length=64)
    reason = models.CharField("理由", max_length=1000, blank=True)
    paragraph = models.PositiveIntegerField("第几段", null=True, blank=True)
    device = models.CharField("设备的哈希", max_length=64, blank=True)
    at = models.DateTimeField("时间")
    loan = models.ForeignKey(
        "review.Loan", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="借用"
    )

    class Meta:
        verbose_name = "审核意见"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reviewer_person=models.F("author_person")),
                name="verdict_not_by_the_author",
            ),
            models.UniqueConstraint(
                fields=["edition", "approver_person"], name="verdict_one_stage_a_person"
            ),
            models.UniqueConstraint(
                fields=["edition", "approved_stage"], name="verdict_stage_approved_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    verdict="approve",
                    approver_person__isnull=False,
                    approved_stage__isnull=False,
                    approver_person=models.F("reviewer_person"),
                    approved_stage=models.F("stage"),
                )
                | models.Q(verdict="reject", approver_person=None, approved_stage=None)
                & ~models.Q(reason=""),
                name="verdict_approved_by_its_reviewer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}{self.get_verdict_display()}"


class Seal(Identified):
    """A complete chain of approvals over the bytes whose hash is *sha256*."""

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="seal", verbose_name="版本"
    )
    sha256 = models.CharField("哈希", max_length=64)
    stages = models.PositiveSmallIntegerField("审核级数")
    sealed_at = models.DateTimeField("签封时间")

    class Meta:
        verbose_name = "签封"

    def __str__(self) -> str:
        return self.sha256
