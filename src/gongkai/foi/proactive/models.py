"""What requests had in common, in an officer's words, and what was decided about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.documents.models import Document
from gongkai.foi.models import Case
from gongkai.people.models import Person


class Topic(Identified):
    """Information that was asked for, named by an officer: what applicants wrote stays sealed.

    *document* is the item it became, *reason* why it did not.
    """

    class State(models.TextChoices):
        OPEN = "open", "尚未研究"
        PUBLISHED = "published", "已转主动公开"
        KEPT = "kept", "不转主动公开"

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="topics", verbose_name="受理机关"
    )
    title = models.CharField("主题", max_length=60)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.OPEN)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="公开的信息"
    )
    reason = models.CharField("不转的理由", max_length=300, blank=True)
    judged_on = models.DateField("研究日期", null=True, blank=True)
    judged_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="研究人"
    )

    class Meta:
        verbose_name = "申请主题"
        constraints = [
            models.UniqueConstraint(fields=["agency", "title"], name="topic_named_once"),
            models.CheckConstraint(
                condition=Q(state="open", document=None, reason="", judged_on=None)
                | Q(state="published", document__isnull=False, reason="", judged_on__isnull=False)
                | Q(state="kept", document=None, judged_on__isnull=False) & ~Q(reason=""),
                name="topic_judged_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TopicCase(Identified):
    """A request that belongs to a topic: to one at most."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="tagged", verbose_name="主题")
    case = models.OneToOneField(
        Case, models.PROTECT, related_name="topic_tag", verbose_name="申请案件"
    )
    tagged_on = models.DateField("归入日期")
    tagged_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="归入人")

    class Meta:
        verbose_name = "主题中的申请"

    def __str__(self) -> str:
        return f"{self.topic} {self.case}"
