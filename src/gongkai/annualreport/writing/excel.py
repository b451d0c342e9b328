"""A report as XLSX: its text on one sheet, each official table on one, figures as numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any

from gongkai.annualreport.format import CellKind
from gongkai.annualreport.model import Cell, Report
from gongkai.annualreport.money import decimal_of
from gongkai.annualreport.writing.front import fact_lines, paragraphs, title_of
from gongkai.annualreport.writing.layout import (
    Figure,
    Heading,
    Placed,
    Table,
    official_tables,
    place,
)
from gongkai.paper.lettering import printable, width_in_ems
from gongkai.paper.package import moment, repacked, written

_openpyxl: Any = import_module("openpyxl")  # it carries no types
_styles: Any = import_module("openpyxl.styles")

TEXT_SHEET = "报告正文"
_LONGEST = 32_000
"""Characters in a cell; Excel stops at 32 767 and drops the rest without a word."""
_SAFE_DIGITS = 15
"""Decimal digits that survive Excel's binary numbers."""
_HIGHEST = 409.0
"""Points; Excel has no higher row."""
_LABELS = {"t2": (24.0,), "t3": (8.0, 12.0, 32.0), "t4": ()}
_FIGURES = {"t2": 20.0, "t3": 7.5, "t4": 8.0}
_TEXT_WIDTH = 78.0
_DIGIT = 5.5
"""The width that Excel counts columns in: a digit of its usual type, in points."""
_LINE = _styles.Side(style="thin", color="000000")
_RULED = _styles.Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_PLAIN, _BOLD = _styles.Font(name="宋体", size=11), _styles.Font(name="黑体", size=12)
_TITLE = _styles.Font(name="方正小标宋简体", size=18)
_CENTRED = _styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = _styles.Alignment(horizontal="left", vertical="center", wrap_text=True)
_PROSE = _styles.Alignment(horizontal="left", vertical="top", wrap_text=True)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def write_xlsx(report: Report) -> bytes:
    """Return the report as an Excel workbook; the same report always gives the same bytes.

    Money is a number where Excel keeps it exactly, and text where it would not.
    """
    book = _openpyxl.Workbook()
    book.remove(book["Sheet"])
    _write_text(book.create_sheet(TEXT_SHEET), report)
    for key, table in official_tables(report.form).items():
        heading = next(one.heading for one in report.form.sections if one.key == key)
        _write_table(book.create_sheet(f"表{heading.partition('、')[0]}"), table, report)
    _set_properties(book, report)
    return repacked(written(book.save), lambda name, part: _undated(name, part, report))


def _write_text(sheet: Any, report: Report) -> None:
    sheet.column_dimensions["A"].width = _TEXT_WIDTH
    for number, (text, font) in enumerate(_prose(report), 1):
        cell = sheet.cell(number, 1)
        _put_text(cell, text)
        cell.font = font
        cell.alignment = _CENTRED if font is _TITLE else _PROSE
        sheet.row_dimensions[number].height = _height(text, _TEXT_WIDTH, font.size)
    sheet.freeze_panes = "A2"
    _set_print(sheet, landscape=False)


def _prose(report: Report) -> Iterator[tuple[str, Any]]:
    yield title_of(report), _TITLE
    for line in fact_lines(report):
        yield line, _PLAIN
    for section in report.form.sections:
        yield section.heading, _BOLD
        for text in paragraphs(report.sections.get(section.key, "")):
            for at in range(0, len(text), _LONGEST):
                yield text[at : at + _LONGEST], _PLAIN


def _write_table(sheet: Any, table: Table, report: Report) -> None:
    labels = _LABELS[table.id]
    widths = (*labels, *[_FIGURES[table.id]] * (table.width - len(labels)))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[_openpyxl.utils.get_column_letter(column)].width = width
    for one in place(table):
        _write_cell(sheet, one, report)
        _make_room(sheet, one, sum(widths[one.column : one.column + one.cell.colspan]))
    head = len(table.head)
    sheet.freeze_panes = sheet.cell(head + 1, len(labels) + 1).coordinate
    if head:
        sheet.print_title_rows = f"1:{head}"
    sheet.oddHeader.center.text = table.caption
    _set_print(sheet, landscape=table.id == "t4")


def _write_cell(sheet: Any, one: Placed, report: Report) -> None:
    row, column, laid = one.row + 1, one.column + 1, one.cell
    last_row, last_column = row + laid.rowspan - 1, column + laid.colspan - 1
    for down in range(row, last_row + 1):
        for right in range(column, last_column + 1):
            sheet.cell(down, right).border = _RULED
    cell = sheet.cell(row, column)
    if isinstance(laid, Figure):
        _put_figure(cell, report.cell(laid.key), report.form.kinds[laid.key])
    else:
        _put_text(cell, laid.text)
    cell.font, cell.alignment = _PLAIN, _LEFT if _is_label(laid) else _CENTRED
    if (last_row, last_column) != (row, column):
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=last_row, end_column=last_column
        )


def _make_room(sheet: Any, one: Placed, width: float) -> None:
    """Make the row high enough: Excel does not do it for merged cells."""
    if one.cell.rowspan == 1:
        row = sheet.row_dimensions[one.row + 1]
        text = str(sheet.cell(one.row + 1, one.column + 1).value or "")
        row.height = max(row.height or 0, _height(text, width, _PLAIN.size))


def _height(text: str, width: float, size: float) -> float:
    """The height in points of a row in which `text` is wrapped at `width` digits."""
    letters = int((width - 1) * _DIGIT / size)
    return min(_HIGHEST, 1.4 * size * max(1, math.ceil(width_in_ems(text) / letters)) + 4)


def _is_label(laid: Heading | Figure) -> bool:
    return isinstance(laid, Heading) and laid.kind in ("leaf", "note")


def _put_figure(cell: Any, value: Cell, kind: CellKind) -> None:
    number = _number(value, kind)
    if number is not None:
        cell.value = number
        places = -int(number.as_tuple().exponent) if isinstance(number, Decimal) else 0
        cell.number_format = f"0.{'0' * places}" if places else "0"
    elif value is not None:
        _put_text(cell, str(value))


def _number(value: Cell, kind: CellKind) -> int | Decimal | None:
    """The number in a cell when Excel keeps it and shows it as it is written, else None."""
    if isinstance(value, int):
        return value if abs(value) < 10**_SAFE_DIGITS else None
    amount = decimal_of(value) if kind in ("money", "amount") else None
    if amount is None or len(amount.as_tuple().digits) > _SAFE_DIGITS:
        return None
    return amount if f"{amount:.16g}" == str(value) == f"{float(amount) + 0.0:.16g}" else None


def _put_text(cell: Any, text: str) -> None:
    """Text stays text, also when it begins with “=”."""
    line = printable(text)
    if line:
        cell.value = line
        cell.data_type = "s"
        cell.number_format = "@"


def _set_print(sheet: Any, *, landscape: bool) -> None:
    """A4, as wide as the page and as long as it takes."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "— &P —"


def _set_properties(book: Any, report: Report) -> None:
    told = book.properties
    told.title, told.creator = printable(title_of(report)), printable(report.issuer)
    told.language = "zh-CN"
    told.created = moment(report.published_on).replace(tzinfo=None)


def _undated(name: str, part: bytes, report: Report) -> bytes:
    """Take out the time of saving, which openpyxl writes whatever it is told."""
    if name != "docProps/core.xml":
        return part
    day = moment(report.published_on).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return _MODIFIED.sub(rb"\g<1>" + day + rb"\g<2>", part)
