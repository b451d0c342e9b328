"""What workers write. Each is one conditional UPDATE: who no longer owns a job changes nothing.

A job's beginning, progress and heartbeat are no decisions and leave no trace in the log; how a job
that a person asked for ended does.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.jobs import ended
from gongkai.jobs.errors import TakenAway
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.models import Job, State, TaskWorker
from gongkai.jobs.queue import enqueue
from gongkai.text.canonical import Plain

_STEEP, _LONGEST = 4, timedelta(hours=2)


def claim(uid: UUID, *, worker: str) -> Job | None:
    """Take job *uid* for *worker*, or return None when it is not there to be taken."""
    present = clock.now()
    taken = Job.objects.filter(uid=uid, state=State.QUEUED).update(
        state=State.RUNNING,
        worker=worker,
        tries=models.F("tries") + 1,
        beat_at=present,
        started_at=present,
        next_try_at=None,
    )
    return Job.objects.select_related("agency", "asked_by").get(uid=uid) if taken else None


def report_progress(job: Job, *, done: int, total: int, what: str) -> bool:
    """Write how far *job* is and return whether somebody wants it stopped. Raises ``TakenAway``."""
    if not _mine(job).update(done_n=done, total_n=total, what=what[:200], beat_at=clock.now()):
        raise TakenAway
    return _mine(job).filter(stop_asked_at__isnull=False).exists()


@transaction.atomic
def finish(job: Job, *, text: str, address: str) -> None:
    """End *job* well."""
    _end(job, State.DONE, result=text, result_address=address, reason="", what="")


@transaction.atomic
def end_stopped(job: Job) -> None:
    """End *job* because somebody asked for it."""
    _end(job, State.STOPPED, reason="按要求停止。", what="")


@transaction.atomic
def give_back(job: Job) -> None:
    """Put *job* back into the queue as if it had not been taken: the worker leaves, nobody is at fault."""
    if _mine(job).update(state=State.QUEUED, worker="", tries=models.F("tries") - 1):
        enqueue(job.uid)


@transaction.atomic
def fail(job: Job, *, reason: str, again: bool, most_tries: int) -> None:
    """End a try that did not succeed: queue the next one later, or end *job* with the *reason*."""
    if again and job.tries < most_tries:
        _try_later(job, reason)
        return
    _end(job, State.FAILED, reason=reason)
    ended.tell(job)


@transaction.atomic
def put_back(job: Job, *, most_tries: int) -> None:
    """Take *job* away from a worker that was not heard of any more."""
    reason = f"办理它的进程意外结束（第 {job.tries} 次）。"
    if job.tries < most_tries:
        if _mine(job).update(state=State.QUEUED, worker="", reason=reason):
            enqueue(job.uid)
        return
    told = f"{reason}可能内存不足或机器重启。请重试；再次发生时，请系统管理员查看运行日志。"
    _end(job, State.FAILED, reason=told)
    ended.tell(job)


def beat(worker: str, *, started_at: datetime) -> None:
    """Say that *worker* is alive, and with it the job in its hands."""
    present = clock.now()
    TaskWorker.objects.update_or_create(
        name=worker,
        defaults={"beat_at": present},
        create_defaults={"beat_at": present, "started_at": started_at},
    )
    Job.objects.filter(worker=worker, state=State.RUNNING).update(beat_at=present)


def sign_off(worker: str) -> None:
    """Forget a worker that ends in good order."""
    TaskWorker.objects.filter(name=worker).delete()


def pause_before(tries: int) -> timedelta:
    """Return how long to wait after so many tries: longer each time, two hours at most."""
    first = timedelta(seconds=settings.JOB_RETRY_SECONDS)
    steps: int = _STEEP ** (tries - 1)
    return min(first * steps, _LONGEST)


def _mine(job: Job) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker, tries=job.tries)


def _try_later(job: Job, reason: str) -> None:
    at = clock.now() + pause_before(job.tries)
    if _mine(job).update(state=State.QUEUED, worker="", reason=reason, next_try_at=at):
        enqueue(job.uid, after=at)


def _end(job: Job, state: State, **columns: str) -> None:
    """Write the end, the event last. Raises ``TakenAway``; nothing is then written."""
    if not _mine(job).update(state=state, worker="", finished_at=clock.now(), **columns):
        raise TakenAway
    job.refresh_from_db()
    if job.asked_by is not None:
        payload: dict[str, Plain] = {"kind": job.kind, "state": state.value, "tries": job.tries}
        record(
            "job.ended",
            stream=job.agency.code if job.agency else "jobs",
            subject=f"job:{job.uid}",
            payload=payload,
            by=CLOCKWORK,
        )
