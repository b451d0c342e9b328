"""A piece sent in, and what the county office made of it; an item passed on, and what each unit answered."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.channels.models import Channel, Showing
from gongkai.documents.models import Document, Edition
from gongkai.people.models import Person


class Offer(Identified):
    """信息报送: the text of an edition as it was when it was sent. Later changes of a draft do not reach it."""

    class State(models.TextChoices):
        SENT = "sent", "待办理"
        ADOPTED = "adopted", "采用"
        QUOTED = "quoted", "部分采用"
        DECLINED = "declined", "未采用"
        WITHDRAWN = "withdrawn", "已撤回"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="offers", verbose_name="版本")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="报送单位")
    title = models.CharField("标题", max_length=300)
    body = models.TextField("正文")
    note = models.CharField("附言", max_length=300, blank=True)
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="报送人")
    at = models.DateTimeField("报送时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SENT)
    reason = models.CharField("未采用的理由", max_length=300, blank=True)
    handled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    handled_at = models.DateTimeField("办理时间", null=True, blank=True)
    used_in = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="采用为"
    )

    class Meta:
        verbose_name = "信息报送"
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(state="sent"), name="offer_waits_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["adopted", "quoted"], used_in__isnull=False)
                | ~models.Q(state__in=["adopted", "quoted"]) & models.Q(used_in=None),
                name="offer_used_somewhere",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""),
                name="offer_declined_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["agency", "at"], name="offer_by_agency")]

    def __str__(self) -> str:
        return self.title


class Push(Identified):
    """同频共振: a published edition that units are asked to carry."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="pushes", verbose_name="版本")
    note = models.CharField("要求", max_length=300, blank=True)
    by_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="推送人")
    at = models.DateTimeField("推送时间")

    class Meta:
        verbose_name = "推送"

    def __str__(self) -> str:
        return f"{self.edition} {self.at}"


class Delivery(Identified):
    """One unit's part of a push: accepted, as a 转载 or on a channel, or declined with a reason."""

    class State(models.TextChoices):
        WAITING = "waiting", "待答复"
        RELAYED = "relayed", "接受，已起草转载"
        SHOWN = "shown", "接受，已在渠道发布"
        DECLINED = "declined", "不转"

    push = models.ForeignKey(Push, models.PROTECT, related_name="deliveries", verbose_name="推送")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="接收单位")
    state = models.CharField("答复", max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField("不转的理由", max_length=300, blank=True)
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices, blank=True)
    place = models.CharField("地点、账号或者媒体", max_length=120, blank=True)
    draft = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转载稿"
    )
    showing = models.OneToOneField(
        Showing,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delivery",
        verbose_name="渠道发布记录",
    )
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "推送的接收"
        constraints = [
            models.UniqueConstraint(fields=["push", "agency"], name="delivery_once_an_agency"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", answered_at=None)
                | ~models.Q(state="waiting") & models.Q(answered_at__isnull=False),
                name="delivery_answered_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""),
                name="delivery_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.push} → {self.agency}"
