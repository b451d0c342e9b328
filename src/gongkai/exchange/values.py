"""One cell → one value. Every spelling a register uses is understood; what is doubtful is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from gongkai.exchange.layout import ALL_YEARS, Column, fold
from gongkai.exchange.problem import CellRefused
from gongkai.exchange.words import group_of_rows, is_numbered, pending, vocabulary
from gongkai.law.applicants import CLASSES
from gongkai.law.outcomes import row_of
from gongkai.law.rules import Rules

_DATE = re.compile(
    r"(?P<y>\d{4})(?:[-./]|年)(?P<m>\d{1,2})(?:[-./]|月)(?P<d>\d{1,2})日?"
    r"(?:\s*[T ]?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?)?"
)
_EIGHT_DIGITS = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_UNITS: Mapping[str, int] = {"万元": 1_000_000, "元": 100}
"""分 in one 元 and in one 万元."""
_MOST = 10**15
_SOME = 4


@dataclass(frozen=True)
class Circumstances:
    """What a cell is read against.

    *strict*: the words go into a ledger, so that a word with several meanings is refused even where
    the report counts them in one row. *unit*: 元 or 万元, from the column's heading.
    """

    today: date
    rules: Rules
    strict: bool
    unit: str = ""


@dataclass(frozen=True)
class Read:
    """A value, and a remark when something was decided that the report cannot tell apart."""

    value: object
    remark: str = ""


def read_cell(raw: object, column: Column, given: Circumstances) -> Read:
    """Return what *raw* means in *column*. Raises :class:`CellRefused`. *raw* is never blank."""
    if column.kind in _READERS:
        return Read(_READERS[column.kind](raw, column, given))
    return _word(plain(raw), column, given)


def plain(raw: object) -> str:
    """Return the text of a cell: whole numbers without a fraction, full width as half, no outer blanks."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return " ".join(unicodedata.normalize("NFKC", str(raw)).split())


def _text(raw: object, column: Column, _: Circumstances) -> str:
    text = "\n".join(line.strip() for line in str(raw).splitlines()).strip()
    if isinstance(raw, bool | int | float | datetime):
        text = plain(raw)
    if len(text) > column.longest:
        raise CellRefused(
            f"有 {len(text)} 个字，“{column.title}”最多 {column.longest} 个字，请缩短"
        )
    return text


def _date(raw: object, column: Column, given: Circumstances) -> date:
    day = _as_date(raw)
    if day.year not in ALL_YEARS:
        raise CellRefused(f"年份 {day.year} 不合理，请核对")
    if column.past and day > given.today:
        raise CellRefused(f"晚于今天（{given.today}），“{column.title}”是已经发生的日期，请核对")
    return day


