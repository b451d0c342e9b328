"""Pictures with one thing hidden in them, and the same pictures without it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image

from tests.pure.files.outgoing.planted_word import Pair


def photograph(change: Callable[[Any], object] = lambda exif: None, kind: str = "JPEG") -> bytes:
    """Return a picture whose Exif fields *change* fills in."""
    exif = Image.Exif()
    change(exif)
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "#006666").save(out, kind, exif=exif)
    return out.getvalue()


def taken_at(exif: Any) -> None:
    exif[0x0112] = 1
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 3.0, 1.0), 3: "E", 4: (112.0, 56.0, 1.0)})


def _artist(exif: Any) -> None:
    exif[0x013B] = "张三"


def _serial(exif: Any) -> None:
    exif.get_ifd(0x8769)[0xA431] = "000123"


def _orientation(exif: Any) -> None:
    exif[0x0112] = 1


def with_thumbnail(data: bytes) -> bytes:
    """Return a JPEG with a small picture in its Exif: first directory empty, second one names it."""
    small = photograph()
    second = 8 + 2 + 4
    start = second + 2 + 2 * 12 + 4
    fields = b"MM\x00*\x00\x00\x00\x08\x00\x00" + second.to_bytes(4)
    fields += b"\x00\x02\x02\x01\x00\x04\x00\x00\x00\x01" + start.to_bytes(4)
    fields += b"\x02\x02\x00\x04\x00\x00\x00\x01" + len(small).to_bytes(4) + b"\x00" * 4 + small
    block = b"Exif\x00\x00" + fields
    return data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2) + block + data[2:]


_PHOTO = photograph(_orientation)
_PNG = photograph(kind="PNG")
_BARE = photograph()

JPEG: Mapping[str, Pair] = {
    "拍摄地点": ("location", photograph(taken_at), _PHOTO),
    "作者": ("metadata", photograph(_artist), _PHOTO),
    "相机编号": ("metadata", photograph(_serial), _PHOTO),
    "缩略图": ("thumbnail", with_thumbnail(_BARE), _BARE),
    "后面跟着数据": ("embedded", _PHOTO + b"PK\x03\x04" + b"secret" * 9, _PHOTO),
}
PNG: Mapping[str, Pair] = {
    "拍摄地点": ("location", photograph(taken_at, "PNG"), _PNG),
    "裁剪以前的图": ("embedded", _PNG + photograph(), _PNG),
}
