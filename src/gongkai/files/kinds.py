"""The kinds of files an item may carry."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file is, judged by its content."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    DOC = "doc"
    XLS = "xls"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    TXT = "txt"
    CSV = "csv"
    ZIP = "zip"
    OFD = "ofd"


TITLES = {
    Kind.PDF: "PDF",
    Kind.DOCX: "Word 文件（.docx）",
    Kind.XLSX: "Excel 文件（.xlsx）",
    Kind.DOC: "旧版 Word 文件（.doc）",
    Kind.XLS: "旧版 Excel 文件（.xls）",
    Kind.PNG: "PNG 图片",
    Kind.JPEG: "JPEG 图片",
    Kind.GIF: "GIF 图片",
    Kind.WEBP: "WebP 图片",
    Kind.TXT: "文本文件",
    Kind.CSV: "逗号分隔的表格（.csv）",
    Kind.ZIP: "ZIP 压缩文件",
    Kind.OFD: "OFD 版式文件",
}
EXTENSIONS = {
    **{kind.value: kind for kind in Kind},
    "jpg": Kind.JPEG,
}
PICTURES = frozenset({Kind.PNG, Kind.JPEG, Kind.GIF, Kind.WEBP})
PACKAGES = frozenset({Kind.DOCX, Kind.XLSX, Kind.ZIP, Kind.OFD})
