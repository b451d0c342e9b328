"""What an agency has in hand in this room: the columns it answers for, its items of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency
from gongkai.columns.models import CatalogueItem
from gongkai.columns.queries import columns_of


def _columns(agency: Agency, on: date) -> Iterable[object]:
    return [column.slug for column in columns_of(agency, on)]


def _items(agency: Agency, on: date) -> Iterable[object]:
    return CatalogueItem.objects.filter(agency=agency).values_list("uid", flat=True)


register_estate(
    Estate(
        "columns",
        "负责更新的栏目",
        "只有一个承接机关的，自该日起由它负责；分给几个机关的，请政务公开办逐个移交。",
        _columns,
    )
)
register_estate(
    Estate(
        "catalogue_items",
        "标准目录里的公开事项",
        "目录里的公开主体不自动改写，请政务公开办按承接情况修订目录。",
        _items,
        needs_heir=False,
    )
)
