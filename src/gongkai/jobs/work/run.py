"""Doing one job, whatever comes of it: the worker survives, the clerk reads a sentence."""

from __future__ import annotations

import logging
import os
import socket
from functools import cache
from uuid import UUID

from django_tasks import task

from gongkai.jobs.errors import Interrupted, JobFailed, StopAsked, TakenAway
from gongkai.jobs.kinds import kind_of
from gongkai.jobs.models import Job
from gongkai.jobs.work import actions
from gongkai.jobs.work.progress import Progress

logger = logging.getLogger(__name__)


@cache
def _name(pid: int) -> str:
    # A pid comes back after a restart; the random part does not.
    return f"{socket.gethostname()[:60]}-{pid}-{os.urandom(4).hex()}"


def worker_name() -> str:
    """Return what this process signs jobs with."""
    return _name(os.getpid())


@task()
def run_job(uid: str) -> None:
    """Do job *uid*, unless somebody else has it or it is over."""
    job = actions.claim(UUID(uid), worker=worker_name())
    if job is None:
        return
    try:
        _do(job)
    except TakenAway:
        logger.warning("后台工作 %s 已交给别的进程，本进程放手。", job.uid)


def _do(job: Job) -> None:
    kind = kind_of(job.kind)
    if kind is None:
        told = "本版本没有这种后台工作，不能办理。请联系系统管理员核对版本。"
        actions.fail(job, reason=told, again=False, most_tries=1)
        return
    try:
        outcome = kind.work(job.arguments, Progress(job))
    except StopAsked:
        actions.end_stopped(job)
    except Interrupted:
        actions.give_back(job)
    except TakenAway:
        raise
    except JobFailed as why:
        actions.fail(job, reason=str(why), again=why.again, most_tries=kind.most_tries)
    except Exception as why:  # whatever it is, the next job must not suffer
        logger.exception("后台工作 %s（%s）出错", job.uid, job.kind)
        actions.fail(job, reason=_told(job, why), again=True, most_tries=kind.most_tries)
    else:
        actions.finish(job, text=outcome.text, address=outcome.address)


def _told(job: Job, why: Exception) -> str:
    # The exception's own words may quote a row; a clerk gets its number, the log has the rest.
    return (
        f"系统内部出错（{type(why).__name__}），没有办成。请稍后重试；仍不成时，请把编号 "
        f"{str(job.uid)[-12:]} 告诉系统管理员，运行日志里有详细情况。"
    )
