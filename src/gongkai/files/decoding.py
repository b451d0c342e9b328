"""From bytes to text: by the mark, the declaration, then what the bytes allow."""

from __future__ import annotations

import codecs
import importlib
import re
import unicodedata
from collections import Counter

from gongkai.files.decoding_mojibake import undone
from gongkai.files.refusal import UnreadableError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.I)
# Pages that declare one of these are written on machines where it means the whole national set.
_GB = {"gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030", "gb-2312", "csgb2312"}
# Any other, such as the Latin set a program declares by default, is not true of a Chinese page.
_CHINESE = {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "big5", "big5hkscs", "hz"}
_HEAD = 4096
_SAMPLE = 200_000
# One unreadable sign in two hundred is a slip in an otherwise sound file.
_SLIPS = 200
_BROKEN = "文件不是文本（二进制内容或编码已损坏），无法读取；请换用原始文件。"


def declared_charset(data: bytes) -> str | None:
    """Return the encoding a page declares in its first lines, or None."""
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii").lower() if found else None


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the text of `data`; `declared` is what the source says its encoding is.

    Order: byte order mark, strict UTF-8, the declaration, GB18030, then statistics. UTF-8 goes
    first because Chinese in another encoding never passes for it, while declarations are often
    wrong. Text that had been read in a wrong encoding before it was stored is put right.
    Raises `UnreadableError` when the bytes are no text or letters of it are lost.
    """
    text = _marked(data) or _strict(data, _candidates(declared)) or _mended(data, declared)
    text = text or _guessed(data)
    if text is None:
        raise UnreadableError(_BROKEN)
    return undone(text)


def _marked(data: bytes) -> str | None:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    return None if encoding is None else _strict(data, (encoding,))


def _candidates(declared: str | None) -> tuple[str, ...]:
    named = _python_name(declared)
    return ("utf-8", *((named,) if named else ()), "gb18030")


def _python_name(declared: str | None) -> str | None:
    name = (declared or "").lower()
    if name in _GB:
        return "gb18030"
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if found in _CHINESE else None


def _strict(data: bytes, encodings: tuple[str, ...]) -> str | None:
    for encoding in encodings:
        try:
            # A file cut in the middle of a letter is still text; what is missing is found later.
            text = codecs.getincrementaldecoder(encoding)().decode(data, final=False)
        except UnicodeDecodeError:
            continue
        if is_text(text):
            return text
    return None


def _mended(data: bytes, declared: str | None) -> str | None:
    """Return the text when only a few signs are damaged."""
    for encoding in dict.fromkeys((_python_name(declared) or "utf-8", "utf-8", "gb18030")):
        text = data.decode(encoding, errors="replace") if _is_plain(encoding) else ""
        if text and text.count("\ufffd") * _SLIPS <= len(text) and is_text(text):
            return text
    return None


def _is_plain(encoding: str) -> bool:
    return encoding in {"utf-8", "gb18030", "big5", "big5hkscs"}


def _guessed(data: bytes) -> str | None:
    normalizer = importlib.import_module("charset_normalizer")
    best = normalizer.from_bytes(data[:_SAMPLE]).best()
    return None if best is None else _strict(data, (str(best.encoding),))


def is_text(text: str) -> bool:
    """Tell whether decoded signs are text: no NUL, hardly any control or unassigned characters."""
    sample = text[:20_000]
    odd = sum(count for sign, count in Counter(sample).items() if _is_odd(sign))
    return "\x00" not in text and odd * 100 <= len(sample)


def _is_odd(sign: str) -> bool:
    if sign in "\r\n\t\f" or "\x80" <= sign <= "\x9f":
        return False
    return unicodedata.category(sign) in {"Cc", "Cn", "Cs"}
