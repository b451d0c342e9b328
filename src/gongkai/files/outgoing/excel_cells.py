"""The cells of a sheet, read once from its XML: a workbook reader would leave out what does not show."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.files.outgoing.colours import near
from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.excel_looks import CellLooks, S
from gongkai.files.outgoing.personal import find_personal, in_single_places
from gongkai.files.outgoing.reported import report_personal
from gongkai.files.package import parse_xml
from gongkai.files.refusal import UnreadableError
from gongkai.files.sheets import Sheet

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BESIDE = {"headerFooter": "页眉、页脚", "dataValidation": "数据验证", "hyperlink": "链接"}
_WHITE = (255, 255, 255)
_FEWEST_DIGITS = 7
"""A shorter number is nobody's telephone."""
_FEWEST_BOXES = 11
"""Cells of one character in a row, from which they may be a number written one place a cell."""
_BROKEN = "Excel 文件已损坏或不完整；请打开后另存一份再检查。"


class Strings:
    """The texts that cells share, and which of them are used."""

    def __init__(self, data: bytes | None, looks: CellLooks) -> None:
        root = None if data is None else parse_xml(data)
        items = [] if root is None else root.findall(S + "si")
        self._texts = [_plain(one) for one in items]
        self._white = {n for n, one in enumerate(items) if _has_white(one, looks)}
        self._personal = {n for n, text in enumerate(self._texts) if find_personal(text)}
        self._used: set[int] = set()

    def use(self, number: str) -> tuple[str, bool, bool]:
        """Return a text, whether it holds personal data, whether letters of it are white."""
        n = int(number) if number.isdigit() and len(number) < 9 else -1
        if not 0 <= n < len(self._texts):
            return "", False, False
        self._used.add(n)
        return self._texts[n], n in self._personal, n in self._white

    def report_unused(self, found: Found) -> None:
        """Note texts that no cell shows: left behind, and still in the file."""
        for n, text in enumerate(self._texts):
            if n not in self._used and text.strip():
                found.add(ConcernKind.STORED_DATA, "没有单元格使用的文字", text)
                report_personal(text, "没有单元格使用的文字", found)


def examine_cells(
    data: bytes, sheet: Sheet, strings: Strings, looks: CellLooks, found: Found
) -> None:
    """Note what of a sheet does not show, and its personal data. Raises `UnreadableError`."""
    reader = _Cells(sheet, strings, looks, found)
    etree = importlib.import_module("lxml.etree")
    tags = [S + tag for tag in ("row", "sheetFormatPr", *_BESIDE)]
    try:
        for _, element in etree.iterparse(io.BytesIO(data), tag=tags, resolve_entities=False):
            reader.take(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError, TypeError) as error:
        raise UnreadableError(_BROKEN) from error
    reader.finish()


class _Cells:
    def __init__(self, sheet: Sheet, strings: Strings, looks: CellLooks, found: Found) -> None:
        self._sheet, self._strings, self._looks, self._found = sheet, strings, looks, found
        self._hidden = 0
        self._first_hidden = ("", "")
        self._row = 0
        self._hides_some = False

    def take(self, element: Any) -> None:
        if element.tag == S + "row":
            self._take_row(element)
        elif element.tag == S + "sheetFormatPr":
            if element.get("zeroHeight") in {"1", "true"}:
                self._found.add(ConcernKind.HIDDEN_CELLS, self._title, "没有设高度的行都不显示")
        else:
            for text in (*element.itertext(), *element.attrib.values()):
                report_personal(text, f"{self._title}的{_BESIDE[_name(element)]}", self._found)

    def finish(self) -> None:
        """Say once for the sheet how many cells do not show."""
        if self._hidden:
            place, text = self._first_hidden
            where = f"{self._title}!{place}" + (
                f" 等 {self._hidden} 格" if self._hidden > 1 else ""
            )
            self._found.add(ConcernKind.HIDDEN_CELLS, where, text)

    @property
    def _title(self) -> str:
        return f"工作表“{self._sheet.name}”"

    def _take_row(self, row: Any) -> None:
        self._row = int(row.get("r") or self._row + 1)
        self._hides_some = self._sheet.hides_in(self._row)
        texts = [self._take_cell(cell, n) for n, cell in enumerate(row, start=1)]
        if sum(len(text) == 1 for text in texts) >= _FEWEST_BOXES:
            where = f"{self._title}第 {self._row} 行"
            report_personal(in_single_places(texts), where, self._found)

    def _take_cell(self, cell: Any, n: int) -> str:
        """Look at the *n*-th cell of the row as it is written; most are plain and shown, and cost little."""
        text, personal, white = self._said(cell)
        formula = cell.find(S + "f")
        if formula is not None and formula.text:
            report_personal(formula.text, self._at(cell, n), self._found)
        if not text:
            return ""
        if self._hides_some and self._sheet.hides(self._row, _column(cell.get("r")) or n):
            self._hidden += 1
            if self._hidden == 1:
                self._first_hidden = (self._name(cell, n), text)
        style = cell.get("s")
        white = white and self._looks.is_light(style)
        if why := self._looks.unseen(style) or ("有白色的字" if white else ""):
            self._found.add(ConcernKind.UNSEEN_TEXT, f"{self._at(cell, n)}（{why}）", text)
        if personal and find_personal(text):
            report_personal(text, self._at(cell, n), self._found)
        return text

    def _said(self, cell: Any) -> tuple[str, bool, bool]:
        """Return the text of a cell, whether it may hold personal data, whether letters are white."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(S + "is")
            text = "" if inline is None else _plain(inline)
            return text, bool(text), inline is not None and _has_white(inline, self._looks)
        value = cell.find(S + "v")
        written = "" if value is None else value.text or ""
        if kind == "s":
            return self._strings.use(written)
        if kind == "n":
            text = _number(written)
            return text, len(text) >= _FEWEST_DIGITS and "." not in text, False
        return written, bool(written), False

    def _name(self, cell: Any, n: int) -> str:
        return cell.get("r") or f"{_letters(n)}{self._row}"

    def _at(self, cell: Any, n: int) -> str:
        return f"{self._title}!{self._name(cell, n)}"


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _plain(item: Any) -> str:
    """Return the text of a shared or inline string: all its runs, without the readings above them."""
    if len(item) == 1 and item[0].tag == S + "t":
        return item[0].text or ""
    return "".join(_runs(item))


def _runs(item: Any) -> Iterator[str]:
    for child in item:
        if child.tag == S + "t":
            yield child.text or ""
        elif child.tag == S + "r":
            yield from (one.text or "" for one in child.findall(S + "t"))


def _has_white(item: Any, looks: CellLooks) -> bool:
    if len(item) == 1 and not len(item[0]):
        return False
    for colour in item.iterfind(f"{S}r/{S}rPr/{S}color"):
        found = looks.colour(colour)
        if found is not None and near(found, _WHITE):
            return True
    return False


def _number(written: str) -> str:
    """Return a number without exponent: 1.3800138E10 is a telephone."""
    if "E" not in written and "e" not in written:
        return written
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written
    return format(number, "f") if abs(number.adjusted()) < 40 else written


def _column(place: str | None) -> int:
    found = _PLACE.fullmatch(place or "")
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _letters(column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
