"""信息处理费（国办函〔2020〕109号）的全部算例。"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import FeeError
from gongkai.law.fees import TARIFF, item_fee, item_total, page_fee, yuan

ITEMS = {
    10: 0,
    11: 100,
    20: 1000,
    30: 2000,
    31: 2200,
    40: 4000,
    41: 4300,
    50: 7000,
    51: 7400,
    60: 11000,
    61: 11500,
    100: 37000,
}
PAGES = {
    30: 0,
    31: 10,
    50: 200,
    100: 700,
    101: 720,
    150: 1700,
    200: 2700,
    201: 2740,
    250: 4700,
    300: 6700,
    500: 14700,
    1000: 34700,
}


@pytest.mark.parametrize(("n", "total"), ITEMS.items())
def test_month_total_by_items(n: int, total: int) -> None:
    """按件：本月累计（元）。"""
    assert item_total(n) == total * 100


@pytest.mark.parametrize(("pages", "fee"), PAGES.items())
def test_fee_by_pages(pages: int, fee: int) -> None:
    """按量：本件应收（元）。"""
    assert page_fee(pages) == fee * 100


def test_fee_of_one_item_by_band() -> None:
    """第 n 件自身的费用：10 件以内免费，之后每档上升。"""
    found = [item_fee(n) // 100 for n in (1, 10, 11, 30, 31, 40, 41, 51, 61)]
    assert found == [0, 0, 100, 100, 200, 200, 300, 400, 500]


@given(st.integers(1, 3000))
def test_total_grows_by_each_items_own_fee(n: int) -> None:
    """累计等于逐件之和：第 n 件的费用就是累计的增量。"""
    assert item_total(n) - item_total(n - 1) == item_fee(n)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_more_is_never_cheaper(a: int, b: int) -> None:
    low, high = sorted((a, b))
    assert page_fee(low) <= page_fee(high)
    assert item_total(low) <= item_total(high)


def test_impossible_quantities_are_refused() -> None:
    with pytest.raises(FeeError, match="件数应为不小于1的整数"):
        item_fee(0)
    with pytest.raises(FeeError, match="页数应为不小于0的整数"):
        page_fee(-1)


def test_yuan_keeps_every_fen() -> None:
    assert [yuan(fen) for fen in (0, 5, 100, 12345)] == ["0元", "0.05元", "1元", "123.45元"]


@given(st.integers(1, 5000))
def test_the_portions_of_a_fee_are_its_units_and_its_sum(n: int) -> None:
    """怎样算的：逐档相加等于总额，档与档首尾相接，从第 1 个到第 n 个。"""
    for scale in (TARIFF.item, TARIFF.page):
        found = scale.portions(n)
        assert sum(portion.fen for portion in found) == scale.total(n)
        assert [one.first for one in found] == [1, *(one.last + 1 for one in found[:-1])]
        assert found[-1].last == n
