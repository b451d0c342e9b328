"""What an agency has in hand in this room: annual reports not released yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.agencies.estates import Estate, register_estate
from gongkai.agencies.models import Agency
from gongkai.reporting.models import Report


def _unreleased(agency: Agency, on: date) -> Iterable[object]:
    return Report.objects.filter(agency=agency, released=None).values_list("uid", flat=True)


register_estate(
    Estate(
        "reports",
        "尚未公布的年度报告",
        "由承接机关定稿、公布，发布机关仍是原机关；已公布的报告和网址不变。",
        _unreleased,
    )
)
