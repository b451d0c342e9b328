"""A job as people see it, the workers that do them, and what is due by the clock."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.audit.identity import Identified
from gongkai.people.models import Person


class State(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "没有办成"
    STOPPED = "stopped", "已停止"


UNDER_WAY = (State.QUEUED, State.RUNNING)


class Job(Identified):
    """One piece of work. `asked_by` is None where the program itself asked; `agency` where it is for all.

    While it runs, (`worker`, `tries`) says whose it is: whoever no longer matches may not write to it.
    """

    kind = models.CharField("种类", max_length=60)
    title = models.CharField("名称", max_length=100)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发起人"
    )
    arguments = models.JSONField("参数", default=dict, blank=True)
    only = models.CharField("同时只办一件", max_length=60, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    done_n = models.PositiveIntegerField("已办", default=0)
    total_n = models.PositiveIntegerField("共", default=0)
    what = models.CharField("正在办", max_length=200, blank=True)
    reason = models.TextField("原因", blank=True)
    result = models.TextField("结果", blank=True)
    result_address = models.CharField("结果网址", max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField("第几次", default=0)
    worker = models.CharField("办理进程", max_length=100, blank=True)
    beat_at = models.DateTimeField("最近一次报到", null=True, blank=True)
    stop_asked_at = models.DateTimeField("要求停止的时间", null=True, blank=True)
    created_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    next_try_at = models.DateTimeField("下次重试", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "后台工作"
        indexes = [
            models.Index(fields=["state", "beat_at"], name="job_by_state"),
            models.Index(fields=["asked_by", "created_at"], name="job_by_asker"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["only"],
                condition=models.Q(state__in=["queued", "running"]) & ~models.Q(only=""),
                name="job_one_of_its_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(reason=""),
                name="job_failed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="running")
                | ~models.Q(worker="") & models.Q(beat_at__isnull=False),
                name="job_running_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running"], finished_at=None)
                | models.Q(state__in=["done", "failed", "stopped"], finished_at__isnull=False),
                name="job_ended_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.get_state_display()}）"


class TaskWorker(models.Model):
    """A process that does jobs, and when it was last heard of."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField("名称", max_length=100, unique=True)
    started_at = models.DateTimeField("启动时间")
    beat_at = models.DateTimeField("最近一次报到")

    class Meta:
        verbose_name = "任务进程"

    def __str__(self) -> str:
        return self.name


class Recurring(models.Model):
    """What is done again and again: whoever moves `next_run` on starts it, and nobody else."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField("名称", max_length=60, unique=True)
    every = models.PositiveIntegerField("间隔（秒）")
    next_run = models.DateTimeField("下一次")

    class Meta:
        verbose_name = "定时工作"

    def __str__(self) -> str:
        return self.name
