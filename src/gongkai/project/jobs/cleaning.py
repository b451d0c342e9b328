"""What has served its time: sessions that are over, finished rows of the task queue, routine jobs."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore

from gongkai.jobs.kinds import Arguments, Outcome
from gongkai.jobs.schedule.actions import forget_finished
from gongkai.jobs.work.progress import Progress


def clean(arguments: Arguments, progress: Progress) -> Outcome:
    """Remove them. What persons asked for stays: it is part of what they did."""
    progress.step(0, 2, "过期的会话")
    SessionStore.clear_expired()
    progress.step(1, 2, "办完的任务记录")
    gone = forget_finished()
    return Outcome(f"清理了过期的会话和 {gone} 条任务记录。")
