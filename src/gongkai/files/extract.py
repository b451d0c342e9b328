"""The text of a file: searched, compared, looked through for what must not go out."""

from __future__ import annotations

import importlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.files.decoding import decode
from gongkai.files.kinds import PICTURES, Kind
from gongkai.files.package import Package, refuse_entities
from gongkai.files.pdf_streams import is_bomb
from gongkai.files.refusal import UnreadableError
from gongkai.files.sheets import Sheet, broken_errors, printed, sheets_of
from gongkai.files.word_parts import COMMENTS, parts_of_docx

_MOST_ROWS = 100_000
_WIDEST = 500
_MOST_PAGES = 3_000
_MOST_LETTERS = 10_000_000
_ENDLESS = "文件里的文字超过一千万字，无法收进搜索；请拆成几个文件后再上传。"
_SCANNED = (
    "PDF 是扫描件，只有图片，没有可读的文字：搜不到，读屏软件也读不出；"
    "请改用由 Word 直接转成的 PDF，或写明不能提供文字版的理由。"
)


@dataclass(frozen=True)
class Piece:
    """The text of a page, sheet, or part of a document; *hidden*: no reader sees it, a search of the file does."""

    title: str
    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Text:
    """What a file says. *pages* of a PDF; *has_text* is False for a scan, a picture or a file not opened here.

    *notes* are sentences for whoever uploaded it.
    """

    parts: tuple[Piece, ...] = ()
    pages: int | None = None
    has_text: bool = False
    notes: tuple[str, ...] = ()

    @property
    def visible(self) -> str:
        """Everything a reader sees, part after part."""
        return "\n".join(part.text for part in self.parts if part.text and not part.hidden)


def extract(data: bytes, kind: Kind) -> Text:
    """Return the text of *data*. Raises `UnreadableError` when it is broken, locked or endless."""
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(data)
    if kind in PICTURES:
        return Text(notes=("图片里的文字搜不到，读屏软件也读不出；请在正文里写明图片的内容。",))
    return Text(
        notes=(
            f"没有读取这种文件（{kind.value}）里的文字，搜索找不到；请尽量改用 .docx、.xlsx 或文字版 PDF。",
        )
    )


def _text(parts: list[Piece], notes: tuple[str, ...] = (), pages: int | None = None) -> Text:
    if sum(len(part.text) for part in parts) > _MOST_LETTERS:
        raise UnreadableError(_ENDLESS)
    seen = any(part.text.strip() for part in parts if not part.hidden)
    return Text(tuple(parts), pages, seen, notes)


def _docx(data: bytes) -> Text:
    package = Package(data)
    refuse_entities(package)
    found = parts_of_docx(package)
    return _text([Piece(title, text, title == COMMENTS) for title, text in found])


def _plain(data: bytes) -> Text:
    return _text([Piece("全文", decode(data).lstrip("\ufeff").replace("\r\n", "\n"))])


def _xlsx(data: bytes) -> Text:
    package = Package(data)
    refuse_entities(package)
    too_long = f"工作表超过 {_MOST_ROWS} 行，无法收进搜索；请拆成几个文件后再上传。"
    sheets = sheets_of(package, most_rows=_MOST_ROWS, too_long=too_long)
    openpyxl = importlib.import_module("openpyxl")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of styles and checks it does not know
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            parts = [piece for one in sheets for piece in _sheet(book[one.name], one)]
    except broken_errors() as error:
        raise UnreadableError("Excel 文件已损坏或不完整；请打开后另存一份再试。") from error
    notes = [note for one in sheets for note in one.notes]
    notes += [
        f"工作表“{one.name}”是隐藏的，下载的人能取消隐藏；不应公开的请删除后再上传。"
        for one in sheets
        if one.hidden
    ]
    notes += [
        f"工作表“{one.name}”有 {one.uncalculated} 个公式没有保存计算结果；请打开、保存一次后再上传。"
        for one in sheets
        if one.uncalculated
    ]
    return _text(parts, tuple(notes))


def _sheet(worksheet: Any, sheet: Sheet) -> list[Piece]:
    """Return the visible text of a sheet, and apart what is in its hidden rows and columns."""
    worksheet.reset_dimensions()  # the size that files declare is often wrong
    seen: list[str] = []
    unseen: list[str] = []
    rows = worksheet.iter_rows(max_col=_WIDEST, max_row=max(sheet.last_row, 1), values_only=True)
    for place, values in enumerate(rows, start=1):
        texts = [" ".join(printed(value).split()) for value in values]
        shown = sheet.shown(place, texts)
        hidden = [text for text, kept in zip(texts, shown, strict=True) if text and not kept]
        seen += ["\t".join(shown).rstrip("\t")] if any(shown) else []
        unseen += ["\t".join(hidden)] if hidden else []
    pieces = [Piece(sheet.name, "\n".join(seen), sheet.hidden)]
    return pieces + (
        [Piece(f"{sheet.name}（隐藏的行列）", "\n".join(unseen), True)] if unseen else []
    )


def _pdf(data: bytes) -> Text:
    if is_bomb(data):
        raise UnreadableError("PDF 解开后过大（可能是压缩炸弹）；请从原文件重新生成 PDF 再上传。")
    pdfium = importlib.import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error):
            raise UnreadableError(
                "PDF 设了打开密码，公众打不开；请取消密码，重新保存后再上传。"
            ) from error
        raise UnreadableError("PDF 已损坏或不完整；请从原文件重新生成 PDF 再上传。") from error
    try:
        parts = _pages(document)
    except pdfium.PdfiumError as error:
        raise UnreadableError("PDF 已损坏或不完整；请从原文件重新生成 PDF 再上传。") from error
    finally:
        document.close()
    blank = [n for n, part in enumerate(parts, start=1) if not part.text.strip()]
    if len(blank) == len(parts):
        return Text((), len(parts), False, (_SCANNED,))
    shown = "、".join(map(str, blank[:20])) + ("等" if len(blank) > 20 else "")
    note = f"PDF 第 {shown} 页没有可读的文字（可能是扫描图片）：搜不到，读屏软件也读不出；请核对。"
    return _text(parts, (note,) if blank else (), len(parts))


def _pages(document: Any) -> list[Piece]:
    if len(document) > _MOST_PAGES:
        raise UnreadableError(f"PDF 超过 {_MOST_PAGES} 页，无法收进搜索；请分册后再上传。")
    parts: list[Piece] = []
    letters = 0
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        text = textpage.get_text_range().replace("\r\n", "\n").replace("\ufffe", "").strip()
        textpage.close()
        page.close()
        letters += len(text)
        if letters > _MOST_LETTERS:
            raise UnreadableError(_ENDLESS)
        parts.append(Piece(f"第 {number + 1} 页", text))
    return parts


_READERS: dict[Kind, Callable[[bytes], Text]] = {
    Kind.DOCX: _docx,
    Kind.XLSX: _xlsx,
    Kind.PDF: _pdf,
    Kind.TXT: _plain,
    Kind.CSV: _plain,
}
