"""Workbooks as a county might keep them, made cell by cell."""

from __future__ import annotations

import importlib
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gongkai.exchange.problem import WorkbookRefused
from gongkai.exchange.reading import read_workbook
from gongkai.exchange.rows import Contents
from gongkai.law.rules import Rules

TODAY = date(2025, 6, 2)
openpyxl: Any = importlib.import_module("openpyxl")  # it carries no types
Lines = Sequence[Sequence[object]]

REQUESTS: Lines = [
    ["受理机关", "登记编号", "收到日期", "申请人类别", "处理结果", "决定日期"],
    ["示例县粮食局", "2023-009", "2023-12-20", "自然人", "予以公开", "2024-01-10"],
    ["示例县粮食局", "2024-001", "2024-03-05", "自然人", "信息不存在", "2024-03-20"],
    ["示例县湖泊局", "2024-001", "2024-04-01", "商业企业", "部分公开", "2024-04-28"],
    ["示例县湖泊局", "2024-002", "2024-12-25", "法律服务机构", None, None],
]
RETURNS: Lines = [
    ["报送单位", "年度", "行政许可", "行政处罚", "行政强制", "行政事业性收费（万元）"],
    ["示例县粮食局", 2024, 120, 8, 0, 12.5],
    ["示例县湖泊局", 2024, "1,003", "2", "0", "0.0001"],
]
POLICIES: Lines = [
    ["制发机关", "标题", "文号", "成文日期", "发布日期", "施行日期", "退出方式", "失效或废止日期"],
    ["示例县粮食局", "粮食储备办法", "示粮〔2021〕1号", "2021-02-01", "2021-02-02", "2021-03-01", "废止", "2024-05-01"],
    ["示例县粮食局", "粮食应急办法", "示粮〔2022〕3号", "2022-02-01", "2022-02-02", "2022-03-01", None, None],
    ["示例县湖泊局", "湖泊巡查办法", "示湖〔2024〕2号", "2024-02-01", "2024-02-02", "2024-03-01", None, None],
]  # fmt: skip


def book(sheets: Mapping[str, Lines]) -> bytes:
    """Return a workbook with *sheets*; a text that begins with = is a formula without a value."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, lines in sheets.items():
        page = workbook.create_sheet(name)
        for line in lines:
            page.append(list(line))
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def county() -> dict[str, Lines]:
    """Return the sheets of a small county: two bureaus, four requests, three documents."""
    return {"申请": REQUESTS, "报送": RETURNS, "文件": POLICIES}


def changed(sheet: str, row: int, column: int, value: object) -> dict[str, Lines]:
    """Return the small county with one cell changed; *row* and *column* as printed, from 1."""
    sheets = county()
    lines = [list(line) for line in sheets[sheet]]
    lines[row - 1][column - 1] = value
    return {**sheets, sheet: lines}


def read(sheets: Mapping[str, Lines], *, strict: bool = False) -> Contents:
    """Read *sheets* as of the tests' today."""
    return read_workbook(book(sheets), today=TODAY, rules=Rules.national(TODAY), strict=strict)


def refused(sheets: Mapping[str, Lines], *, strict: bool = False) -> list[str]:
    """Return the problems of *sheets* as lines; none when they are understood."""
    try:
        read(sheets, strict=strict)
    except WorkbookRefused as refusal:
        return [str(problem) for problem in refusal.problems]
    return []
