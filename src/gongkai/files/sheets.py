"""What the row reader of Excel does not tell: hidden parts, covered cells, missing results."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongkai.files.package import Package
from gongkai.files.refusal import UnreadableError

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_BROKEN = "Excel 文件已损坏或不完整，无法读取；请用 Excel 或 WPS 打开后另存一份再试。"
_MOST_SHEETS = 200
_MOST_CELLS = 1_000_000
"""Of all sheets together: a small file can hold far more, and reading them takes a minute for three million."""
_TOO_MANY = "表格里的单元格超过 {} 万个，读取要几分钟，没有收下；请只保留需要的工作表和列，或者拆成几个文件后再上传。"
# What openpyxl and the parsers below it raise on broken workbooks, learnt by changing bytes.
_BROKEN_ERRORS: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,  # both XML parsers' errors derive from it
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    OSError,
    RuntimeError,
    AssertionError,
)
# Merged cells of a report are few and low; more are left as they are.
_MOST_COVERED = 20_000
_TALLEST = 1_000


def broken_errors() -> tuple[type[Exception], ...]:
    """Return whatever a broken or hostile workbook makes a reader raise.

    Asked for in an ``except``: openpyxl, whose own errors derive from ``Exception`` alone, is loaded with the first.
    """
    own = importlib.import_module("openpyxl.utils.exceptions")
    return (*_BROKEN_ERRORS, own.InvalidFileException, own.CellCoordinatesException)


@dataclass
class Sheet:
    """A sheet: its name, and which rows, columns and places do not show. From 1.

    *cells* counts those of the sheets before it as well.
    """

    name: str
    hidden: bool = False
    rows_hidden: set[int] = field(default_factory=set)
    columns_hidden: list[tuple[int, int]] = field(default_factory=list)
    covered: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    uncalculated: int = 0
    last_row: int = 0
    cells: int = 0
    filled_rows: int = 0
    read_to: int | None = None

    def refuse_uncalculated(self) -> None:
        """Raise `UnreadableError` for formulas without a result: their cells are not blank, but unknown."""
        if self.uncalculated:
            raise UnreadableError(
                f"工作表“{self.name}”有 {self.uncalculated} 个公式没有保存计算结果，读不到数字；"
                "请用 Excel 或 WPS 打开、保存一次后再检查。"
            )

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read, in a sentence each."""
        notes = []
        if self.read_to is not None:
            notes.append(
                f"工作表“{self.name}”第 {self.read_to} 行以后是大片空行，再往后（到第 {self.last_row} 行）"
                "的内容没有读取；请核对。"
            )
        if self.rows_hidden or self.columns_hidden:
            notes.append(f"工作表“{self.name}”有隐藏的行或列，没有读取；需要时请取消隐藏后保存。")
        return tuple(notes)

    def shown(self, row: int, texts: Sequence[str]) -> list[str]:
        """Return what shows of a row: nothing of hidden places or under a merged cell."""
        if row in self.rows_hidden:
            return [""] * len(texts)
        return [
            text if text and not self._is_covered(row, column) else ""
            for column, text in enumerate(texts, start=1)
        ]

    def hides_in(self, row: int) -> bool:
        """Whether anything in this row may not show."""
        return bool(self.columns_hidden) or row in self.rows_hidden or row in self.covered

    def hides(self, row: int, column: int) -> bool:
        """Whether what stands in this place does not show: a hidden row or column, under a merged cell."""
        return row in self.rows_hidden or self._is_covered(row, column)

    def _is_covered(self, row: int, column: int) -> bool:
        ranges = (*self.columns_hidden, *self.covered.get(row, ()))
        return any(first <= column <= last for first, last in ranges)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note a merged range; only its top left place shows."""
        if len(self.covered) < _MOST_COVERED:
            for row in range(top, min(bottom, top + _TALLEST) + 1):
                self.covered.setdefault(row, []).append((left + (row == top), right))


def sheets_of(package: Package, *, most_rows: int, too_long: str) -> list[Sheet]:
    """Return the sheets in the order of their tabs, hidden ones marked; charts are left out.

    Raises `UnreadableError` when the workbook is broken, or with *too_long* for a visible sheet of
    more than *most_rows* filled rows.
    """
    main = package.main
    root = package.xml(main)
    if main is None or root is None:
        raise UnreadableError(_BROKEN)
    found = [
        (sheet.get("name", ""), sheet.get(_R), sheet.get("state", "visible") != "visible")
        for sheet in root.iter(_S + "sheet")
    ]
    if len(found) > _MOST_SHEETS:
        raise UnreadableError("工作表过多；请只保留需要的工作表再试。")
    targets = _targets(package, main)
    sheets: list[Sheet] = []
    for name, key, hidden in found:
        if key in targets and "worksheets/" in targets[key]:
            sheet = Sheet(name, hidden, cells=sheets[-1].cells if sheets else 0)
            data = package.part(targets[key]) or b""
            sheets.append(_sheet(sheet, data, most_rows, too_long))
    return sheets


def _targets(package: Package, main: str) -> dict[str | None, str]:
    return {one.id: one.target for one in package.relations(main) if one.target in package}


def _sheet(sheet: Sheet, data: bytes, most_rows: int, too_long: str) -> Sheet:
    etree = importlib.import_module("lxml.etree")
    tags = [_S + tag for tag in ("row", "col", "mergeCell")]
    try:
        parsing = etree.iterparse(io.BytesIO(data), tag=tags, resolve_entities=False)
        for _, element in parsing:
            _note(sheet, element)
            if sheet.filled_rows > most_rows and not sheet.hidden:
                raise UnreadableError(too_long)
            if sheet.cells > _MOST_CELLS:
                raise UnreadableError(_TOO_MANY.format(_MOST_CELLS // 10_000))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except UnreadableError:
        raise
    except (etree.XMLSyntaxError, ValueError, TypeError) as error:
        raise UnreadableError(_BROKEN) from error
    return sheet


def _note(sheet: Sheet, element: Any) -> None:
    hidden = element.get("hidden") in {"1", "true"} or _has_no_size(element)
    if element.tag == _S + "row":
        if hidden:
            sheet.rows_hidden.add(int(element.get("r", "0")))
        sheet.cells += len(element)
        sheet.uncalculated += sum(_is_uncalculated(cell) for cell in element)
        if any(len(cell) for cell in element):
            sheet.filled_rows += 1
            sheet.last_row = max(sheet.last_row, int(element.get("r", sheet.last_row + 1)))
    elif element.tag == _S + "col":
        if hidden:
            sheet.columns_hidden.append(
                (int(element.get("min", "0")), int(element.get("max", "0")))
            )
    else:
        found = _RANGE.fullmatch(element.get("ref", ""))
        if found:
            sheet.merge(int(found[2]), _column(found[1]), int(found[4]), _column(found[3]))


def _has_no_size(element: Any) -> bool:
    """A row without height, a column without width: hidden by another name."""
    return {element.get("ht"), element.get("width")} & {"0", "0.0"} != set()


def _is_uncalculated(cell: Any) -> bool:
    """A formula without a result; a result may be the empty text."""
    result = cell.find(_S + "v")
    empty = result is None or (not result.text and cell.get("t") != "str")
    return empty and cell.find(_S + "f") is not None


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def printed(value: object) -> str:
    """Return a cell's value as Excel shows it in a plain cell; 15 digits, never an exponent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        plain = format(Decimal(format(value, ".15g")), "f") if value == value else ""
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, dt.datetime):
        day = value.date().isoformat()
        return day if value.time() == dt.time() else f"{day} {value.time().isoformat()}"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).strip()
