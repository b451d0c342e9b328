"""A table somebody filled in: the cells of each sheet as text, with the row each stands in."""

from __future__ import annotations

import csv
import importlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.files.decoding import decode
from gongkai.files.kinds import Kind
from gongkai.files.package import Package, refuse_entities
from gongkai.files.refusal import UnreadableError
from gongkai.files.sheets import Sheet, broken_errors, printed, sheets_of

TABLES = frozenset({Kind.XLSX, Kind.CSV})
_WIDEST = 100
_MOST_BLANK = 2_000
"""Blank rows after which a sheet is taken to be at its end."""
_BROKEN = "Excel 文件已损坏或不完整；请打开后另存一份再试。"


@dataclass(frozen=True)
class Grid:
    """A sheet: its name, its rows that say something by their number from 1, and what was not read."""

    name: str
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()


def grids(data: bytes, kind: Kind, *, most_rows: int) -> list[Grid]:
    """Return the visible sheets of a workbook or the one table of a CSV file.

    *most_rows* filled rows at most. Raises `UnreadableError` for any other kind, a broken or endless
    file, and formulas whose results were never calculated.
    """
    if kind not in TABLES:
        raise UnreadableError(
            "这里只接受 .xlsx 和 .csv 表格；其他表格请用 Excel 或 WPS 另存后再上传。"
        )
    too_long = f"表格超过 {most_rows} 行；请按月份或者季度分成几个文件，分次导入。"
    if kind is Kind.CSV:
        return [Grid("表格", tuple(_of_text(decode(data), most_rows, too_long)))]
    return _of_workbook(data, most_rows, too_long)


def _of_text(text: str, most_rows: int, too_long: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text.lstrip("\ufeff"), newline=""),
        delimiter="\t" if "\t" in head and "," not in head else ",",
    )
    number, filled = 1, 0
    try:
        for cells in reader:
            line = tuple(" ".join(cell.split()) for cell in cells[:_WIDEST])
            if any(line):
                filled += 1
                if filled > most_rows:
                    raise UnreadableError(too_long)
                yield number, line
            number = reader.line_num + 1
    except csv.Error as wrong:
        raise UnreadableError(
            f"第 {number} 行附近的引号或者分隔不对，读不下去；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
        ) from wrong


def _of_workbook(data: bytes, most_rows: int, too_long: str) -> list[Grid]:
    package = Package(data)
    refuse_entities(package)
    sheets = sheets_of(package, most_rows=most_rows, too_long=too_long)
    openpyxl = importlib.import_module("openpyxl")
    seen = [one for one in sheets if not one.hidden]
    for one in seen:
        one.refuse_uncalculated()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of styles and checks it does not know
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return [Grid(one.name, tuple(_lines(book[one.name], one)), one.notes) for one in seen]
    except broken_errors() as error:
        raise UnreadableError(_BROKEN) from error


def _lines(worksheet: Any, sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    worksheet.reset_dimensions()  # the size that files declare is often wrong
    rows = worksheet.iter_rows(max_col=_WIDEST, max_row=max(sheet.last_row, 1), values_only=True)
    blank = 0
    for number, values in enumerate(rows, start=1):
        line = sheet.shown(number, [" ".join(printed(value).split()) for value in values])
        blank = 0 if any(line) else blank + 1
        if blank > _MOST_BLANK:
            sheet.read_to = number - blank
            return
        if any(line):
            yield number, tuple(line)
