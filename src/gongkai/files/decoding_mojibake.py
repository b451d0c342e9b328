"""Undoing text that was once read in the wrong encoding and stored that way."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.files.refusal import UnreadableError

# Words no annual report is without; the right reading has them and the wrong one cannot.
_WORDS = ("政府", "信息", "公开", "报告", "申请")
_LOST = "文字已成乱码（曾按错误的编码另存），而且有字节丢失，无法还原；请从发布网页重新保存一份原始文件。"


def undone(text: str) -> str:
    """Return `text` with such a wrong reading undone, and any other text as it is.

    Two accidents are known: UTF-8 read as GBK (鏀垮簻) and UTF-8 read as Latin-1 (æ”¿åºœ).
    Raises `UnreadableError` when bytes were lost on the way, so that nothing is guessed.
    """
    if any(word in text for word in _WORDS) or text.isascii():
        return text
    for back in (_from_gbk, _from_latin):
        try:
            right = back(text, "strict").decode("utf-8")
        except UnicodeError:
            continue
        if any(word in right for word in _WORDS):
            return right
    if any(_shows_words(text, back) for back in (_from_gbk, _from_latin)):
        raise UnreadableError(_LOST)
    return text


def _shows_words(text: str, back: Callable[[str, str], bytes]) -> bool:
    """Whether the text underneath is a report although not every byte of it is left."""
    return any(word in back(text, "replace").decode("utf-8", "replace") for word in _WORDS)


def _from_gbk(text: str, errors: str) -> bytes:
    # A byte 80 alone is € in the Windows code page that reads such files.
    return b"\x80".join(part.encode("gb18030", errors) for part in text.split("€"))


def _from_latin(text: str, errors: str) -> bytes:
    """Windows-1252 leaves five bytes undefined; programs keep those as the control signs."""
    data = bytearray()
    for sign in text:
        data += bytes((ord(sign),)) if ord(sign) < 256 else sign.encode("cp1252", errors)
    return bytes(data)
