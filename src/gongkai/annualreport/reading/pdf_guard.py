"""What a PDF is, before anything is read from it: broken, locked, scanned, endless, or text."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

from gongkai.files.pdf_streams import is_bomb
from gongkai.files.refusal import UnreadableError

TWIN_NAME = "annual-report.json"
_LARGEST_FILE = 60_000_000
_LARGEST_TWIN = 10_000_000
_MOST_PAGES = 80
# Measured: table and text of 1000 signs with their lines take about a tenth of a second.
_MOST_SIGNS = 120_000
_MOST_OBJECTS = 120_000
_FEWEST_SIGNS = 10
_BROKEN = "PDF 文件已损坏或不完整（下载中断或被截断），请重新下载，或打开后另存一份再检查。"
_LOCKED = "PDF 设了打开密码，无法读取；请打开后取消密码，重新保存再检查。"
_SCANNED = (
    "PDF 是扫描件，只有图片，没有可读的文字；请改用由 Word 或网页直接转成的 PDF，"
    "或原来的 Word、Excel 文件；都没有时请人工录入。"
)
_BOMB = "PDF 解开后过大，不像年度报告（可能是压缩炸弹），请从原文件重新生成 PDF 再检查。"
_ENDLESS = f"PDF 超过 {_MOST_PAGES} 页或内容过多，不像一份年度报告；请只保留报告的页面再检查。"


@dataclass(frozen=True)
class PdfFacts:
    """Pages by number (from 1) that have no text, the report the file carries as data, its title."""

    blank_pages: tuple[int, ...]
    twin: bytes | None
    title: str


def examine(data: bytes) -> PdfFacts:
    """Return what is needed to go on. Raises `UnreadableError` when the file is not to be read."""
    if len(data) > _LARGEST_FILE:
        raise UnreadableError(_ENDLESS)
    if is_bomb(data):
        raise UnreadableError(_BOMB)
    pdfium = importlib.import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error)
        raise UnreadableError(_LOCKED if locked else _BROKEN) from error
    try:
        return _facts(document, pdfium)
    except pdfium.PdfiumError as error:
        raise UnreadableError(_BROKEN) from error
    finally:
        document.close()


def _facts(document: Any, pdfium: Any) -> PdfFacts:
    if not 0 < len(document) <= _MOST_PAGES:
        raise UnreadableError(_ENDLESS if len(document) else _BROKEN)
    signs: list[int] = []
    objects = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        signs.append(text.count_chars())
        objects += pdfium.raw.FPDFPage_CountObjects(page)
        text.close()
        page.close()
        if sum(signs) > _MOST_SIGNS or objects > _MOST_OBJECTS:
            raise UnreadableError(_ENDLESS)
    if sum(signs) < _FEWEST_SIGNS:
        raise UnreadableError(_SCANNED)
    blank = tuple(number for number, count in enumerate(signs, start=1) if count == 0)
    return PdfFacts(blank, _twin(document), document.get_metadata_value("Title"))


def _twin(document: Any) -> bytes | None:
    for number in range(min(document.count_attachments(), 20)):
        attachment = document.get_attachment(number)
        if attachment.get_name() == TWIN_NAME:
            data = bytes(attachment.get_data())
            return data if len(data) <= _LARGEST_TWIN else None
    return None
