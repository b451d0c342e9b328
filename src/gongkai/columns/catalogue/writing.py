"""The standard catalogue as the official table: one sheet a field, two rows of headings with merged cells."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from gongkai.columns.catalogue.layout import MARK, NO_MARK, boxes, headings, title_of
from gongkai.columns.models import CatalogueItem
from gongkai.law.fields import FIELDS
from gongkai.paper.package import repacked, written

_WIDTHS = (6, 14, 20, 34, 34, 18, 18, 30, 8, 12, 8, 12, 8, 8, 8)
_HEAD = 3  # a caption and two rows of headings
_DATED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def write_catalogue(
    items: Sequence[CatalogueItem], agency_names: Mapping[int, str], county: str
) -> bytes:
    """Return a workbook with *items*, which come by field: the same items always give the same bytes.

    Without any it shows the empty table of one field.
    """
    openpyxl = importlib.import_module("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    by_field = {code: list(group) for code, group in groupby(items, key=lambda item: item.field)}
    for code in by_field or (next(iter(FIELDS)),):
        title = FIELDS[code].title
        _write(
            book.create_sheet(title), title_of(title, county), by_field.get(code, []), agency_names
        )
    return repacked(written(book.save), lambda name, part: _DATED.sub(b"", part))


def _write(
    sheet: Any, caption: str, items: Sequence[CatalogueItem], names: Mapping[int, str]
) -> None:
    village = any(item.at_village for item in items)
    width = _write_head(sheet, caption, village)
    for number, item in enumerate(items, start=1):
        for column, text in enumerate(_row(number, item, names, village), start=1):
            _put(sheet, _HEAD + number, column, text)
    _merge_first_level(sheet, items)
    styles = importlib.import_module("openpyxl.styles")
    for row in sheet.iter_rows(min_row=2, max_row=_HEAD + len(items), max_col=width):
        for cell in row:
            cell.alignment = styles.Alignment(wrap_text=True, vertical="center")
            cell.border = styles.Border(*[styles.Side(style="thin")] * 4)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "1:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = importlib.import_module(
        "openpyxl.worksheet.properties"
    ).PageSetupProperties(fitToPage=True)


def _write_head(sheet: Any, caption: str, village: bool) -> int:
    """Write the caption and the headings; return how many columns there are."""
    letter = importlib.import_module("openpyxl.utils").get_column_letter
    column = 1
    for heading in headings(village=village):
        _put(sheet, 2, column, heading.text)
        if heading.below:
            last = column + len(heading.below) - 1
            sheet.merge_cells(start_row=2, end_row=2, start_column=column, end_column=last)
            for place, text in enumerate(heading.below, start=column):
                _put(sheet, 3, place, text)
        else:
            last = column
            sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
        column = last + 1
    _put(sheet, 1, 1, caption)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=column - 1)
    for place, width in enumerate(_WIDTHS[: column - 1], start=1):
        sheet.column_dimensions[letter(place)].width = width
    return column - 1


def _merge_first_level(sheet: Any, items: Sequence[CatalogueItem]) -> None:
    row = _HEAD + 1
    for _, group in groupby(items, key=lambda item: item.item1):
        count = len(list(group))
        if count > 1:
            sheet.merge_cells(start_row=row, end_row=row + count - 1, start_column=2, end_column=2)
        row += count


def _row(number: int, item: CatalogueItem, names: Mapping[int, str], village: bool) -> list[str]:
    levels = [item.at_county, item.at_township, *([item.at_village] if village else [])]
    return [
        str(number),
        item.item1,
        item.item2,
        item.content,
        item.basis,
        item.limit_text,
        names.get(item.agency_id, item.agency.code),
        boxes(item.channels),
        _mark(item.to_all),
        f"{MARK}{item.particular}" if item.to_particular else NO_MARK,
        _mark(item.active),
        _mark(item.on_request),
        *map(_mark, levels),
    ]


def _mark(chosen: bool) -> str:
    return MARK if chosen else NO_MARK


def _put(sheet: Any, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"  # whatever a text begins with, it is no formula
