"""The State Council's own sentences about holidays, read into rows and written from rows.

A notice says for each festival which days are off and which weekend days are worked, such as
“元旦：1月1日至3日放假调休，共3天。1月4日（星期日）上班。” :func:`read_announcement` takes such a text apart;
what it cannot read, or reads and finds contradictory, it lists sentence by sentence instead of guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise

from gongkai.law.notice import DaysOff, Notice, is_weekend

WEEKDAYS = "一二三四五六日"
_ONE = timedelta(days=1)
_DECEMBER = 12
_MOST = 20_000
"""Characters looked at. A notice has fewer than a thousand."""

_DAY = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:\((?P<note>[^()]*)\))?"
)
_HEAD = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、])?(?P<name>[^\d:,。]{2,12}):")
_OFF = re.compile(r"^(?P<days>.+?)(?:放假|调休|公休).*$")
_TOTAL = re.compile(r"共?(\d+)天")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_SHAPES = str.maketrans("（）：，；,　０１２３４５６７８９", "():,;, 0123456789")
_DASH = re.compile(r"[至到—–~～-]+")
_BETWEEN = re.compile(r"[、,和及]|(?:正常|照常)?上班$")
_INTRODUCES = ("通知如下", "安排通知", "部分节假日安排的通知", "现将")


@dataclass(frozen=True)
class Unread:
    """A sentence that gave no row, and why."""

    sentence: str
    why: str


@dataclass(frozen=True)
class Announcement:
    """What a text says. *unread* is everything a person has to look at."""

    festivals: tuple[DaysOff, ...]
    makeup: tuple[date, ...]
    unread: tuple[Unread, ...]


class _Unreadable(Exception):
    """Why a sentence gives no row."""


@dataclass
class _Reading:
    """The rows found so far; *festival* is the one whose sentences are being read."""

    year: int
    festival: str = ""
    festivals: list[DaysOff] = field(default_factory=list)
    makeup: list[date] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_announcement(text: str, year: int) -> Announcement:
    """Read the sentences of a notice for *year*. Dates without a year are of *year*, the December
    before New Year's Day excepted.
    """
    reading = _Reading(year)
    for sentence in _sentences(text[:_MOST]):
        try:
            _read(sentence, reading)
        except _Unreadable as wrong:
            reading.unread.append(Unread(sentence, str(wrong)))
    if len(text) > _MOST:
        reading.unread.append(Unread(text[_MOST : _MOST + 30] + "…", "文字太长，后面的没有读"))
    return Announcement(
        tuple(reading.festivals), tuple(sorted(set(reading.makeup))), tuple(reading.unread)
    )


def write_announcement(notice: Notice) -> str:
    """Write *notice* in the usual sentences; each make-up day follows the festival nearest to it."""
    after = {
        name: list(days)
        for name, days in groupby(notice.makeup, key=lambda day: _nearest(day, notice).name)
    }
    return "\n".join(
        f"{entry.name}：{_stretch(entry)}放假调休，共{entry.count}天。"
        + (f"{'、'.join(map(_worked, after[entry.name]))}上班。" if entry.name in after else "")
        for entry in notice.festivals
    )


def _sentences(text: str) -> Iterator[str]:
    shaped = text.translate(_SHAPES).replace(" ", "")
    for part in re.split(r"[。;\r\n]+", shaped):
        if part and not any(word in part for word in _INTRODUCES):
            yield part


def _read(sentence: str, reading: _Reading) -> None:
    head = _HEAD.match(sentence)
    if head is not None:
        reading.festival = head["name"]
        sentence = sentence[head.end() :]
    if not sentence:
        return
    if not _DAY.search(sentence):
        raise _Unreadable("没有写明日期")
    if not reading.festival:
        raise _Unreadable("看不出是哪个节日，应写成“元旦：1月1日……”的样子")
    if sentence.endswith("上班"):
        reading.makeup += _worked_days(sentence, reading)
    elif _OFF.match(sentence):
        reading.festivals.append(_days_off(sentence, reading))
    else:
        raise _Unreadable("不是放假，也不是上班")


def _worked_days(sentence: str, reading: _Reading) -> list[date]:
    days = _days(sentence, reading)
    rest = _BETWEEN.sub("", _DAY.sub("", sentence))
    if rest:
        raise _Unreadable(f"“{rest}”读不懂")
    weekday = [day for day in days if not is_weekend(day)]
    if weekday:
        raise _Unreadable(f"{weekday[0]} 是周一至周五，不会是调休上班日")
    return days


def _days_off(sentence: str, reading: _Reading) -> DaysOff:
    stretch = sentence.split("放假")[0].split("调休")[0]
    days = _days(stretch, reading)
    between = _DASH.sub("至", _DAY.sub("", stretch)).strip(",")
    first, last = days[0], days[-1]
    if between not in ("", "至") and not _listed(between, days):
        raise _Unreadable("放假日期不连续或读不懂")
    if last < first:
        raise _Unreadable(f"放假截止日 {last} 早于起始日 {first}")
    if "与周末连休" in sentence:
        first, last = _with_weekend(first, last)
    total = _TOTAL.search(sentence[len(stretch) :])
    found = DaysOff(reading.festival, first, last)
    if total is not None and int(total[1]) != found.count:
        raise _Unreadable(f"写明{total[1]}天，{first} 至 {last} 是{found.count}天")
    return found


def _listed(between: str, days: list[date]) -> bool:
    """Whether every day is named, one after the other (“1月1日、2日、3日”)."""
    return set(between) <= {"、"} and all(two - one == _ONE for one, two in pairwise(days))


def _with_weekend(first: date, last: date) -> tuple[date, date]:
    while is_weekend(first - _ONE):
        first -= _ONE
    while is_weekend(last + _ONE):
        last += _ONE
    return first, last


def _days(text: str, reading: _Reading) -> list[date]:
    """The days *text* names, each taking year and month from the one before where it has none."""
    found: list[date] = []
    for match in _DAY.finditer(text):
        found.append(_day(match, found[-1] if found else None, reading))
    if not found:
        raise _Unreadable("没有写明日期")
    return found


def _day(match: re.Match[str], before: date | None, reading: _Reading) -> date:
    month = int(match["month"]) if match["month"] else (before.month if before else 0)
    year = int(match["year"]) if match["year"] else _year_of(month, before, reading)
    try:
        day = date(year, month, int(match["day"]))
    except ValueError as wrong:
        raise _Unreadable(f"“{match[0]}”不是有效日期") from wrong
    stated = _WEEKDAY.search(match["note"] or "")
    if stated is not None and stated[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
        raise _Unreadable(f"{day} 是星期{WEEKDAYS[day.weekday()]}，文中写的是星期{stated[1]}")
    return day


def _year_of(month: int, before: date | None, reading: _Reading) -> int:
    if before is not None:
        return before.year + (1 if month < before.month == _DECEMBER else 0)
    return reading.year - (1 if month == _DECEMBER and "元旦" in reading.festival else 0)


def _nearest(day: date, notice: Notice) -> DaysOff:
    return min(
        notice.festivals,
        key=lambda entry: min(abs((day - entry.first).days), abs((day - entry.last).days)),
    )


def _stretch(entry: DaysOff) -> str:
    first, last = entry.first, entry.last
    start = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return start
    if first.year != last.year:
        return f"{start}至{last.year}年{last.month}月{last.day}日"
    return f"{start}至" + (
        f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    )


def _worked(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"
