"""What kind of file this is, judged by its bytes and never by its name."""

from __future__ import annotations

import codecs
from typing import Literal

from gongkai.annualreport.reading.page import UnreadableError

SourceKind = Literal["json", "text"]
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
)
_MARKUP = ("<!doctype html", "<html", "<table", "<div", "<?xml")
_ADVICE = "请打开后全选复制，另存为文本文件（保留制表符）再检查。"


def sniff(data: bytes) -> tuple[SourceKind, str]:
    """Return the kind and the decoded text. Raises `UnreadableError` with the reason and what to do."""
    if not data.strip():
        raise UnreadableError("文件是空的，请核对是否选错了文件。")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"这是{name}，目前只能读 JSON 和制表符分隔的文本。{_ADVICE}")
    text = _decode(data)
    start = text.lstrip()[:200].lower()
    if start.startswith(_MARKUP):
        raise UnreadableError(f"这是网页文件，目前只能读 JSON 和制表符分隔的文本。{_ADVICE}")
    return ("json" if start.startswith(("{", "[")) else "text"), text


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            # A file cut in the middle of a letter is still text; what is missing is found later.
            text = codecs.getincrementaldecoder(encoding)().decode(data, final=False)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise UnreadableError("文件不是文本（二进制内容或编码已损坏），无法读取；请换用原始文件。")


def _is_text(text: str) -> bool:
    odd = sum(
        not sign.isprintable() and sign not in "\r\n\t\f\u3000\xa0\ufeff" for sign in text[:20000]
    )
    return "\x00" not in text and odd * 100 <= min(len(text), 20000)
