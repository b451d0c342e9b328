"""What can be printed: the list beside the font is the font's own, widths fit, spans fill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.paper.blocks import Cell, Row, Table
from gongkai.paper.fallback import _codes
from gongkai.paper.lettering import (
    FONTS,
    POINTS_IN_MM,
    fitting_size,
    packaged_characters,
    printable,
    width_in_ems,
)
from gongkai.paper.spans import laid_out
from tests.pure.paper.documents import MERGED

FONT = FONTS / "GongkaiSerifSC-Regular.otf"


def test_list_beside_the_font_is_the_font() -> None:
    """字表与字体文件的字符映射完全一致，不多不少。"""
    assert {ord(sign) for sign in packaged_characters()} == _codes(FONT)


def test_font_has_every_character_of_the_national_standards() -> None:
    """GB/T 2312 与 GBK 的全部汉字、人名地名里的生僻字、公文用的符号。"""
    gbk = {chr(code) for code in range(0x4E00, 0x9FA6)}
    rare = set("淯喆昇堌㛃㙍䶮𠅤𬭚")
    signs = set("0123456789AZaz〇〔〕《》〈〉“”‘’—…·、。，；：？！（）【】①⑳℃㎡№％￥×±≥→■□★")
    assert gbk | rare | signs <= packaged_characters()


def test_font_is_small_and_carries_its_licence() -> None:
    """字体不超过 8 MB，许可文本随附。"""
    assert FONT.stat().st_size < 8_000_000
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence


def test_invisible_signs_are_taken_out() -> None:
    """控制符、零宽字符去掉，各种空白变成空格，全角空格保留。"""
    assert printable("\ufeff甲\u200b乙\t丙\n丁\u00a0戊\u3000己\x07") == "甲乙 丙 丁 戊\u3000己"


@given(st.text(alphabet="0123456789.县a", max_size=30), st.floats(5, 60), st.floats(6, 22))
def test_numbers_are_made_smaller_until_they_fit(text: str, width: float, size: float) -> None:
    """数字放不下就缩小字号，不放大，不小于 5 磅。"""
    found = fitting_size(text, width, size)
    words = text.replace("县", " ").split()
    widest = max(map(width_in_ems, words), default=0)
    assert 5 <= found <= size
    assert found == 5 or widest * found <= width * POINTS_IN_MM
    assert fitting_size("1", 100, size) == size


def test_spans_are_laid_out_as_a_browser_does() -> None:
    """从上面伸下来的格也在行里，列号不错。"""
    rows = [[(p.cell.text, p.column, p.covered) for p in placed] for _, placed in laid_out(MERGED)]
    assert rows == [
        [("大类", 0, False), ("一", 1, False), ("1", 2, False)],
        [("大类", 0, True), ("二", 1, False), ("2", 2, False)],
        [("合计", 0, False), ("3", 2, False)],
    ]


@pytest.mark.parametrize("cells", [(Cell("a"),), (Cell("a", colspan=3),)])
def test_row_that_does_not_fill_the_columns_is_refused(cells: tuple[Cell, ...]) -> None:
    """一行的格子不够或太多，当场拒绝，不写出坏文件。"""
    with pytest.raises(ValueError, match="of 2 columns"):
        list(laid_out(Table((78, 78), (Row(cells),), 9)))
