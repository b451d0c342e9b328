"""What people do with jobs: start, try again, stop. What workers do is in ``work/actions.py``."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Coalesce

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.jobs.errors import JobRefused
from gongkai.jobs.kinds import Kind, kind_of
from gongkai.jobs.models import UNDER_WAY, Job, State
from gongkai.jobs.queue import enqueue
from gongkai.people.models import Person
from gongkai.text.canonical import Plain, canonical_bytes

STREAM = "jobs"


@transaction.atomic
def start(
    kind: str,
    *,
    arguments: Mapping[str, Plain] | None = None,
    agency: Agency | None = None,
    after: datetime | None = None,
    by: Actor,
) -> Job:
    """Put a job of *kind* into the queue; it begins once the caller's transaction is committed, not before *after*.

    *arguments* are plain JSON without personal data. Raises ``JobRefused`` for an unknown kind and
    for a second job of a kind that goes alone.
    """
    known = _known(kind)
    plain = dict(arguments or {})
    canonical_bytes(plain)
    job = Job(
        kind=kind,
        title=known.title,
        agency=agency,
        asked_by=by if isinstance(by, Person) else None,
        arguments=plain,
        only=kind if known.alone else "",
        created_at=clock.now(),
    )
    job.full_clean(validate_constraints=False)
    _enter(job)
    enqueue(job.uid, after=after)
    _audit("job.asked", job, by)
    return job


def start_once(kind: str, *, by: Actor) -> None:
    """Start a job of *kind*, unless one waits already, or goes alone and is at work: that one will see to it."""
    if not Job.objects.filter(kind=kind, state=State.QUEUED).exists():
        with suppress(JobRefused):
            start(kind, by=by)


@transaction.atomic
def retry(job: Job, *, by: Actor) -> Job:
    """Queue again a job that failed or was stopped, with all its tries. Raises ``JobRefused``."""
    _known(job.kind)
    try:
        with transaction.atomic():
            changed = Job.objects.filter(pk=job.pk, state__in=(State.FAILED, State.STOPPED)).update(
                state=State.QUEUED,
                tries=0,
                reason="",
                stop_asked_at=None,
                finished_at=None,
                started_at=None,
                done_n=0,
                total_n=0,
                what="",
            )
    except IntegrityError as second:
        raise _second(job) from second
    if not changed:
        raise JobRefused("这项工作不在“没有办成”或“已停止”的状态，不能重试。请刷新后查看。")
    job.refresh_from_db()
    enqueue(job.uid)
    _audit("job.retried", job, by)
    return job


@transaction.atomic
def stop(job: Job, *, by: Actor) -> Job:
    """Stop a job: at once when it waits, at its next step when it runs. Raises ``JobRefused``."""
    present = clock.now()
    mine = Job.objects.filter(pk=job.pk)
    waited = mine.filter(state=State.QUEUED).update(
        state=State.STOPPED, finished_at=present, next_try_at=None
    )
    if not waited and not mine.filter(state=State.RUNNING).update(
        stop_asked_at=Coalesce("stop_asked_at", models.Value(present))
    ):
        raise JobRefused("这项工作已经结束，不用停止。请刷新后查看。")
    job.refresh_from_db()
    _audit("job.stopped", job, by)
    return job


def _known(kind: str) -> Kind:
    known = kind_of(kind)
    if known is None:
        raise JobRefused(f"本版本没有“{kind}”这种后台工作，不能办理。请联系系统管理员核对版本。")
    return known


def _enter(job: Job) -> None:
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError as second:
        raise _second(job) from second


def _second(job: Job) -> JobRefused:
    if Job.objects.filter(only=job.only, state__in=UNDER_WAY).exclude(only="").exists():
        return JobRefused(f"“{job.title}”正在进行，同时只能办一件。请等它结束，或者先停止它。")
    return JobRefused(f"“{job.title}”没有登记成功，请稍后重试。")


def _audit(kind: str, job: Job, by: Actor) -> None:
    # What the clock starts is routine: the log keeps what persons decide.
    if isinstance(by, Person):
        payload: dict[str, Plain] = {"kind": job.kind, "arguments": job.arguments}
        stream = job.agency.code if job.agency else STREAM
        record(kind, stream=stream, subject=f"job:{job.uid}", payload=payload, by=by)
