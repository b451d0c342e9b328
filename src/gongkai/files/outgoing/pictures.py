"""Pictures: where they were taken and by whom, the small picture inside, what follows the picture."""

from __future__ import annotations

import importlib
import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from gongkai.files.outgoing.concern import ConcernKind, Found
from gongkai.files.outgoing.reported import report_personal

# Numbers of fields (Exif 2.32, 4.6).
_GPS, _EXIF, _SMALL_PICTURE = 0x8825, 0x8769, 0x0201
_SECOND_DIRECTORY = -1
"""Pillow's own name of it: only the small picture stands there."""
_SAYS_WHO = {
    0x013B: "作者",
    0x9C9D: "作者",
    0xA430: "相机所有人",
    0xA431: "相机编号",
    0xA435: "镜头编号",
}
_SAYS_MORE = (0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F, 0x8298)
_AUTHOR_IN_XMP = re.compile(
    rb"(?s)<dc:creator\b.*?<rdf:li[^>]*>([^<]+)|(?:aux:SerialNumber|exifEX:BodySerialNumber)(?:=\"|>)([^<\"]+)"
)
_PLACE_IN_XMP = re.compile(rb"exif:GPSL(?:at|ong)itude")
_BYLINES = {(2, 80): "作者", (2, 122): "作者"}
_PNG_KEYS_OF_PEOPLE = {"author": "作者", "artist": "作者"}
_OURS = (OSError, ValueError, SyntaxError, TypeError, ArithmeticError, LookupError, EOFError)
_LONGEST_TAIL = 16
"""Bytes after a picture that are padding and no message."""


def examine_picture(data: bytes, where: str, found: Found) -> None:
    """Note what a picture tells beside itself. What is no picture, or is broken, is left to others."""
    pictures = importlib.import_module("PIL.Image")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its own limits and of sloppy fields
            picture = pictures.open(io.BytesIO(data))
            _exif(picture.getexif(), where, found)
            _beside(picture, where, found)
    except pictures.DecompressionBombError:
        found.add(ConcernKind.UNREADABLE, where, "图片大得不合理")
    except _OURS:
        found.add(ConcernKind.UNREADABLE, where, "图片已损坏，属性读不出来")
    if len(tail := _tail(data).strip(b"\x00\r\n ")) > _LONGEST_TAIL:
        found.add(ConcernKind.EMBEDDED, where, f"图片后面还有 {len(tail)} 字节")


def _exif(exif: Any, where: str, found: Found) -> None:
    if any(value for key, value in exif.get_ifd(_GPS).items() if key):  # 0 is a version
        found.add(ConcernKind.LOCATION, where)
    if exif.get_ifd(_SECOND_DIRECTORY).get(_SMALL_PICTURE):
        found.add(ConcernKind.THUMBNAIL, where)
    for fields in (exif, exif.get_ifd(_EXIF)):
        for number, value in fields.items():
            text = _text(value)
            if number in _SAYS_WHO and text:
                found.add(ConcernKind.METADATA, where, f"{_SAYS_WHO[number]}：{text}")
            if number in _SAYS_WHO or number in _SAYS_MORE:
                report_personal(text, where, found)


def _beside(picture: Any, where: str, found: Found) -> None:
    """What PNG, GIF, WebP and JPEG hold beside Exif: text chunks, comments, XMP, IPTC."""
    for key, value in list(picture.info.items()):
        if not isinstance(value, str | bytes) or key in ("exif", "icc_profile", "photoshop"):
            continue
        if str(key).lower() in ("xmp", "xml:com.adobe.xmp", "raw profile type xmp"):
            _xmp(value if isinstance(value, bytes) else value.encode(), where, found)
        text = _text(value)
        if who := _PNG_KEYS_OF_PEOPLE.get(str(key).lower()):
            found.add(ConcernKind.METADATA, where, f"{who}：{text}")
        report_personal(text, where, found)
    for key, value in _iptc(picture):
        text = _text(value)
        if key in _BYLINES and text:
            found.add(ConcernKind.METADATA, where, f"{_BYLINES[key]}：{text}")
        report_personal(text, where, found)


def _xmp(packet: bytes, where: str, found: Found) -> None:
    if _PLACE_IN_XMP.search(packet):
        found.add(ConcernKind.LOCATION, where)
    for match in _AUTHOR_IN_XMP.finditer(packet):
        told = "作者" if match[1] else "相机编号"
        found.add(ConcernKind.METADATA, where, f"{told}：{_text(match[1] or match[2])}")


def _iptc(picture: Any) -> Iterator[tuple[tuple[int, int], object]]:
    reader = importlib.import_module("PIL.IptcImagePlugin")
    for key, values in (reader.getiptcinfo(picture) or {}).items():
        for value in values if isinstance(values, list) else [values]:
            yield key, value


def _text(value: object) -> str:
    """A field as text: XP fields are UTF-16, comments begin with the name of their encoding."""
    if isinstance(value, tuple) and value and all(isinstance(one, int) for one in value):
        value = bytes(one & 255 for one in value)
    if not isinstance(value, bytes):
        return str(value).strip("\x00 ")
    for mark in (b"ASCII\x00\x00\x00", b"UNICODE\x00", b"JIS\x00\x00\x00\x00\x00"):
        value = value.removeprefix(mark)
    wide = value.count(b"\x00") * 3 > len(value)
    text = value.decode("utf-16-le" if wide else "utf-8", errors="replace")
    return text.strip("\x00 ")


def _tail(data: bytes) -> bytes:
    """Return what follows the end of a PNG or JPEG: a second picture, the old one before it was cut."""
    if data.startswith(b"\x89PNG"):
        return data[_end_of_png(data) :]
    if data.startswith(b"\xff\xd8"):
        return data[_end_of_jpeg(data) :]
    return b""


def _end_of_png(data: bytes) -> int:
    at = 8
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at
    return len(data)


def _end_of_jpeg(data: bytes) -> int:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xDA:
            found = _NEXT_MARKER.search(data, at)
            at = found.start() if found else len(data)
    return len(data)


_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
