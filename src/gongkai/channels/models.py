"""One showing: an approved edition on one channel, from a day on; what there differs is a finding."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.documents.models import Blob, Edition
from gongkai.people.models import Person


class Channel(models.TextChoices):
    """Where it was shown. The site itself is the publication, and no row here."""

    WECHAT = "wechat", "微信公众号"
    WEIBO = "weibo", "微博"
    BOARD = "board", "公告栏"
    EVENT = "event", "政策宣讲"
    PRESS = "press", "报刊、广播、电视"


class Audience(models.TextChoices):
    """Who was there when a policy was explained."""

    RESIDENTS = "residents", "村民、居民"
    ENTERPRISES = "enterprises", "企业"
    FARMERS = "farmers", "种养大户、合作社"
    STUDENTS = "students", "学生"
    ELDERLY = "elderly", "老年人"
    STAFF = "staff", "机关和基层工作人员"
    OTHER = "other", "其他"


class Settlement(models.TextChoices):
    """What became of a text that differs."""

    CORRECTED = "corrected", "已在该渠道改正"
    TAKEN_DOWN = "taken_down", "已从该渠道删除"
    HARMLESS = "harmless", "节选、署名或排版不同，意思不变"


class PolicyEvent(Identified):
    """政策宣讲: a day and a place where documents were explained to people."""

    title = models.CharField("名称", max_length=120)
    audience = models.PositiveIntegerField("到场人数")
    kinds = models.CharField("听众", max_length=120)  # codes of Audience, commas between

    class Meta:
        verbose_name = "政策宣讲"

    def __str__(self) -> str:
        return self.title

    @property
    def listeners(self) -> str:
        """The kinds of listeners, as read."""
        return "、".join(Audience(code).label for code in self.kinds.split(",") if code)


class Showing(Identified):
    """An approved edition on a channel. *place*: the board, the hall, the account or the paper.

    *text* is what a reader saw there, pasted; *differences* how many paragraphs of it are not as
    approved (0: the same; null: nothing was pasted). *unit*: another one than the text's, which was asked to carry it. A row entered by mistake is struck, not deleted.
    """

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="showings", verbose_name="版本"
    )
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices)
    place = models.CharField("地点、账号或者媒体", max_length=120)
    unit = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="由哪个单位"
    )
    from_on = models.DateField("起始日期")
    to_on = models.DateField("结束日期", null=True, blank=True)
    address = models.URLField("网址", max_length=500, blank=True)
    text = models.TextField("该渠道的文字", blank=True)
    differences = models.PositiveIntegerField("不同之处", null=True, blank=True)
    photo = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="照片"
    )
    photo_name = models.CharField("照片文件名", max_length=120, blank=True)
    event = models.ForeignKey(
        PolicyEvent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="showings",
        verbose_name="宣讲",
    )
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")
    settlement = models.CharField("处理结果", max_length=10, choices=Settlement.choices, blank=True)
    settled_why = models.CharField("处理说明", max_length=300, blank=True)
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    struck_why = models.CharField("误登说明", max_length=300, blank=True)
    struck_at = models.DateTimeField("误登时间", null=True, blank=True)

    class Meta:
        verbose_name = "渠道发布记录"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")),
                name="showing_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(channel="event", event__isnull=False)
                | ~models.Q(channel="event") & models.Q(event=None),
                name="showing_event_is_told",
            ),
            models.CheckConstraint(
                condition=models.Q(settlement="", settled_at=None)
                | ~models.Q(settlement="") & models.Q(differences__gt=0, settled_at__isnull=False),
                name="showing_settled_finding",
            ),
            models.CheckConstraint(
                condition=models.Q(struck_why="", struck_at=None)
                | ~models.Q(struck_why="") & models.Q(struck_at__isnull=False),
                name="showing_struck_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["channel", "from_on"], name="showing_by_channel")]

    def __str__(self) -> str:
        return f"{self.edition} {self.channel} {self.from_on}"

    @property
    def is_open_finding(self) -> bool:
        """Whether what was shown differs and nobody has dealt with it."""
        return bool(self.differences) and not self.settlement and self.struck_at is None
