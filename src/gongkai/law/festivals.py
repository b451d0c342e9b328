"""Public holidays fixed by 《全国年节及纪念日放假办法》 itself, for years without a yearly notice.

The 办法 fixes which days are public holidays; which weekdays are added and which weekends are worked
for them is said by the yearly notice only. Until then an :class:`Occurrence` says what *may* happen
around a festival: which weekdays may be off (its block), which weekend days may be worked (within
its reach, never in its core) and how many of each at most. The file ``holidays.toml`` holds the
numbers and how they were found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import msgspec

from gongkai.law.errors import OutsideCalendarError
from gongkai.law.packaged import table


@dataclass(frozen=True)
class StatutoryDays:
    """Public holidays as offsets in days from the anchor, from the year *since*."""

    since: int
    offsets: tuple[int, ...]


@dataclass(frozen=True)
class Weekend:
    """Where the weekly days of rest are laid down."""

    source: str


@dataclass(frozen=True)
class Festival:
    """One festival of the 办法. Offsets are natural days from its anchor; lunar ones have no month."""

    key: str
    name: str
    block: tuple[int, int]
    core: tuple[int, int]
    makeup: int
    rest: int
    statutory: tuple[StatutoryDays, ...]
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True)
class Holidays:
    """The whole of ``holidays.toml``."""

    makeup_reach: int
    longest_off: int
    weekend: Weekend
    festival: tuple[Festival, ...]
    anchors: Mapping[str, Mapping[str, date]]

    @property
    def years(self) -> list[int]:
        """Years whose lunar festivals are known."""
        return sorted(int(year) for year in self.anchors)


@dataclass(frozen=True)
class Occurrence:
    """A festival in one year; the pairs are first and last day, both included."""

    key: str
    name: str
    year: int
    statutory: frozenset[date]
    block: tuple[date, date]
    core: tuple[date, date]
    reach: tuple[date, date]
    makeup: int
    rest: int


@cache
def holidays() -> Holidays:
    """The packaged rules on public holidays."""
    return msgspec.convert(table("holidays.toml"), Holidays)


@cache
def occurrences(year: int) -> tuple[Occurrence, ...]:
    """The festivals of *year*.

    Raises :class:`OutsideCalendarError` for a year whose lunar festivals are not in the table.
    """
    known = holidays()
    anchors = known.anchors.get(str(year))
    if anchors is None:
        raise OutsideCalendarError(
            f"无法计算{year}年的工作日：农历节日日期只收录了{known.years[0]}年至{known.years[-1]}年，"
            f"其他年份须先导入国务院办公厅放假通知。"
        )
    return tuple(_occurrence(festival, year, anchors) for festival in known.festival)


def statutory_name(on: date) -> str | None:
    """The festival that makes *on* a public holiday by the 办法 itself, or None."""
    for occurrence in occurrences(on.year):
        if on in occurrence.statutory:
            return occurrence.name
    return None


def _occurrence(festival: Festival, year: int, anchors: Mapping[str, date]) -> Occurrence:
    anchor = _anchor(festival, year, anchors)
    offsets = max((s for s in festival.statutory if s.since <= year), key=lambda s: s.since).offsets
    reach = holidays().makeup_reach
    return Occurrence(
        key=festival.key,
        name=festival.name,
        year=year,
        statutory=frozenset(anchor + timedelta(days=offset) for offset in offsets),
        block=_span(anchor, *festival.block),
        core=_span(anchor, *festival.core),
        reach=_span(anchor, offsets[0] - reach, offsets[-1] + reach),
        makeup=festival.makeup,
        rest=festival.rest,
    )


def _anchor(festival: Festival, year: int, anchors: Mapping[str, date]) -> date:
    if festival.month is None or festival.day is None:
        return anchors[festival.key]
    return date(year, festival.month, festival.day)


def _span(anchor: date, first: int, last: int) -> tuple[date, date]:
    return anchor + timedelta(days=first), anchor + timedelta(days=last)
