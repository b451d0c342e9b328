"""Seal: approvals over exactly these bytes. Waiver: published without them, by whom and why."""

from __future__ import annotations

from django.db import models

from gongkai.audit.identity import Identified
from gongkai.documents.models import Edition
from gongkai.people.models import Person


class WaiverKind(models.TextChoices):
    """Why an edition was published without a complete chain of approvals."""

    URGENT = "urgent", "紧急发布"
    POOL = "pool", "借用审核人"
    IMPORTED = "imported", "历史数据补录"


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


class Waiver(Identified):
    """The recorded exception: who let an edition out without a seal, why, and until when it is made good."""

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="waiver", verbose_name="版本"
    )
    kind = models.CharField("种类", max_length=12, choices=WaiverKind.choices)
    approver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批准人")
    reason = models.CharField("理由", max_length=300)
    due = models.DateField("补审期限", null=True, blank=True)

    class Meta:
        verbose_name = "免审记录"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="waiver_has_reason"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
