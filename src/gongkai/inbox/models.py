"""Notifications, and how each person wants to hear of them."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class MailState(models.TextChoices):
    NONE = "none", "不发邮件"
    QUEUED = "queued", "待发"
    DIGEST = "digest", "等每日汇总"
    SENT = "sent", "已发"
    FAILED = "failed", "没有发出"


class Wish(models.TextChoices):
    AT_ONCE = "at_once", "有消息就发邮件"
    DAILY = "daily", "每天汇总发一次"
    NEVER = "never", "不发邮件，只在这里看"


class Notification(Identified):
    """One thing a person is told. Title and body say what kind of matter, whose and where, no more."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="收件人")
    kind = models.CharField("种类", max_length=60)
    title = models.CharField("标题", max_length=60)
    body = models.TextField("内容", blank=True)
    address = models.CharField("网址", max_length=300)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)
    mailed_at = models.DateTimeField("发出邮件的时间", null=True, blank=True)
    mail_state = models.CharField(
        "邮件", max_length=8, choices=MailState.choices, default=MailState.NONE
    )

    class Meta:
        verbose_name = "消息"
        indexes = [
            models.Index(
                fields=["person"], condition=models.Q(read_at=None), name="notification_unread"
            ),
            models.Index(fields=["person", "created_at"], name="notification_by_person"),
            models.Index(
                fields=["person"],
                condition=models.Q(mail_state="digest"),
                name="notification_for_digest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(mail_state="sent") | models.Q(mailed_at__isnull=False),
                name="notification_sent_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How a person wants her mail; no row means at once."""

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+", verbose_name="人员")
    mail = models.CharField("邮件", max_length=8, choices=Wish.choices, default=Wish.AT_ONCE)

    class Meta:
        verbose_name = "消息偏好"

    def __str__(self) -> str:
        return f"{self.person} {self.get_mail_display()}"
