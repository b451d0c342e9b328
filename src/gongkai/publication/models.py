"""Publication of an edition. Nothing published disappears without an ending that says why."""

from __future__ import annotations

from django.db import models

from gongkai.audit.identity import Identified
from gongkai.documents.models import Document, Edition
from gongkai.people.models import Person
from gongkai.publication.plans import Plan, PlanEnding
from gongkai.review.models import Seal, Waiver

__all__ = [
    "Ending",
    "EndingKind",
    "Listed",
    "ListingHead",
    "PageJob",
    "Plan",
    "PlanEnding",
    "Publication",
    "WrittenPage",
]


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


class EndingKind(models.TextChoices):
    """How a publication came to its end. Nothing public stops being so without one (不变量三)."""

    SUPERSEDED = "superseded", "由新版本代替"
    WITHDRAWN = "withdrawn", "撤下"


class Ending(Identified):
    """The end of a publication: which way, why, by whom. The reason of a withdrawal is shown to the public."""

    publication = models.OneToOneField(
        Publication, models.PROTECT, related_name="ending", verbose_name="发布"
    )
    kind = models.CharField("种类", max_length=12, choices=EndingKind.choices)
    reason = models.CharField("理由", max_length=300)
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "发布的结束"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="ending_has_reason"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Listed(models.Model):
    """The place of a document in a list, for ever: lists are numbered from the oldest.

    What is withdrawn keeps its place, so that a full page of the archive never moves.
    """

    listing = models.CharField("列表", max_length=40)
    ordinal = models.PositiveIntegerField("第几条")
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="places", verbose_name="文档"
    )

    class Meta:
        verbose_name = "列表中的位置"
        constraints = [
            models.UniqueConstraint(fields=["listing", "ordinal"], name="listed_place_once"),
            models.UniqueConstraint(fields=["document", "listing"], name="listed_document_once"),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.ordinal}"


class ListingHead(models.Model):
    """How many places of a list are taken."""

    listing = models.CharField("列表", max_length=40, unique=True)
    last = models.PositiveIntegerField("已有条数", default=0)

    class Meta:
        verbose_name = "列表条数"

    def __str__(self) -> str:
        return f"{self.listing} {self.last}"


class PageJob(models.Model):
    """A page that is due: asked for in the transaction that changed what it shows.

    *token* is new with every asking: whoever writes a page finishes it only while the token is the one they saw, so
    that an older text never covers a newer one.
    """

    kind = models.CharField("页面种类", max_length=20)
    key = models.CharField("页面键", max_length=160)
    token = models.UUIDField("凭据")
    turn = models.PositiveSmallIntegerField("次序")
    asked_at = models.DateTimeField("提出时间")
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    fault = models.CharField("上次没有写成的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "待写页面"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="page_due_once"),
        ]
        indexes = [models.Index(fields=["turn", "id"], name="page_due_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class WrittenPage(models.Model):
    """What the public folder holds, as it was written: the manifest that every file is compared with."""

    path = models.CharField("路径", max_length=200, unique=True)
    kind = models.CharField("页面种类", max_length=20)
    key = models.CharField("页面键", max_length=160)
    sha256 = models.CharField("哈希", max_length=64)
    size = models.PositiveIntegerField("字节数")
    written_at = models.DateTimeField("写入时间")

    class Meta:
        verbose_name = "已写页面"

    def __str__(self) -> str:
        return self.path
