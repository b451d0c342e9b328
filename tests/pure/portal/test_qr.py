"""The code on a printed page opens the page's own address."""

from __future__ import annotations

import re

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.portal.qr import Drawing, drawing

SITE = "https://zwgk.example.gov.cn/n/2024/"


def drawn(code: Drawing) -> list[list[int]]:
    """What ink there is where, read from the drawing alone."""
    rows = [[0] * code.size for _ in range(code.size)]
    x = y = 0
    for move, a, b, run in re.findall(r"([Mm])(\d+) (\d+)(?:\.5)?h(\d+)", code.path):
        x, y = (int(a), int(b)) if move == "M" else (x + int(a), y)
        rows[y][x : x + int(run)] = [1] * int(run)
        x += int(run)
    return rows


@settings(max_examples=20, deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=8, max_size=8))
def test_each_code_is_the_one_a_library_makes(key: str) -> None:
    """GB/T 18284：逐个模块与编码库所编的相同；同一网址每次字节相同。"""
    address = f"{SITE}{key}/"
    made = segno.make(address, error="l", boost_error=False, micro=False, mask=4, mode="byte")
    assert drawn(drawing(address)) == [list(row) for row in made.matrix]
    assert drawing(address) == drawing(address)


def test_only_addresses_as_they_are_sent_are_drawn() -> None:
    """网址只含 ASCII；短的也能编。"""
    assert drawing("/n/").size == 21
    with pytest.raises(ValueError, match="示例"):
        drawing("https://示例.cn/n/")
