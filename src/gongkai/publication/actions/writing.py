"""Writing what is due, and bringing the whole folder back to what it should be."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.audit import clock
from gongkai.documents import blobs
from gongkai.documents.queries import undestroyed_files
from gongkai.jobs import actions as jobs
from gongkai.jobs.identity import CLOCKWORK
from gongkai.publication.actions.hands import ALONE, Hands
from gongkai.publication.actions.pages import (
    Written,
    ask_for,
    drop,
    forget_page,
    note_fault,
    prepare_page,
    prepare_pages,
    settle_pages,
    sweep,
)
from gongkai.publication.models import PageJob
from gongkai.publication.pages import kinds
from gongkai.publication.pages.upkeep import Say, differences

logger = logging.getLogger(__name__)

WRITE = "publication.pages"
_MOST_TRIES = 5
_AT_ONCE = 100
_ABANDONED = 24 * 3600  # seconds after which a waiting file belongs to no living process


def begin_writing() -> None:
    """Have the worker write what is due. A job still waiting in the queue will see it as well."""
    jobs.start_once(WRITE, by=CLOCKWORK)


def write_all_due(told: Callable[[int, int], None], by: Hands = ALONE) -> tuple[int, int]:
    """Write due pages, the most urgent first, until none is left; return (written, failed).

    A page that cannot be written does not hold up the others; after some tries it waits for the next round.
    """
    written, failed = 0, set[int]()
    while True:
        waiting = PageJob.objects.filter(tries__lt=_MOST_TRIES).exclude(pk__in=failed)
        batch = list(waiting.order_by("turn", "pk")[: _AT_ONCE * by.batches])
        if not batch:
            return written, len(failed)
        told(written, written + waiting.count())
        for done, wrong in by.each(write_batch, _parts(batch)):
            written += done
            failed |= wrong


def write_batch(batch: Sequence[PageJob]) -> tuple[int, set[int]]:
    """Write the pages of *batch* and show them together; return how many, and the keys of those that failed."""
    ready = [page for some in _by_kind(batch) for page in _together(some)]
    failed = {job.pk for job in batch} - {page.job.pk for page in ready}
    done, wrong = _settled(ready)
    return done, failed | wrong


def _parts(jobs: Sequence[PageJob]) -> list[Sequence[PageJob]]:
    return [jobs[start : start + _AT_ONCE] for start in range(0, len(jobs), _AT_ONCE)]


def _settled(ready: Sequence[Written]) -> tuple[int, set[int]]:
    """Show pages together, and one by one where the disk refuses one of them; return how many, and what failed."""
    try:
        return settle_pages(ready), set()
    except OSError:
        logger.debug("这一批网页要逐个改名", exc_info=True)
        drop(ready)
    done, failed = 0, set[int]()
    for job in (page.job for page in ready):
        shown = _shown_alone(job)
        done += bool(shown)
        if shown is None:
            failed.add(job.pk)
    return done, failed


def _shown_alone(job: PageJob) -> bool | None:
    """Write and show one page; return whether it was still wanted, None when the disk refused it."""
    page = _alone(job)
    try:
        return bool(settle_pages([page])) if page else None
    except OSError as full:
        logger.exception("网页没有写成：%s", job)
        drop([page] if page else [])
        note_fault(job, full)
        return None


def _by_kind(jobs: Sequence[PageJob]) -> list[list[PageJob]]:
    """Return *jobs* in runs of one kind, the order of the turns kept."""
    ordered = sorted(jobs, key=lambda job: (job.turn, job.kind))
    return [list(run) for _, run in groupby(ordered, key=lambda job: job.kind)]


def _together(jobs: Sequence[PageJob]) -> list[Written]:
    """Prepare pages of one kind together, and one by one when that fails: one page shall not hold up the others."""
    try:
        return prepare_pages(jobs)
    except Exception:
        logger.debug("这一批网页要逐个写：%s", jobs[0].kind, exc_info=True)
        return [page for page in map(_alone, jobs) if page]


def _alone(job: PageJob) -> Written | None:
    """Prepare one page; what goes wrong is noted on it, and it stays due."""
    try:
        return prepare_page(job)
    except Exception as wrong:
        logger.exception("网页没有写成：%s", job)
        note_fault(job, wrong)
        return None


def ask_everything() -> int:
    """Make every page there should be due; return how many."""
    pages = [(kind, key) for kind in kinds.registered() for key in kind.every()]
    ask_for(pages)
    return len(pages)


@dataclass(frozen=True)
class Mended:
    """*found*: every difference, a line each. *failed*: how many pages could not be written all the same."""

    found: list[str]
    failed: int

    @property
    def said(self) -> str:
        """What came of it, in a sentence."""
        if not self.found:
            return "每个网页都与台账一致。"
        done = f"{len(self.found)} 个网页与台账不一致"
        if not self.failed:
            return f"{done}，已改正。"
        return (
            f"{done}；有 {self.failed} 个没有写成，磁盘可能已满，原因见系统日志，处理后再核对一次。"
        )


def mend(say: Say) -> Mended:
    """Find every difference and mend it."""
    found = []
    for difference in differences(say):
        found.append(f"{difference.path}：{difference.what}")
        if difference.kind:
            ask_for([(difference.kind, difference.key)])
        else:
            forget_page(difference.path)
    found += _destroy_what_is_left()
    _, failed = write_all_due(lambda done, total: say(done, total, "改正"))
    long_ago = clock.now().timestamp() - _ABANDONED
    sweep(before=long_ago)
    blobs.sweep(before=long_ago)
    return Mended(found, failed)


def _destroy_what_is_left() -> list[str]:
    """Take away files the law had destroyed whose process was killed before it came to them; return a line for each."""
    left = list(undestroyed_files())
    blobs.discard(left)
    return [f"附件 {sha256}：已依法销毁，文件却还在磁盘上" for sha256 in left]
