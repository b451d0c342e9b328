"""Who is at work on the data: servers and backups side by side, an upgrade alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from gongkai.project.keeping.errors import KeepingRefused
from gongkai.project.keeping.folder import LOCK

_ADVISORY = 0x676F6E67  # one number for the whole program, in the database that is asked
_TRY = {
    False: "SELECT pg_try_advisory_lock_shared(%s)",
    True: "SELECT pg_try_advisory_lock(%s)",
}


@contextmanager
def at_work(data: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold the data folder, and on PostgreSQL the database, while the block runs.

    A server holds them together with others, and so do the workers it forks. Raises
    ``KeepingRefused`` when somebody holds them the other way.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    beside: BaseDatabaseWrapper | None = None
    try:
        try:
            fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise _busy(alone=alone) from busy
        beside = _hold_database(alone=alone)
        yield
    finally:
        if beside is not None:
            beside.close()
        os.close(held)


def _hold_database(*, alone: bool) -> BaseDatabaseWrapper | None:
    # Several machines may serve one PostgreSQL; a session of its own holds until the process ends.
    if connection.vendor != "postgresql":
        return None
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(_TRY[alone], [_ADVISORY])
            if cursor.fetchone()[0]:
                return beside
    except BaseException:
        beside.close()
        raise
    beside.close()
    raise _busy(alone=alone)


def _busy(*, alone: bool) -> KeepingRefused:
    if alone:
        return KeepingRefused(
            "有服务或备份正在使用这份数据，现在升级会与之冲突。请先停掉 gongkai serve（等备份结束），再升级。"
        )
    return KeepingRefused("这份数据正在升级，现在不能使用。请等升级结束后再试。")
