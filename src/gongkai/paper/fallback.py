"""Fonts of this machine for characters that the packaged one has not."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/google-noto-serif-cjk-fonts"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/local/share/fonts"),
)
"""Where Debian, Fedora (openEuler), Arch and the machine's own administrator put Noto CJK."""

FAMILIES = {
    "NotoSerifCJK-Regular.ttc": "Noto Serif CJK SC",
    "NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
}
_TTC, _FULL_UNICODE = b"ttcf", 12


class GlyphMissingError(ValueError):
    """A character has no glyph in any font at hand; the message says which one and what to do."""


@dataclass(frozen=True)
class Font:
    """A font file of the machine and the name that typesetting knows it by."""

    path: Path
    family: str

    def covers(self, characters: frozenset[str]) -> bool:
        """Tell whether every character has a glyph."""
        return {ord(sign) for sign in characters} <= _codes(self.path)


def font_for(missing: frozenset[str]) -> Font:
    """Return a font of this machine that has every one of `missing`. Raises `GlyphMissingError`."""
    for font in _installed():
        if font.covers(missing):
            return font
    named = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in sorted(missing))
    raise GlyphMissingError(
        f"{named}不在随软件附带的字体里，本机也没有能印它的字体，生成 PDF 会印成方框，所以没有生成。"
        "请核对是否为误字；确需此字的，请安装 Noto Serif CJK 字体（Debian 系统：apt install "
        "fonts-noto-cjk）后重试，或改用 Word 格式。"
    )


def _installed() -> Iterator[Font]:
    for name, family in FAMILIES.items():
        for folder in FOLDERS:
            path = folder / name
            if path.is_file():
                yield Font(path, family)
                break


@lru_cache
def _codes(path: Path) -> frozenset[int]:
    """The code points of a font, from its full Unicode table (OpenType cmap, format 12)."""
    data = path.read_bytes()
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == _TTC else 0
    tables = struct.unpack_from(">H", data, start + 4)[0]
    for entry in range(start + 12, start + 12 + 16 * tables, 16):
        if data[entry : entry + 4] == b"cmap":
            return _read_cmap(data, struct.unpack_from(">I", data, entry + 8)[0])
    return frozenset()


def _read_cmap(data: bytes, cmap: int) -> frozenset[int]:
    for number in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">I", data, cmap + 4 + 8 * number + 4)[0]
        if struct.unpack_from(">H", data, at)[0] == _FULL_UNICODE:
            return frozenset(_groups(data, at))
    return frozenset()


def _groups(data: bytes, at: int) -> Iterator[int]:
    for group in range(struct.unpack_from(">I", data, at + 12)[0]):
        first, last, _glyph = struct.unpack_from(">III", data, at + 16 + 12 * group)
        yield from range(first, last + 1)
