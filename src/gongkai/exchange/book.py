"""Writing the workbook: the template a clerk fills in, or the ledger's records under the same headings."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.annualreport.money import wan_yuan
from gongkai.exchange.headings import letter
from gongkai.exchange.layout import ABOUT_SHEET, CHOICES_SHEET, EXAMPLE_MARK, SHEETS, Column, Sheet
from gongkai.exchange.rows import Row
from gongkai.exchange.words import kinds, vocabulary
from gongkai.exchange.workbook import MOST_ROWS

_HEAD, _EXAMPLE_INK, _WIDTH, _WIDE = "FFE7EEF7", "FF808080", 16, 60
_DAY = "yyyy-mm-dd"
_NEEDS = {"always": "必填", "ledger": "导入台账必填", "no": "可空"}
_ABOUT = (
    "公开台账工作簿：各表一行一条记录，列的先后不限，多出的列不读取。",
    f"首格写着“{EXAMPLE_MARK}”的行是填写示例，不读取，可以删去。",
    "不要填写申请人、当事人的姓名、证件号码和联系方式：年报只用申请人类别。",
    "日期写成 2024-03-05、2024年3月5日、2024.3.5 或 20240305 都可以。",
    "",
)


def template() -> bytes:
    """Return an empty workbook with headings, what each column means, lists to choose from, an example row."""
    return _book({key: [_example(sheet)] for key, sheet in SHEETS.items()})


def workbook_of(rows: Mapping[str, Iterable[Row]]) -> bytes:
    """Return *rows*, by the key of their sheet, as a workbook that reads back as the same rows."""
    return _book(
        {
            key: [[_printed(row, column) for column in sheet.column] for row in rows.get(key, ())]
            for key, sheet in SHEETS.items()
        }
    )


def _book(records: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    book = importlib.import_module("openpyxl").Workbook(write_only=True)
    _write_about(book)
    for key, sheet in SHEETS.items():
        _write_sheet(book, sheet, records[key])
    _write_choices(book)
    target = io.BytesIO()
    importlib.import_module("openpyxl.writer.excel").save_workbook(book, target)
    return target.getvalue()


def _write_about(book: Any) -> None:
    page = book.create_sheet(ABOUT_SHEET)
    _widths(page, [_WIDTH, 24, 14, _WIDE])
    for text in _ABOUT:
        page.append([text])
    page.append([_cell(page, text, bold=True) for text in ("表", "列", "填写", "含义")])
    for sheet in SHEETS.values():
        page.append([sheet.title, "", "", sheet.about])
        for column in sheet.column:
            page.append(["", column.title, _NEEDS[column.need], column.about])


def _write_sheet(book: Any, sheet: Sheet, records: Sequence[Sequence[object]]) -> None:
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    _widths(page, [max(_WIDTH, 2 * len(column.title) + 2) for column in sheet.column])
    for place, column in enumerate(sheet.column):
        if column.kind in kinds():
            page.data_validations.append(_choice(column, letter(place)))
    page.append([_heading(page, column) for column in sheet.column])
    for record in records:
        example = bool(record) and record[0] == EXAMPLE_MARK
        page.append([_cell(page, value, faint=example) for value in record])


def _heading(page: Any, column: Column) -> Any:
    cell = _cell(page, column.title, bold=True)
    comment = importlib.import_module("openpyxl.comments").Comment
    cell.comment = comment(f"{_NEEDS[column.need]}：{column.about}", "公开")
    return cell


def _choice(column: Column, place: str) -> Any:
    found = importlib.import_module("openpyxl.worksheet.datavalidation").DataValidation
    at = letter(kinds().index(column.kind))
    last = len(vocabulary(column.kind).labels) + 1
    choice = found(
        type="list",
        formula1=f"'{CHOICES_SHEET}'!${at}$2:${at}${last}",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",  # a register's own word may be understood as well
        errorTitle=column.title,
        error="不在列表中；能认出的写法也可以，导入时会逐格核对。",
    )
    choice.add(f"{place}2:{place}{MOST_ROWS}")
    return choice


def _write_choices(book: Any) -> None:
    page = book.create_sheet(CHOICES_SHEET)
    lists = [list(vocabulary(kind).labels.values()) for kind in kinds()]
    titles = {column.kind: column.title for sheet in SHEETS.values() for column in sheet.column}
    _widths(page, [24] * len(lists))
    page.append([_cell(page, titles[kind], bold=True) for kind in kinds()])
    for n in range(max(map(len, lists))):
        page.append([words[n] if n < len(words) else None for words in lists])


def _widths(page: Any, widths: Iterable[int]) -> None:
    for place, width in enumerate(widths):
        page.column_dimensions[letter(place)].width = width


def _cell(page: Any, value: object, *, bold: bool = False, faint: bool = False) -> Any:
    styles = importlib.import_module("openpyxl.styles")
    cell = importlib.import_module("openpyxl.cell").WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = is a text
    if isinstance(value, date):
        cell.number_format = _DAY
    if bold:
        cell.font = styles.Font(bold=True)
        cell.fill = styles.PatternFill("solid", fgColor=_HEAD)
    if faint:
        cell.font = styles.Font(italic=True, color=_EXAMPLE_INK)
    return cell


def _example(sheet: Sheet) -> list[object]:
    return [column.example or None for column in sheet.column]


def _printed(row: Row, column: Column) -> object:
    value = getattr(row, column.key)
    if value is None or value == "":
        return None
    if column.kind == "flag":
        return vocabulary("flag").labels["yes" if value else "no"]
    if column.kind in kinds():
        return vocabulary(column.kind).labels[value]
    if column.kind == "money":
        return Decimal(wan_yuan(value))
    return value
