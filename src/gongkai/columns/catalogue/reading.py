"""A catalogue file, XLSX or CSV, as lines under known headings. What is wrong is a sentence, never a fault."""

from __future__ import annotations

import csv
import importlib
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from gongkai.columns.catalogue.layout import KEYS, NEEDED, plain
from gongkai.columns.refusal import ColumnRefused
from gongkai.files.package import ZIP_ERRORS, Package, refuse_entities
from gongkai.files.refusal import UnreadableError
from gongkai.files.sheets import printed
from gongkai.law.fields import Field, field_named

MOST_BYTES = 4_000_000
MOST_ROWS = 3_000
_WIDEST, _SHEETS, _HEAD = 30, 40, 12
_BROKEN = "这个文件打不开：不是完好的 Excel（.xlsx）或 CSV 文件。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
_ERRORS = (*ZIP_ERRORS, SyntaxError, LookupError, TypeError, AttributeError, ArithmeticError)
FORMULA = "="


@dataclass(frozen=True)
class CatalogueLine:
    """A filled row: where it is, of which field, and its texts by key."""

    sheet: str
    row: int
    field: Field
    texts: Mapping[str, str]


def read_lines(data: bytes, chosen: Field | None) -> list[CatalogueLine]:
    """Return the filled rows of every sheet. A sheet names its field itself, or it is the one *chosen*.

    Raises :class:`ColumnRefused` for a file that is no catalogue, or far too large a one.
    """
    if not data.strip():
        raise ColumnRefused("文件是空的，请核对是否选错了文件。")
    if len(data) > MOST_BYTES:
        raise ColumnRefused(
            f"文件超过 {MOST_BYTES // 1_000_000} MB，不像标准目录。请按领域分成几个文件。"
        )
    lines: list[CatalogueLine] = []
    for name, rows in _sheets(data):
        lines += _lines(name, rows, chosen)
        if len(lines) > MOST_ROWS:
            raise ColumnRefused(f"目录超过 {MOST_ROWS} 行，一次录不了。请按领域分成几个文件上传。")
    if not lines:
        raise ColumnRefused("表头下面没有一行事项，没有可录入的内容。")
    return lines


def _sheets(data: bytes) -> list[tuple[str, list[list[str]]]]:
    return _workbook(data) if data.startswith(b"PK") else [("CSV", _csv(data))]


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as wrong:
            raise ColumnRefused(_BROKEN) from wrong
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline="")), MOST_ROWS + _HEAD + 1))
    except csv.Error as wrong:
        raise ColumnRefused(_BROKEN) from wrong
    return [[cell.strip() for cell in row[:_WIDEST]] for row in rows]


def _workbook(data: bytes) -> list[tuple[str, list[list[str]]]]:
    openpyxl = importlib.import_module("openpyxl")
    own = importlib.import_module("openpyxl.utils.exceptions")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of styles and checks it does not know
        try:
            refuse_entities(Package(data))
            # Formulas are read as such: what they came to last is nobody's word.
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return [(sheet.title, _rows(sheet)) for sheet in shown[:_SHEETS]]
        except (*_ERRORS, UnreadableError, own.InvalidFileException) as wrong:
            raise ColumnRefused(_BROKEN) from wrong


def _rows(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # the size that files declare is often wrong
    values = sheet.iter_rows(max_col=_WIDEST, max_row=MOST_ROWS + _HEAD + 1, values_only=True)
    return [[_text(value) for value in row] for row in values]


def _text(value: object) -> str:
    # An array formula comes as an object that knows its range.
    return FORMULA if hasattr(value, "ref") else printed(value)


def _lines(name: str, rows: list[list[str]], chosen: Field | None) -> Iterator[CatalogueLine]:
    if not any(any(row) for row in rows):
        return
    at, width, places = _head(name, rows)
    caption = "".join(text for row in rows[:at] for text in row)
    field = field_named(caption) or field_named(name) or chosen
    if field is None:
        raise ColumnRefused(
            f"看不出工作表“{name}”是哪个领域的目录。请在表名或标题里写明领域（如“财政预决算”），"
            "或者上传时选择领域。"
        )
    item1 = ""
    for number, row in enumerate(rows[at + width :], start=at + width + 1):
        texts = {key: row[place] if place < len(row) else "" for key, place in places.items()}
        if not any(text for key, text in texts.items() if key != "no"):
            continue
        # The first level is one merged cell over its second-level items.
        item1 = texts["item1"] = texts["item1"] or item1
        yield CatalogueLine(name, number, field, texts)


def _head(name: str, rows: Sequence[Sequence[str]]) -> tuple[int, int, dict[str, int]]:
    """Return where the headings begin, how many rows they take, and the column of each key."""
    for at, row in enumerate(rows[:_HEAD]):
        first = [plain(text) for text in row]
        second = [plain(text) for text in rows[at + 1]] if at + 1 < len(rows) else []
        for width, labels in ((1, first), (2, _over(first, second))):
            if "一级事项" in labels:
                return at, width, _places(name, labels)
    raise ColumnRefused(
        f"工作表“{name}”里没有找到标准目录的表头（序号、公开事项、一级事项……）。"
        "请用本页导出的表格作样子填写。"
    )


def _over(first: Sequence[str], second: Sequence[str]) -> list[str]:
    if "公开事项" not in first:
        return []
    width = max(len(first), len(second))
    upper = [*first, *[""] * (width - len(first))]
    lower = [*second, *[""] * (width - len(second))]
    return [under or above for above, under in zip(upper, lower, strict=True)]


def _places(name: str, labels: Sequence[str]) -> dict[str, int]:
    missing = [text for text in NEEDED if text not in labels]
    if missing:
        raise ColumnRefused(
            f"工作表“{name}”的表头缺少“{'”“'.join(missing)}”，请按标准目录的表头补齐后再上传。"
        )
    twice = [text for text in KEYS if labels.count(text) > 1]
    if twice:
        raise ColumnRefused(f"工作表“{name}”的表头里“{'”“'.join(twice)}”出现了两次，请删去多余的。")
    return {key: labels.index(text) for text, key in KEYS.items() if text in labels}
