"""When a sealed edition is to go out by itself. Until then nothing of it is public, its files neither."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.audit.identity import Identified
from gongkai.documents.models import Edition
from gongkai.people.models import Person


class PlanEnding(models.TextChoices):
    """What became of a plan."""

    PUBLISHED = "published", "已发布"
    MOVED = "moved", "改期"
    CANCELLED = "cancelled", "取消"


class Plan(Identified):
    """A day and minute at which an edition is to be published. `pending` is true until it has come to something.

    A plan that is moved ends, with the reason, and another begins. *fault*: why it was not published when it was due.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="plans", verbose_name="版本")
    due_at = models.DateTimeField("计划发布时间")
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="安排人")
    made_at = models.DateTimeField("安排时间")
    pending = models.BooleanField("等待中", null=True, default=True)
    ending = models.CharField("结果", max_length=10, choices=PlanEnding.choices, blank=True)
    reason = models.CharField("改期或取消的理由", max_length=300, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    fault = models.CharField("到时没有发布的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "计划发布"
        constraints = [
            models.UniqueConstraint(fields=["edition", "pending"], name="plan_one_pending"),
            models.CheckConstraint(
                condition=Q(pending=True, ending="", ended_at=None)
                | (Q(pending=None, ended_at__isnull=False) & ~Q(ending="")),
                name="plan_pending_or_ended",
            ),
            models.CheckConstraint(
                condition=~Q(ending__in=("moved", "cancelled")) | ~Q(reason=""),
                name="plan_changed_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(pending=True), name="plan_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.due_at:%Y-%m-%d %H:%M}"
