"""A bureau's year of penalties in one workbook: read, looked at, confirmed, and handed in once more.

On SQLite in a scratch folder; on PostgreSQL when DATABASE_URL names a database to fill
(``python -m tests.postgres python -m benchmarks registers``).
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook  # type: ignore[import-untyped]

from benchmarks.clocks import say_how_fast_the_machine_is
from benchmarks.counties import each
from benchmarks.measure import say, sizes

_Done = TypeVar("_Done")
_SIZES = sizes(2_000, 9_999)
"""With its headings the second is the longest table that is read."""


def run() -> None:
    """Hand in each size in a process and a place of its own."""
    each(_SIZES, _measure, elsewhere=True)


def _measure(folder: Path, rows: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415  # models need the settings
    from django.db import connection  # noqa: PLC0415

    from gongkai.audit import clock  # noqa: PLC0415
    from gongkai.registers.actions import confirm_import, stage_import  # noqa: PLC0415
    from gongkai.registers.models import Entry, Import, Register  # noqa: PLC0415
    from gongkai.registers.queries import Plan, plan_of  # noqa: PLC0415
    from gongkai.rulebook.queries import rules_on  # noqa: PLC0415
    from tests.rooms.cast import make_cast  # noqa: PLC0415
    from tests.rooms.registers.tables import penalties  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    cast = make_cast()
    days = {"处罚决定日期": _day(0), "公示截止期": _day(364)}
    book = _workbook([{**row, **days} for row in penalties(rows)])
    where = f"{rows} rows ({connection.vendor})"

    def read() -> Import:
        return stage_import(cast.grain, Register.PENALTY, name="处罚.xlsx", data=book, by=cast.chen)

    def look(staged: Import) -> Plan:
        return plan_of(staged, rules_on(clock.today()))

    first = _timed(f"read and kept, {where}", read)
    plan = _timed(f"looked at, {where}", lambda: look(first))
    _timed(
        f"confirmed, {where}",
        lambda: confirm_import(first, seen=plan.sha256, by=cast.chen),
    )
    second = read()
    again = look(second)
    _timed(
        f"the same confirmed again, {where}",
        lambda: confirm_import(second, seen=again.sha256, by=cast.chen),
    )
    assert (Entry.objects.count(), second.entered, second.corrected) == (rows, 0, 0)
    say_how_fast_the_machine_is()


def _day(later: int) -> str:
    return (date.today() + timedelta(days=later)).isoformat()


def _workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _timed(title: str, work: Callable[[], _Done]) -> _Done:
    start = time.perf_counter()
    done = work()
    say(title, f"{time.perf_counter() - start:.2f} s")
    return done
