"""A worker's life: one job after another, in order of arrival, until it is asked to leave."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gongkai.audit import clock
from gongkai.jobs.recurring import repeats
from gongkai.jobs.schedule.actions import keep_table
from gongkai.jobs.work import actions
from gongkai.jobs.work.leaving import leaving
from gongkai.jobs.work.run import worker_name
from gongkai.jobs.work.turns import look_after

logger = logging.getLogger(__name__)

_IDLE = 1.0  # seconds between two looks at an empty queue
_LOOK_AFTER = 5.0
_NO_DATABASE = 10.0
_LAST_BEAT = 5.0


def work_until_left(*, grace: float, alone: Callable[[], bool] = lambda: False) -> None:
    """Do jobs until a signal asks to leave, or *alone* says that whoever started this is gone."""
    leaving.forget()
    _leave_on_signal(grace)
    over = threading.Event()
    heart = threading.Thread(target=_beat_until, args=[over], name="heartbeat", daemon=True)
    heart.start()
    keeper = _Keeper()
    while not leaving.asked:
        if alone():
            leaving.ask(grace=grace)
        try:
            busy = keeper.turn()
        except DatabaseError:
            logger.exception("任务进程：数据库没有应答，%d 秒后再试。", _NO_DATABASE)
            connections.close_all()
            leaving.wait(_NO_DATABASE)
            continue
        if not busy:
            leaving.wait(_IDLE)
    over.set()
    heart.join(timeout=_LAST_BEAT)
    _sign_off()


class _Keeper:
    """One turn after another; looking after the others every few seconds only."""

    def __init__(self) -> None:
        self._table_kept = False
        self._looked_at = float("-inf")

    def turn(self) -> bool:
        """Do the next job, if there is one; return whether there was."""
        close_old_connections()
        if not self._table_kept:
            keep_table(clock.now(), repeats())
            self._table_kept = True
        if time.monotonic() - self._looked_at >= _LOOK_AFTER:
            look_after()
            self._looked_at = time.monotonic()
        return run_next()


def run_next() -> bool:
    """Run the first job of the queue, if there is one; return whether there was."""
    # Asked by reading first: taking from the queue locks the whole of SQLite, even an empty one.
    if not DBTaskResult.objects.ready().exists():
        return False
    Worker(
        queue_names=["default"],
        interval=_IDLE,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker_name()[-64:],
        excluded_queue_names=[],
    ).run()
    return True


def _leave_on_signal(grace: float) -> None:
    def asked(signum: int, frame: FrameType | None) -> None:
        leaving.ask(grace=grace)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, asked)


def _beat_until(over: threading.Event) -> None:
    """Its own thread and connection: a job that takes an hour over one step is still alive."""
    begun, name = clock.now(), worker_name()
    while not over.is_set():
        try:
            actions.beat(name, started_at=begun)
        except DatabaseError as wrong:
            logger.warning("任务进程 %d 这次没有报到：%s", os.getpid(), wrong)
            connections.close_all()
        over.wait(settings.JOB_BEAT_SECONDS)
    connections.close_all()


def _sign_off() -> None:
    try:
        actions.sign_off(worker_name())
    except DatabaseError:
        logger.warning("任务进程 %d 结束时没有注销。", os.getpid())
    connections.close_all()
