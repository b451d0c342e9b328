"""Yearly holiday notices of the State Council's General Office, as files that can be imported."""

from __future__ import annotations

import json
import re
from calendar import SATURDAY
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from gongkai.law.errors import NoticeRefused
from gongkai.law.festivals import holidays, occurrences

SCHEMA = "gongkai.holiday-notice/1"
_ENDS = ("first", "last")
"""What the two dates of `off` are; more than two name each day."""


@dataclass(frozen=True)
class DaysOff:
    """Days off for a festival, from *first* to *last*, both included, weekends among them too."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> Iterator[date]:
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Notice:
    """The arrangement for one year.

    It lists exact days, and these may lie in the December before: a notice is *for* a year, its
    days are where they are. *number* is None where the document number could not be verified.
    """

    year: int
    title: str
    number: str | None
    published_on: date | None
    source: str
    festivals: tuple[DaysOff, ...]
    makeup: tuple[date, ...]

    @property
    def citation(self) -> str:
        """How a proof quotes the notice."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"


def parse_notice(data: bytes) -> Notice:
    """Read an imported notice, or raise :class:`NoticeRefused` with everything that is wrong."""
    row = _decode(data)
    reasons: list[str] = []
    year = _year(row, reasons)
    festivals = _festivals(row.get("festivals"), reasons)
    makeup = _makeup(row.get("makeup"), reasons)
    published = _optional_date(row.get("published_on"), reasons)
    if not reasons and year is not None:
        reasons += _contradictions(year, festivals, makeup)
    if reasons or year is None:
        raise NoticeRefused(reasons)
    number = row.get("number")
    return Notice(
        year=year,
        title=str(row["title"]).strip(),
        number=str(number) if number else None,
        published_on=published,
        source=str(row.get("source") or ""),
        festivals=tuple(festivals),
        makeup=tuple(sorted(makeup)),
    )


def _decode(data: bytes) -> dict[str, Any]:
    try:
        row = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NoticeRefused(
            ["文件不是 UTF-8 编码的 JSON，请用本系统的放假通知格式重新准备"]
        ) from error
    if not isinstance(row, dict):
        raise NoticeRefused(["文件内容不是一份放假通知（最外层应为 JSON 对象）"])
    if row.get("schema") != SCHEMA:
        raise NoticeRefused([f"缺少格式标识：schema 应为“{SCHEMA}”"])
    return row


def _year(row: dict[str, Any], reasons: list[str]) -> int | None:
    year, title = row.get("year"), row.get("title")
    if (
        not isinstance(year, int)
        or isinstance(year, bool)
        or not date.min.year < year < date.max.year
    ):
        reasons.append("year 应为四位年份数字")
        return None
    if not isinstance(title, str) or not title.strip():
        reasons.append("缺少通知标题 title")
        return year
    named = {int(found) for found in re.findall(r"(\d{4})年", title)}
    if named and year not in named:
        reasons.append(f"年份不符：year 是{year}，标题“{title}”写的是{_years(named)}")
    return year


def _years(years: set[int]) -> str:
    return "、".join(f"{year}年" for year in sorted(years))


def _festivals(rows: object, reasons: list[str]) -> list[DaysOff]:
    if not isinstance(rows, list) or not rows:
        reasons.append("缺少放假安排 festivals")
        return []
    found = [_days_off(number, row, reasons) for number, row in enumerate(rows, start=1)]
    return [entry for entry in found if entry is not None]


def _days_off(number: int, row: object, reasons: list[str]) -> DaysOff | None:
    name = row.get("name") if isinstance(row, dict) else None
    off = row.get("off") if isinstance(row, dict) else None
    if not isinstance(name, str) or not name.strip() or not isinstance(off, list) or len(off) < 2:
        reasons.append(f"第{number}项放假安排应写明 name 和 off（起止两个日期）")
        return None
    named = [_date(value, f"{name}放假日期", reasons) for value in off]
    days = [day for day in named if day is not None]
    if len(days) < len(named) or not _in_a_row(name, days, reasons):
        return None
    found = DaysOff(name.strip(), days[0], days[-1])
    _count(found, row.get("days") if isinstance(row, dict) else None, reasons)
    return found


