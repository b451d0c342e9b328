"""Publication of an edition. Nothing published disappears without an ending that says why."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
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
    """The end of a publication: which way, why, by whom. The reason of a withdrawal is shown to the public.

    *by_agency*: in whose name it was withdrawn. None for another end, and for what ended before it was kept.
    """

    publication = models.OneToOneField(
        Publication, models.PROTECT, related_name="ending", verbose_name="发布"
    )
    kind = models.CharField("种类", max_length=12, choices=EndingKind.choices)
    reason = models.CharField("理由", max_length=300)
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")
    by_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="撤下的机关",
    )
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

    listing = models.CharField("列表", max_length=50)
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
    """How many places of a list are taken, and when something last appeared in it, new or in a new edition."""

    listing = models.CharField("列表", max_length=50, unique=True)
    last = models.PositiveIntegerField("已有条数", default=0)
    updated_at = models.DateTimeField("最近更新", null=True, blank=True)

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


class Alert(Identified):
    """Two plain lines on every page of the site for a while: an emergency people have to know of at once."""

    headline = models.CharField("标题", max_length=40)
    text = models.CharField("说明", max_length=120)
    begins_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="发布人")
    raised_at = models.DateTimeField("发布时间")
    lowered_at = models.DateTimeField("提前结束时间", null=True, blank=True)
    lowered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结束人"
    )

    class Meta:
        verbose_name = "紧急公告"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins_at__lt=models.F("ends_at")), name="alert_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(lowered_at=None, lowered_by=None)
                | models.Q(lowered_at__isnull=False, lowered_by__isnull=False),
                name="alert_lowered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.headline


class RedirectKind(models.TextChoices):
    """Why an address leads elsewhere."""

    MOVED = "moved", "改址"
    MERGED = "merged", "并入"
    LEGACY = "legacy", "旧网站的网址"


class Redirect(Identified):
    """An old address that leads to a present one, for ever: what was once an address is never another page's."""

    path = models.CharField("旧网址", max_length=180, unique=True)
    target = models.CharField("新网址", max_length=180)
    kind = models.CharField("种类", max_length=8, choices=RedirectKind.choices)
    reason = models.CharField("理由", max_length=300)
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "网址转向"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(path=models.F("target")), name="redirect_leads_elsewhere"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="redirect_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.path} → {self.target}"


class Expunging(Identified):
    """The destruction of a document's bytes by two persons, because publishing them broke the law.

    The hashes of what was destroyed, the reason, who and when are kept (不变量三).
    """

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="expunging", verbose_name="文档"
    )
    reason = models.CharField("理由", max_length=300)
    basis = models.CharField("依据", max_length=200)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)

    class Meta:
        verbose_name = "彻底删除"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(basis=""), name="expunging_explained"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None, approved_at=None)
                | models.Q(approved_at__isnull=False)
                & ~models.Q(approved_by=models.F("proposed_by")),
                name="expunging_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.get_state()}"

    def get_state(self) -> str:
        return "已彻底删除" if self.approved_at else "待批准"


class Rebuild(Identified):
    """A frame of all pages that came after another: its fingerprint, and how many pages it asked for."""

    fingerprint = models.CharField("页框指纹", max_length=64)
    pages = models.PositiveIntegerField("页数")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "页框更新"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.pages}"
