"""Excel files: the visible sheets row by row, with numbers as Excel prints them."""

from __future__ import annotations

import importlib
import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.annualreport.reading.office import twin_in
from gongkai.annualreport.reading.page import Line, Page
from gongkai.annualreport.reading.page_rows import joined, sheet_row, without_repeated_captions
from gongkai.files.package import Package, refuse_entities
from gongkai.files.refusal import UnreadableError
from gongkai.files.sheets import Sheet, broken_errors, printed, sheets_of

_WIDEST = 200
_MOST_BLANK = 5_000
_MOST_ROWS = 20_000
_TOO_LONG = (
    f"工作表超过 {_MOST_ROWS} 行，不像年度报告；请把报告所在的工作表单独另存为一个文件再检查。"
)
_BROKEN = "Excel 文件已损坏或不完整，无法读取；请用 Excel 或 WPS 打开后另存一份再检查。"


def page_of_xlsx(data: bytes) -> Page:
    """Return the visible sheets of an Excel file as lines, in the order of their tabs.

    A row with nothing but a heading or long text is a paragraph. Raises `UnreadableError` when the
    file is broken or endless, or holds formulas that were never calculated.
    """
    package = Package(data)
    refuse_entities(package)
    found = sheets_of(package, most_rows=_MOST_ROWS, too_long=_TOO_LONG)
    sheets = [sheet for sheet in found if not sheet.hidden]
    rows = _all_rows(data, sheets)
    for sheet in sheets:
        sheet.refuse_uncalculated()
    lines = without_repeated_captions([line for one in rows for line in one])
    if not lines:
        raise UnreadableError(
            "Excel 文件里没有内容（工作表是空的或被隐藏），请核对是否选错了文件。"
        )
    notes = tuple(note for sheet in sheets for note in sheet.notes)
    return Page(lines, notes=notes, twin=twin_in(package))


def _all_rows(data: bytes, sheets: Sequence[Sheet]) -> list[list[Line]]:
    openpyxl = importlib.import_module("openpyxl")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of styles and checks it does not know
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return [list(_rows(book[sheet.name], sheet)) for sheet in sheets]
        except UnreadableError:
            raise
        except broken_errors() as error:
            raise UnreadableError(_BROKEN) from error


def _rows(worksheet: Any, sheet: Sheet) -> Iterator[Line]:
    rows = list(_filled_rows(worksheet, sheet))
    width = max(map(len, rows), default=0)
    for texts in rows:
        yield from _lines([*texts, *[""] * (width - len(texts))])


def _filled_rows(worksheet: Any, sheet: Sheet) -> Iterator[list[str]]:
    """Yield the rows in which something shows, without the blanks at their end."""
    worksheet.reset_dimensions()  # the size that files declare is often wrong
    blank = 0
    for place, values in enumerate(worksheet.iter_rows(max_col=_WIDEST, values_only=True), start=1):
        texts = sheet.shown(place, [printed(value) for value in values])
        width = max((at for at, text in enumerate(texts, start=1) if text), default=0)
        blank = 0 if width else blank + 1
        if width:
            yield texts[:width]
        if blank > _MOST_BLANK and place < sheet.last_row:
            sheet.read_to = place - blank
        if blank > _MOST_BLANK or place >= sheet.last_row:
            return


def _lines(texts: Sequence[str]) -> Iterator[Line]:
    """A cell with line breaks is one label; alone in its row it is paragraphs."""
    filled = [text for text in texts if text]
    parts = [part.strip() for part in filled[0].splitlines() if part.strip()]
    if len(filled) == 1 and len(parts) > 1 and not sheet_row([joined(parts)]).table:
        blanks = [""] * (len(texts) - 1)
        yield from (sheet_row([part, *blanks]) for part in parts)
    else:
        yield sheet_row([joined(part.strip() for part in text.splitlines()) for text in texts])
