"""``gongkai doctor``'s questions about the ledger: each answers with what it found and what to do."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import Max

from gongkai.audit import guards
from gongkai.audit.clock import SHANGHAI, now, today
from gongkai.audit.models import Event
from gongkai.audit.queries import streams, verify_all
from gongkai.project.cli.migrate import pending
from gongkai.rulebook.queries import rules_on
from gongkai.vault.cipher import Unreadable
from gongkai.vault.columns import declared

_AHEAD = timedelta(weeks=8)
"""A request may be answered this late: 20 working days, extended by 20 (Art 33)."""
_SLOW = timedelta(minutes=5)
_MEGABYTE = 1_000_000
_ENOUGH = 1_000 * _MEGABYTE
_LITTLE_DATA = 500 * _MEGABYTE


class Level(enum.StrEnum):
    """How a check ended."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One line of the table: what was looked at, how it is, and what to do about it."""

    name: str
    level: Level
    said: str
    advice: str = ""


Check = Callable[[], Finding]


def ledger_findings() -> Iterator[Finding]:
    """Yield what the database says of itself; where it does not answer, only that."""
    try:
        yield migrations(pending())
        yield triggers(guards.missing(connection))
        yield chains()
        yield clock(now(), Event.objects.aggregate(last=Max("at"))["last"])
        calendar = rules_on(today()).calendar
        yield notices(today(), calendar.last_noticed_year, covered=calendar.covers)
        yield identity_key()
        if connection.vendor == "postgresql":
            yield memory(*_buffers_and_size())
    except DatabaseError as wrong:
        yield Finding(
            "数据库",
            Level.BAD,
            f"读不到（{str(wrong).strip()}）",
            "核对 GONGKAI_DATA 与 DATABASE_URL，再运行 gongkai upgrade",
        )


def migrations(waiting: list[str]) -> Finding:
    if waiting:
        said = f"缺 {len(waiting)} 项（第一项 {waiting[0]}）"
        return Finding("数据库版本", Level.BAD, said, "停掉服务，运行 gongkai upgrade")
    return Finding("数据库版本", Level.GOOD, "与程序一致")


def triggers(absent: list[str]) -> Finding:
    if absent:
        said = f"缺 {len(absent)} 个（第一个 {absent[0]}）"
        return Finding(
            "保护触发器",
            Level.BAD,
            said,
            "运行 gongkai migrate 重新安装，再用 gongkai audit verify 核对",
        )
    return Finding("保护触发器", Level.GOOD, "齐全")


def chains() -> Finding:
    broken = verify_all()
    if broken:
        first = broken[0]
        said = f"{len(broken)} 条不完整：{first.stream} 第 {first.seq} 号，{first.reason}"
        return Finding(
            "审计链", Level.BAD, said, "停止写入，保留副本，与最近的备份和已公布的链头比对"
        )
    return Finding("审计链", Level.GOOD, f"{len(streams())} 条全部完整")


def clock(present: datetime, last: datetime | None) -> Finding:
    """The machine's clock against the last event: time does not run backwards."""
    shown = f"{present.astimezone(SHANGHAI):%Y-%m-%d %H:%M}（北京时间）"
    if last is not None and last > present + _SLOW:
        said = f"现在是 {shown}，却已有 {last.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 的事件"
        return Finding("时钟", Level.BAD, said, "校准系统时钟（如启用 chrony），期限按它计算")
    if present.astimezone().utcoffset() != present.astimezone(SHANGHAI).utcoffset():
        said = f"{shown}；系统时区不是东八区"
        advice = "期限不受影响；日志要与系统对照时，运行 timedatectl set-timezone Asia/Shanghai"
        return Finding("时钟", Level.WATCH, said, advice)
    return Finding("时钟", Level.GOOD, shown)


def notices(on: date, last: int | None, *, covered: Callable[[int], bool]) -> Finding:
    """Whether the holidays are known as far as deadlines of today reach."""
    said = f"收录到 {last} 年"
    advice = "国务院办公厅公布放假通知后，用 gongkai calendar import 导入"
    if not covered(on.year):
        return Finding("放假通知", Level.BAD, f"{said}，没有今年的，算不出期限", advice)
    if not covered((on + _AHEAD).year):
        return Finding("放假通知", Level.WATCH, f"{said}，跨年的期限暂定", advice)
    return Finding("放假通知", Level.GOOD, said)


def memory(buffers: int, database: int) -> Finding:
    """Whether PostgreSQL keeps what is searched in its own memory, both in bytes.

    As it comes it keeps 128 MB. In an index of 100 000 texts each one that had to be read then took two to three times
    as long as with 2 GB (``docs/benchmarks.md``).
    """
    said = f"PostgreSQL 缓存 {buffers // _MEGABYTE} MB，数据 {database // _MEGABYTE} MB"
    if database > max(buffers, _LITTLE_DATA) and buffers < _ENOUGH:
        advice = "把 shared_buffers 设为内存的四分之一（例如 2GB）后重启数据库；不改也能用，检索时每读一篇正文慢两三倍"
        return Finding("数据库缓存", Level.WATCH, said, advice)
    return Finding("数据库缓存", Level.GOOD, said)


def _buffers_and_size() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_size_bytes(current_setting('shared_buffers')), pg_database_size(current_database())"
        )
        buffers, size = cursor.fetchone()
    return int(buffers), int(size)


def identity_key() -> Finding:
    """Whether the keys of this installation open what is stored: the latest value under each key.

    What they open is shown to nobody. ``gongkai keys check`` opens every one.
    """
    samples = 0
    for column in declared():
        for key_id in column.rows().order_by().values_list(column.key_id, flat=True).distinct():
            row = column.rows().filter(**{column.key_id: key_id}).last()
            try:
                column.open(row)
            except Unreadable as wrong:
                return Finding(
                    "身份密钥",
                    Level.BAD,
                    f"读不出已登记的{column.title}",
                    f"{wrong} 或者换回登记时的 GONGKAI_IDENTITY_KEY",
                )
            samples += 1
    if not samples:
        return Finding("身份密钥", Level.GOOD, "还没有加密的内容可以核对")
    return Finding("身份密钥", Level.GOOD, "读得出已登记的内容")
