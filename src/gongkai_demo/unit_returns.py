"""Sixty agencies' returns of two years; the 2024 ones sum to the published figures."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.returns.actions import accept_return, file_return
from gongkai.returns.models import Item
from gongkai_demo.cast import Cast
from gongkai_demo.organs import Organ
from gongkai_demo.shares import divide

YUAN = 100  # 分

TOTALS = {
    2023: {
        Item.LICENCE: 43_918,
        Item.PENALTY: 1_702,
        Item.COERCION: 455,
        Item.FEE: 10_967_310 * YUAN,
    },
    2024: {
        Item.LICENCE: 45_756,
        Item.PENALTY: 1_766,
        Item.COERCION: 478,
        Item.FEE: 11_584_432 * YUAN,
    },
}
_SOURCES = {
    Item.LICENCE: "行政审批平台年度统计（演示）",
    Item.PENALTY: "行政执法平台年度统计（演示）",
    Item.COERCION: "行政执法平台年度统计（演示）",
    Item.FEE: "非税收入收缴系统年度统计（演示）",
}


def file_year(year: int, organs: Sequence[Organ], cast: Cast) -> None:
    """File and accept every agency's four figures for *year*, zeros included."""
    reporting = [organ for organ in organs if organ.agency.rolls_up]
    for column, item in enumerate(_SOURCES):
        for organ, value in zip(reporting, _parts(year, item, column, reporting), strict=True):
            filed = file_return(
                organ.agency,
                period=year,
                item=item,
                value=value,
                source=_SOURCES[item],
                order=cast.order,
                by=cast.filler,
            )
            accept_return(filed, order=cast.order, by=cast.approver)


def _parts(year: int, item: Item, column: int, organs: Sequence[Organ]) -> list[int]:
    unit = YUAN if item is Item.FEE else 1  # fees are collected in whole yuan
    weights = [organ.weight[column] for organ in organs]
    return [part * unit for part in divide(TOTALS[year][item] // unit, weights)]
