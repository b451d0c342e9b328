"""Catalogue files for the tests: the official headings, and rows one can spoil."""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Mapping, Sequence
from typing import Any

openpyxl: Any = importlib.import_module("openpyxl")  # it carries no types
TOP = [
    *("序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体"),
    *("公开渠道和载体", "公开对象", "", "公开方式", "", "公开层级", ""),
]
BELOW = [
    "",
    "一级事项",
    "二级事项",
    *[""] * 5,
    "全社会",
    "特定群体",
    "主动",
    "依申请公开",
    "县级",
    "乡级",
]
ROW: Mapping[str, str] = {
    "no": "1",
    "item1": "储备粮",
    "item2": "库存公告",
    "content": "品种、数量、时间",
    "basis": "《政府信息公开条例》",
    "limit_text": "信息形成或者变更之日起20个工作日内",
    "agency": "县粮食局",
    "channels": "■政府网站\n□政府公报\n■政务服务中心",
    "to_all": "√",
    "to_particular": "",
    "active": "√",
    "on_request": "",
    "at_county": "√",
    "at_township": "",
}


def row(**changed: str) -> list[str]:
    return list({**ROW, **changed}.values())


def workbook(
    *rows: Sequence[Any], title: str = "财政预决算", head: Sequence[Sequence[str]] = (TOP, BELOW)
) -> bytes:
    """Return a workbook with a caption, the headings and *rows*."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append([f"示例县{title}领域基层政务公开标准目录"])
    for one in (*head, *rows):
        sheet.append(list(one))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table(*rows: Sequence[str], encoding: str = "utf-8-sig") -> bytes:
    """Return the same as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([TOP, BELOW, *rows])
    return text.getvalue().encode(encoding)
