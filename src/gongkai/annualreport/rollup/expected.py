"""The list of units that must report: a text file with a name a line, or a workbook's first column."""

from __future__ import annotations

import importlib
import io
import re

from gongkai.files.sheets import broken_errors

_OPENPYXL = "openpyxl"  # loaded for a workbook only
_ZIP = b"PK\x03\x04"
_NUMBERED = re.compile(r"^\s*[（(]?\d{1,3}[）)、.．\t ]+")
_HEADS = frozenset({"单位", "单位名称", "名称", "机关", "机关名称", "报送单位", "序号", "应报单位"})
_MOST = 5_000
_ENCODINGS = ("utf-8-sig", "gb18030")


class ListUnreadableError(ValueError):
    """The list cannot be read; the message is a sentence for a clerk."""


def read_expected(data: bytes) -> tuple[str, ...]:
    """Return the names in order, each once, without numbers before them, headings and `#` remarks.

    Raises `ListUnreadableError`.
    """
    lines = _first_column(data) if data.startswith(_ZIP) else _text(data).splitlines()
    names = (_NUMBERED.sub("", line).strip() for line in lines if not line.startswith("#"))
    found = dict.fromkeys("".join(name.split()) for name in names)
    kept = tuple(name for name in found if name and name not in _HEADS)
    if not kept:
        raise ListUnreadableError("名单里没有单位名称；请每行写一个单位，或写在表格第一列。")
    if len(kept) > _MOST:
        raise ListUnreadableError(f"名单超过 {_MOST} 行，不像单位名单；请核对文件。")
    return kept


def _text(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ListUnreadableError("名单不是文本，也不是 xlsx 表格；请另存为其中一种。")


def _first_column(data: bytes) -> list[str]:
    openpyxl = importlib.import_module(_OPENPYXL)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=1, max_row=_MOST + 2, values_only=True)
        return [str(row[0]) for row in rows if row and row[0] is not None]
    except broken_errors() as error:
        raise ListUnreadableError(
            f"名单表格打不开（{type(error).__name__}）；请用表格软件另存为 xlsx 再试。"
        ) from error
