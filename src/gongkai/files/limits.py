"""How large a file may be, packed and unpacked: read before anything is done with it."""

from __future__ import annotations

import importlib
import io
import warnings
import zipfile
from dataclasses import dataclass

from gongkai.files.kinds import PACKAGES, PICTURES, Kind
from gongkai.files.package import ZIP_ERRORS
from gongkai.files.pdf_streams import is_bomb
from gongkai.files.refusal import UnreadableError

_SMALL = 10_000_000
"""Unpacked bytes below which the ratio says nothing: empty tables pack very well."""
_BROKEN = "压缩文件（或 Office 文件）已损坏或不完整，打不开；请重新生成后再上传。"
_LOCKED = "压缩文件里有设了密码的文件，公众打不开；请取消密码，重新压缩后再上传。"


@dataclass(frozen=True)
class Limits:
    """What is accepted. Sizes in bytes; *depth*: packages inside packages, the outermost counted."""

    size: int = 100_000_000
    members: int = 5_000
    unpacked: int = 400_000_000
    ratio: int = 200
    depth: int = 2
    pixels: int = 80_000_000


DEFAULT = Limits()


def refuse_beyond(data: bytes, kind: Kind, limits: Limits = DEFAULT) -> None:
    """Raise `UnreadableError` when the file is larger than *limits* allow, packed, unpacked or drawn."""
    if len(data) > limits.size:
        raise UnreadableError(
            f"文件有 {_mega(len(data))} 兆，超过 {_mega(limits.size)} 兆的上限；"
            "请压缩图片、拆成几个文件后再上传。"
        )
    if kind in PACKAGES:
        _Unpacking(limits).count(data, depth=1)
    elif kind in PICTURES:
        _refuse_picture(data, limits)
    elif kind is Kind.PDF and is_bomb(data):
        raise UnreadableError(
            "PDF 解开后过大（可能是压缩炸弹），没有收下；请从原文件重新生成 PDF 再上传。"
        )


def _mega(size: int) -> int:
    return -(-size // 1_000_000)


class _Unpacking:
    """Counts members and bytes over all packages inside one another."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._members = 0
        self._size = 0

    def count(self, data: bytes, *, depth: int) -> None:
        if depth > self._limits.depth:
            raise UnreadableError(
                f"压缩文件一层套一层，超过 {self._limits.depth} 层；请解开里面的压缩文件，重新压缩成一层再上传。"
            )
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._members_of(archive, len(data), depth)
        except UnreadableError:
            raise
        except ZIP_ERRORS as error:
            raise UnreadableError(_BROKEN) from error

    def _members_of(self, archive: zipfile.ZipFile, packed: int, depth: int) -> None:
        members = archive.infolist()
        self._members += len(members)
        declared = sum(one.file_size for one in members)
        self._size += declared
        self._refuse_too_much(packed, declared)
        for one in members:
            if one.flag_bits & 1:
                raise UnreadableError(_LOCKED)
            if one.filename.startswith(("/", "\\")) or ".." in one.filename.replace(
                "\\", "/"
            ).split("/"):
                raise UnreadableError(
                    "压缩文件里有指向外面目录的文件名，没有收下；请重新压缩后再上传。"
                )
            with archive.open(one) as member:
                if member.read(4) == b"PK\x03\x04":
                    # zipfile reads no more than is declared, and fails when there would be more.
                    self.count(archive.read(one), depth=depth + 1)

    def _refuse_too_much(self, packed: int, declared: int) -> None:
        if self._members > self._limits.members:
            raise UnreadableError(
                f"压缩文件里超过 {self._limits.members} 个文件；请分成几个再上传。"
            )
        swollen = declared > _SMALL and declared > packed * self._limits.ratio
        if swollen or self._size > self._limits.unpacked:
            raise UnreadableError(
                f"文件解开后有 {_mega(self._size)} 兆，大得不合理（可能是压缩炸弹），没有收下；"
                "请核对内容，重新压缩后再上传。"
            )


def _refuse_picture(data: bytes, limits: Limits) -> None:
    """Read the header only: the picture is never unpacked here."""
    pictures = importlib.import_module("PIL.Image")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own, lower limit
            width, height = pictures.open(io.BytesIO(data)).size
    except pictures.DecompressionBombError:
        width = height = limits.pixels
    except (OSError, ValueError, SyntaxError, TypeError, ArithmeticError, LookupError) as error:
        raise UnreadableError("图片已损坏，打不开；请重新保存后再上传。") from error
    if width * height > limits.pixels:
        raise UnreadableError(
            f"图片的像素超过 {limits.pixels // 1_000_000} 百万，手机打不开；请缩小尺寸后再上传。"
        )
