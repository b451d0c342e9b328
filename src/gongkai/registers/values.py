"""A cell of a workbook → the value of a field, or a sentence that says what to write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gongkai.annualreport.money import FEN_IN_WAN_YUAN, decimal_of, fen
from gongkai.registers.layout import LONGEST, Column, Type
from gongkai.text.personal_data import with_masks

Value = str | int | None
"""Text, 分, an ISO day; None where an amount or a day is not given."""

FOR_EVER = date(2099, 12, 31)
"""How the national standard writes a term without an end (长期)."""
_EVER = ("长期", "长期有效", "永久", "永久有效", "无固定期限")
_BLANK = ("", "-", "—", "——", "/", "\\", "无", "NULL", "null", "None")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?)?"
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
_KINDS = {
    "legal": (
        "法人及非法人组织",
        "法人",
        "非法人组织",
        "法人和其他组织",
        "法人及其他组织",
        "法人或其他组织",
        "企业",
        "单位",
    ),
    "business": ("个体工商户", "个体户", "个体"),
    "person": ("自然人", "个人", "公民"),
}
_MOST = 10**15
_EARLIEST = 1949


class CellWrong(ValueError):
    """Why a cell is not understood. The words never repeat what may be a person's."""


@dataclass(frozen=True)
class Unit:
    """In what a money column counts, as its heading says: 万元, 元, or it does not say."""

    heading: str

    @property
    def said(self) -> str:
        return "万元" if "万元" in self.heading else "元" if "元" in self.heading else ""


def read_cell(cell: str, column: Column, unit: Unit) -> Value:
    """Return the value of *cell*. Raises :class:`CellWrong`."""
    text = _CONTROL.sub("", cell).strip()
    if text in _BLANK:
        if column.need:
            raise CellWrong(f"不能空白。{column.help}")
        return None if column.type in (Type.DAY, Type.MONEY) else ""
    if len(text) > LONGEST[column.type] and column.type is not Type.CODE:
        raise CellWrong(f"有 {len(text)} 个字，最多 {LONGEST[column.type]} 个，请缩短。")
    if column.type is Type.DAY:
        return _day(text).isoformat()
    if column.type is Type.MONEY:
        return _amount(text, unit)
    if column.type is Type.KIND:
        return _kind(text)
    return text.upper() if column.type is Type.CODE else text


def typed(value: Value, column: Column) -> str:
    """Return *value* as it is typed into a form: the inverse of :func:`read_cell` for amounts in 元."""
    if value is None:
        return ""
    if column.type is Type.MONEY and isinstance(value, int):
        return yuan(value)
    if column.type is Type.KIND:
        return _KINDS[str(value)][0]
    return "长期" if column.type is Type.DAY and value == FOR_EVER.isoformat() else str(value)


def yuan(amount: int) -> str:
    """Return 分 as 元, without zeros that say nothing: 50000 is “500”."""
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def _day(text: str) -> date:
    if text in _EVER:
        return FOR_EVER
    found = _DAY.fullmatch(text) or _PACKED.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day.year < _EARLIEST:
        raise CellWrong(f"“{_short(text)}”不是日期，请写成 2024-03-01 的样子。")
    return day


def _amount(text: str, unit: Unit) -> int:
    plain = text.replace(",", "").replace("，", "").removesuffix(unit.said or " ")
    value = decimal_of(plain.strip())
    if not unit.said:
        raise CellWrong(
            "列标题没有写明单位，元和万元相差一万倍；请在标题里写“（万元）”或者“（元）”。"
        )
    if value is None or value < 0:
        raise CellWrong(f"“{_short(text)}”不是金额，请只写数字和小数点，单位以列标题为准。")
    try:
        found = fen(plain.strip()) if unit.said == "万元" else int(value * 100)
    except ValueError as wrong:
        raise CellWrong(str(wrong)) from wrong
    if unit.said == "元" and value * 100 != found:
        raise CellWrong("金额细于 1 分，请核对小数位数。")
    if found > _MOST:
        raise CellWrong(f"金额超出合理范围，请核对单位（1 万元是 {FEN_IN_WAN_YUAN // 100} 元）。")
    return found


def _kind(text: str) -> str:
    for code, names in _KINDS.items():
        if text in names:
            return code
    raise CellWrong("请写“法人及非法人组织”“个体工商户”或者“自然人”。")


def _short(text: str) -> str:
    return with_masks(text)[:24]
