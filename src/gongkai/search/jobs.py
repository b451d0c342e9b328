"""The snapshot of every night, and the index of PostgreSQL kept in order."""

from __future__ import annotations

import sqlite3
from datetime import time, timedelta

from django.db import connection

from gongkai.jobs.errors import JobFailed
from gongkai.jobs.kinds import Arguments, Outcome, register
from gongkai.jobs.recurring import repeat
from gongkai.jobs.work.progress import Progress
from gongkai.search.actions import merge_waiting, write_snapshot

SNAPSHOT = "search.snapshot"
MERGE = "search.merge"


def take_snapshot(arguments: Arguments, progress: Progress) -> Outcome:
    """Write the public index of now to its file."""
    progress.step(0, 1, "公开的检索条目")
    try:
        count = write_snapshot(lambda said: progress.step(0, 1, said))
    except (OSError, sqlite3.Error) as wrong:
        raise JobFailed(
            f"检索副本没有写完（{wrong}），原来的副本没有变。请系统管理员检查磁盘空间和数据目录的权限。",
            again=True,
        ) from wrong
    return Outcome(f"检索副本里有 {count} 条公开信息，数据库停用时可以继续检索。")


def merge(arguments: Arguments, progress: Progress) -> Outcome:
    """Sort into the index what was published since."""
    progress.step(0, 1, "新编入的检索条目")
    return Outcome(f"检索索引整理完毕，有 {merge_waiting()} 页新编入的内容归入索引。")


register(
    SNAPSHOT,
    "写出检索副本",
    take_snapshot,
    most_tries=3,
    alone=True,
    about="把公开信息的检索索引写成一个只读文件，数据库停用时用它检索。",
)
repeat(SNAPSHOT, every=timedelta(days=1), at=time(4, 0))
register(
    MERGE,
    "整理检索索引",
    merge,
    most_tries=3,
    alone=True,
    about="把新编入的检索内容归入索引，检索不因等待整理的内容变多而变慢。",
)
if connection.vendor == "postgresql":
    repeat(MERGE, every=timedelta(minutes=10), at=time(0, 5))