def _in_a_row(name: str, days: list[date], reasons: list[str]) -> bool:
    """Whether *days* (the two ends, or each day) make one unbroken stretch of a credible length."""
    first, last = days[0], days[-1]
    if last < first:
        reasons.append(f"{name}放假截止日 {last} 早于起始日 {first}")
        return False
    if (last - first).days >= holidays().longest_off:
        reasons.append(f"{name}从 {first} 放到 {last}，超过{holidays().longest_off}天，请核对日期")
        return False
    broken = [
        f"{name}放假日期不连续：{one} 之后写的是 {two}，请逐日核对"
        for one, two in pairwise(days if len(days) > len(_ENDS) else [])
        if two - one != timedelta(days=1)
    ]
    reasons += broken
    return not broken


def _count(found: DaysOff, stated: object, reasons: list[str]) -> None:
    """Compare the days with the number the notice states (“共N天”), where a file gives it."""
    if stated is None:
        return
    counted = found.count
    if stated != counted or isinstance(stated, bool):
        reasons.append(
            f"{found.name}写明共{stated}天，{found.first} 至 {found.last} 是{counted}天，请核对"
        )


def _makeup(rows: object, reasons: list[str]) -> list[date]:
    if not isinstance(rows, list):
        reasons.append("缺少调休上班日期 makeup（没有调休时写空列表）")
        return []
    found = [_date(value, "调休上班日期", reasons) for value in rows]
    return [day for day in found if day is not None]


def _optional_date(value: object, reasons: list[str]) -> date | None:
    return None if value is None else _date(value, "发布日期 published_on", reasons)


def _date(value: object, what: str, reasons: list[str]) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _not_a_date(value)
    except ValueError:
        reasons.append(f"{what}“{value}”不是有效日期，应写成 2027-01-01 的样子")
        return None


def _not_a_date(value: object) -> date:
    raise ValueError(value)


def _contradictions(year: int, festivals: list[DaysOff], makeup: list[date]) -> list[str]:
    off = Counter(day for entry in festivals for day in entry.days)
    named = sorted({*off, *makeup})
    repeated = [day for days in (off, Counter(makeup)) for day, times in days.items() if times > 1]
    named_twice = [
        n for n, times in Counter(entry.name for entry in festivals).items() if times > 1
    ]
    return [
        *(f"{name}列了不止一次：一个节日的放假日期应连续写成一段" for name in named_twice),
        *(f"{day} 重复出现，请删除多余的一处" for day in sorted(set(repeated))),
        *(
            f"{day} 不在{year}年放假安排的范围内（年份不符）"
            for day in named
            if _foreign(day, year)
        ),
        *(f"{day} 既列为放假又列为调休上班" for day in sorted(set(makeup) & set(off))),
        *(
            f"{day} 是周一至周五，不需要列为调休上班"
            for day in sorted(set(makeup))
            if not is_weekend(day)
        ),
        *(
            f"{name} {day} 是法定节日，通知里没有列为放假"
            for name, day in _forgotten(year, set(off))
        ),
    ]


def _foreign(day: date, year: int) -> bool:
    """Only the days around New Year may lie outside the notice's own year."""
    reach = timedelta(days=holidays().longest_off)
    return not date(year, 1, 1) - reach <= day <= date(year, 12, 31) + reach


def _forgotten(year: int, off: set[date]) -> list[tuple[str, date]]:
    if year not in holidays().years:
        return []
    found = [(entry.name, day) for entry in occurrences(year) for day in entry.statutory - off]
    return sorted(found, key=lambda pair: pair[1])


def is_weekend(on: date) -> bool:
    """Saturday or Sunday."""
    return on.weekday() >= SATURDAY
