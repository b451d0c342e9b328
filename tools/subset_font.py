"""Build the font that travels with the package: a subset of Noto Serif CJK SC (OFL 1.1).

Needs fontTools, which is no dependency of the project, and Debian's `fonts-noto-cjk`::

    pip install --target /tmp/fonttools fonttools
    PYTHONPATH=/tmp/fonttools .venv/bin/python -m tools.subset_font [--with MORE.txt]

`src/gongkai/paper/fonts/characters.txt` is both what goes in and what came out: the tool keeps
every character named there, adds those of `--with`, and writes back what the font really has.
Its hanzi are the 20 902 of GBK (with them GB/T 2312), the 8105 of 《通用规范汉字表》
(国发〔2013〕23号), and rare ones met in names.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src" / "gongkai" / "paper" / "fonts"
FONT = FOLDER / "GongkaiSerifSC-Regular.otf"
CHARACTERS = FOLDER / "characters.txt"
SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
FACE = "Noto Serif CJK SC"
FAMILY = "Gongkai Serif SC"
"""A name of its own, so that a whole Noto font of the machine is never taken for this one."""

SIGNS = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),  # accented Latin, pinyin
    (0x01CD, 0x01DC),
    (0x0391, 0x03C9),  # Greek
    (0x2010, 0x205F),  # punctuation
    (0x2070, 0x209F),
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x21FF),  # ℃ № Ⅳ →
    (0x2200, 0x22FF),
    (0x2460, 0x24FF),  # ①
    (0x2500, 0x26FF),  # lines, ■ □ ★ ☑
    (0x2713, 0x2717),
    (0x3000, 0x303F),  # 《》〔〕〇
    (0x3200, 0x33FF),  # ㈠ ㎡
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),  # full width
)
RARE = "淯喆昇堌㛃㙍叡彣嫚妘珮濬皛祐贇陞頔髙龢甯烱畇堃犇垚祎骉"


def wanted(more: str) -> set[int]:
    """Return the code points that the font should have."""
    kept = CHARACTERS.read_text(encoding="utf-8") if CHARACTERS.exists() else ""
    signs = {code for first, last in SIGNS for code in range(first, last + 1)}
    return signs | set(gb2312()) | {ord(sign) for sign in kept + more + RARE if sign != "\n"}


def gb2312() -> Iterable[int]:
    """Every character of GB/T 2312-1980."""
    for row in range(0xA1, 0xF8):
        for place in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, place]).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def main() -> int:
    """Write the font and the list of its characters."""
    parser = argparse.ArgumentParser(description="Build the packaged font.")
    parser.add_argument("--with", dest="more", type=Path, help="a file of further characters")
    parser.add_argument("--source", type=Path, default=SOURCE)
    args = parser.parse_args()
    more = args.more.read_text(encoding="utf-8") if args.more else ""
    font = _face(args.source)
    found = sorted(wanted(more) & set(font.getBestCmap()))
    _subset(font, found)
    _rename(font)
    font.save(FONT)
    CHARACTERS.write_text(_lines(found), encoding="utf-8")
    print(f"{FONT.name}: {len(found)} characters, {FONT.stat().st_size / 1e6:.1f} MB")
    return 0


def _face(source: Path) -> Any:
    fonts = importlib.import_module("fontTools.ttLib")
    for number, face in enumerate(fonts.TTCollection(source, lazy=True).fonts):
        if face["name"].getDebugName(4) == FACE:
            return fonts.TTFont(source, fontNumber=number, recalcTimestamp=False)
    raise SystemExit(f"{source} has no face {FACE}")


def _subset(font: Any, codes: list[int]) -> None:
    subset = importlib.import_module("fontTools.subset")
    options = subset.Options(
        layout_features=["ccmp", "kern"],
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14],
        drop_tables=["DSIG", "BASE", "VORG", "vhea", "vmtx"],
    )
    one = subset.Subsetter(options)
    one.populate(unicodes=codes)
    one.subset(font)


def _rename(font: Any) -> None:
    names = font["name"]
    plain = FAMILY.replace(" ", "")
    version = names.getDebugName(5)
    told = {1: FAMILY, 4: FAMILY, 6: f"{plain}-Regular", 3: f"{plain};subset of {FACE} {version}"}
    for record in list(names.names):
        if record.nameID in told:
            record.string = told[record.nameID]
    top = font["CFF "].cff
    top.fontNames[0] = f"{plain}-Regular"
    top.topDictIndex[0].FullName = FAMILY
    top.topDictIndex[0].FamilyName = FAMILY


def _lines(codes: list[int], width: int = 64) -> str:
    """The characters in order, `width` to a line; the line feed is none of them."""
    text = "".join(map(chr, codes))
    return "".join(text[at : at + width] + "\n" for at in range(0, len(text), width))


if __name__ == "__main__":
    sys.exit(main())
