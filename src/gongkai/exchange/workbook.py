"""A file → grids of cells, with bounded memory. Whatever is wrong with the file is one sentence."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from gongkai.exchange.problem import Problem, WorkbookRefused
from gongkai.files.sheets import broken_errors

LARGEST = 32 * 1024 * 1024
"""Bytes of a workbook file that are read at all."""
MOST_ROWS = 50_000
"""Records of one sheet; a county of the largest size has some thousands a year."""
_MOST_LINES = 200_000  # rows with or without anything in them
_MOST_COLUMNS = 60
_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_STRINGS = 48 * 1024 * 1024  # the one part that is held in memory whole
_PROLOGUE = 64 * 1024
_RELATIONS = "xl/_rels/workbook.xml.rels"
_DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")
_OLD_EXCEL, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"


class _NotCalculated:
    """A formula whose value the file does not hold."""

    def __repr__(self) -> str:
        return "公式（没有计算结果）"


NOT_CALCULATED: Final = _NotCalculated()

Line = tuple[object, ...]


@dataclass(frozen=True)
class Grid:
    """One sheet: its name and the cells of its rows that hold something, by row number from 1."""

    name: str
    lines: tuple[tuple[int, Line], ...]


def grids(data: bytes) -> list[Grid]:
    """Return the visible sheets of a workbook. Raises :class:`WorkbookRefused`."""
    _refuse_other_files(data)
    try:
        _refuse_bombs(data)
        return _read(data)
    except broken_errors() as damage:
        raise _refused(
            f"文件打不开，可能不完整或者已损坏（{type(damage).__name__}）。请用 Excel 或 WPS 打开后另存为 .xlsx 再试"
        ) from damage


def _refuse_other_files(data: bytes) -> None:
    if len(data) > LARGEST:
        raise _refused(
            f"文件超过 {LARGEST >> 20} MB，不像一份台账。请删去图片和无关的表，另存后再试"
        )
    if data.startswith(_OLD_EXCEL):
        raise _refused("这是旧版 .xls 文件，或者设了打开密码。请去掉密码，另存为 .xlsx 后再试")
    if not data.startswith(_ZIP):
        raise _refused("这不是 .xlsx 工作簿。请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后再试")


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        strings = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
        if sum(part.file_size for part in parts) > _MOST_UNPACKED or strings > _MOST_STRINGS:
            raise _refused("文件解开后大得不合理。请只保留台账各表，把内容复制到新的工作簿后再试")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as opened:
                    _refuse_declarations(opened.read(_PROLOGUE))
        _refuse_missing_sheets(archive)


def _refuse_missing_sheets(archive: zipfile.ZipFile) -> None:
    """Raise ``KeyError`` for a sheet that is announced and absent: the library would pass it over."""
    names = set(archive.namelist())
    if _RELATIONS not in names:
        return  # named otherwise: the library finds it, or says that the file is damaged
    for relation in _tags(archive.read(_RELATIONS)):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if relation.get("Type", "").endswith("/worksheet") and path not in names:
            raise KeyError(path)


def _tags(xml: bytes) -> Any:
    etree = importlib.import_module("lxml.etree")
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _refuse_declarations(start: bytes) -> None:
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        if any(word.encode(encoding) in start for word in _DECLARATIONS):
            raise _refused(
                "文件里有工作簿不应有的声明（DOCTYPE），不予读取。请另存为新的 .xlsx 后再试"
            )


def _read(data: bytes) -> list[Grid]:
    # Twice: a formula without a value looks like a blank cell in the one and like a formula in the other.
    valued, written = _opened(data, values=True), _opened(data, values=False)
    try:
        return [
            _grid(sheet, formulas)
            for sheet, formulas in zip(valued.worksheets, written.worksheets, strict=True)
            if sheet.sheet_state == "visible"
        ]
    finally:
        valued.close()
        written.close()


def _opened(data: bytes, *, values: bool) -> Any:
    openpyxl = importlib.import_module("openpyxl")
    return openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=values, keep_links=False
    )


def _grid(sheet: Any, formulas: Any) -> Grid:
    lines: list[tuple[int, Line]] = []
    for number, line in enumerate(_lines(sheet, formulas), start=1):
        if number > _MOST_LINES:
            raise _refused(
                "行数超过 20 万（多半是空白的格式行）。请删去多余的行，另存后再试", sheet.title
            )
        if line:
            lines.append((number, line))
        if len(lines) > MOST_ROWS:
            raise _refused(f"有内容的行超过 {MOST_ROWS} 行。请按年度分成几个工作簿", sheet.title)
    return Grid(sheet.title, tuple(lines))


def _lines(sheet: Any, formulas: Any) -> Iterator[Line]:
    for one in (sheet, formulas):
        one.reset_dimensions()  # what a sheet says of its own size is often wrong
    bounds = {"max_col": _MOST_COLUMNS, "values_only": True}
    for values, written in zip_longest(sheet.iter_rows(**bounds), formulas.iter_rows(**bounds)):
        yield _line(values or (), written or ())


def _line(values: Sequence[object], written: Sequence[object]) -> Line:
    cells = [
        NOT_CALCULATED if value is None and _is_formula(formula) else _cell(value)
        for value, formula in zip_longest(values, written)
    ]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _is_formula(written: object) -> bool:
    return written is not None and (not isinstance(written, str) or written.startswith("="))


def _cell(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _refused(message: str, sheet: str = "工作簿") -> WorkbookRefused:
    return WorkbookRefused([Problem(sheet, "", f"{message}。")])
