"""Streams of a PDF inflated piece by piece, so that no library has to find out by itself."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_LARGEST_STREAM = 30_000_000
_LARGEST_TOTAL = 200_000_000
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 600


def is_bomb(data: bytes) -> bool:
    """Whether a stream that is no picture, or all together, unpack beyond reason."""
    total = 0
    for dictionary, start in _streams(data):
        if dictionary.count(b"/FlateDecode") + dictionary.count(b"/Fl ") > 1:
            return True
        size = _inflated(data, start)
        total += size
        picture = b"/Image" in dictionary
        if total > _LARGEST_TOTAL or (size > _LARGEST_STREAM and not picture):
            return True
    return False


def _streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _DICTIONARY) : found.start()]
        dictionary = head[head.rfind(b"obj") + 3 :]
        if b"/Fl" in dictionary:
            yield dictionary, found.end()


def _inflated(data: bytes, start: int) -> int:
    inflate, size, rest = zlib.decompressobj(), 0, memoryview(data)[start:]
    piece: bytes | memoryview = rest[:65_536]
    read = len(piece)
    try:
        while piece and not inflate.eof and size <= _LARGEST_TOTAL:
            size += len(inflate.decompress(piece, 1_000_000))
            piece = inflate.unconsumed_tail
            if not piece:
                piece = rest[read : read + 65_536]
                read += len(piece)
    except zlib.error:
        return size  # damaged: the libraries will say so
    return size
