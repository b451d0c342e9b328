"""Which Office file a report is, and the report that one may carry inside itself as data."""

from __future__ import annotations

from typing import Literal

from gongkai.files.package import Package
from gongkai.files.refusal import UnreadableError

TWIN_PARTS = ("gongkai/annual-report.json", "customXml/gongkai-annual-report.json")


def twin_in(package: Package) -> bytes | None:
    """Return the report as data, when the file carries it."""
    return next((package.part(name) for name in TWIN_PARTS if name in package), None)


def office_kind(data: bytes) -> Literal["docx", "xlsx"]:
    """Return which Office file a zip is. Raises `UnreadableError` when it is another or broken."""
    package = Package(data)
    kind, main = package.content_type, package.main or ""
    if package.is_word:
        return "docx"
    if "sheet.binary" in kind or main.endswith(".bin"):
        raise UnreadableError("这是二进制 Excel（.xlsb）文件，请打开后另存为 .xlsx 再检查。")
    if package.is_excel:
        return "xlsx"
    raise UnreadableError(_other_reason(package, kind))


def _other_reason(package: Package, kind: str) -> str:
    if "ofd.xml" in package:
        return "这是 OFD 版式文件，不能直接读取。请用 OFD 阅读器另存为 PDF 再检查。"
    if (package.part("mimetype") or b"").startswith(b"application/vnd.oasis"):
        return "这是开放文档（.odt、.ods），不能直接读取。请打开后另存为 .docx 或 .xlsx 再检查。"
    if "presentationml" in kind:
        return "这是演示文稿，不是年度报告，请核对是否选错了文件。"
    return "这是压缩文件，不是 Word 或 Excel 文件。请先解压，再逐个检查里面的报告。"