def _as_date(raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = plain(raw)
    found = _DATE.fullmatch(text.replace(" 年", "年")) or _EIGHT_DIGITS.fullmatch(text)
    if found is None:
        raise CellRefused("不是完整的日期，请写成 2024-03-05、2024年3月5日 或 20240305")
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        raise CellRefused("日历上没有这一天，请核对月和日") from None


def _year(raw: object, column: Column, _: Circumstances) -> int:
    text = plain(raw).removesuffix("度").removesuffix("年")
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or int(text) not in ALL_YEARS:
        raise CellRefused("不是四位年份，请写成 2024")
    return int(text)


def _count(raw: object, column: Column, _: Circumstances) -> int:
    number = _number(raw, ("件", "宗", "个", "次", "项"))
    if number != number.to_integral_value() or number < 0:
        raise CellRefused(
            f"“{column.title}”是件数，只能是不小于 0 的整数；没有数据的留空，确实为零的填 0"
        )
    return int(number)


def _days(raw: object, column: Column, given: Circumstances) -> int | None:
    if plain(raw) in ("否", "无", "未延期", "/", "0"):
        return None
    number = _number(raw, ("个工作日", "工作日", "天", "日"))
    most = given.rules.limit("reply.extension_max")
    if number != number.to_integral_value() or not 1 <= number <= most.count:
        raise CellRefused(f"延长天数应是 1 至 {most.count} 的整数（{most.basis}）；没有延长的留空")
    return int(number)


def _money(raw: object, column: Column, given: Circumstances) -> int:
    number = _number(raw, (given.unit,))
    fen = number * _UNITS[given.unit]
    if fen != fen.to_integral_value() or fen < 0:
        raise CellRefused(
            f"“{column.title}”以{given.unit}为单位，不能为负，也不能细于 1 分，请核对金额和单位"
        )
    return int(fen)


def _number(raw: object, units: tuple[str, ...]) -> Decimal:
    """Return a number written as one or as text. Excel keeps fifteen digits: more is arithmetic's dust."""
    if isinstance(raw, bool):
        raise CellRefused("不是数字，请只写数字")
    text = f"{raw:.15g}" if isinstance(raw, float) else plain(raw).replace(" ", "")
    for unit in units:
        text = text.removesuffix(unit)
    try:
        number = Decimal(text) if isinstance(raw, float) else _decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > _MOST:
        raise CellRefused(
            "不是数字，请只写数字（单位写在列标题里）；没有数据的留空，不要写“/”或“无”"
        )
    return number


def _decimal(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text) or not text.isascii():
        raise InvalidOperation
    return Decimal(text.replace(",", ""))


def _word(text: str, column: Column, given: Circumstances) -> Read:
    if fold(text) in pending(column.kind):
        return Read(None)
    words = vocabulary(column.kind)
    meanings = words.meanings(text)
    if column.kind == "outcome" and is_numbered(text) and group_of_rows(text):
        raise _unknown(text, column)  # （六）其他处理 is the group, 其他处理 the outcome
    if len(meanings) == 1:
        return Read(meanings[0])
    if not meanings:
        raise _unknown(text, column)
    labels = "、".join(f"“{words.labels[key]}”" for key in meanings)
    if given.strict or not _counted_alike(column.kind, meanings):
        raise CellRefused(f"可能是{labels}，请写明是哪一种", hidden=column.kind == "klass")
    return Read(
        meanings[0], f"“{text}”没有分清{labels}，年报计在同一栏，不影响数字；导入台账前要写明"
    )


def _counted_alike(kind: str, meanings: tuple[str, ...]) -> bool:
    """Whether the report counts all of *meanings* in one place."""
    if kind == "outcome":
        return len({row_of(code) for code in meanings}) == 1
    return kind == "exit"  # every exit that is one counts as 废止


def _unknown(text: str, column: Column) -> CellRefused:
    words = vocabulary(column.kind)
    if column.kind == "klass":
        six = "、".join(found.label for found in CLASSES.values())
        return CellRefused(
            f"不是表三的申请人类别（国办公开办函〔2021〕30号），请写 {six} 之一，不要写姓名或名称",
            hidden=True,
        )
    group = group_of_rows(text) if column.kind == "outcome" else ()
    if group:
        return CellRefused(f"是一组结果，请写明是其中哪一种：{'、'.join(group)}")
    some = "、".join(list(words.labels.values())[:_SOME])
    rest = "等，全部写法见模板的“选项”表" if len(words.labels) > _SOME else ""
    return CellRefused(f"不是“{column.title}”的一种，请写 {some}{rest}")


def _flag(raw: object, column: Column, given: Circumstances) -> bool:
    return _word(plain(raw), column, given).value == "yes"


def unit_of(title: str) -> str:
    """Return the unit a money column's heading names: 万元, 元, or nothing."""
    text = unicodedata.normalize("NFKC", title)
    return next((unit for unit in _UNITS if unit in text), "")


_READERS: Mapping[str, Callable[[object, Column, Circumstances], object]] = {
    "text": _text,
    "agency": lambda raw, column, given: plain(raw),
    "date": _date,
    "year": _year,
    "count": _count,
    "days": _days,
    "money": _money,
    "flag": _flag,
}
