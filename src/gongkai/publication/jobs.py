"""The pages' background work: what is due is written, and every night each file is compared."""

from __future__ import annotations

from datetime import time, timedelta

from gongkai.jobs.errors import JobFailed
from gongkai.jobs.kinds import Arguments, Outcome, register
from gongkai.jobs.recurring import repeat
from gongkai.jobs.work.progress import Progress
from gongkai.publication.actions.alerting import SHOWN_ON, TURN_ALERT
from gongkai.publication.actions.asking import ask_for_the_day, ask_soon
from gongkai.publication.actions.finding import mend_index
from gongkai.publication.actions.planning import STEP, publish_due
from gongkai.publication.actions.rebuilding import ask_for_the_frame
from gongkai.publication.actions.writing import WRITE, mend, write_all_due

VERIFY = "publication.verify"
DAY = "publication.day"
FRAME = "publication.frame"
PLANNED = "publication.planned"
_SHOWN = 50


def write_pages(arguments: Arguments, progress: Progress) -> Outcome:
    """Write what is due."""
    written, failed = write_all_due(lambda done, total: progress.step(done, total, "写网页"))
    if failed:
        raise JobFailed(f"{failed} 个网页没有写成，原因见系统日志；磁盘可能已满。", again=True)
    return Outcome(f"写了 {written} 个网页。")


def turn_the_day(arguments: Arguments, progress: Progress) -> Outcome:
    """Write anew what a new day changes: a name that begins today, a rule, what "now" counts."""
    ask_for_the_day()
    return write_pages(arguments, progress)


def turn_alert(arguments: Arguments, progress: Progress) -> Outcome:
    """Show an alert whose time has come, or take away one whose time is over."""
    ask_soon(SHOWN_ON)
    return write_pages(arguments, progress)


def renew_frame(arguments: Arguments, progress: Progress) -> Outcome:
    """Write every page anew when the frame of all has changed: another name, foot, or program."""
    pages = ask_for_the_frame(lambda done, total: progress.step(done, total, "安排重写"))
    if not pages:
        return Outcome("页框没有变化。")
    outcome = write_pages(arguments, progress)
    return Outcome(f"页框有变化，重写 {pages} 个网页。{outcome.text}")


def verify_pages(arguments: Arguments, progress: Progress) -> Outcome:
    """Compare every file with what it should be, and mend it."""
    mended = mend(lambda done, total, what: progress.step(done, total, what))
    if mended.failed:
        raise JobFailed(mended.said, again=True)
    return Outcome("\n".join([mended.said, *mended.found[:_SHOWN], _mended_index()]))


def _mended_index() -> str:
    """Bring the index back to what is public; say what was wrong with it."""
    mended = mend_index()
    if not mended.missing and not mended.surplus:
        return "检索索引与台账一致。"
    return f"检索索引缺 {mended.missing} 条、多 {mended.surplus} 条，已改正。"


def publish_planned(arguments: Arguments, progress: Progress) -> Outcome:
    """Publish what is planned for now."""
    done, failed = publish_due()
    return Outcome(
        f"按计划发布 {done} 件" + (f"，{failed} 件没有发出，原因见“计划发布”。" if failed else "。")
    )


register(WRITE, "写网页", write_pages, most_tries=5)
register(DAY, "换日：更新随日期变动的网页", turn_the_day, most_tries=5, alone=True)
register(TURN_ALERT, "紧急公告到时", turn_alert, most_tries=5)
register(FRAME, "页框有变化时重写全部网页", renew_frame, most_tries=5, alone=True)
register(VERIFY, "核对全部网页", verify_pages, most_tries=2, alone=True)
register(PLANNED, "按计划发布", publish_planned, most_tries=1, alone=True)
repeat(PLANNED, every=STEP, at=time(0, 0))
repeat(WRITE, every=timedelta(minutes=10), at=time(0, 0))  # what a killed process left
repeat(DAY, every=timedelta(days=1), at=time(0, 15))  # the heads of the log are out by then
repeat(FRAME, every=timedelta(hours=1), at=time(0, 40))
repeat(VERIFY, every=timedelta(days=1), at=time(2, 30))
