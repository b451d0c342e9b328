"""What a file is, by its bytes; and whether its name tells the truth."""

from __future__ import annotations

import re

from gongkai.files.decoding import decode
from gongkai.files.kinds import EXTENSIONS, TITLES, Kind
from gongkai.files.package import Package
from gongkai.files.refusal import UnreadableError

_PDF = re.compile(rb"(?:\A|[\r\n\x00])[^\r\n]{0,40}%PDF-\d")
_OLE = b"\xd0\xcf\x11\xe0"
_PICTURES = {b"\x89PNG\r\n\x1a\n": Kind.PNG, b"\xff\xd8\xff": Kind.JPEG, b"GIF8": Kind.GIF}
_OTHERS = {
    b"MZ": "可执行程序",
    b"\x7fELF": "可执行程序",
    b"Rar!": "RAR 压缩文件",
    b"7z\xbc\xaf": "7z 压缩文件",
    b"\x1f\x8b": "GZ 压缩文件",
    b"{\\rtf": "RTF 文档",
}
_MARKUP = re.compile(rb"\s*(?:<!doctype\s+html|<html|<script|<\?xml|<svg|<head|<body)", re.I)
_ACCEPTED = "PDF、OFD、.docx、.xlsx、.doc、.xls、.txt、.csv、.zip 和 PNG、JPEG、GIF、WebP 图片"


def sniff(data: bytes, name: str) -> Kind:
    """Return the kind of *data*. Raises `UnreadableError` when it is none of the accepted kinds, or when
    the ending of *name* says another: whoever opens the file trusts its name.
    """
    if not data.strip():
        raise UnreadableError("文件是空的，请核对是否选错了文件。")
    kind = _by_content(data)
    stem, dot, ending = name.rpartition(".")
    said = EXTENSIONS.get(ending.lower())
    if not (dot and stem and ending):
        raise UnreadableError(
            f"文件名“{name}”没有扩展名，打开的人不知道用什么程序；它是{TITLES[kind]}，请补上“.{_ending(kind)}”。"
        )
    if said is None:
        raise UnreadableError(
            f"不接受扩展名为“.{ending}”的文件；内容是{TITLES[kind]}的请改名，其他请转换。可以上传：{_ACCEPTED}。"
        )
    if kind is Kind.TXT and said is Kind.CSV:
        return Kind.CSV
    if said is not kind:
        raise UnreadableError(
            f"文件名“{name}”的扩展名说它是{TITLES[said]}，内容却是{TITLES[kind]}，没有收下；"
            f"请核对是否选错文件，或把扩展名改为“.{_ending(kind)}”再上传。"
        )
    return kind


def _ending(kind: Kind) -> str:
    return "jpg" if kind is Kind.JPEG else kind.value


def _by_content(data: bytes) -> Kind:
    for start, what in _OTHERS.items():
        if data.startswith(start):
            raise UnreadableError(f"这是{what}，不能上传。可以上传：{_ACCEPTED}。")
    for start, kind in _PICTURES.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data.startswith(b"PK"):
        return _package_kind(data)
    if data.startswith(_OLE):
        return _old_office_kind(data)
    if _PDF.search(data[:1024]):
        return Kind.PDF
    return _text_kind(data)


def _package_kind(data: bytes) -> Kind:
    package = Package(data)
    if "ofd.xml" in package:
        return Kind.OFD
    if "[content_types].xml" not in package:
        return Kind.ZIP
    kind = package.content_type
    if "macroenabled" in kind.lower() or any(
        name.endswith("vbaproject.bin") for name in package.names
    ):
        raise UnreadableError(
            "这个 Office 文件带有宏（程序），不能公开；请另存为不带宏的 .docx 或 .xlsx 再上传。"
        )
    if package.is_word:
        return Kind.DOCX
    if package.is_excel:
        return Kind.XLSX
    raise UnreadableError(
        f"这种 Office 文件（如演示文稿）不能上传，请另存为 PDF。可以上传：{_ACCEPTED}。"
    )


def _old_office_kind(data: bytes) -> Kind:
    if _utf16("EncryptedPackage") in data:
        raise UnreadableError(
            "这个 Office 文件设了打开密码，公众打不开；请取消密码，重新保存后再上传。"
        )
    if _utf16("WordDocument") in data:
        return Kind.DOC
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return Kind.XLS
    raise UnreadableError(
        "这是旧版 Office（或 WPS）文件，认不出种类；请另存为 .docx、.xlsx 或 PDF 再上传。"
    )


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _text_kind(data: bytes) -> Kind:
    if _MARKUP.match(data[:2000].removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableError(
            "这是网页或 XML 文件，不能作为附件上传；请粘贴进正文，或另存为 PDF、Word。"
        )
    try:
        decode(data[:65_536])
    except UnreadableError:
        raise UnreadableError(f"认不出这是什么文件，可能已损坏。可以上传：{_ACCEPTED}。") from None
    return Kind.TXT
