"""What is looked at before a database counts as whole: the same as `ledger verify` and `audit verify`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from django.db import connection

from gongkai.audit import guards
from gongkai.audit.models import Event
from gongkai.audit.queries import verify_all
from gongkai.project.cli.ledger import faults
from gongkai.project.keeping.manifest import Content, Head


def ledger_faults() -> Iterator[str]:
    """Yield a sentence for everything wrong with the ledger, its log or its triggers."""
    yield from faults()
    for found in verify_all():
        yield f"审计链 {found.stream} 第 {found.seq} 号事件：{found.reason}"
    for name in guards.missing(connection):
        yield f"缺少保护触发器 {name}"


def lost_heads(heads: Iterable[Head]) -> Iterator[str]:
    """Yield a sentence for each head of an earlier moment that the log no longer contains."""
    for head in heads:
        if not Event.objects.filter(stream=head.stream, seq=head.seq, hash=head.hash).exists():
            yield f"审计链 {head.stream} 第 {head.seq} 号事件与备份时不同"


def differences(expected: Content, found: Content) -> Iterator[str]:
    """Yield a sentence for each table whose rows are not as many as when the copy was taken."""
    for table in sorted(expected.rows.keys() | found.rows.keys()):
        before, after = expected.rows.get(table, 0), found.rows.get(table, 0)
        if before != after:
            yield f"表 {table}：备份时 {before} 行，恢复后 {after} 行"
    if expected.heads != found.heads:
        yield "审计链头与备份时不同"


def sqlite_faults(path: Path) -> Iterator[str]:
    """Yield what SQLite itself finds wrong with the file at *path*."""
    with closing(sqlite3.connect(path)) as database:
        for (said,) in database.execute("PRAGMA integrity_check"):
            if said != "ok":
                yield f"数据库文件：{said}"
        for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
            yield f"表 {table} 第 {row} 行指向的 {parent} 不存在"
