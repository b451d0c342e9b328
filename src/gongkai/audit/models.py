"""Events, the head of each stream. Plain values and no foreign keys: the log outlives what it tells of."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One change, chained to the one before it in the same stream (an agency's code)."""

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField("流", max_length=64)
    seq = models.PositiveBigIntegerField("序号")
    kind = models.CharField("事件", max_length=64)
    at = models.DateTimeField("时间")
    actor_uid = models.UUIDField("操作人编号")
    actor_name = models.CharField("操作人", max_length=100)
    subject = models.CharField("对象", max_length=120)
    payload_text = models.TextField("内容")
    prev = models.CharField("前一哈希", max_length=64)
    hash = models.CharField("哈希", max_length=64)

    class Meta:
        verbose_name = "审计事件"
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_one_per_seq"),
            models.UniqueConstraint(fields=["stream", "prev"], name="event_one_successor"),
        ]
        indexes = [
            models.Index(fields=["subject"], name="event_by_subject"),  # one object's history
            models.Index(fields=["stream", "at"], name="event_by_day"),  # the head of a day
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.kind}"


class Head(models.Model):
    """The last link of a stream. Taken last in a transaction, so that it is held for an instant only."""

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField("流", max_length=64, unique=True)
    seq = models.PositiveBigIntegerField("序号")
    hash = models.CharField("哈希", max_length=64)

    class Meta:
        verbose_name = "链头"

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq}"
