"""Which report a report is compared with."""

from __future__ import annotations

from dataclasses import replace

from gongkai.annualreport.verdict.shelf import Shelf, units_of
from tests.pure.annualreport.reports import clean, previous


def test_report_without_year_or_body_is_not_compared() -> None:
    """没有写明年份、机关：说明，不猜。"""
    shelf = Shelf.of([previous()])
    assert shelf.before(replace(clean(), year=0)) == (
        None,
        "报告没有写明年份，未与上年报告对照。",
    )
    assert shelf.before(replace(clean(), issuer="")) == (
        None,
        "报告没有写明发布机关，未与上年报告对照。",
    )


def test_one_report_for_all_asks_for_the_year_only() -> None:
    """指定一份上年报告：年份对得上就用，机关改了名也用。"""
    shelf = Shelf(only=previous())
    assert shelf.before(replace(clean(), issuer="青禾市人民政府")) == (previous(), None)
    assert shelf.before(replace(clean(), year=2025)) == (
        None,
        "上年报告应是 2024 年的，读到的是 2023 年，未与上年报告对照；请换文件。",
    )


def test_units_are_all_others() -> None:
    """单位：除本机关以外的全部报告；一份也没有时说明。"""
    unit, elder = replace(clean(), issuer="青禾县民政局"), replace(clean(), issuer="", year=2020)
    assert units_of(clean(), [clean(), unit, elder, previous()]) == ([unit, elder], None)
    assert units_of(clean(), [previous()]) == (None, "没有找到其他机关的报告，未核对汇总数。")
