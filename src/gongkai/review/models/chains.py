"""Chain: who must read what before it goes out, from a day on. Stage: one of them, in its place."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.documents.models import Kind


class StageKind(models.TextChoices):
    """What a stage looks at. 保密审查 is signed for by itself (条例第十七条)."""

    SECRECY = "secrecy", "保密审查"
    FIRST = "first", "初审"
    SECOND = "second", "复审"
    FINAL = "final", "终审"
    LEGALITY = "legality", "合法性审核"


class Chain(Identified):
    """The stages of an agency and a kind of document from *since* on.

    No *agency*: the county's, inherited by every agency without its own. Blank *kind*: every kind.
    Nothing is changed: another chain takes over from its day, of two of one day the later recorded.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    kind = models.CharField("文档种类", max_length=16, choices=Kind.choices, blank=True)
    since = models.DateField("启用日期")
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "审核流程"
        constraints = [
            models.CheckConstraint(condition=~models.Q(basis=""), name="chain_has_basis")
        ]

    def __str__(self) -> str:
        return f"{self.agency or '全县'} {self.get_kind_display() or '各类'} {self.since}"


class Stage(Identified):
    """The *n*-th stage of a chain."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="stages", verbose_name="审核流程")
    n = models.PositiveSmallIntegerField("第几级")
    kind = models.CharField("审核环节", max_length=10, choices=StageKind.choices)

    class Meta:
        verbose_name = "审核环节"
        ordering = ["chain", "n"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "n"], name="stage_numbered_once"),
            models.UniqueConstraint(fields=["chain", "kind"], name="stage_of_a_kind_once"),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.get_kind_display()}"
