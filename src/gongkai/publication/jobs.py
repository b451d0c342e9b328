"""The pages' background work: what is due is written, and every night each file is compared."""

from __future__ import annotations

from datetime import time, timedelta

from gongkai.jobs.errors import JobFailed
from gongkai.jobs.kinds import Arguments, Outcome, register
from gongkai.jobs.recurring import repeat
from gongkai.jobs.work.progress import Progress
from gongkai.publication.actions.finding import rebuild_index
from gongkai.publication.actions.planning import STEP, publish_due
from gongkai.publication.actions.writing import WRITE, mend, write_all_due
from gongkai.publication.found_by import unequal_keys

VERIFY = "publication.verify"
PLANNED = "publication.planned"
_SHOWN = 50


def write_pages(arguments: Arguments, progress: Progress) -> Outcome:
    """Write what is due."""
    written, failed = write_all_due(lambda done, total: progress.step(done, total, "写网页"))
    if failed:
        raise JobFailed(f"{failed} 个网页没有写成，原因见系统日志；磁盘可能已满。", again=True)
    return Outcome(f"写了 {written} 个网页。")


def verify_pages(arguments: Arguments, progress: Progress) -> Outcome:
    """Compare every file with what it should be, and mend it."""
    mended = mend(lambda done, total, what: progress.step(done, total, what))
    if mended.failed:
        raise JobFailed(mended.said, again=True)
    return Outcome("\n".join([mended.said, *mended.found[:_SHOWN], _mended_index()]))


def _mended_index() -> str:
    """Build the index anew where it is not what is public; say so."""
    missing, surplus = unequal_keys()
    if not missing and not surplus:
        return "检索索引与台账一致。"
    count = rebuild_index(lambda said: None)
    return f"检索索引缺 {len(missing)} 条、多 {len(surplus)} 条，已重建，现有 {count} 条。"


def publish_planned(arguments: Arguments, progress: Progress) -> Outcome:
    """Publish what is planned for now."""
    done, failed = publish_due()
    return Outcome(
        f"按计划发布 {done} 件" + (f"，{failed} 件没有发出，原因见“计划发布”。" if failed else "。")
    )


register(WRITE, "写网页", write_pages, most_tries=5)
register(VERIFY, "核对全部网页", verify_pages, most_tries=2, alone=True)
register(PLANNED, "按计划发布", publish_planned, most_tries=1, alone=True)
repeat(PLANNED, every=STEP, at=time(0, 0))
repeat(WRITE, every=timedelta(minutes=10), at=time(0, 0))  # what a killed process left
repeat(VERIFY, every=timedelta(days=1), at=time(2, 30))
