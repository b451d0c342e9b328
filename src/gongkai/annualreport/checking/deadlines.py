"""When a report was published: D-01…D-04. Not checked unless the day and the level are known."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from gongkai.annualreport.checking.finding import Finding, finding
from gongkai.annualreport.checking.subject import Subject

_FILE = Path(__file__).parent / "deadlines.toml"


def check_deadlines(subject: Subject) -> Iterator[Finding]:
    """Yield a publication that came too late, or before the year was over."""
    day, year = subject.report.published_on, subject.report.year
    if day is None or not year:
        return
    yield from _early(day, year)
    yield from _statutory(subject, day, year)
    yield from _local(subject, day)


def _early(day: dt.date, year: int) -> Iterator[Finding]:
    first = dt.date(year + 1, 1, 1)
    if day < first:
        yield finding(
            "D-04",
            f"发布日期 {day} 早于年度结束；全年数据要到 {first} 才齐，请核对日期或重新统计后发布。",
            expected=f"{first} 以后",
            actual=day.isoformat(),
        )


def _statutory(subject: Subject, day: dt.date, year: int) -> Iterator[Finding]:
    for rule in _deadlines():
        last = dt.date(year + 1, int(str(rule["month"])), int(str(rule["day"])))
        levels = rule["levels"]
        if isinstance(levels, list) and subject.report.level in levels and day > last:
            yield finding(
                str(rule["code"]),
                f"发布日期 {day} 晚于法定的 {last}；请记录迟延原因，今后按期发布（节假日不顺延）。",
                expected=f"{last} 以前",
                actual=day.isoformat(),
            )


def _local(subject: Subject, day: dt.date) -> Iterator[Finding]:
    last = subject.local.publish_by.get(subject.report.level or "")
    if last is not None and day > last:
        yield finding(
            "D-03",
            f"发布日期 {day} 晚于本地规定的 {last}；请记录迟延原因，今后按期发布。",
            expected=f"{last} 以前",
            actual=day.isoformat(),
        )


@lru_cache
def _deadlines() -> list[dict[str, object]]:
    with _FILE.open("rb") as file:
        return list(tomllib.load(file)["deadline"])
