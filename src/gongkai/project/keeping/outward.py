"""``gongkai doctor``'s questions about what happens without anybody looking: jobs, mail, public files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError

from gongkai.audit.clock import now
from gongkai.inbox.queries import unsent_since
from gongkai.jobs.queries import failed_since, last_beat, waiting_since
from gongkai.project.keeping.health import Finding, Level

_PATIENCE = timedelta(minutes=5)
"""A job may wait so long while no worker is heard of: a restart takes less."""
_LATELY = timedelta(weeks=1)


def outward_findings() -> Iterator[Finding]:
    """Yield them; a database that does not answer is told of elsewhere."""
    present = now()
    try:
        yield workers(present, waiting_since(present), last_beat())
        yield failures(failed_since(present - _LATELY))
        yield mail(unsent_since(present - _LATELY))
    except DatabaseError:
        return
    yield public_folder(settings.PUBLIC)


def workers(present: datetime, waiting: datetime | None, beat: datetime | None) -> Finding:
    """Whether somebody does the jobs that wait."""
    silent = beat is None or present - beat > _PATIENCE
    advice = "运行 gongkai serve（不加 --no-tasks），或者另行运行 gongkai work"
    if waiting is not None and silent and present - waiting > _PATIENCE:
        minutes = int((present - waiting).total_seconds() // 60)
        return Finding(
            "任务进程", Level.BAD, f"后台工作已等了 {minutes} 分钟，没有任务进程", advice
        )
    if silent:
        return Finding("任务进程", Level.WATCH, "没有在运行；现在没有等着的工作", advice)
    return Finding("任务进程", Level.GOOD, "在运行")


def failures(count: int) -> Finding:
    """How much went wrong lately and still stands."""
    if count:
        said = f"七天内有 {count} 件没有办成"
        return Finding("后台工作", Level.WATCH, said, "在工作台“后台工作”里看原因，处理后重试")
    return Finding("后台工作", Level.GOOD, "七天内没有办不成的")


def mail(unsent: int) -> Finding:
    """Whether the mail server can be reached, and whether letters have failed lately."""
    if not settings.MAIL:
        return Finding("邮件", Level.GOOD, "没有设置，消息只在站内")
    advice = "核对 GONGKAI_MAIL_URL 和口令文件，处理后在“后台工作”里重试"
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except OSError as wrong:  # smtplib's own errors are OSErrors as well
        said = f"连不上邮件服务器（{type(wrong).__name__}）"
        return Finding("邮件", Level.BAD, said, advice)
    if unsent:
        return Finding("邮件", Level.WATCH, f"七天内有 {unsent} 封没有发出", advice)
    return Finding("邮件", Level.GOOD, "邮件服务器有应答")


def public_folder(folder: Path) -> Finding:
    """How large the public folder is, and whether it can be written."""
    if not folder.is_dir():
        return Finding("公开目录", Level.WATCH, "还没有", "第一次运行 gongkai serve 时建立")
    count, size = 0, 0
    for here, _, names in os.walk(folder):
        for name in names:
            count += 1
            size += os.lstat(os.path.join(here, name)).st_size  # noqa: PTH118  # a million files
    said = f"{count} 个文件，{size / 1e6:.1f} MB"
    if not os.access(folder, os.W_OK):
        return Finding("公开目录", Level.BAD, f"{said}，写不进去", f"核对 {folder} 的属主和权限")
    return Finding("公开目录", Level.GOOD, said)
