"""What kind of file this is, judged by its bytes and never by its name."""

from __future__ import annotations

import re
from typing import Literal

from gongkai.annualreport.reading.html_saved import is_mhtml
from gongkai.annualreport.reading.office import office_kind
from gongkai.files.decoding import declared_charset, decode
from gongkai.files.refusal import UnreadableError

SourceKind = Literal["json", "text", "html", "docx", "xlsx", "pdf"]

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PDF = re.compile(rb"(?:\A|[\r\n\x00])[^\r\n]{0,40}%PDF-\d")
_MARKUP = re.compile(
    r"<(?:(?:!doctype\s+html|html|head|meta|title|body|table|thead|tbody|tr|div|p|span|article|main"
    r"|section|h[1-6]|style|script|link|font|center|ul|ol|form)\b|!--|\?xml|!\[)",
    re.I,
)
_OLE = b"\xd0\xcf\x11\xe0"
_AGAIN = "请用 Word、WPS 或 Excel 打开，另存为 .docx 或 .xlsx 后再检查。"


def kind_of(data: bytes) -> SourceKind:
    """Return the kind of a file. Raises `UnreadableError`: what it is and what to do next."""
    if not data.strip():
        raise UnreadableError("文件是空的，请核对是否选错了文件。")
    if _PDF.search(data[:1024]):
        return "pdf"
    if data.startswith(b"PK"):
        return office_kind(data)
    _refuse_others(data)
    return "html" if is_mhtml(data) else _kind_of_text(data)


def sniff(data: bytes) -> tuple[SourceKind, str]:
    """Return the kind and text of a source that is text. Raises `UnreadableError` for any other."""
    kind = kind_of(data)
    if kind in {"json", "text"}:
        return kind, decode(data).lstrip("\ufeff")
    names = {"html": "网页文件", "docx": "Word 文件", "xlsx": "Excel 文件", "pdf": "PDF 文件"}
    raise UnreadableError(
        f"这是{names[kind]}，这里只读 JSON 和制表符分隔的文本。"
        "请打开后全选复制，另存为文本文件（保留制表符）再检查。"
    )


def _refuse_others(data: bytes) -> None:
    if data.startswith(_OLE):
        raise UnreadableError(_ole_reason(data))
    if data.startswith(b"{\\rtf"):
        raise UnreadableError(f"这是 RTF 文档，不能直接读取。{_AGAIN}")
    if data.startswith(_IMAGES) and (b"\x00" in data[:64] or not data[:64].isascii()):
        raise UnreadableError(
            "这是图片，里面没有可读的文字。请改用网页、Word、Excel 或文字版 PDF；只有图片时请人工录入。"
        )
    if data.startswith(_PACKED):
        raise UnreadableError("这是压缩文件，请先解压，再逐个检查里面的报告。")


def _ole_reason(data: bytes) -> str:
    if _utf16("EncryptedPackage") in data:
        return "这个 Word 或 Excel 文件设了打开密码，无法读取。请打开后取消密码，重新保存再检查。"
    if _utf16("WordDocument") in data:
        return f"这是旧版 Word（.doc）文件，不能直接读取。{_AGAIN}"
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return f"这是旧版 Excel（.xls）文件，不能直接读取。{_AGAIN}"
    return f"这是旧版 Office（或 WPS）文件，不能直接读取。{_AGAIN}"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _kind_of_text(data: bytes) -> SourceKind:
    text = decode(data[:65_536] if len(data) > 65_536 else data, declared=declared_charset(data))
    start = text.lstrip("\ufeff \t\r\n\u3000")[:2000]
    if start.startswith(("{", "[")):
        return "json"
    if "urn:schemas-microsoft-com:office:spreadsheet" in start or "pkg:package" in start:
        raise UnreadableError(f"这是 XML 格式的 Office 文件，不能直接读取。{_AGAIN}")
    return "html" if _MARKUP.match(start) else "text"
