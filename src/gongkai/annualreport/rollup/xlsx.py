"""A roll-up as a workbook: 汇总, 单位, 差异, 问题. Numbers are numbers."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from gongkai.annualreport.model import Cell
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.rollup.rollup import STATES, RollUp
from gongkai.annualreport.rollup.text import SEVERITIES, contributors, heading, hint

Value = str | int | Decimal | None
# Loaded when a workbook is written: they are heavy, and most commands never need them.
_OPENPYXL, _STYLES, _WRITER = "openpyxl", "openpyxl.styles", "openpyxl.writer.excel"
_MARK = "≠"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # a workbook cannot hold these
_WIDEST = 60
_TABLES = {"t2": "表二", "t3": "表三", "t4": "表四"}


def write_xlsx(result: RollUp) -> bytes:
    """Return the bytes of the workbook."""
    book = importlib.import_module(_OPENPYXL).Workbook()
    book.remove(book.active)
    for title, rows in (
        ("汇总", _sums(result)),
        ("单位", _units(result)),
        ("差异", _differences(result)),
        ("问题", _faults(result)),
    ):
        _fill(book.create_sheet(title), rows)
    book.properties.title = heading(result)
    stream = io.BytesIO()
    importlib.import_module(_WRITER).save_workbook(book, stream)
    return stream.getvalue()


def _sums(result: RollUp) -> Iterator[list[Value]]:
    yield ["表", "键", "栏目", "各单位合计", "本级报告", "本级减合计", "一致", "空白的单位"]
    different = {one.key: one for one in result.differences}
    for key, one in result.sums.items():
        own = None if result.own is None else _number(result.own.figures.get(key))
        difference = different.get(key)
        yield [
            _TABLES[key[:2]],
            key,
            result.form.names[key],
            None if one.blank else one.total,
            own,
            difference.gap if difference else None,
            _verdict(result, key),
            "、".join(one.blank),
        ]


def _verdict(result: RollUp, key: str) -> str:
    if result.own is None:
        return ""
    if key in result.not_compared:
        return "不能核对"
    return _MARK if any(one.key == key for one in result.differences) else "＝"


def _units(result: RollUp) -> Iterator[list[Value]]:
    yield ["单位", "状态", *(title for _, title in SEVERITIES), "文件", "说明"]
    for unit in result.units:
        counts = [unit.count(severity) if unit.report else None for severity, _ in SEVERITIES]
        yield [unit.name, STATES[unit.state], *counts, unit.source, unit.note]


def _differences(result: RollUp) -> Iterator[list[Value]]:
    yield ["键", "栏目", "本级报告", "各单位合计", "本级减合计", "填数的单位", "提示"]
    for one in result.differences:
        yield [
            one.key,
            one.name,
            _number(one.own),
            one.total,
            one.gap,
            contributors(one, most=len(one.contributors)),
            hint(one),
        ]


def _faults(result: RollUp) -> Iterator[list[Value]]:
    yield ["单位", "轻重", "代码", "问题", "单元格", "依据"]
    titles = dict(SEVERITIES)
    for unit in result.units:
        for one in unit.findings:
            yield [
                unit.name,
                titles[one.severity],
                one.code,
                one.message,
                "、".join(one.cells),
                one.basis,
            ]


def _number(cell: Cell) -> Value:
    """A cell as a number where it is one; what else was printed stays as it is."""
    amount = decimal_of(cell)
    return cell if amount is None else amount


def _fill(sheet: Any, rows: Iterable[list[Value]]) -> None:
    styles = importlib.import_module(_STYLES)
    bold, differs = styles.Font(bold=True), styles.PatternFill("solid", fgColor="FFE7A8")
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = _CONTROL.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with = must not become a formula
            widths[place] = min(max(widths.get(place, 0), _width(value)), _WIDEST)
            cell.alignment = styles.Alignment(vertical="top", wrap_text=isinstance(value, str))
            if number == 1:
                cell.font = bold
            elif _MARK in row:
                cell.fill = differs
    for place, width in widths.items():
        sheet.column_dimensions[sheet.cell(1, place).column_letter].width = width + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _width(value: Value) -> int:
    return sum(2 if ord(sign) > 255 else 1 for sign in str(value if value is not None else ""))
