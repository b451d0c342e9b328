"""Publication of an edition. Nothing published disappears without an ending that says why."""

from __future__ import annotations

from django.db import models

from gongkai.audit.identity import Identified
from gongkai.documents.models import Document, Edition
from gongkai.review.models import Seal, Waiver


class Publication(Identified):
    """One edition made public. `live` is true while it is the one shown, null once ended."""

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="publications", verbose_name="文档"
    )
    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="publication", verbose_name="版本"
    )
    published_at = models.DateTimeField(
        "发布时间", db_index=True
    )  # a year's count reads this index
    seq = models.PositiveIntegerField("第几次发布")
    live = models.BooleanField("在线", null=True, default=True)
    seal = models.OneToOneField(
        Seal, models.PROTECT, null=True, blank=True, related_name="publication", verbose_name="签封"
    )
    waiver = models.OneToOneField(
        Waiver,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publication",
        verbose_name="免审记录",
    )

    class Meta:
        verbose_name = "发布"
        constraints = [
            models.UniqueConstraint(fields=["document", "live"], name="publication_one_live"),
            models.UniqueConstraint(fields=["document", "seq"], name="publication_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(live=True) | models.Q(live=None),
                name="publication_live_or_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(seal=None, waiver__isnull=False)
                | models.Q(seal__isnull=False, waiver=None),
                name="publication_sealed_or_waived",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} #{self.seq}"
